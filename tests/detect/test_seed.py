"""The article that Troopwatch began with, read where it lies."""

from datetime import date

import pytest

from troopwatch.detect.document import Document, Found, find
from troopwatch.settings import ROOT

SEED = ROOT.parent / "shared" / "seed" / "article.txt"
pytestmark = pytest.mark.skipif(not SEED.exists(), reason=f"the first article is not at {SEED}")


@pytest.fixture(scope="module")
def text() -> str:
    return SEED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def found(text: str) -> Found:
    return find(Document("seed", text, date(2024, 11, 2)))


def test_two_states_demand_the_withdrawal_and_each_row_leads_to_the_deployment(found: Found) -> None:
    asked = [d for d in found.demands if d["addressee_code"] == "PRK" and d["content_type"] == "withdraw_forces"]
    groups = {d["group_id"] for d in asked}
    assert all({d["demander_code"] for d in asked if d["group_id"] == g} == {"KOR", "CAN"} for g in groups)
    deployments = {d["record_id"]: d for d in found.deployments}
    assert asked and all(deployments[d["deployment_record_id"]]["force_owner_code"] == "PRKMIL" for d in asked)


def test_ten_thousand_are_in_russia_and_eight_thousand_of_them_are_poised_for_ukraine(found: Found) -> None:
    rows = {row["count_min"]: row for row in found.deployments if row["count_min"]}
    whole, part = rows[10_000], rows[8_000]
    assert (whole["count_max"], whole["count_approx"], whole["phase"]) == (10_000, True, "present")
    assert (whole["force_owner_code"], [p["country"] for p in whole["places"]]) == ("PRKMIL", ["RUS"])
    assert (part["count_scope"], part["phase"], part["activity"]) == ("subset", "planned", "combat")
    assert (part["force_owner_code"], [p["country"] for p in part["places"]]) == ("PRKMIL", ["UKR"])


def test_the_articles_own_rhetoric_demands_nothing(found: Found) -> None:
    assert {d["demander_code"] for d in found.demands} == {"KOR", "CAN"}
    assert not [d for d in found.demands if "What we really need" in d["sentence"] or "?" in d["sentence"]]


def test_every_span_stands_in_the_text(text: str, found: Found) -> None:
    for row in found.deployments + found.demands:
        assert text[row["sentence_start"] : row["sentence_end"]] == row["sentence"]
        spans = [name.removesuffix("_start") for name in row if name.endswith("_start") and f"{name[:-6]}_text" in row]
        for name in spans:
            if row[f"{name}_start"] is not None:
                assert text[row[f"{name}_start"] : row[f"{name}_end"]] == row[f"{name}_text"]
