"""Claimed numbers over time: each claim on its day, from its lower to its upper bound; an open end is drawn open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import floor, log10
from typing import Any

from markupsafe import Markup

from troopwatch.publish.charts import draw

WIDTH, HEIGHT = 310, 180
MARGINS = {"left": 54, "right": 36, "top": 12, "bottom": 24}
COLOURS = 6
"""Colours there are. Every speaker has a letter too, so that nobody needs to tell colours apart."""
SLOT = 0.8
"""Days between the marks of one day, so that they can be told apart."""
SHORTEST = 0.02
"""Share of the scale that a range takes at least, and the part of an open end that is drawn."""
OPEN = 0.16
PARTS = {1: 2, 2: 4, 3: 3, 4: 4, 5: 5, 6: 3, 8: 4, 10: 5}
"""Into how many round parts a scale is divided that ends at so many times a power of ten."""


@dataclass(frozen=True)
class Mark:
    """A claim. `ago` counts days before the last one shown; a bound is None where the claim is open at that end."""

    ago: int
    low: int | None
    high: int | None
    speaker: int
    """Its place among the chart's speakers, from 0."""
    is_said: bool
    """Whether it is said to be so now; what is planned, past or disputed is drawn hollow."""
    href: str
    label: str


def letter(speaker: int) -> str:
    """What stands beside a speaker's marks: A to Z, then A2 and so on."""
    turn, place = divmod(speaker, 26)
    return chr(ord("A") + place) + (str(turn + 1) if turn else "")


def colour(speaker: int) -> str:
    """A speaker's colour, which the page's style sheet says."""
    return f"var(--s{speaker % COLOURS + 1})"


def svg(marks: Iterable[Mark], days: Sequence[str], name: str) -> Markup:
    """The chart; `days` are the words for the days shown, in order."""
    import altair as alt  # noqa: PLC0415 - half a second: only who draws pays for it

    folded = fold(marks)
    top = ceiling([bound for mark, _ in folded for bound in (mark.low, mark.high) if bound])
    rows = [_row(*one, top) for one in placed(folded)]
    x = alt.X("x:Q", scale=alt.Scale(domain=[0.4 - len(days), 1.2], nice=False), axis=_day_axis(alt, days))
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=_number_axis(alt, top))
    paint = {
        "x": x,
        "y": y,
        "stroke": alt.Stroke("colour:N", scale=None),
        "fill": alt.Fill("fill:N", scale=None),
        "href": "href:N",
        "description": "label:N",
    }

    def layer(kind: str) -> Any:
        return alt.Chart(alt.InlineData(values=[row for row in rows if kind in row["drawn"]]))

    opened = layer("open").mark_rule(strokeWidth=2.5, strokeDash=[4, 3])
    arrow = {"x": x, "y": alt.Y("end:Q"), "stroke": paint["stroke"], "fill": paint["fill"]}
    letters = {"x": x, "y": "middle:Q", "text": "letters:N", "fill": alt.Fill("colour:N", scale=None)}
    sides = {
        "left": {"dx": -8, "align": "right"},
        "right": {"dx": 8, "align": "left"},
        "above": {"dy": -11, "align": "center"},
    }
    layers = [
        opened.encode(x=x, y=y, y2="end:Q", stroke=paint["stroke"]),
        layer("up").mark_point(shape="triangle-up", size=45, opacity=1).encode(**arrow),
        layer("down").mark_point(shape="triangle-down", size=45, opacity=1).encode(**arrow),
        layer("range").mark_bar(size=8, cornerRadius=3, strokeWidth=2).encode(**paint, y2="end:Q"),
        layer("dot").mark_point(shape="circle", size=75, strokeWidth=2, opacity=1).encode(**paint),
        *(layer(side).mark_text(fontSize=11, fontWeight=700, **how).encode(**letters) for side, how in sides.items()),
    ]
    chart = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT, background="transparent", padding=MARGINS)
    return draw.svg(chart.configure(autosize="none").configure_view(stroke=None), name)


def fold(marks: Iterable[Mark]) -> list[tuple[Mark, str]]:
    """Marks that would lie on each other as one, with the letters of their speakers."""

    def place(mark: Mark) -> tuple[int, int, int, bool]:
        return mark.ago, mark.low or -1, mark.high or -1, mark.is_said

    found = []
    for _, group in groupby(sorted(marks, key=lambda mark: (place(mark), mark.speaker)), place):
        same = list(group)
        speakers = list(dict.fromkeys(letter(mark.speaker) for mark in same))
        more = f"+{len(speakers) - 3}" if len(speakers) > 3 else ""
        found.append((_joined(same), " ".join(speakers[:3]) + more))
    return found


def _joined(same: Sequence[Mark]) -> Mark:
    first = same[0]
    label = "; ".join(dict.fromkeys(mark.label for mark in same))
    return Mark(first.ago, first.low, first.high, first.speaker, first.is_said, first.href, label)


def placed(folded: Sequence[tuple[Mark, str]]) -> list[tuple[Mark, str, float, str]]:
    """Each mark with its place on the axis of days, those of one day side by side, and where its letters stand."""
    found = []
    for ago, group in groupby(folded, lambda one: one[0].ago):
        same = list(group)
        step = min(SLOT, 1.8 / len(same))
        first = -ago - step * (len(same) - 1) / 2
        for n, (mark, letters) in enumerate(same):
            side = "right" if n == len(same) - 1 else "left" if n == 0 else "above"
            found.append((mark, letters, round(first + n * step, 2), side))
    return found


def ceiling(bounds: Sequence[int]) -> int:
    """A round number above all bounds, with room for an open end."""
    most = max(bounds, default=1) * (1 + OPEN)
    unit = 10 ** max(floor(log10(most)), 0)
    return int(next(unit * n for n in PARTS if unit * n >= most))


def _row(mark: Mark, letters: str, at: float, side: str, top: int) -> dict[str, Any]:
    """What the layers need of a mark; `drawn` names those that it stands in."""
    low, high = mark.low, mark.high
    y = low if low is not None else high or 0
    end, drawn = _end(low, high, y, top)
    tint = colour(mark.speaker) if letters == letter(mark.speaker) else "var(--ink)"
    return {
        "x": at,
        "y": y,
        "end": end,
        "middle": (y + end) / 2 if "range" in drawn else y,
        "colour": tint,
        "fill": tint if mark.is_said else "var(--card)",
        "letters": letters,
        "href": mark.href,
        "label": mark.label,
        "drawn": [*drawn, side],
    }


def _end(low: int | None, high: int | None, y: int, top: int) -> tuple[float, list[str]]:
    if high is None:
        return min(y + OPEN * top, top), ["open", "up", "dot"]
    if low is None:
        return max(y - OPEN * top, 0), ["open", "down", "dot"]
    return (high, ["range"]) if high - low > SHORTEST * top else (high, ["dot"])


def _day_axis(alt: Any, days: Sequence[str]) -> Any:
    shown = range(0, -len(days), -7)
    words = " : ".join(f"datum.value == {ago} ? {_quoted(days[ago - 1])}" for ago in shown)
    return alt.Axis(
        values=list(shown), labelExpr=f"{words} : ''", labelOverlap=False, title=None, grid=False, tickSize=4, **_AXIS
    )


def _quoted(words: str) -> str:
    """Words of our own as Vega's expressions write them."""
    return "'" + words.replace("'", "") + "'"


def _number_axis(alt: Any, top: int) -> Any:
    parts = PARTS[int(str(top)[0])] if top >= 10 else 1
    values = [top // parts * n for n in range(parts + 1)]
    return alt.Axis(values=values, format=",d", labelOverlap=False, title=None, ticks=False, domain=False, **_AXIS)


_AXIS: dict[str, Any] = {
    "labelColor": "var(--soft)",
    "labelFontSize": 11,
    "gridColor": "var(--line)",
    "domainColor": "var(--soft)",
    "tickColor": "var(--soft)",
    "labelLimit": 0,
    "labelBound": False,
}
