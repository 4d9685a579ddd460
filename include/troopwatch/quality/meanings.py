"""What rows of every table, of documents and of fetches must mean, beyond the types and values of their columns."""

from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from troopwatch.quality.around import Around, document_of
from troopwatch.quality.model import Meaning, Row, Severity
from troopwatch.tables import Column, Table

LATEST = timedelta(days=1)
"""How much later than its capture an article may say it was published: clocks and time zones are that wrong."""


def common(table: Table) -> tuple[Meaning[Around], ...]:
    """What holds for every table of the lake."""
    return (
        Meaning("not_null", "every column that must have a value has one", partial(_missing, table)),
        Meaning("limits", "every number is within the limits of its column", partial(_beyond, table)),
        Meaning("day", "every row is of the day of its partition", _of_the_day),
    )


def _missing(table: Table, row: Row, _: Around) -> str | None:
    missing = [c.name for c in table.columns if not c.null and row[c.name] is None]
    return f"{', '.join(missing)} is NULL" if missing else None


def _beyond(table: Table, row: Row, _: Around) -> str | None:
    return ", ".join(f"{c.name} is {row[c.name]}" for c in table.columns if _is_beyond(c, row[c.name])) or None


def _is_beyond(column: Column, value: Any) -> bool:
    if value is None:
        return False
    too_low = column.minimum is not None and not value >= column.minimum  # a NaN is not within limits either
    return too_low or (column.maximum is not None and value > column.maximum)


def _of_the_day(row: Row, around: Around) -> str | None:
    return None if row["day"] == around.day else f"a row of {row['day']}"


def _tried(row: Row, around: Around) -> str | None:
    return None if row["source"] in around.ledger else f"{row['source']} is not in the ledger"


def _published_in_time(row: Row, _: Around) -> str | None:
    if row["published_at"] is None or row["published_at"] <= row["captured_at"] + LATEST:
        return None
    return f"published {row['published_at']}, captured {row['captured_at']}"


def _publication_is_whole(row: Row, _: Around) -> str | None:
    given = {name: row[f"published_{name}"] is not None for name in ("at", "precision", "origin")}
    return None if len(set(given.values())) == 1 else f"only {', '.join(n for n, has in given.items() if has)}"


def _digest(row: Row, _: Around) -> str | None:
    seen = sha256((row["text"] or "").encode()).hexdigest()
    return None if seen == row["text_sha256"] else f"the text has the digest {seen[:12]}..., not {row['text_sha256']}"


def _length(row: Row, _: Around) -> str | None:
    seen = len(row["text"] or "")
    return None if seen == row["characters"] else f"{seen} code points, said to be {row['characters']}"


def _bytes_are_named(row: Row, _: Around) -> str | None:
    needed = ("captured_at", "warc_file", "warc_offset", "payload_sha256", "bytes")
    missing = [name for name in needed if row["outcome"] in {"stored", "unchanged"} and row[name] is None]
    return f"{row['outcome']} without {', '.join(missing)}" if missing else None


def _failure_is_named(row: Row, _: Around) -> str | None:
    has_kind, failed = row["failure"] is not None, row["outcome"] == "failed"
    return None if has_kind == failed else f"{row['outcome']} with the failure {row['failure']}"


def _accounted_for(row: Row, around: Around) -> str | None:
    return f"{row['url']} became nothing" if around.is_lost(row) else None


def _is_read(row: Row, around: Around) -> str | None:
    return None if document_of(row) in around.readings else "no reading"


def one_document(row: Row, around: Around) -> str | None:
    """Whether the document that a row is of was captured on the day."""
    return None if document_of(row) in around.documents else "no document of the day has this doc_id"


def _mentions_add_up(row: Row, around: Around) -> str | None:
    found = {name: around.mentions[name, document_of(row)] for name in ("deployments", "demands")}
    wrong = [f"{row[name]} {name} said, {n} rows" for name, n in found.items() if row[name] != n]
    return ", ".join(wrong) or None


def _reading_is_possible(row: Row, _: Around) -> str | None:
    if row["gated"] > row["sentences"]:
        return f"{row['gated']} of {row['sentences']} sentences passed the gate"
    if row["outcome"] != "read" and (row["gated"] or row["deployments"] or row["demands"]):
        return f"{row['outcome']}, and yet something was found"
    return None


TRIED = Meaning("tried", "every row is of a source that the day's ledger has", _tried)

DOCUMENTS = (
    TRIED,
    Meaning("published_in_time", "no publication later than a day after the capture", _published_in_time),
    Meaning(
        "publication_is_whole", "time, precision and origin of a publication stand together", _publication_is_whole
    ),
    Meaning("digest", "text_sha256 is the digest of the text", _digest),
    Meaning("length", "characters is the length of the text", _length),
)

FETCHES = (
    TRIED,
    Meaning("bytes_are_named", "every stored or unchanged response says where its bytes lie", _bytes_are_named),
    Meaning("failure_is_named", "every failure, and nothing else, is of a kind", _failure_is_named),
    Meaning(
        "accounted_for",
        "every stored page became a document or a quarantined row",
        _accounted_for,
        Severity.WARNING,
    ),
)

READ_DOCUMENTS = (Meaning("is_read", "every document of the day has a reading", _is_read),)

READINGS = (
    Meaning("document", "every reading is of a document of the day", one_document),
    Meaning("mentions_add_up", "a reading counts the rows that there are", _mentions_add_up),
    Meaning(
        "possible", "no more sentences are parsed than there are, and nothing is found unread", _reading_is_possible
    ),
)
