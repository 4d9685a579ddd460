"""What the rest of a text says about one name in it."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import accumulate

from troopwatch.detect.names.actor_tokens import POSSESSIVE, Token, spaced, tokenize

_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
# A text most of whose words are capitalised is a headline: there a capital says nothing about names.
_HEADLINE_SHARE = 0.75
_HEADLINE_WORDS = 5


@dataclass(frozen=True)
class Context:
    """A text, its words and the date it was published."""

    text: str
    tokens: tuple[Token, ...]
    on: date | None
    sentence_words: frozenset[str]
    """Words that are often capitalised only because a sentence begins with them, in lower case."""

    _first: dict[str, int] = field(default_factory=dict)
    """Where each phrase asked for begins in `line`: asked once, whatever the text's length."""

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(t.norm for t in self.tokens)

    @cached_property
    def line(self) -> str:
        return f" {' '.join(t.norm for t in self.tokens)} "

    @cached_property
    def years(self) -> frozenset[int]:
        """The years named in the text."""
        return frozenset(int(y) for y in _YEAR.findall(self.text))

    @cached_property
    def starts(self) -> list[int]:
        """Where each word begins in `line`."""
        return list(accumulate((len(t.norm) + 1 for t in self.tokens), initial=1))

    @cached_property
    def headline(self) -> bool:
        """Whether nearly every longer word is capitalised."""
        longer = [t.norm for t in self.tokens if len(t.norm) > 3 and t.norm[0].isalpha()]
        return len(longer) > _HEADLINE_WORDS and sum(w[0].isupper() for w in longer) >= _HEADLINE_SHARE * len(longer)

    @cached_property
    def shouted(self) -> bool:
        """Whether the text is in capitals throughout."""
        return len(self.tokens) > 1 and self.text.isupper()

    def says(self, phrase: str) -> bool:
        """Whether the words of `phrase`, as the dictionaries write them, stand in the text."""
        return phrase in self.words if " " not in phrase else self._begins(phrase) >= 0

    def said_before(self, name: str, i: int) -> bool:
        """Whether `name` stands in full before word `i`."""
        return 0 <= self._begins(name) < self.starts[i]

    def _begins(self, phrase: str) -> int:
        if phrase not in self._first:
            words = " ".join(t.norm for t in tokenize(phrase))
            found = self.line.find(f" {words} ")
            self._first[phrase] = found + 1 if found >= 0 else found
        return self._first[phrase]

    def directly_before(self, i: int, phrases: frozenset[str]) -> bool:
        """Whether one of `phrases` ends directly before word `i`."""
        return any(" ".join(t.norm for t in self.tokens[max(0, i - n) : i]) in phrases for n in (1, 2, 3))

    def directly_after(self, j: int, phrases: frozenset[str]) -> bool:
        """Whether one of `phrases` begins directly after the words up to `j`."""
        return any(" ".join(t.norm for t in self.tokens[j : j + n]) in phrases for n in (1, 2, 3))

    def name_before(self, i: int) -> bool:
        """Whether a capitalised word stands directly before word `i` that no sentence beginning explains."""
        return spaced(self.text, self.tokens, i) and self._namelike(i - 1)

    def name_after(self, j: int) -> bool:
        """Whether a capitalised word stands directly after the words up to `j`."""
        return j < len(self.tokens) and spaced(self.text, self.tokens, j) and self._namelike(j)

    def _namelike(self, i: int) -> bool:
        word = self.tokens[i].norm
        if self.headline or word == POSSESSIVE or not word[:1].isupper() or (word.isupper() and len(word) > 1):
            return False
        return word.lower() not in self.sentence_words
