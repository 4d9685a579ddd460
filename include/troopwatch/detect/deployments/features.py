"""What else a row says of its force: unit, number, purpose and command."""

import re
from typing import Any

from troopwatch.detect import lexicon, rows
from troopwatch.detect.deployments import kinds
from troopwatch.detect.deployments.forces import Force
from troopwatch.detect.deployments.mention import Mention
from troopwatch.detect.deployments.parts import OF_WHICH_TAIL
from troopwatch.detect.reading.counts import Count
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.patterns import first_match
from troopwatch.detect.reading.trees import subtree

Row = dict[str, Any]


def about_force(p: Parsed, row: Row, m: Mention) -> None:
    force = m.force
    row["unit_type"] = force.unit_type if force else "unspecified"
    if force is None:
        return
    rows.span(row, "force", force.span)
    row["echelon"] = force.entry.get("echelon")
    row["unit_name"] = _unit_name(force)
    if force.count:
        rows.counted(p, row, force.count, force.count_unit, _scope(p, row, force, force.count))


def _unit_name(force: Force) -> str | None:
    """As in "the 82nd Airborne Division": a unit with a number of its own."""
    m = re.search(r"\b\d{1,3}(?:st|nd|rd|th)\b.*$", force.span.text)
    return m[0] if m else None


def _scope(p: Parsed, row: Row, force: Force, count: Count) -> str:
    words = p.text[max(0, count.start - 20) : force.noun.idx]
    for m in lexicon.pattern("numbers", "scopes").finditer(words):
        if "than" not in words[m.end() : m.end() + 5] and not re.search(r"\bno $", words[: m.start()]):
            return str(lexicon.by_term("numbers", "scopes")[m[0].lower()]["scope"])
    if row["phase"] in ("planned", "considered", "ordered"):
        return "planned_total"
    if row["phase"] == "present" or row["phase"].startswith("withdraw"):
        return "total_in_place"
    return "this_deployment"


def activity(p: Parsed, m: Mention, row: Row) -> str:
    """The purpose that the words of the event's own clause state."""
    if m.trigger.deed in ("occupy", "enter", "surround"):
        return "combat"
    if row["unit_type"] == "peacekeepers":
        return "peacekeeping"
    if row["unit_type"] == "advisers_trainers":
        return "training_advice"
    token = m.trigger.token
    first, last = subtree(token, skip=("parataxis", "relcl") if token.dep_ == "ROOT" else ("parataxis",))
    if m.force:
        first, last = min(first, m.force.noun.left_edge.i), max(last, m.force.noun.right_edge.i)
    words = OF_WHICH_TAIL.sub("", p.span(first, last).text)
    entry = first_match("activity", "purposes", words)
    if m.trigger.token.lemma_ == "guard":
        return "guard_base"
    return str(entry["activity"]) if entry else "posture"


def command(p: Parsed, row: Row, m: Mention) -> None:
    """A mission or alliance that a named state's forces are under."""
    words = m.force.span.text if m.force else ""
    for a in p.actors:
        if (
            a.code
            and a.code.startswith("IGO")
            and a.text in words
            and row["force_owner_code"]
            and not row["force_owner_code"].startswith("IGO")
        ):
            row["command_code"] = a.code
    if (
        row["unit_type"] == "peacekeepers"
        and kinds.MISSIONS.search(words)
        and (row["force_owner_code"] or "")[:3] != "IGO"
    ):
        row["command_code"] = row["command_code"] or "IGOUNO"
