"""A sentence with all that is known of it before the rules look at it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from spacy.tokens import Doc, Token

from troopwatch.detect import codebook
from troopwatch.detect.names.actors import ActorMatch
from troopwatch.detect.names.places import PlaceMatch
from troopwatch.detect.reading import counts, parse, times
from troopwatch.detect.reading.counts import Count
from troopwatch.detect.reading.sentences import Sentence
from troopwatch.detect.reading.times import Time
from troopwatch.detect.reading.trees import is_of_a_date, offsets


@dataclass(frozen=True)
class Span:
    """Words of the sentence: offsets are code points into it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Dropped:
    """A word that could have made a row, and the rule by which it made none."""

    start: int
    text: str
    why: str


@dataclass
class Parsed:
    """One gated sentence: its tree and what the dictionaries find in it; offsets are into the sentence."""

    sentence: Sentence
    doc: Doc
    on: date | None
    voice: str | None
    actors: list[ActorMatch] = field(init=False)
    places: list[PlaceMatch] = field(init=False)
    counts: list[Count] = field(init=False)
    dropped: list[Dropped] = field(default_factory=list, compare=False)
    """What the rules let fall on the way, for whoever asks why there is no row."""

    def __post_init__(self) -> None:
        book = codebook.load()
        begin = parse.dateline(self.text)
        self.actors = [m for m in book.actors.find(self.text, self.on) if m.start >= begin]
        self.places = book.places.find(self.text)
        dated = [t.idx for t in self.doc if is_of_a_date(t)]
        self.counts = [c for c in counts.find(self.text) if not any(c.start <= at < c.end for at in dated)]

    @property
    def text(self) -> str:
        return self.sentence.text

    @cached_property
    def is_title(self) -> bool:
        """Whether it is written like a headline, with capitals throughout: there they tell no names."""
        words = [t for t in self.doc if t.is_alpha and len(t) > 3]
        return len(words) > 3 and sum(t.text[0].isupper() for t in words) > 0.7 * len(words)

    @cached_property
    def times(self) -> list[Time]:
        """The explicit times that it names."""
        return times.find(self.text, self.on)

    @cached_property
    def left_actors(self) -> list[ActorMatch]:
        """The actors of the sentence before: read only to resolve pronouns and "the country"."""
        return codebook.load().actors.find(self.sentence.left, self.on)

    @cached_property
    def left_places(self) -> list[PlaceMatch]:
        return codebook.load().places.find(self.sentence.left)

    def drop(self, token: Token, why: str) -> None:
        """Note that a word makes no row, and by which rule."""
        self.dropped.append(Dropped(token.idx, self.text[token.idx : token.idx + len(token)], why))

    def span(self, first: int, last: int) -> Span:
        """The words from the first to the last of two tokens."""
        start, end = offsets(self.doc, first, last)
        return Span(start, end, self.text[start:end])

    def tokens(self, start: int, end: int) -> list[Token]:
        return [t for t in self.doc if t.idx < end and t.idx + len(t) > start]

    def actors_in(self, span: Span) -> list[ActorMatch]:
        return list(overlapping(self.actors, span.start, span.end))

    def places_in(self, span: Span) -> list[PlaceMatch]:
        return [p for p in self.places if p.start < span.end and p.end > span.start]


def overlapping(matches: Iterable[ActorMatch], start: int, end: int) -> Iterator[ActorMatch]:
    return (m for m in matches if m.start < end and m.end > start)
