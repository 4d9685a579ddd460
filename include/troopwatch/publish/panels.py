"""The charts of a report: claimed numbers over time, one chart an owner and place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from markupsafe import Markup

from troopwatch.publish import history, html
from troopwatch.publish.charts import timeline
from troopwatch.publish.charts.timeline import Mark
from troopwatch.publish.figures import Group, Line

CHARTS = 6
"""Charts that a report draws; a figure of any further group stands in its table."""
DRAWN = 60
"""Figures that a chart shows at most, the newest of each standing; and speakers that are listed beside it."""
LISTED = 18
SAID = {"In place", "Ordered or on the way", "Leaving or gone"}
"""Standings of what is said to be so; all else is drawn hollow."""


@dataclass(frozen=True)
class Panel:
    """A group of figures with its chart, which is empty where a chart would show a single point."""

    group: Group
    chart: Markup
    letters: dict[str, tuple[str, int]]
    """Letter and number of colour by the name of a speaker."""

    @property
    def drawn(self) -> int:
        """Figures that the chart shows."""
        return min(len(self.group.lines), DRAWN)

    @property
    def speakers(self) -> list[Line]:
        """The speakers that are listed beside the chart."""
        return self.group.speakers[:LISTED]

    def cut(self, lines: int) -> "Panel":
        """The first so many figures; a chart of figures that are not there would lead nowhere."""
        group = replace(self.group, lines=self.group.lines[:lines])
        return replace(self, group=group) if lines >= self.drawn else Panel(group, Markup(), {})


def panels(groups: Sequence[Group], day: date) -> list[Panel]:
    """The groups with their charts, in their order."""
    made, drawn = [], 0
    for group in groups:
        letters = _letters(group)
        marks = list(_marks(group, letters, day)) if group.is_attributed and drawn < CHARTS else []
        is_worth_it = len({(mark.ago, mark.low, mark.high) for mark in marks}) > 1
        drawn += is_worth_it
        chart = timeline.svg(marks, _days(day), f"chart-{drawn}") if is_worth_it else Markup()
        made.append(Panel(group, chart, letters if is_worth_it else {}))
    return made


def _letters(group: Group) -> dict[str, tuple[str, int]]:
    return {line.who: (timeline.letter(n), n % timeline.COLOURS + 1) for n, line in enumerate(group.speakers)}


def _marks(group: Group, letters: dict[str, tuple[str, int]], day: date) -> Iterator[Mark]:
    """The claims of the days shown; what was claimed of the past is in the table alone."""
    places = list(letters)
    for line in group.lines[:DRAWN]:
        for claimed in line.claimed:
            ago = (day - claimed).days
            if 0 <= ago < history.WINDOW and line.standing != "Of the past":
                words = (
                    f"{html.long_date(claimed)}: {line.figure.range}, {line.speaker.words} ({line.standing.lower()})"
                )
                is_said = line.standing in SAID
                speaker = places.index(line.who)
                yield Mark(ago, line.low, line.high, speaker, is_said, f"#{line.anchor}", html.visible(words))


def _days(day: date) -> list[str]:
    return [html.short_date(day - timedelta(ago)) for ago in range(history.WINDOW - 1, -1, -1)]
