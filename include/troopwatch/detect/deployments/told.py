"""Whether a force is only talked of, or told to go by another than its own."""

from troopwatch.detect.deployments.forces import Force
from troopwatch.detect.deployments.triggers import Trigger
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.trees import subject
from troopwatch.detect.reading.wordset import words
from troopwatch.detect.referents.naming import Who
from troopwatch.detect.referents.who import who
from troopwatch.detect.standing import Standing, sayer

TALKED = words("think talk muse debate dream speak deliberate argue hesitate")


def is_only_talked_of(t: Trigger) -> bool:
    """As in "is thinking about sending troops"."""
    prep = t.token.head
    return t.token.dep_ == "pcomp" and prep.lower_ in ("about", "of", "over", "whether") and prep.head.lemma_ in TALKED


PAPERS = words("plan budget draft deal agreement accord proposal roadmap treaty pact schedule timetable")


def is_wanted_out(force: Force | None, t: Trigger) -> bool:
    """As in "want those gunboats out": not "want our troops out", which is a plan."""
    own = force is not None and any(
        c.lower_ in ("our", "my", "its", "their", "his", "her") for c in force.noun.children
    )
    return t.rule == "out:want" and not own


def is_demanded(s: Standing) -> bool:
    """What a plan or a draft calls for is no demand (ruling 6)."""
    over = s.first("requested")
    thing = subject(over) if over is not None and over.pos_ == "VERB" else None
    return over is not None and not (thing is not None and thing.lemma_.lower() in PAPERS)


def is_ordered_by_other(p: Parsed, s: Standing, whose: list[Who]) -> bool:
    """As in "Bamako ordered the UN's soldiers to leave": who orders is not whose the force is."""
    over = s.first("ordered")
    thing = sayer(over) if over is not None and over.pos_ == "VERB" else None
    orderer = who(p, thing).code if thing is not None else None
    return bool(orderer and whose) and all(w.code and w.code[:3] != (orderer or "")[:3] for w in whose)
