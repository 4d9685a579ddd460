"""How real, how strong and how old a demand is: its status, strength, tense and time limit."""

import re
from typing import Any

from spacy.tokens import Token

from troopwatch.detect import lexicon, status
from troopwatch.detect.demands.pieces import Frame
from troopwatch.detect.reading import times
from troopwatch.detect.reading.parsed import Parsed, Span
from troopwatch.detect.reading.trees import above
from troopwatch.detect.standing import Standing

Row = dict[str, Any]

SAID = ("modal_say", "conditional", "imperative_quote")
"""Forms of a demand that are only a way of saying: who says it is who demands."""

ELSE = re.compile(r"\bor (?:else|face|risk|see|lose|be|we|they|it)\b|\d+-(?:hour|day)\b|deadline|ultimatum", re.I)
LIMIT = re.compile(
    r"\b(?:(?:by|until|before|no later than) (?:\w+ )?(?:noon|midnight|dawn|dusk|sunset|nightfall|tomorrow|today|"
    r"tonight|\w+day\b|the end of|the weekend|(?:Jan|Febr)uary|March|April|May|June|July|August|"
    r"(?:Septem|Octo|Novem|Decem)ber)"
    r"|within (?:\w+ ){1,2}(?:minute|hour|day|week|month)s?\b)"
)


def strength(f: Frame, words: str) -> str:
    """The frame's step, or `ultimatum` where a limit is set or the demand says what will follow else."""
    grave = f.strength in ("demand", "order") or f.form == "imperative_quote"
    return "ultimatum" if ELSE.search(words) or (grave and LIMIT.search(words)) else f.strength


def status_of(p: Parsed, f: Frame, s: Standing, *, own: bool) -> str:
    """The status; `own`: who speaks of the demand is who would have made it."""
    if f.form in ("conditional", "imperative_quote"):
        return "alleged" if s.has("alleged") or s.hedge == "alleged" or s.unnamed_source else "asserted"
    found = status.of_demand(s, answered=f.answer != "none", depends=f.form == "modal_say" and _depends(f.trigger))
    if found == "asserted" and f.demander is not None and f.demander.lemma_.lower() == "draft":
        return "hypothetical"  # what a draft asks for is its sponsor's, and not yet asked (ruling 6)
    if found == "asserted" and re.search(r"\bstop(?:s|ped|ping)? short of (?:\w+ )?$", p.text[: f.trigger.idx]):
        return "negated"
    return "denied" if found == "negated" and own else found


def _depends(trigger: Token) -> bool:
    """As in "If they refuse, he said, X should ...": a condition on the saying or on the act."""
    return any(
        c.dep_ == "advcl" and any(k.lower_ in ("if", "unless") for k in c.children)
        for t in above(trigger, 4)
        for c in t.children
    )


def tense(p: Parsed, f: Frame, s: Standing, how_real: str, content: Span | None) -> str:
    """The codebook's tense class; a time in the content is a limit, and does not date the demand."""
    dates = [t for t in p.times if content is None or not content.start <= t.start < content.end]
    if times.is_old(dates, p.on):
        return "historical"
    if how_real == "hypothetical" or (s.tense == "future" and f.form != "conditional"):
        return "future"
    if f.form in SAID and (told := _told(f.trigger)) is not None:
        return "recent" if told.tag_ in ("VBD", "VBN") else "current"
    return "current" if s.tense in ("present", "future") else "recent"


def _told(trigger: Token) -> Token | None:
    """The verb of saying over a demand."""
    over = lexicon.by_term("status", "over")
    return next((t for t in above(trigger) if over.get(t.lemma_, {}).get("effect") == "report"), None)


def deadline(p: Parsed, row: Row, text: Span | None) -> None:
    """The last day that the content gives; "or face ..." is what is threatened."""
    if text is None:
        return
    threat = re.search(r",?\s*or (?:else|face|risk)\b.*$", text.text)
    row["consequence_text"] = threat[0].strip(" ,") if threat else None
    limit = re.search(r"\b(?:by|before|until) (.*)$", text.text)
    found = times.find(text.text[limit.start() :], p.on) if limit else []
    if found and found[0].last and p.on and found[0].last >= p.on:
        row["deadline_date"] = found[0].last
