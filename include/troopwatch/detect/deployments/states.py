"""What a force is said to be, of a place: "due in", "bound for", "gone from"."""

from spacy.tokens import Token

from troopwatch.detect import lexicon
from troopwatch.detect.deployments.forces import Force
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import children
from troopwatch.detect.referents import regions


def of(p: Parsed, verb: Token, force: Force) -> tuple[Token, str] | None:
    """The adjective, adverb or participle that says it, and its class of the lexicon."""
    known = lexicon.by_term("deployment", "states")
    on_way = next(
        (k for c in children(verb, "prep") if c.lower_ == "on" for k in children(c, "pobj") if k.lower_ == "way"), None
    )
    if on_way is not None and verb.lemma_ == "be":
        return on_way, "send"
    is_copula = verb.lemma_ in ("be", "remain", "stay", "stand", "sit", "wait", "lie", "keep", "hold")
    said = children(verb, "acomp", "advmod", "prt", "attr") if is_copula else [verb] * _is_passive(verb)
    for word in said:
        entry = known.get(word.lower_)
        if entry and word.i > force.head.i and (regions.of(p, [word, verb, force.head, force.noun]) or _is_end(word)):
            return word, str(entry["class"])
    return None


def _is_passive(verb: Token) -> bool:
    return bool(children(verb, "auxpass", "aux")) and verb.tag_ == "VBN"


def _is_end(word: Token) -> bool:
    """Gone or home needs no place: from where is told elsewhere."""
    return word.lower_ in ("gone", "home")
