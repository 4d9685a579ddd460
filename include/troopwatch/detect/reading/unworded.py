"""What is worth parsing though no word asks: "said X must", "will not ... until", orders in quotation marks."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from troopwatch.detect import lexicon
from troopwatch.detect.reading import gate
from troopwatch.detect.reading.look import Held, Look
from troopwatch.detect.reading.sentences import OPENERS
from troopwatch.detect.reading.wordset import words

DUTY = re.compile(r"\b(?:(\w+) )?(?:must|should|ought|needs? to|needed to|ha(?:ve|s|d) to|time for)\b", re.I)
CONDITION = re.compile(
    r"\b(?:will|would|wo|wouldn't|won't|can\w*|refus\w+|rul\w+ out|declin\w+|reject\w+|threat\w+|vow\w*|warn\w*"
    r"|pledg\w+|promis\w+)\b"
    r".*\b(?:until|unless|till|before|only (?:if|after|once|when))\b"
    r"|\bunless\b.*\b(?:will|would|won't|can)\b"
    r"|\b(?:conditional|contingent|dependent) (?:up)?on\b"
    r"|\beither\b.*\bor (?:we|i|they|there)\b",
    re.I | re.S,
)
TELLING = words("tell tells told telling warn warns warned warning order orders ordered ordering")
QUOTED = re.compile(r"[\"\u201c](\w+)")


def duties(look: Look) -> Iterator[Held]:
    """Demands without a word for them: "said X must", "will not ... until"."""
    if not gate.says().isdisjoint(look.vocabulary):
        for duty in DUTY.finditer(look.sentence.text):
            yield _duty(look, duty)
    if CONDITION.search(look.sentence.text):
        yield "until, unless", None if look.has_actor or look.has_act else "no political actor and no political act"


def _duty(look: Look, duty: re.Match[str]) -> Held:
    word = duty[0].lower().split(" ", 1)[-1] if duty[1] else duty[0].lower()
    inverted = look.sentence.text[duty.end() + 1 : duty.end() + 2].isupper()
    if duty[1] and duty[1].lower() in _nobody() and not inverted and not (duty[1].lower() == "there" and look.has_act):
        return word, f"{duty[1]!r} is nobody that is asked"
    near = look.has_actor_near(bisect_left(look.starts, duty.end()) - 1) or look.has_act
    return word, None if near else "no political actor near it and no political act"


def orders(look: Look) -> Iterator[Held]:
    """As in '"Leave now," he told them': an order in quotation marks."""
    told = sorted(look.vocabulary & (TELLING | gate.says()))
    if told and any(m[1].lower() not in OPENERS for m in QUOTED.finditer(look.sentence.text)):
        yield told[0], None if look.is_political else "nobody that is told"


@lru_cache(maxsize=1)
def _nobody() -> frozenset[str]:
    return frozenset(t.lower() for t in lexicon.terms("demand", "nobody")) | {"they", "he", "she"}
