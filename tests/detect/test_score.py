"""The scorer: its rules on hand-made rows, the same figures as the reference script, and the floors of our own gold."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import labels
import score as scorer
from labels import Item
from scoring import score

SET = scorer.OWN
REFERENCE = scorer.SHARED.with_name("mentions.py")
TEXT = "Norway sent 300 soldiers to Latvia, and Latvia asked Norway to stay; the soldiers left Oslo."


def record(**more: Any) -> dict[str, Any]:
    return {"trigger": "sent", "force_text": "300 soldiers", "force_owner_code": "NORMIL", "phase": "present",
            "status": "asserted", "places": [{"text": "Latvia", "country": "LVA", "role": "to"}]} | more  # fmt: skip


def row(trigger: str, **more: Any) -> dict[str, Any]:
    at = TEXT.index(trigger)
    return record(trigger_start=at, trigger_end=at + len(trigger), trigger_text=trigger, **more)


def judged(records: list[dict[str, Any]], rows: list[dict[str, Any]]) -> Any:
    item = Item("one", None, "", TEXT, {"deployments": records, "demands": []})
    return score([item], {"one": {"deployments": rows}})["deployments"]


def test_a_row_like_gold_is_whole() -> None:
    got = judged([record()], [row("sent")])
    assert (got.detection.f1, got.core.f1, got.fields["owner"].f1, got.misses) == (1.0, 1.0, 1.0, {})


def test_a_wrong_value_is_both_extra_and_missed_and_an_unknown_one_only_missed() -> None:
    wrong = judged([record()], [row("sent", force_owner_code="SWEMIL")]).fields["owner"]
    assert (wrong.right, wrong.extra, wrong.missed) == (0, 1, 1)
    unknown = judged([record()], [row("sent", force_owner_code=None)])
    owner = unknown.fields["owner"]
    assert (owner.right, owner.extra, owner.missed, unknown.core.right) == (0, 0, 1, 0)


def test_of_a_code_the_country_counts_and_of_places_one_that_is_shared() -> None:
    places = [{"text": "x", "country": "EST", "role": "in"}, {"text": "y", "country": "LVA", "role": "in"}]
    assert judged([record()], [row("sent", force_owner_code="NORGOV", places=places)]).core.right == 1


def test_each_record_is_paired_once_with_what_agrees_most() -> None:
    got = judged([record()], [row("sent", status="denied"), row("sent")])
    assert (got.detection.right, got.detection.extra, got.fields["status"].right) == (1, 1, 1)
    assert judged([record()], [row("left")]).detection.right == 0


def test_what_is_found_in_the_sentence_before_is_not_judged() -> None:
    item = Item("one", None, "Norway sent soldiers.", "It rained.", {"deployments": [], "demands": []})
    found = scorer.predicted([item])
    assert found["one"]["deployments"] and score([item], found)["deployments"].detection.extra == 0


def test_labels_that_are_wrong_are_named() -> None:
    wrong = record(
        trigger="flew", status="sure", force_owner_code="norway", count_text="300", force_text="400 soldiers"
    )
    told = " ".join(labels.problems([Item("one", None, "", TEXT, {"deployments": [wrong], "demands": []})]))
    assert [w for w in ("'flew'", "'sure'", "'norway'", "count_min", "400 soldiers") if w not in told] == []


def test_a_line_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text('{"id": "a", "text": "b"}\n{"id": 7}\n')
    with pytest.raises(labels.GoldError, match=r"line 2.*text"):
        labels.read(tmp_path / "gold.jsonl")


@pytest.fixture(scope="module")
def own() -> list[Item]:
    paths = [p for name in ("deployments", "demands") if (p := SET / f"{name}.jsonl").exists()]
    if not paths:
        pytest.skip(f"no gold sentences of our own in {SET}")
    return [item for path in paths for item in labels.read(path)]


def test_our_own_labels_are_well_formed(own: list[Item]) -> None:
    assert labels.problems(own) == []


@pytest.mark.parametrize("table", ["deployments", "demands"])
def test_our_own_sentences_score_above_their_floors(own: list[Item], table: str) -> None:
    assert scorer.below(table, score(own, scorer.predicted(own))[table]) == {}


def test_floors_name_figures_that_there_are() -> None:
    empty = score([], {})
    floors = yaml.safe_load(scorer.FLOORS.read_text(encoding="utf-8"))
    assert {t: set(floors[t]) - set(scorer.figures(empty[t])) for t in floors} == {
        "deployments": set(),
        "demands": set(),
    }


@pytest.mark.skipif(not REFERENCE.exists(), reason=f"the reference script is not at {REFERENCE}")
def test_the_figures_are_those_of_the_reference_script(tmp_path: Path) -> None:
    items = labels.read(scorer.SHARED)
    found = scorer.predicted(items)
    lines = [json.dumps({"article_id": i} | rows, default=str) for i, rows in found.items()]
    (tmp_path / "pred.jsonl").write_text("\n".join(lines))
    command = [sys.executable, str(REFERENCE), "score", str(scorer.SHARED), str(tmp_path / "pred.jsonl"), "--json"]
    subprocess.run([*command, str(tmp_path / "score.json")], check=True, capture_output=True)
    theirs = json.loads((tmp_path / "score.json").read_text())
    for table, ours in score(items, found).items():
        their = theirs[table]
        for name in ("detection", "sentence", "core"):
            assert getattr(ours, name).f1 == their[name]["f1"], (table, name)
        counts = {f: (r.right, r.extra, r.missed, r.f1) for f, r in ours.fields.items()}
        assert counts == {f: (s["tp"], s["fp"], s["fn"], s["f1"]) for f, s in their["fields"].items()}
        assert scorer.figures(ours)["asserted"] == their["asserted_precision"]
        assert ours.kappa == pytest.approx(their.get("strength_weighted_kappa"))
