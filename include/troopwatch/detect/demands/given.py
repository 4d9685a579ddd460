"""Nouns by which a demand is known: what only another can give, and what is left."""

from troopwatch.detect.reading.wordset import words

GIVEN = words(
    "release freeing return handover extradition withdrawal removal pullout departure exit halt end pause delay "
    "suspension postponement extension truce ceasefire cease-fire armistice moratorium lifting easing relaxation "
    "relief repeal waiver exemption apology explanation clarification assurance guarantee pledge commitment help "
    "assistance reinforcement intervention mediation deployment peacekeeper pardon clemency amnesty "
    "compensation reparation resignation ouster dismissal access reopening concession consent reinstatement "
    "restoration resumption recognition evacuation repatriation annulment revocation abolition cancellation removal"
)
"""Things that are sought of somebody."""
LEAVING = words("withdrawal removal pullout pullback departure retreat exit evacuation")
"""Nouns after which "from" names the place that is left, and nobody who is asked."""
