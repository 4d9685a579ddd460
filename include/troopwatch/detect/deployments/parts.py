"""Parts and totals of a counted force: "of which 8,000", "bringing the total to 3,000" (codebook 2.4, 3.2)."""

import re
from typing import Any

from troopwatch.detect import codes, rows
from troopwatch.detect.reading.counts import Count
from troopwatch.detect.reading.parsed import Parsed, Span
from troopwatch.detect.reading.patterns import first_match
from troopwatch.detect.reading.trees import children, subtree
from troopwatch.detect.referents import regions

Row = dict[str, Any]
OF_WHICH_TAIL = re.compile(r",?\s*\b(?:of which|of whom|of them)\b.*$", re.S)
OF_WHICH = re.compile(
    r"\b(?:of which|of whom|of them|among them|including)\s+(?:(?:about|some|around|up to|at least|nearly)\s+)?$",
    re.I,
)
OF_FIRST = re.compile(r"^\W*Of (?:the|its|their|some|about|nearly|around|[A-Z])", re.S)
"""As in "Of the 950 peacekeepers in Haiti, 108 were flown home"."""
TOTAL = re.compile(
    r"\b(?:bringing|brings|brought|raising|raises|taking|takes)\s+(?:the|their|its)\s+(?:total|number|strength)"
    r"[\w\s]{0,40}?\bto\s+$",
    re.I,
)


UP_FROM = re.compile(r",\s*(?:up|down) from\s+(?:(?:about|some|around|up to|at least|nearly|just|the)\s+)*$", re.I)
"""As in "will be stationed in Lithuania, up from 1,900 at present": what is there now."""


def of(p: Parsed, made: list[Row]) -> list[Row]:
    """As in "of which 8,000", "bringing the total to 3,000": rows beside the one they are part of."""
    out: list[Row] = []
    for count in p.counts:
        before = p.text[: count.start] + " " if not p.text[: count.start].endswith(" ") else p.text[: count.start]
        base = [r for r in made if r["trigger_start"] < count.start and r["count_start"] not in (None, count.start)]
        if not base or any(r["count_start"] == count.start for r in made):
            continue
        rest = OF_FIRST.match(p.text) and before.rstrip().endswith(",")
        if OF_WHICH.search(before) or rest:
            out.append(_subset(p, dict(base[-1]), count))
        elif TOTAL.search(before):
            out.append(_total(p, dict(base[-1]), count))
        elif UP_FROM.search(before) and re.match(r"\W+(?:at present|now|today|currently)\b", p.text[count.end :]):
            out.append(_total(p, dict(base[-1]), count) | {"tense_class": "current", "status": "asserted"})
    return out


def _of_count(p: Parsed, row: Row, count: Count, scope: str, rule: str) -> Row:
    rows.counted(p, row, count, row["count_unit"], scope)
    rows.span(row, "force", Span(count.start, count.end, p.text[count.start : count.end]))
    row["places"] = [dict(x) for x in row["places"]]
    row |= {"rule": f"deployment/{rule}", "confidence": 0.8, "unit_name": None, "echelon": None}
    return row


def _total(p: Parsed, row: Row, count: Count) -> Row:
    row = _of_count(p, row, count, "total_in_place", "total")
    rows.span(row, "trigger", Span(count.start, count.end, p.text[count.start : count.end]))
    row |= {"phase": "present" if not row["phase"].startswith("withdraw") else row["phase"]}
    return row | codes.of_deployment(row, joint=False)


def _subset(p: Parsed, row: Row, count: Count) -> Row:
    """The part: its own verb says its phase and its place."""
    row = _of_count(p, row, count, "subset", "subset")
    number = next(
        (t for t in p.doc if t.idx <= count.bare[0] < t.idx + len(t) + 1 and t.idx + len(t) >= count.bare[1] - 1), None
    )
    number = number or next((t for t in p.doc if t.idx >= count.bare[0]), None)
    verb = number.head if number is not None and number.head.pos_ in ("VERB", "AUX") else None
    below = children(verb, "xcomp") if verb is not None and verb.lemma_ == "be" else []
    verb = below[0] if below else verb
    trigger = (
        p.span(verb.i, verb.i) if verb is not None else Span(count.start, count.end, p.text[count.start : count.end])
    )
    rows.span(row, "trigger", trigger)
    if verb is not None:
        after = verb.i
        rest = p.span(after, subtree(verb, skip=("parataxis",))[1])
        places = regions.of(p, [verb, *(t for t in p.doc[after : subtree(verb)[1] + 1] if t.dep_ == "pobj")])
        entry = first_match("activity", "purposes", rest.text)
        poised = (
            bool(below)
            or verb.lemma_ in ("poise", "prepare", "ready", "expect", "set")
            or (verb.lemma_ == "be" and "ready" in rest.text)
        )
        if places:
            row["places"] = [{**x, "role": "to" if poised else x["role"]} for x in places]
        row["activity"] = str(entry["activity"]) if entry else row["activity"]
        if poised:
            row |= {"phase": "planned", "tense_class": "future"}
    return row | codes.of_deployment(row, joint=False)
