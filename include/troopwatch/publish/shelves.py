"""Where in the report a mention stands. The conditions are SQL, so that the query for the rest is the very same."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Shelf:
    """One subsection: the rows of `table` that meet `condition`. Each row of a table stands on exactly one shelf."""

    key: str
    title: str
    note: str
    table: str
    condition: str

    def query(self, day: date) -> str:
        """What an analyst types to get all its rows."""
        return f"SELECT *\nFROM {self.table}\nWHERE day = DATE '{day}'\n  AND {self.condition}\nORDER BY record_id"


_PLANNED = "('considered', 'planned', 'withdrawal_planned')"
# Plans are asserted too, and so are wars of the past: neither may stand among what is said to be the case now.
_SAID = "status = 'asserted' AND tense_class IN ('current', 'recent')"
_AHEAD = f"status = 'asserted' AND tense_class <> 'historical' AND (tense_class = 'future' OR phase IN {_PLANNED})"
_PAST = "status = 'asserted' AND tense_class = 'historical'"

DEPLOYMENTS = (
    Shelf(
        "in_place",
        "In place",
        "Asserted: the force is there, or is being rotated.",
        "deployments",
        f"{_SAID} AND phase IN ('present', 'rotated')",
    ),
    Shelf(
        "moving",
        "Ordered or on the way",
        "Asserted: the force has been ordered or sent.",
        "deployments",
        f"{_SAID} AND phase IN ('ordered', 'under_way')",
    ),
    Shelf(
        "leaving",
        "Leaving or gone",
        "Asserted: the force is being withdrawn or has been.",
        "deployments",
        f"{_SAID} AND phase IN ('withdrawing', 'withdrawn')",
    ),
    Shelf(
        "planned",
        "Planned or considered",
        "Announced, planned or weighed; not said to have happened.",
        "deployments",
        _AHEAD,
    ),
    Shelf("past", "Of the past", "More than 90 days before the article, or of an earlier war.", "deployments", _PAST),
)

DEMANDS = (
    Shelf("made", "Made", "Asserted: somebody has made this demand.", "demands", _SAID),
    Shelf(
        "ahead",
        "Announced",
        "Said to come; not said to have been made.",
        "demands",
        "status = 'asserted' AND tense_class = 'future'",
    ),
    Shelf("demands_past", "Of the past", "Demands of more than 90 days before the article.", "demands", _PAST),
)

_DISPUTED = (
    ("alleged", "Alleged", "One side accuses another, or the report is unconfirmed."),
    ("denied", "Denied", "A party says that it is not so."),
    ("refused", "Refused", "The one who would have to act says that they will not."),
    ("negated", "Stated not to be the case", "The outlet itself says that it is not so."),
    ("hypothetical", "Hypothetical", "If, could, might: not said to be the case."),
)

DISPUTED = tuple(
    Shelf(f"{table}_{status}", title, note, table, f"status = '{status}'")
    for status, title, note in _DISPUTED
    for table in ("deployments", "demands")
)


def of(table: str) -> list[Shelf]:
    """All shelves of a table, in the order of the report."""
    return [shelf for shelf in (*DEPLOYMENTS, *DEMANDS, *DISPUTED) if shelf.table == table]


def key_of(table: str) -> str:
    """The key of a row's shelf, in SQL."""
    cases = (f"WHEN {shelf.condition} THEN '{shelf.key}'" for shelf in of(table))
    return f"CASE {' '.join(cases)} END"
