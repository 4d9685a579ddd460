"""A figure over some weeks as a line of a word's size: where it moved, and what was usual on its last day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from troopwatch.quality.measures import SPAN

WIDTH, HEIGHT, MARGIN = 140, 28, 3


@dataclass(frozen=True)
class Spark:
    """`values` by day, up to and with `day`; `low` and `high` are what was usual on it. Coordinates are SVG's."""

    day: date
    values: Mapping[date, float]
    low: float | None
    high: float | None

    @cached_property
    def points(self) -> list[tuple[float, float]]:
        return [(self._x(each), self._y(value)) for each, value in sorted(self.values.items())]

    @property
    def line(self) -> str:
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)

    @property
    def band(self) -> tuple[float, float] | None:
        """Top and height of what was usual; None where there is no bound."""
        if self.low is None and self.high is None:
            return None
        top = MARGIN if self.high is None else self._y(self.high)
        bottom = HEIGHT - MARGIN if self.low is None else self._y(self.low)
        return top, max(1.0, round(bottom - top, 1))

    @property
    def words(self) -> str:
        """What the line shows, for those who do not see it."""
        if not self.values:
            return "no figures"
        least, most = (f"{value:.4g}" for value in (min(self.values.values()), max(self.values.values())))
        return f"{len(self.values)} days, from {least} to {most}"

    @cached_property
    def _range(self) -> tuple[float, float]:
        shown = [*self.values.values(), *(bound for bound in (self.low, self.high) if bound is not None)]
        least, most = min(shown, default=0.0), max(shown, default=1.0)
        return (least, most) if most > least else (least - 1, most + 1)

    def _x(self, each: date) -> float:
        step = (WIDTH - 2 * MARGIN) / SPAN
        return round(WIDTH - MARGIN - (self.day - each).days * step, 1)

    def _y(self, value: float) -> float:
        least, most = self._range
        return round(HEIGHT - MARGIN - (value - least) / (most - least) * (HEIGHT - 2 * MARGIN), 1)
