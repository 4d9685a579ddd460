"""What a day says that the days before it did not: the first thing a reader asks of a report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from troopwatch.publish import history, names, shelves
from troopwatch.publish.edition import Edition, Row
from troopwatch.publish.evidence import Mentions, mentions
from troopwatch.publish.figures import Group, Line

SHOWN = 8
"""Items of each list; what is left out is counted and stands in the sections below."""


@dataclass(frozen=True)
class Item:
    """Something that was said, once, however often."""

    who: str
    joint: str
    """How `whom`, which is empty where nobody is named, is joined to `who`: "of", "near or along"."""
    whom: str
    what: str
    mentions: Mentions


@dataclass(frozen=True)
class Told:
    """A list of what is new, how much more of it there is, and how much was said before."""

    new: Sequence[Item]
    more: int
    again: int


@dataclass(frozen=True)
class NewFigure:
    """A figure that its speaker had not given before; `before` is what the same speaker gave last, if anything."""

    group: Group
    line: Line
    before: Line | None


@dataclass(frozen=True)
class News:
    """`compared` counts the earlier days that have data: with none of them, nothing can be told to be new."""

    compared: int
    figures: Sequence[NewFigure]
    more_figures: int
    deployments: Told
    demands: Told


def news(edition: Edition, groups: Sequence[Group], day: date) -> News:
    """The news of a day."""
    figures = [
        NewFigure(group, line, _before(group, line))
        for group in groups
        for line in group.lines
        if line.today and line.is_new
    ]
    told = {table: _told(history.seen(edition, table, day), table) for table in history.SAID}
    compared = history.days_compared(edition, day)
    return News(compared, figures[:SHOWN], max(len(figures) - SHOWN, 0), told["deployments"], told["demands"])


def _before(group: Group, line: Line) -> Line | None:
    """What the speaker said last of the same thing, on a day before."""
    same = line.who, line.standing
    others = [one for one in group.lines if (one.who, one.standing) == same and not one.is_new]
    return max(others, key=lambda one: one.claimed[-1], default=None)


def _told(seen: Sequence[Row], table: str) -> Told:
    new = [row for row in seen if row["last_day"] is None]
    items = [_item(row, table) for row in new[:SHOWN]]
    return Told(items, max(len(new) - SHOWN, 0), len(seen) - len(new))


def _item(row: Row, table: str) -> Item:
    titles = {shelf.key: shelf.title for shelf in shelves.of(table)}
    whom = row["whom"] or ""
    if table == "deployments":
        joint, shown, what = names.RELATIONS.get(row["what"], ""), names.country(whom), []
    else:
        joint, shown, what = "of", names.title(whom), [names.act(row["what"])]
    found = mentions(row["records"], row["articles"], row["independent"])
    standing = [] if row["shelf"] == "made" else [titles[row["shelf"]].lower()]
    return Item(names.title(row["who"]), joint, shown, ", ".join(what + standing), found)
