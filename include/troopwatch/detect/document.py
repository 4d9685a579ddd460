"""A text in, rows out: sentences, gate, parser, rules. Pure: the same text gives the same rows, alone or in a batch."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from spacy.tokens import Doc

from troopwatch.detect import demands, deployments, links
from troopwatch.detect.reading import follow, gate, parse, sentences, worth
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.sentences import Sentence
from troopwatch.detect.rows import identified, placed
from troopwatch.tables import detect as tables

Row = dict[str, Any]


@dataclass(frozen=True)
class Document:
    """A text to read; `voice` is the actor code that "we" stands for, where the source speaks for one."""

    doc_id: str
    text: str
    published_at: datetime | date | None = None
    voice: str | None = None

    @property
    def day(self) -> date | None:
        """The UTC day of publication."""
        when = self.published_at
        if isinstance(when, datetime):
            return (when.astimezone(UTC) if when.tzinfo else when).date()
        return when


@dataclass(frozen=True)
class Found:
    """What a text says: rows of both tables in order of the text (offsets: code points into it), and what was read."""

    deployments: list[Row]
    demands: list[Row]
    sentences: int
    gated: int


@dataclass
class _Pending:
    document: Document
    sentences: int = 0
    gated: list[Sentence] = field(default_factory=list)


def find(document: Document) -> Found:
    """The deployments and demands of one document."""
    return next(find_all([document]))


def find_all(documents: Iterable[Document], *, gated: bool = True) -> Iterator[Found]:
    """The same for many documents, in order; gated sentences go through the parser in batches.

    Without the gate every sentence is parsed: slow, and what tests and benchmarks hold the gate to.
    """
    waiting: deque[_Pending] = deque()

    def texts() -> Iterator[str]:
        for document in documents:
            pending = _gate(document, gated=gated)
            waiting.append(pending)
            yield from (s.text for s in pending.gated)
            yield ""  # the end of a document: keeps one without gated sentences in its place

    trees: list[Doc] = []
    for doc in parse.parse(texts()):
        if len(doc):
            trees.append(doc)
            continue
        yield _found(waiting.popleft(), trees)
        trees = []


def _gate(document: Document, *, gated: bool) -> _Pending:
    pending = _Pending(document)
    for sentence in sentences.split(document.text):
        pending.sentences += 1
        if not gated or passes(sentence, document):
            pending.gated.append(sentence)
    return pending


def passes(sentence: Sentence, document: Document) -> bool:
    """Whether a sentence of the document is worth parsing."""
    first = gate.passes(sentence.text) and worth.passes(sentence, document.day, document.voice)
    return first or follow.passes(sentence)


def _found(pending: _Pending, trees: list[Doc]) -> Found:
    document = pending.document
    moves: list[Row] = []
    asks: list[Row] = []
    for sentence, doc in zip(pending.gated, trees, strict=True):
        p = Parsed(sentence, doc, document.day, document.voice)
        here, there = read(p, document.doc_id)
        moves += here
        asks += there
    return Found(moves, asks, pending.sentences, len(pending.gated))


def read(p: Parsed, doc_id: str) -> tuple[list[Row], list[Row]]:
    """The rows of one parsed sentence, with ids and linked."""
    moves, asks = deployments.find(p), demands.find(p)
    moves, asks = links.settled(p, moves, asks)
    for table in (moves, asks):
        for order, row in enumerate(table):
            row["_order"] = order
            placed(row, p, doc_id)
    identified(moves, tables.deployments)
    identified(asks, tables.demands)
    links.joined(moves, asks)
    return moves, asks
