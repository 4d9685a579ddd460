"""How much a source brought on the day, against what its spec says and what its ledger row says."""

from troopwatch.quality.around import Around
from troopwatch.quality.model import Meaning, Row, Severity
from troopwatch.tables.scrape import COUNTED, FAILURES

ENOUGH = 10
"""Pages from which on a share means something."""
TOO_MANY = 0.5
"""Share of pages without a document that closes the gate: the source's pages have changed, or the parser has."""
MANY = 0.2
"""Share that is worth a warning: single dead links and galleries stay below it."""


def _outcome(row: Row, _: Around) -> str | None:
    return None if row["outcome"] == "captured" else f"{row['source']}: {row['outcome']}: {row['reason']}"


def _something_came(row: Row, around: Around) -> str | None:
    """A day on which all failed looks like a day without news; `no_data` alone is a day nobody could ask for."""
    source = around.sources.get(row["source"])
    if around.has_captures or row["outcome"] != "failed" or source is None or source.articles.floor == 0:
        return None
    return f"{row['source']}: failed, and nothing else was captured: {row['reason']}"


def _known(row: Row, around: Around) -> str | None:
    return None if row["source"] in around.sources else f"no source is called {row['source']} any more"


def _bytes_or_none(row: Row, _: Around) -> str | None:
    wrong = {"captured": row["responses"] == 0, "no_data": row["responses"] > 0}.get(row["outcome"], False)
    return f"{row['source']}: {row['outcome']} with {row['responses']} responses" if wrong else None


def _nothing_of_nothing(row: Row, around: Around) -> str | None:
    made = around.sizes["documents", row["source"]]
    return f"{row['source']}: {row['outcome']} and {made} documents" if made and row["outcome"] == "no_data" else None


def _fetches_add_up(row: Row, around: Around) -> str | None:
    source = row["source"]
    found = {column: around.fetched[source, outcome] for outcome, column in COUNTED.items()}
    found |= {f"failed_{kind}": around.failed[source, kind] for kind in FAILURES}
    wrong = [f"{row[column]} {column} said, {n} in fetches" for column, n in found.items() if n != row[column]]
    return f"{source}: {', '.join(wrong)}" if wrong else None


def _requests_add_up(row: Row, _: Around) -> str | None:
    ended = sum(row[column] for column in COUNTED.values() if column != "refused_by_robots")
    return None if ended == row["requests"] else f"{row['source']}: {row['requests']} requests, {ended} of them ended"


def _floor(row: Row, around: Around) -> str | None:
    source, made = around.sources.get(row["source"]), around.sizes["documents", row["source"]]
    if source is None or row["outcome"] != "captured" or made >= source.articles.floor:
        return None
    return f"{row['source']}: {made} documents, at least {source.articles.floor} expected"


def _ceiling(row: Row, around: Around) -> str | None:
    source, made = around.sources.get(row["source"]), around.sizes["documents", row["source"]]
    if source is None or made <= source.articles.ceiling:
        return None
    return f"{row['source']}: {made} documents, at most {source.articles.ceiling} expected"


def _too_many_fell(row: Row, around: Around) -> str | None:
    return _fell(row, around, TOO_MANY)


def _many_fell(row: Row, around: Around) -> str | None:
    return _fell(row, around, MANY)


def _fell(row: Row, around: Around, most: float) -> str | None:
    """Whether more than this share of what was captured is no document: quarantined, or lost on the way."""
    source = row["source"]
    fell = around.sizes["quarantine", source] + around.lost[source]
    of = around.sizes["documents", source] + fell
    return f"{source}: {fell} of {of} pages became no document" if of >= ENOUGH and fell > most * of else None


VOLUMES = (
    Meaning("outcome", "every source that was tried was captured", _outcome, Severity.WARNING),
    Meaning("nothing", "where a source with a floor failed, another was captured", _something_came),
    Meaning("source", "every source has a spec", _known, Severity.WARNING),
    Meaning("responses", "a captured source has responses, one without data has none", _bytes_or_none),
    Meaning("no_data", "a source without data has no documents", _nothing_of_nothing),
    Meaning("fetches", "every count of outcomes and failures adds up to the rows of fetches", _fetches_add_up),
    Meaning("requests", "every request ended in one of the ways that are counted", _requests_add_up),
    Meaning("floor", "no captured day brings less than the source's floor", _floor),
    Meaning("ceiling", "no day brings more than the source's ceiling", _ceiling, Severity.WARNING),
    Meaning(
        "half_fell", f"at most {TOO_MANY:.0%} of {ENOUGH} or more pages of a source became no document", _too_many_fell
    ),
    Meaning(
        "many_fell",
        f"at most {MANY:.0%} of {ENOUGH} or more pages of a source became no document",
        _many_fell,
        Severity.WARNING,
    ),
)
