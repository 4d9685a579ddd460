"""Things that are no actor though a state's name stands in their phrase: "a Louisiana law", "the Russian draft"."""

import re
from dataclasses import replace

from troopwatch.detect import lexicon
from troopwatch.detect.names.actors import ActorMatch
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import child
from troopwatch.detect.reading.wordset import words
from troopwatch.detect.referents.naming import PERSONAL_FORMS, Who

NO_ACTORS = words(
    "law step case ruling verdict suit lawsuit brief filing petition complaint motion demand request call appeal "
    "plea text resolution draft bill amendment act article clause treaty pact accord agreement deal settlement plan "
    "proposal "
    "programme program project policy decision move measure statement letter report document paper memo note "
    "speech remark comment tweet post campaign budget order decree rule regulation system app guard "
    "coordinator sanction embargo ban tariff war crisis conflict attack strike support aid pressure effort end halt "
    "willingness investigation inquiry probe vote election poll survey percent % abstention dollar euro cost price"
)


SOME_OF = re.compile(
    r"\b(?:other|some|several|many|most|certain|few|two|three|four|five|six)\b.*"
    r"\b(?:states|members|countries|nations|allies|governments)$",
    re.I,
)
"""As in "other EU states": an unnamed coalition (codebook 1.2.5)."""


def uncoded(p: Parsed, w: Who) -> Who:
    """The same, without the code that a thing or an office still to be made has from a name beside its head."""
    if w.code is None or (_is_named(p, w) and not w.code.startswith("IGO")):
        return w
    if w.code.startswith("IGO") and SOME_OF.search(w.span.text):
        return replace(w, code=None, reason="some of its members")
    if _is_named(p, w):
        return w
    yet_to_be = w.form == "office" and w.span.text.lower().startswith(("a ", "an "))
    return replace(w, code=None, reason="a thing") if w.head in NO_ACTORS or yet_to_be or _is_unknown(p, w) else w


def _is_named(p: Parsed, w: Who) -> bool:
    """Whether a name of the dictionaries covers the head itself."""
    heads = [t for t in p.doc if w.span.start <= t.idx < w.span.end and t.lemma_.lower() == w.head]
    return not heads or any(_covers(m, t.idx) for m in p.actors if m.code for t in heads)


def _covers(match: ActorMatch, at: int) -> bool:
    return match.start <= at < match.end


def _is_unknown(p: Parsed, w: Who) -> bool:
    """As in "the Spanish security guards": neither an office nor a force, only of that country."""
    if w.form not in ("demonym", "place_of_origin") or w.head in lexicon.terms("roles", "roles"):
        return False
    heads = [t for t in p.tokens(w.span.start, w.span.end) if t.lemma_.lower() == w.head]
    common = any(t.tag_ in ("NN", "NNS") and t.text[0].islower() and child(t, "appos") is None for t in heads)
    return common and w.head not in lexicon.terms("forces", "nouns") and w.form not in PERSONAL_FORMS
