"""Faults of captures and documents."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from fault_days import NUMBER, settled, summed
from fault_kinds import Fault
from quality_days import Tables, Weeks, nth
from quality_rows import quarantined

from troopwatch.quality.model import Row
from troopwatch.tables import LAKE

MENU = "Home | World | Politics | Sport | Weather | About us | Contact | Terms | Subscribe"


def documents(change: Callable[[Row], Row]) -> Callable[[Tables], Tables]:
    """The day with other documents, and all that follows from them."""
    return lambda day: settled(day | {"documents": [row | change(row) for row in day["documents"]]})


def every(**values: Any) -> Callable[[Tables], Tables]:
    return documents(lambda _: values)


def moved(**by: Any) -> Callable[[Tables], Tables]:
    return documents(lambda row: {"published_at": row["published_at"] + timedelta(**by)})


def silent(day: Tables) -> Tables:
    day["fetches"] = [day["fetches"][0] | {"role": "listing"}]
    return settled(day | {"documents": []})


def unasked(day: Tables) -> Tables:
    """Another source is the only one that the run knows of, and it has no data."""
    nothing = {name: [] for name in day}
    outcome = {"source": "brief", "outcome": "no_data", "reason": "no capture"}
    return summed(nothing | {"ledger": [row | outcome for row in day["ledger"]]})


def copies(day: Tables) -> Tables:
    """Every article comes a second time, under the address of a partner site."""
    again = [row | _copy(row) for row in day["documents"]]
    read = [row | {"doc_id": f"{row['doc_id']}-copy"} for row in day["readings"]]
    fetches = [row | {"url": f"{row['url']}?partner", "warc_offset": row["warc_offset"] + 1} for row in day["fetches"]]
    more = {"documents": again, "readings": read, "fetches": fetches}
    return settled(day | {name: [*day[name], *found] for name, found in more.items()})


def _copy(row: Row) -> Row:
    ids = {name: f"{row[name]}-copy" for name in ("doc_id", "article_id")}
    where = {name: f"{row[name]}?partner" for name in ("url", "canonical_url")}
    return ids | where | {"warc_offset": row["warc_offset"] + 1}


def flood(day: Tables) -> Tables:
    """One article under a thousand addresses."""
    row, fetch, reading = day["documents"][0], day["fetches"][0], day["readings"][0]
    for n in range(1000):
        place = {"url": f"{row['url']}/{n}", "warc_offset": 10**6 + n}
        ids = {"doc_id": f"flood-{n}", "article_id": f"flood-{n}"}
        day["documents"].append(row | ids | place | {"canonical_url": place["url"]})
        day["fetches"].append(fetch | place)
        day["readings"].append(reading | ids)
    return settled(day)


def refused(count: int, rule: str) -> Callable[[Tables], Tables]:
    """So many of the day's pages become quarantined rows."""

    def spoil(day: Tables) -> Tables:
        gone, kept = day["documents"][:count], day["documents"][count:]
        rows = [_refusal(row, rule) for row in gone]
        return settled(day | {"documents": kept, "quarantine": rows})

    return spoil


def _refusal(row: Row, rule: str) -> Row:
    same = ("day", "source", "url", "captured_at", "warc_file", "warc_offset")
    return quarantined(0, rule=rule) | {name: row[name] for name in same}


def lying(day: Tables) -> Tables:
    day["ledger"] = [row | {"responses": row["responses"] + 5} for row in day["ledger"]]
    return day


def lost(day: Tables) -> Tables:
    """Normalize drops five pages and says so nowhere."""
    return summed(settled(day | {"documents": day["documents"][5:]}))


def of_file(table: str, spoil: Callable[[pa.Table], pa.Table] | None) -> Callable[[Weeks], None]:
    def damage(weeks: Weeks) -> None:
        path = weeks.lake.path(LAKE[table], nth(NUMBER))
        if spoil is None:
            path.write_bytes(path.read_bytes()[:-200])
        else:
            pq.write_table(spoil(pq.read_table(path)), path)

    return damage


def _column(table: pa.Table) -> pa.Table:
    return table.append_column("mood", pa.nulls(len(table), pa.string()))


EARLY = [
    Fault(
        "a source gone silent", "its listing comes, and names no article", "critical", "history.silence.wire", silent
    ),
    Fault(
        "a source nobody asks",
        "it has fallen out of the settings",
        "warning",
        "history.absent",
        unasked,
    ),
    Fault(
        "half of a body lost",
        "each text ends in its middle, its digest is right",
        "critical",
        "history.shrunk.wire",
        documents(lambda row: {"text": row["text"][: len(row["text"]) // 2]}),
    ),
    Fault(
        "the last paragraph lost",
        "the last 50 characters of every text are missing",
        "warning",
        "history.finished.wire",
        documents(lambda row: {"text": row["text"][:-50].rstrip(". ")}),
    ),
    Fault(
        "a menu for an article",
        "the parser returns the page's menu",
        "critical",
        "ledger.own_texts",
        every(text=MENU),
    ),
    Fault(
        "boilerplate as text",
        "every text is followed by the site's footer",
        "warning",
        "history.finished.wire",
        documents(lambda row: {"text": f"{row['text']}\n\n{MENU}"}),
    ),
    Fault(
        "a paywall",
        "every page shows three quarters of its text, and says so",
        "warning",
        "history.whole.wire",
        documents(lambda row: {"is_stub": True, "text": row["text"][: len(row["text"]) * 3 // 4]}),
    ),
    Fault(
        "an encoding misread",
        "UTF-8 is read as Latin-1",
        "critical",
        "ledger.half_garbled",
        documents(lambda row: {"text": row["text"].encode().decode("cp1252", "replace")}),
    ),
    Fault("all titles gone", "no article has a title", "warning", "history.titled.wire", every(title=None)),
    Fault("all authors gone", "no article has an author", "warning", "history.authored.wire", every(authors=None)),
    Fault(
        "all dates gone",
        "no article has a time of publication",
        "warning",
        "history.timed.wire",
        every(published_at=None, published_precision=None, published_origin=None),
    ),
    Fault(
        "dates shifted a day", "all articles are dated a day early", "warning", "history.redated.wire", moved(days=-1)
    ),
    Fault(
        "dates of the future",
        "all articles are dated a month ahead",
        "critical",
        "documents.published_in_time",
        moved(days=30),
    ),
    Fault(
        "a clock that is wrong",
        "a source dates its articles ten hours ahead",
        "warning",
        "history.ahead.wire",
        documents(lambda row: {"published_at": row["captured_at"] + timedelta(hours=10)}),
    ),
    Fault(
        "duplicate wire copies", "every article comes under a second address", "critical", "ledger.own_texts", copies
    ),
    Fault("one article a thousand times", "an address with a running number", "critical", "ledger.own_texts", flood),
    Fault(
        "an address key collapsed",
        "all articles have one article_id",
        "critical",
        "ledger.own_articles",
        every(article_id="article"),
    ),
    Fault(
        "a damaged WARC file",
        "most records cannot be read",
        "critical",
        "ledger.half_fell",
        refused(18, "damaged_record"),
    ),
    Fault(
        "a layout changed for some",
        "a third of the pages has no text",
        "warning",
        "ledger.many_fell",
        refused(7, "no_text"),
    ),
    Fault("a ledger that lies", "it counts five responses more than there are", "critical", "ledger.fetches", lying),
    Fault("pages lost on the way", "normalize drops five pages in silence", "critical", "tallies.pages", lost),
    Fault(
        "a text altered afterwards",
        "its digest is of another text",
        "critical",
        "documents.digest",
        lambda day: (
            day | {"documents": [row | {"text": row["text"].replace("10,000", "90,000")} for row in day["documents"]]}
        ),
    ),
    Fault(
        "a truncated partition",
        "the file of the documents is cut off",
        "critical",
        "partitions.readable",
        damage=of_file("documents", None),
    ),
    Fault(
        "an added column",
        "the documents have a column that no table knows",
        "critical",
        "partitions.readable",
        damage=of_file("documents", _column),
    ),
    Fault(
        "a day under another's name",
        "the rows are of the day before",
        "critical",
        "documents.day",
        lambda day: day | {"documents": [row | {"day": row["day"] - timedelta(days=1)} for row in day["documents"]]},
    ),
]
