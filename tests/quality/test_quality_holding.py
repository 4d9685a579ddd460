"""A bad mention among many is held back, and released by a run that passes; too many close the gate."""

import json

import pytest
from quality_rows import DAY, Newsday, demand, deployment, made, record_id

from troopwatch import quality
from troopwatch.quality import GateClosedError, holding, judge
from troopwatch.quality.holding import MOST
from troopwatch.quality.model import Suite
from troopwatch.tables import LAKE

COUNT = 25


@pytest.fixture
def busy(newsday: Newsday, monkeypatch: pytest.MonkeyPatch) -> Newsday:
    """A day with enough mentions that one of them may be wrong."""
    monkeypatch.setattr("os.fsync", lambda _: None)
    newsday.rows = made(COUNT)
    return newsday


def judged(newsday: Newsday) -> dict[str, int]:
    newsday.write()
    return judge(DAY, "mentions", newsday.settings)


def held(newsday: Newsday) -> list[dict[str, object]]:
    return newsday.lake.rows(LAKE["held"], DAY)


def test_a_clean_day_holds_nothing_back(busy: Newsday) -> None:
    assert judged(busy)["warnings"] == 0
    assert held(busy) == []
    assert busy.lake.parts(LAKE["held"], DAY)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"sentence_start": 3}, "deployments.quote"),
        ({"count_min": 20000}, "deployments.count_range"),
        ({"phase": "perhaps"}, "deployments.phase.values"),
        ({"outlet": "Another"}, "deployments.evidence"),
    ],
    ids=["quote", "count", "value", "evidence"],
)
def test_one_that_breaks_a_rule_is_held_back_with_rule_and_row(
    busy: Newsday, changes: dict[str, object], rule: str
) -> None:
    busy.rows["deployments"][0] = deployment(1, **changes)
    assert judged(busy)["warnings"] >= 1
    (row,) = held(busy)
    assert rule in row["rule"].split("; ")
    assert (row["table_name"], row["record_id"]) == ("deployments", record_id("deployments", 1))
    name, value = next(iter(changes.items()))
    assert json.loads(row["row"])[name] == value
    check = busy.checks("mentions")[rule]
    assert (check["severity"], check["passed"]) == ("warning", False)
    assert check["observed"].startswith("held back: ")
    assert busy.verdict("mentions")["is_open"]


def test_a_later_run_that_passes_releases_it(busy: Newsday) -> None:
    busy.rows["demands"][0] = demand(1, sentence_start=3)
    judged(busy)
    assert len(held(busy)) == 1
    busy.rows["demands"][0] = demand(1)
    judged(busy)
    assert held(busy) == []


def test_too_many_close_the_gate_and_stay_to_be_seen(busy: Newsday) -> None:
    bad = int(MOST * COUNT) + 1
    for number in range(1, bad + 1):
        busy.rows["deployments"][number - 1] = deployment(number, sentence_start=3)
    with pytest.raises(GateClosedError, match=r"deployments\.quote"):
        judged(busy)
    assert len(held(busy)) == bad


@pytest.mark.parametrize("changes", [{"record_id": None}, {"day": DAY.replace(day=1)}], ids=["nameless", "of a day"])
def test_what_cannot_be_told_from_others_closes_the_gate(busy: Newsday, changes: dict[str, object]) -> None:
    rows = busy.rows["deployments"]
    rows[0] = deployment(1, **changes)
    suite = Suite("deployments", (), rows, (), ())
    finding = {"check_id": "deployments.day", "severity": "critical", "observed": "-", "passed": False}
    findings, found = holding.hold(suite, [(finding, [0])], DAY)
    assert (findings, found) == ([finding], [])


def test_what_is_held_back_belongs_to_the_verdict(busy: Newsday) -> None:
    judge_all = ("documents", "mentions")
    busy.rows["deployments"][0] = deployment(1, sentence_start=3)
    busy.settings.sources.joinpath("test", "wire.yaml").write_text(
        "name: wire\ntitle: wire\nkind: feed\nurl: https://wire.example/feed\ncontent: page\n"
        "articles: {floor: 1, ceiling: 99}\n"
    )
    busy.write()
    for gate in judge_all:
        judge(DAY, gate, busy.settings)
    quality.judge_history(DAY, busy.settings)
    assert quality.is_open(DAY, busy.lake) == (True, None)
    busy.lake.replace(LAKE["held"], DAY, [])
    is_open, reason = quality.is_open(DAY, busy.lake)
    assert not is_open and "quality/held/" in reason
