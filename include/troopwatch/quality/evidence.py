"""What rows of deployments and demands must mean: above all that every quote stands where the row says."""

import re
from collections.abc import Iterator
from typing import Any

from troopwatch.quality.around import Around, document_of
from troopwatch.quality.meanings import one_document
from troopwatch.quality.model import Meaning, Row
from troopwatch.tables.detect import PLACE_ROLES

COUNTRY = re.compile(r"[A-Z]{3}")

NUMBER = re.compile(r"\d+(?:[,\s]\d{3})*(?:\.\d+)?")
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "m": 10**6, "billion": 10**9}

COPIED = (
    "article_id",
    "outlet",
    "published_at",
    "published_precision",
    "published_origin",
    "url",
    "captured_at",
    "warc_file",
    "warc_offset",
    "text_sha256",
)
"""What a mention carries of its document, so that every figure leads to its evidence."""

Span = tuple[str, str | None, int | None, int | None]


def _spans(row: Row) -> Iterator[Span]:
    """Name, words, start and end of everything in a row that is said to stand in the text."""
    yield "sentence", row["sentence"], row["sentence_start"], row["sentence_end"]
    for name in (n.removesuffix("_text") for n in row if n.endswith("_text") and f"{n[:-5]}_start" in row):
        yield name, *_parts(row, f"{name}_")
    for place in row.get("places") or ():
        yield "place", *_parts(place, "")


def _parts(row: dict[str, Any], start: str) -> tuple[str | None, int | None, int | None]:
    return row[f"{start}text"], row[f"{start}start"], row[f"{start}end"]


def _objection(text: str, span: Span) -> str | None:
    name, words, start, end = span
    if words is None and start is None and end is None:
        return None
    if words is None or start is None or end is None or not 0 <= start < end <= len(text):
        return f"{name}: {words!r} at {start} to {end} of {len(text)}"
    return None if text[start:end] == words else f"{name}: {words!r} is said, {text[start:end]!r} stands there"


def _text(row: Row, around: Around) -> str:
    return (around.documents.get(document_of(row)) or {}).get("text") or ""


def _quote(row: Row, around: Around) -> str | None:
    return _objection(_text(row, around), next(_spans(row)))


def _words(row: Row, around: Around) -> str | None:
    _sentence, *spans = _spans(row)
    text = _text(row, around)
    return "; ".join(filter(None, (_objection(text, span) for span in spans))) or None


def _inside(row: Row, _: Around) -> str | None:
    bounds = (row["sentence_start"], row["trigger_start"], row["trigger_end"], row["sentence_end"])
    if None in bounds or list(bounds) == sorted(bounds):
        return None
    return "trigger at {1} to {2}, sentence at {0} to {3}".format(*bounds)


def _copied(row: Row, around: Around) -> str | None:
    document = around.documents.get(document_of(row), row)
    wrong = [name for name in COPIED if row[name] != document[name]]
    return f"not as in the document: {', '.join(wrong)}" if wrong else None


def _event_time(row: Row, _: Around) -> str | None:
    return _ordered(row["event_time_from"], row["event_time_to"])


def _counts(row: Row, _: Around) -> str | None:
    return _ordered(row["count_min"], row["count_max"])


def _figure(row: Row, _: Around) -> str | None:
    """Whether a count written in digits has a bound that its words give: a tenfold figure has none."""
    words, bounds = row["count_text"] or "", {row["count_min"], row["count_max"]} - {None}
    said = {value for number in NUMBER.findall(words) for value in _values(number, words)}
    return f"{words!r} is said, but {sorted(bounds)} counted" if said and bounds and not said & bounds else None


def _values(number: str, words: str) -> set[int]:
    """What a number in digits may stand for, whatever its separators and the words of scale beside it."""
    read = [float(re.sub(r"\D", "", number)), float(re.sub(r"[,\s]", "", number).rstrip("."))]
    scales = [1, *(scale for word, scale in SCALES.items() if word in words.lower())]
    return {round(value * scale) for value in read for scale in scales}


def _ordered(low: Any, high: Any) -> str | None:
    return f"{low} to {high}" if low is not None and high is not None and low > high else None


def _places(row: Row, _: Around) -> str | None:
    wrong = [
        f"{place['text']!r}: role {place['role']}, country {place['country']}"
        for place in row["places"] or ()
        if place["role"] not in PLACE_ROLES or not (place["country"] is None or COUNTRY.fullmatch(place["country"]))
    ]
    return "; ".join(wrong) or None


def _linked(row: Row, around: Around) -> str | None:
    linked = row["deployment_record_id"]
    if linked is None or (document_of(row), linked) in around.deployments:
        return None
    return f"its document has no deployment {linked}"


MENTIONS = (
    Meaning("document", "every mention is of a document of the day", one_document),
    Meaning("quote", "the sentence stands in the document's text at its offsets", _quote),
    Meaning("spans", "all other words stand in the text at their offsets, and offsets are whole and ordered", _words),
    Meaning("trigger_in_sentence", "the trigger lies inside the sentence", _inside),
    Meaning("evidence", "outlet, dates, capture and digest are those of the document", _copied),
    Meaning("event_time", "the first day of an event's time is not after its last", _event_time),
)

DEPLOYMENTS = (
    *MENTIONS,
    Meaning("count_range", "the lower bound of a count is not above the upper", _counts),
    Meaning("figure", "a count that is written in digits is as they say", _figure),
    Meaning("places", "places have a known role, and a country code or none", _places),
)

DEMANDS = (*MENTIONS, Meaning("deployment", "the deployment it concerns is in the same document", _linked))
