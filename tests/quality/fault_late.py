"""Faults of mentions, names and figures."""

from collections.abc import Callable
from typing import Any

from fault_days import settled
from fault_kinds import Fault
from quality_days import Tables

from troopwatch.quality.model import Row


def mentions(change: Callable[[Row], Row], *tables: str) -> Callable[[Tables], Tables]:
    """The day with other mentions; nothing else follows from that."""
    return lambda day: day | {name: [row | change(row) for row in day[name]] for name in tables}


def every(*tables: str, **values: Any) -> Callable[[Tables], Tables]:
    return mentions(lambda _: values, *tables)


def one(change: Row, table: str) -> Callable[[Tables], Tables]:
    """The day with one other mention, of an article that is new on it."""
    return lambda day: day | {table: [*day[table][:-1], day[table][-1] | change]}


def doubled(day: Tables) -> Tables:
    return settled(day | {"deployments": [*day["deployments"], *day["deployments"]]})


def unfound(day: Tables) -> Tables:
    """No sentence passes the words' gate any more."""
    readings = [row | {"gated": 0} for row in day["readings"]]
    return settled(day | {"deployments": [], "demands": [], "readings": readings})


def unread(day: Tables) -> Tables:
    readings = [row | {"outcome": "other_language", "gated": 0, "sentences": 0} for row in day["readings"]]
    return settled(day | {"deployments": [], "demands": [], "readings": readings})


def shifted(row: Row) -> Row:
    return {"sentence_start": row["sentence_start"] + 1, "sentence_end": row["sentence_end"] + 1}


def nameless(day: Tables) -> Tables:
    none = {"force_owner_code": None, "unresolved": "owner"}
    made = mentions(lambda _: none, "deployments")(day)
    return mentions(lambda _: {"demander_code": None, "unresolved": "demander"}, "demands")(made)


BOTH = ("deployments", "demands")
LATE = [
    Fault(
        "quotes shifted by one",
        "all offsets of sentences are one too high",
        "critical",
        "deployments.quote",
        mentions(shifted, *BOTH),
    ),
    Fault(
        "one wrong quote",
        "a single sentence does not stand where it should: it is held back",
        "warning",
        "deployments.quote",
        one({"sentence_start": 0}, "deployments"),
    ),
    Fault(
        "tenfold figures",
        "every number of troops is ten times what is written",
        "critical",
        "deployments.figure",
        every("deployments", count_min=100_000, count_max=100_000),
    ),
    Fault(
        "a tenfold figure",
        "one number is ten times what is written: it is held back",
        "warning",
        "deployments.figure",
        one({"count_min": 100_000, "count_max": 100_000}, "deployments"),
    ),
    Fault(
        "a range upside down",
        "one lower bound is above the upper: it is held back",
        "warning",
        "deployments.count_range",
        one({"count_min": 20_000}, "deployments"),
    ),
    Fault(
        "a figure out of this world",
        "words and number agree on 10 billion soldiers",
        "warning",
        "history.largest.wire",
        one(
            {"count_text": None, "count_start": None, "count_end": None, "count_min": 10**10, "count_max": 10**10},
            "deployments",
        ),
    ),
    Fault(
        "a wrong leader",
        "the table of actors gives a name to another state",
        "warning",
        "history.recoded.wire",
        every("demands", demander_code="USA", codebook_version="2"),
    ),
    Fault(
        "a country dropped",
        "the codebook does not know a state any more",
        "warning",
        "history.recoded.wire",
        every("deployments", force_owner_code=None, codebook_version="2"),
    ),
    Fault(
        "a table changed in silence",
        "one name has another code, under the same version of the codebook",
        "warning",
        "history.unsteady.wire",
        every("demands", demander_code="USA"),
    ),
    Fault(
        "no owner resolved",
        "the code of every owner and demander is NULL",
        "critical",
        "history.unresolved.wire",
        nameless,
    ),
    Fault(
        "every sentence asserted",
        "denials are read as assertions",
        "warning",
        "history.unsteady.wire",
        every("deployments", status="asserted"),
    ),
    Fault(
        "every sentence denied",
        "a word of negation is seen everywhere, by new rules",
        "warning",
        "history.denied.wire",
        every("deployments", status="denied", codebook_version="2"),
    ),
    Fault("mentions doubled", "every deployment stands in the table twice", "critical", "deployments.key", doubled),
    Fault(
        "nothing found", "the dictionary is empty, no sentence is looked at", "warning", "history.gated.wire", unfound
    ),
    Fault(
        "language detection off", "every text is taken for one that is not read", "warning", "history.read.wire", unread
    ),
    Fault(
        "a code of no form",
        "names stand where codes should",
        "critical",
        "deployments.force_owner_code.pattern",
        every("deployments", force_owner_code="North Korea"),
    ),
    Fault(
        "evidence of another page",
        "mentions lead to other captured bytes",
        "critical",
        "deployments.evidence",
        mentions(lambda row: {"warc_offset": row["warc_offset"] + 7}, *BOTH),
    ),
    Fault(
        "documents left unread",
        "detection stopped half way",
        "critical",
        "documents.is_read",
        lambda day: day | {name: day[name][: len(day[name]) // 2] for name in ("readings", *BOTH)},
    ),
    Fault(
        "a plausible lie",
        "an outlet invents a figure of the usual size",
        "warning",
        None,
        why="the words stand in the text, the figure is as they say: whose claim it is stands beside it",
    ),
    Fault(
        "a name misread for once",
        "one new name gets the code of a neighbour",
        "warning",
        None,
        one({"demander_text": "Seoul", "demander_code": "JPN"}, "demands"),
        why="one in many is within what is usual; `unsteady` sees it where the text had been read before",
    ),
]
