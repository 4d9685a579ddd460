"""Each term of the lexicon is shown by an example, and the example is read as the term says."""

from datetime import date
from typing import Any

import pytest

from troopwatch.detect import codes, lexicon
from troopwatch.detect.demands import content, demanders
from troopwatch.detect.deployments import forces
from troopwatch.detect.document import Document, Found, find
from troopwatch.detect.reading import counts, gate, parse, patterns
from troopwatch.detect.reading.parsed import Parsed, Span
from troopwatch.detect.reading.sentences import Sentence
from troopwatch.detect.referents.naming import Who
from troopwatch.tables.detect import demands, deployments

Entry = dict[str, Any]
DAY = date(2024, 11, 1)
STATUS = {
    "alleged": "alleged",
    "denied": "denied",
    "refused": "refused",
    "considered": "hypothetical",
    "report": "asserted",
}
PHASE = {"planned": "planned", "ordered": "ordered", "begun": "under_way"}


def read(text: str) -> Found:
    return find(Document("example", text, DAY))


def parsed(text: str) -> Parsed:
    return Parsed(Sentence(0, len(text), text, ""), next(parse.parse([text])), DAY, None)


def cases(stem: str, part: str) -> Any:
    return pytest.mark.parametrize("entry", lexicon.entries(stem, part), ids=lambda e: f"{e['term']}")


@pytest.mark.parametrize(
    "stem", ["activity", "content", "demand", "deployment", "forces", "numbers", "roles", "status"]
)
def test_terms_are_listed_once(stem: str) -> None:
    for part, entries in lexicon.all_of(stem).items():
        keys = [(e["term"], e.get("class"), e.get("particle") and tuple(e["particle"])) for e in entries]
        assert len(keys) == len(set(keys)), part


@cases("numbers", "hedges")
def test_hedges(entry: Entry) -> None:
    (count,) = counts.find(entry["example"])
    low, high = {"exact": (500, 500), "max": (None, 500), "min": (500, None)}[entry["bounds"]]
    assert (count.minimum, count.maximum, count.approx) == (low, high, True)
    assert entry["example"][count.start : count.end].startswith(entry["term"])


@cases("numbers", "vague")
def test_vague_numbers(entry: Entry) -> None:
    (count,) = counts.find(entry["example"])
    assert (count.minimum, count.maximum) == (entry["min"], entry["min"] if entry.get("exact") else None)


@cases("numbers", "scopes")
def test_scopes(entry: Entry) -> None:
    (row,) = read(entry["example"]).deployments
    assert row["count_scope"] == entry["scope"]


@cases("forces", "nouns")
def test_forces(entry: Entry) -> None:
    p = parsed(f"France sent {entry['example']} to Mali.")
    assert [f.entry["term"] for f in forces.find(p)] == ([entry["term"]] if entry["need"] != "never" else [])


@cases("forces", "modifiers")
def test_what_makes_a_noun_a_force(entry: Entry) -> None:
    assert forces.find(parsed(f"France sent {entry['example']} to Mali."))


@pytest.mark.parametrize("part", ["not_forces", "figures"])
def test_what_is_no_force(part: str) -> None:
    wrong = [
        e["example"] for e in lexicon.entries("forces", part) if forces.find(parsed(f"They saw {e['example']} there."))
    ]
    assert wrong == []


@cases("deployment", "verbs")
def test_deployment_verbs(entry: Entry) -> None:
    assert [r["rule"] for r in read(entry["example"]).deployments if r["rule"].endswith(f":{entry['term']}")], read(
        entry["example"]
    )


@cases("deployment", "nouns")
def test_deployment_nouns(entry: Entry) -> None:
    assert [r["rule"] for r in read(entry["example"]).deployments if r["rule"].endswith(f":{entry['term']}")]


@cases("deployment", "fighting")
def test_fighting_is_no_deployment(entry: Entry) -> None:
    assert read(entry["example"]).deployments == []


@pytest.mark.parametrize("part", ["verbs", "nouns", "modals"])
def test_demands(part: str) -> None:
    wrong = []
    for entry in lexicon.entries("demand", part):
        found = read(entry["example"]).demands
        if not any(r["rule"].endswith(f":{entry['term']}") and r["strength"] == entry["strength"] for r in found):
            wrong.append((entry["example"], [(r["rule"], r["strength"]) for r in found]))
    assert wrong == []


@cases("demand", "nobody")
def test_nobody_is_asked(entry: Entry) -> None:
    assert read(entry["example"]).demands == []


def test_content_types() -> None:
    entries = lexicon.entries("content", "types")
    wrong = [
        (e["example"], content.listed(e["example"])[0], e["type"])
        for e in entries
        if content.listed(e["example"])[0] != e["type"]
    ]
    assert wrong == []


def test_each_content_term_matches_its_example() -> None:
    for part in ("types", "concerns"):
        for entry in lexicon.entries("content", part):
            assert patterns.compiled(entry["term"]).search(entry["example"]), entry


def test_purposes() -> None:
    for entry in lexicon.entries("activity", "purposes"):
        found = patterns.first_match("activity", "purposes", entry["example"])
        assert found is not None
        assert found["activity"] == entry["activity"], entry


@pytest.mark.parametrize("part", ["over", "adverbs", "modals"])
def test_what_stands_over_an_event(part: str) -> None:
    wrong = []
    for entry in lexicon.entries("status", part):
        rows = read(entry["example"]).deployments
        got = (rows[0]["status"], rows[0]["phase"], rows[0]["speaker_text"]) if rows else None
        if got is None or not _fits(entry["effect"], *got):
            wrong.append((entry["example"], got))
    assert wrong == []


def _fits(effect: str, status: str, phase: str, speaker: str | None) -> bool:
    if effect in STATUS:
        return status == STATUS[effect] and (effect != "report" or bool(speaker))
    if effect in PHASE:
        return phase == PHASE[effect] and status == "asserted"
    return status == "hypothetical" if effect == "requested" else status in ("negated", "denied")


@cases("status", "conditions")
def test_conditions(entry: Entry) -> None:
    assert {r["status"] for r in read(entry["example"]).deployments} == {"hypothetical"}


@cases("status", "unnamed")
def test_unnamed_sources(entry: Entry) -> None:
    assert {r["status"] for r in read(entry["example"]).deployments} == {"alleged"}


@cases("status", "negations")
def test_negations(entry: Entry) -> None:
    assert {r["status"] for r in read(entry["example"]).deployments} <= {"negated", "denied"}


def test_the_gate_lets_every_example_through() -> None:
    parts = [
        ("deployment", "verbs"),
        ("deployment", "nouns"),
        ("demand", "verbs"),
        ("demand", "nouns"),
        ("demand", "modals"),
        ("status", "over"),
    ]
    assert [
        e["example"] for stem, part in parts for e in lexicon.entries(stem, part) if not gate.passes(e["example"])
    ] == []


def test_who_never_demands() -> None:
    examples = [f"{e['example'][0].upper()}{e['example'][1:]}." for e in lexicon.entries("roles", "never")]
    assert [x for x in examples if read(x).demands] == []


@cases("roles", "roles")
def test_roles(entry: Entry) -> None:
    assert entry["term"][:3] in entry["example"].lower()
    w = Who(Span(0, 1, "x"), None, None, entry["term"])
    assert demanders.kind(w) == entry["kind"]


@pytest.mark.parametrize("unit_type", deployments["unit_type"].values)
@pytest.mark.parametrize("phase", deployments["phase"].values)
def test_every_deployment_has_its_codes(phase: str, unit_type: str) -> None:
    for activity in deployments["activity"].values:
        row = {
            "phase": phase,
            "unit_type": unit_type,
            "activity": activity,
            "status": "asserted",
            "tense_class": "recent",
        }
        assert codes.of_deployment(row, joint=False)["plover_event"]


@pytest.mark.parametrize("content_type", demands["content_type"].values)
def test_every_demand_has_its_codes(content_type: str) -> None:
    row = {"content_type": content_type, "strength": "demand", "status": "asserted", "tense_class": "recent"}
    assert codes.of_demand(row)["cameo_code"].startswith("10")
    assert codes.of_demand(row | {"strength": "ask"})["cameo_code"].startswith("02")
    assert codes.of_demand(row | {"strength": "ultimatum"})["cameo_code"] == "139"
