"""Rows as the tables want them: every column there, offsets into the document, ids that stay the same."""

import hashlib
from dataclasses import dataclass
from typing import Any

from troopwatch.detect import codebook
from troopwatch.detect.reading.counts import Count
from troopwatch.detect.reading.parsed import Parsed, Span
from troopwatch.detect.referents.naming import Who
from troopwatch.detect.referents.who import who
from troopwatch.detect.standing import Standing
from troopwatch.tables import SCHEMA_VERSION
from troopwatch.tables.detect import EVIDENCE, demands, deployments
from troopwatch.tables.model import Table
from troopwatch.tables.normalize import documents

Row = dict[str, Any]
EXTRACTOR, EXTRACTOR_VERSION = "troopwatch-rules", "1.2.0"
ARTICLE = {c.name for c in EVIDENCE} & set(documents.names)
"""Columns of the tables that describe the article: the stage adds them."""

COLUMNS = {t.name: [c.name for c in t.columns if c.name not in ARTICLE] for t in (deployments, demands)}
SPANS = ("trigger", "speaker", "force", "count", "demander", "addressee", "content")


@dataclass(frozen=True)
class Speakers:
    """Who says it: the nearest source, and the outermost where there are two."""

    nearest: Who | None
    outer: str | None


def speakers(p: Parsed, s: Standing) -> Speakers:
    """The sources that stand over an event, nearest first."""
    found = [who(p, t) for t in s.speakers]
    named = [w for w in found if w.head not in ("it", "which", "that", "there", "this")]
    if not named:
        return Speakers(None, None)
    outer = named[-1].span.text if len(named) > 1 and named[-1].span != named[0].span else None
    return Speakers(named[0], outer)


def blank(table: Table) -> Row:
    return dict.fromkeys(COLUMNS[table.name])


def span(row: Row, name: str, words: Span | None) -> None:
    """Sets the three columns of a span; offsets are still into the sentence."""
    if words is not None and words.start < words.end:
        row[f"{name}_text"], row[f"{name}_start"], row[f"{name}_end"] = words.text, words.start, words.end


def common(p: Parsed, table: Table, trigger: Span, s: Standing, said: Speakers) -> Row:
    """A row with all that both tables share."""
    row = blank(table)
    span(row, "trigger", trigger)
    if said.nearest is not None:
        span(row, "speaker", said.nearest.span)
        row["speaker_code"] = said.nearest.code
    row["speaker_outer_text"] = said.outer
    row["quote"] = s.quote
    _time(p, row, trigger)
    row |= {"sentence": p.text, "doc_date": p.on, "codebook_version": codebook.load().version}
    row |= {"extractor": EXTRACTOR, "extractor_version": EXTRACTOR_VERSION}
    return row


def _time(p: Parsed, row: Row, trigger: Span) -> None:
    if p.times:
        near = min(p.times, key=lambda t: abs(t.start - trigger.start))
        row["event_time_text"], row["event_time_from"], row["event_time_to"] = near.text, near.first, near.last


def placed(row: Row, p: Parsed, doc_id: str) -> Row:
    """The row with offsets into the document and with its ids."""
    base = p.sentence.start
    for name in SPANS:
        if row.get(f"{name}_start") is not None:
            row[f"{name}_start"] += base
            row[f"{name}_end"] += base
    for place in row.get("places") or []:
        place["start"] += base
        place["end"] += base
    row["sentence_start"], row["sentence_end"] = base, p.sentence.end
    row["sentence_id"] = digest(doc_id, base)
    return row


def digest(*parts: object) -> str:
    return hashlib.sha1("|".join(map(str, parts)).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def identified(rows: list[Row], table: Table) -> list[Row]:
    """The rows in order of the text, each with an id of its own."""
    main = ("force", "owner") if table is deployments else ("demander", "addressee")
    seen: dict[str, int] = {}
    rows.sort(key=lambda r: (r["trigger_start"], r["_order"]))
    for row in rows:
        key = digest(
            row["sentence_id"],
            table.name,
            row["trigger_start"],
            row.get(f"{main[0]}_start"),
            row.get("force_owner_code") or row.get("demander_code"),
            row.get("addressee_start"),
            SCHEMA_VERSION,
        )
        seen[key] = seen.get(key, 0) + 1
        row["record_id"] = key if seen[key] == 1 else digest(key, seen[key])
    return rows


def counted(p: Parsed, row: Row, count: Count, unit: str | None, scope: str) -> None:
    span(row, "count", Span(count.start, count.end, p.text[count.start : count.end]))
    row |= {"count_min": count.minimum, "count_max": count.maximum, "count_approx": count.approx}
    row |= {"count_scope": scope, "count_unit": unit}
