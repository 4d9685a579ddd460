"""Whether a sentence asserts an event: the codebook's six statuses (codebook 4)."""

from troopwatch.detect.deployments.phases import first
from troopwatch.detect.standing import Standing

UNSURE = ("could", "might", "may", "should", "must", "can")
DECIDED = ("vote", "agree", "decide", "want", "set", "go")
"""What stands over a demand without making it a mere plan: "voted to demand"."""


def of_deployment(s: Standing, *, owner_speaks: bool, is_there: bool = False) -> str:
    """The status of a deployment; `owner_speaks`: the nearest speaker is the party itself; `is_there`: it is named as
    a fact, so that who opposes it does not deny it ("opposes the occupation").
    """
    reported_plan = owner_speaks and bool(s.speakers)  # "said it would send" is a plan, told in the past
    unreal = s.has("requested", "considered") or s.hedge == "considered" or s.conditional or s.if_clause
    return first(
        (
            (s.has("denied"), "denied"),
            ((s.has("refused") and not is_there) or (s.negated and s.modal in ("will", "would")), "refused"),
            (
                s.negated or s.has("failed"),
                "denied" if owner_speaks or (s.speakers and not s.has("failed")) else "negated",
            ),
            (s.has("alleged") or s.hedge == "alleged" or s.unnamed_source, "alleged"),
            (unreal or s.modal in UNSURE or (s.modal == "would" and not reported_plan), "hypothetical"),
        ),
        "asserted",
    )


def of_demand(s: Standing, *, answered: bool, depends: bool) -> str:
    """The status of a demand; `answered`: what denies or refuses it is the answer; `depends`: on a condition."""
    over = s.first("planned")
    planned = over is not None and over.lemma_ not in DECIDED
    unreal = s.has("requested", "considered") or planned or s.conditional or depends
    return first(
        (
            (s.has("denied") and not answered, "denied"),
            ((s.has("refused") and not answered) or (s.negated and s.modal in ("will", "would")), "refused"),
            (s.negated, "negated"),
            (s.has("alleged") or s.hedge == "alleged" or s.unnamed_source, "alleged"),
            (unreal or s.hedge in ("considered", "planned"), "hypothetical"),
            (s.modal in (*UNSURE, "would", "will", "shall"), "hypothetical"),
        ),
        "asserted",
    )
