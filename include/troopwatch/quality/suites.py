"""Which suites a gate has: its tables, each with what `tables` says and what its rows must mean."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from troopwatch.quality import drift, evidence, meanings, tallies, texts, volumes
from troopwatch.quality.around import Around
from troopwatch.quality.expectations import of_meanings, of_table
from troopwatch.quality.model import Context, Meaning, Row, Suite
from troopwatch.tables import LAKE, Table

Meanings = Mapping[str, tuple[Meaning[Around], ...]]


@dataclass(frozen=True)
class Gate:
    """The tables that a gate judges, those that it reads beside them, and what rows of either must mean."""

    name: str
    judged: Meanings
    beside: Meanings
    held: str | None = None
    """The table of rows that the gate holds back, if it does: part of what its verdict is about."""

    @property
    def covered(self) -> list[Table]:
        """The tables that its verdict is about: none of them may change afterwards."""
        return [*self.tables, *([LAKE[self.held]] if self.held else [])]

    @property
    def tables(self) -> list[Table]:
        return [LAKE[name] for name in (*self.judged, *self.beside)]

    def suites(self, around: Around) -> list[Suite]:
        judged = [of_day(LAKE[name], around, extra) for name, extra in self.judged.items()]
        return judged + [
            of_rows(name, around.tables[name], LAKE[name].key, extra, around) for name, extra in self.beside.items()
        ]


GATES = {
    gate.name: gate
    for gate in (
        Gate(
            "documents",
            judged={
                "ledger": (*volumes.VOLUMES, *drift.DRIFT, *texts.TEXTS, tallies.TALLIED),
                "fetches": meanings.FETCHES,
                "documents": meanings.DOCUMENTS,
                "quarantine": (meanings.TRIED,),
                "tallies": tallies.TALLIES,
            },
            beside={},
        ),
        Gate(
            "mentions",
            judged={
                "deployments": evidence.DEPLOYMENTS,
                "demands": evidence.DEMANDS,
                "readings": meanings.READINGS,
            },
            beside={"documents": meanings.READ_DOCUMENTS},
            held="held",
        ),
        Gate(  # judged by `history`: days against days, not rows against rules
            "history",
            judged={},
            beside=dict.fromkeys(("ledger", "documents", "quarantine", "deployments", "demands", "readings"), ()),
        ),
    )
}
"""The gates of a day, in the order in which the day passes them."""


def of_day(table: Table, around: Around, extra: Iterable[Meaning[Around]]) -> Suite:
    """A lake table's day: all that `tables` says of it, what holds for every table, and its own meanings."""
    rows = around.tables[table.name]
    meant = of_rows(table.name, rows, table.key, (*meanings.common(table), *extra), around)
    checks = [*of_table(table), *meant.checks]
    return Suite(table.name, table.names, rows, checks, meant.key, meant.objections)


def of_rows(
    name: str, rows: Sequence[Row], key: Sequence[str], meant: Iterable[Meaning[Context]], context: Context
) -> Suite:
    """Rows that are put to meanings only."""
    meant = tuple(meant)
    objections = {f"{name}.{m.name}": [m.objection(row, context) for row in rows] for m in meant}
    named = [column for column in key if column != "day"]
    return Suite(name, (), rows, of_meanings(name, meant), named, objections)
