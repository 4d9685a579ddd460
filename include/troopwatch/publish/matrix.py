"""Who demands what of whom: the day's demands as a table of sides, each cell with the acts that are demanded."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from troopwatch.publish import names, shelves
from troopwatch.publish.edition import Edition, Row
from troopwatch.publish.evidence import Mentions, mentions

ROWS, COLUMNS = 12, 6
"""Sides that have a row or a column of their own; the others share the last one."""
NOBODY, OTHERS = "not named or not resolved", "others"
MADE = """
SELECT
    coalesce(demander_code, '') AS demander,
    coalesce(addressee_code, '') AS addressee,
    content_type,
    record_id,
    article_id,
    syndicated_from
FROM demands
WHERE day = $day AND {made}
ORDER BY record_id
"""
_MADE = next(shelf.condition for shelf in shelves.DEMANDS if shelf.key == "made")


@dataclass(frozen=True)
class Act:
    """What is demanded, and its mentions."""

    what: str
    mentions: Mentions


@dataclass(frozen=True)
class Cell:
    addressee: str
    acts: tuple[Act, ...]

    @property
    def shade(self) -> int:
        """How dark the cell is, from 0 to 4."""
        mentions = sum(act.mentions.count for act in self.acts)
        return sum(mentions >= least for least in (1, 2, 4, 8))


@dataclass(frozen=True)
class Matrix:
    """Demanders with a cell for each addressee, those with most mentions first; nobody in particular comes last."""

    addressees: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def matrix(edition: Edition, day: date) -> Matrix:
    """The demands that are said to have been made."""
    found = edition.rows(MADE.format(made=_MADE), day=day)
    demanders, addressees = _titles(found, "demander", ROWS), _titles(found, "addressee", COLUMNS)
    cells: dict[tuple[str, str], list[Row]] = {}
    for row in found:
        cells.setdefault((demanders[row["demander"]], addressees[row["addressee"]]), []).append(row)
    columns = tuple(dict.fromkeys(_ordered(addressees)))
    rows = (
        (title, tuple(Cell(column, _acts(cells.get((title, column), []))) for column in columns))
        for title in dict.fromkeys(_ordered(demanders))
    )
    return Matrix(columns, tuple(rows))


def _titles(found: Iterable[Row], role: str, most: int) -> dict[str, str]:
    """The title of each code: its side's, or that of the others; in the order of mentions."""
    weights = Counter(names.side(row[role]) for row in found)
    known = [side for side, _ in sorted(weights.items(), key=lambda one: (-one[1], one[0])) if side]
    own = set(known if len(known) <= most else known[: most - 1])
    codes = sorted({row[role] for row in found}, key=lambda code: (-weights[names.side(code)], names.side(code)))
    return {code: _title(code, own) for code in codes}


def _title(code: str, own: set[str]) -> str:
    if not code:
        return NOBODY
    return names.title(code) if names.side(code) in own else OTHERS


def _ordered(titles: dict[str, str]) -> list[str]:
    return sorted(titles.values(), key=lambda title: (title == NOBODY, title == OTHERS))


def _acts(rows: Sequence[Row]) -> tuple[Act, ...]:
    """The acts of a cell, those with most mentions first."""
    by_act: dict[str, list[Row]] = {}
    for row in rows:
        by_act.setdefault(names.act(row["content_type"]), []).append(row)
    return tuple(_act(what, same) for what, same in sorted(by_act.items(), key=lambda one: (-len(one[1]), one[0])))


def _act(what: str, same: Sequence[Row]) -> Act:
    articles, voices = ({row[name] for row in same} for name in ("article_id", "syndicated_from"))
    return Act(what, mentions((row["record_id"] for row in same), len(articles), len(voices)))
