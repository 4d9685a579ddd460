"""Longest match of dictionary terms over the words of a text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from troopwatch.detect.names.actor_tokens import Token, joined, tokenize

T = TypeVar("T")


@dataclass(slots=True)
class _Node(Generic[T]):
    payload: T | None = None
    below: "dict[str, _Node[T]]" = field(default_factory=dict)


class TermTrie(Generic[T]):
    """Terms by their words; one payload each. Cost of a lookup: the words of the text, whatever the terms' number."""

    def __init__(self, folded: bool = False, backwards: bool = False) -> None:
        self._root: _Node[T] = _Node()
        self._folded = folded
        self._step = -1 if backwards else 1

    def add(self, term: str, payload: T) -> None:
        """Add `term`, or replace its payload."""
        node = self._root
        for word in self._words(term):
            node = node.below.setdefault(word, _Node())
        node.payload = payload

    def get(self, term: str) -> T | None:
        """The payload of exactly this term."""
        node: _Node[T] | None = self._root
        for word in self._words(term):
            node = node.below.get(word) if node else None
        return node.payload if node else None

    def longest(self, text: str, tokens: tuple[Token, ...], i: int) -> tuple[int, T] | None:
        """The longest term beginning at word `i` (backwards: ending there): the word after it, and its payload."""
        node, found, step = self._root, None, self._step
        while 0 <= i < len(tokens):
            word = tokens[i].norm
            below = node.below.get(word.lower() if self._folded else word)
            if below is None and node is not self._root and len(word) == 1 and word.isupper():
                i += step  # an initial that the dictionary leaves out: Antony J. Blinken
                continue
            if below is None:
                break
            node, i = below, i + step
            if node.payload is not None:
                found = (i, node.payload)
            if 0 <= i < len(tokens) and not joined(text, tokens, i if step > 0 else i + 1):
                break
        return found

    def scan(self, text: str, tokens: tuple[Token, ...]) -> Iterator[tuple[int, int, T]]:
        """All longest matches, left to right, none overlapping: first word, last word exclusive, payload."""
        i, roots = 0, self._root.below
        while i < len(tokens):
            word = tokens[i].norm.lower() if self._folded else tokens[i].norm
            hit = self.longest(text, tokens, i) if word in roots else None
            if hit:
                yield i, hit[0], hit[1]
            i = hit[0] if hit else i + 1

    def _words(self, term: str) -> list[str]:
        words = [t.norm.lower() if self._folded else t.norm for t in tokenize(term)]
        return words[:: self._step]
