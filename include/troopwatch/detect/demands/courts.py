"""Whose court it is that orders: that of the state whose own body it orders."""

from dataclasses import replace

from troopwatch.detect.demands.demanders import kind
from troopwatch.detect.referents.naming import NATIONAL, Who

ORGANS = ("GOV", "LEG", "COP", "MIL")


def of_the_land(demander: Who | None, asked: list[Who]) -> Who | None:
    """As in "A federal judge ordered the White House": a court without a state orders a body of its own state.

    A court that orders a state as such ("ordered Tehran to pay") may be any state's.
    """
    if demander is None or demander.code or kind(demander) != "court" or "international" in demander.span.text.lower():
        return demander
    states = {w.country for w in asked if w.form not in NATIONAL and (w.code or "")[3:6] in ORGANS}
    state = states.pop() if len(states) == 1 else None
    return replace(demander, code=f"{state}JUD", form="court", reason=None) if state else demander
