"""The quote of a mention: its sentence, with the words that count marked by their offsets."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

LONGEST = 300
"""Characters of a sentence that are quoted: enough to judge a figure by, and no more than a quotation may be."""
BEFORE = 100
"""Characters that stay before the first mark where a sentence is cut."""
MARKS = ("count", "trigger", "content")
"""Spans that are marked; where two overlap, the first-named wins."""


@dataclass(frozen=True)
class Piece:
    """A run of the sentence under one mark; `mark` is empty for plain text."""

    text: str
    mark: str


@dataclass(frozen=True)
class Quote:
    """A sentence in pieces; `cut` says that it is longer than what is shown."""

    pieces: tuple[Piece, ...]
    cut: bool


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    mark: str


def quote(row: Mapping[str, Any]) -> Quote:
    """The quote of a row of `deployments` or `demands`; offsets there count from the start of the document's text."""
    sentence: str = row["sentence"]
    spans = [span for mark in MARKS if (span := _span(row, mark))]
    first, last = _window(len(sentence), spans)
    return Quote(tuple(_pieces(sentence, spans, first, last)), cut=(first, last) != (0, len(sentence)))


def _span(row: Mapping[str, Any], mark: str) -> Span | None:
    """A span within the sentence, or nothing where its words do not stand there: a wrong mark is worse than none."""
    start, end, words = (row.get(f"{mark}_{part}") for part in ("start", "end", "text"))
    if start is None or end is None or not words:
        return None
    start, end = start - row["sentence_start"], end - row["sentence_start"]
    return Span(start, end, mark) if start >= 0 and row["sentence"][start:end] == words else None


def _window(length: int, spans: list[Span]) -> tuple[int, int]:
    if length <= LONGEST:
        return 0, length
    anchor = min((span.start for span in spans), default=0)
    first = max(0, min(anchor - BEFORE, length - LONGEST))
    return first, first + LONGEST


def _pieces(sentence: str, spans: list[Span], first: int, last: int) -> list[Piece]:
    inside = {at for span in spans for at in (span.start, span.end) if first < at < last}
    cuts = sorted({first, last} | inside)
    runs = groupby(pairwise(cuts), lambda cut: _mark(spans, *cut))
    return [Piece("".join(sentence[a:b] for a, b in run), mark) for mark, run in runs]


def _mark(spans: list[Span], start: int, end: int) -> str:
    return next((span.mark for span in spans if span.start <= start and end <= span.end), "")
