"""What stands over an event, and who is said to say it (codebook 4)."""

import re
from dataclasses import dataclass, field

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import child, children, pobj, subject

NAMELESS = re.compile(
    r"\b(?:not (?:to )?be (?:named|identified)|(?:declined|refused) to (?:be named|give \w+ names?)|anonym\w+"
    r"|unnamed|unidentified|without being named)\b",
    re.I,
)
"""As in "officials who asked not to be named"."""


@dataclass
class Standing:
    """What stands over an event, nearest first, and how its own verb is put."""

    effects: list[tuple[str, Token]] = field(default_factory=list)
    modal: str | None = None
    negated: bool = False
    conditional: bool = False
    if_clause: bool = False
    hedge: str | None = None
    speakers: list[Token] = field(default_factory=list)
    speaker_effect: str | None = None
    unnamed_source: bool = False
    quote: str = "none"
    tense: str = "past"

    def first(self, *wanted: str) -> Token | None:
        """The word over the event with one of these effects."""
        return next((t for effect, t in self.effects if effect in wanted), None)

    def has(self, *wanted: str) -> bool:
        return self.first(*wanted) is not None


def sayer(t: Token) -> Token | None:
    """Who says it: the subject of the verb, its agent, or whose the noun is."""
    if t.pos_ == "NOUN":
        return child(t, "poss")
    agent = child(t, "agent")
    if agent is not None:
        return pobj(agent)
    if children(t, "nsubjpass", "auxpass"):
        return None
    return subject(t)


def according(p: Parsed, s: Standing) -> None:
    """Take in "according to ...", which stands apart from the verbs over the event."""
    if "ccording" not in p.text:
        return
    for t in p.doc:
        if t.lower_ == "according" and t.i + 1 < len(p.doc) and t.nbor(1).lower_ == "to":
            thing = pobj(t.nbor(1)) or child(t, "pobj")
            if thing is not None:
                s.speakers.insert(0, thing)
                s.speaker_effect = s.speaker_effect or "report"
                words = " ".join(x.lower_ for x in thing.subtree)
                s.unnamed_source = bool(lexicon.pattern("status", "unnamed").search(words) or NAMELESS.search(words))
            return
