"""A force that only a pronoun stands for: the one deployment that the sentence before tells of (codebook 2.4)."""

from typing import Any

from spacy.tokens import Token

from troopwatch.detect import hedging, rows
from troopwatch.detect.deployments import matching, mentions
from troopwatch.detect.deployments.matching import Trigger
from troopwatch.detect.deployments.mention import Mention
from troopwatch.detect.reading import follow, parse
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.sentences import Sentence
from troopwatch.detect.reading.trees import children, pobj
from troopwatch.detect.referents.naming import Who

Row = dict[str, Any]


def of(p: Parsed, made: list[Row]) -> list[Row]:
    """As in "They will be stationed in El Geneina", behind a sentence that tells of one force only."""
    if made or not follow.passes(p.sentence):
        return []
    found = next((f for t in p.doc if t.lower_ in follow.PRONOUNS and (f := _told(p, t))), None)
    before = _before(p) if found is not None else None
    if found is None or before is None or not _agrees(found[0], before):
        return []
    pronoun, trigger = found
    return [_row(p, pronoun, trigger, before)]


def _told(p: Parsed, pronoun: Token) -> tuple[Token, Trigger] | None:
    """The pronoun's head ("half of it": half), and the word that says where it goes or is."""
    head = pronoun
    if pronoun.dep_ == "pobj" and pronoun.head.lower_ == "of" and pronoun.head.head.i < pronoun.i:
        head = pronoun.head.head
    verb = head.head
    is_subject = head.dep_ == "nsubj"
    if head.dep_ not in ("nsubj", "nsubjpass", "dobj") or verb.pos_ != "VERB":
        return None
    below = [c for c in children(verb, "xcomp", "ccomp") if c.i > head.i and not children(c, "nsubj")]
    for word, as_subject in ((verb, is_subject), *((c, not children(c, "auxpass")) for c in below)):
        t = matching.match(p, word, None, is_subject=as_subject, rule="pronoun")
        if t is not None and word.lemma_.lower() in follow.GOING:
            return head, t
    return None


def _before(p: Parsed) -> Row | None:
    """The one deployment of the sentence before; None where it tells of none or of several owners."""
    left = Sentence(0, len(p.sentence.left), p.sentence.left, "")
    found = mentions.find(Parsed(left, next(parse.parse([left.text])), p.on, p.voice))
    owned = [r for r in found if r["force_owner_code"] and r["force_text"]]
    return owned[0] if owned and len({r["force_owner_code"] for r in found}) == 1 else None


def _agrees(head: Token, before: Row) -> bool:
    """Whether "they" stand for several, "it" for one contingent or brigade."""
    inner = next((k for c in children(head, "prep") if (k := pobj(c)) is not None), head)
    several = before["force_text"].lower().endswith("s") or before["count_unit"] == "persons"
    return bool(several) != (inner.lower_ == "it")


def _row(p: Parsed, head: Token, t: Trigger, before: Row) -> Row:
    whose = Who(p.span(head.i, head.i), before["force_owner_code"], "demonym", before["force_owner_text"] or "")
    s = hedging.standing(p, t.token)
    made = mentions.stood(p, Mention(None, t, s, [whose]))
    rows.span(made, "force", p.span(head.left_edge.i, head.right_edge.i))
    made |= {"unit_type": before["unit_type"], "confidence": 0.6}
    return made
