"""Gates of a day: what they write, when they close, and what they say."""

import os
import pickle
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from quality_rows import DAY, Newsday, document, fetch, ledger, silent, tallied, write_specs

from troopwatch.lake import LakeError, fingerprint
from troopwatch.quality import GateClosedError, is_open, judge, judge_history
from troopwatch.settings import INCLUDE, Settings
from troopwatch.tables import LAKE

NO = False


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a day that all its gates have let through."""
    folder = tmp_path_factory.mktemp("judged")
    write_specs(folder / "sources")
    judge_all(day := Newsday(Settings(data=folder / "data", sources=folder / "sources")))
    return day.settings.data


@pytest.fixture
def judged(newsday: Newsday, template: Path) -> Newsday:
    """A day that all its gates have let through."""
    shutil.copytree(template, newsday.settings.data)
    return newsday


def judge_all(newsday: Newsday) -> None:
    newsday.write()
    for gate in ("documents", "mentions"):
        judge(DAY, gate, newsday.settings)
    judge_history(DAY, newsday.settings)


def test_whoever_only_asks_for_a_verdict_does_not_wait_for_great_expectations() -> None:
    words = "import sys, troopwatch.quality; sys.exit(bool({'great_expectations', 'pandas'} & sys.modules.keys()))"
    subprocess.run([sys.executable, "-c", words], check=True, env=os.environ | {"PYTHONPATH": str(INCLUDE)})


def test_judging_leaves_nothing_where_it_runs(
    newsday: Newsday, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    judge_all(newsday)
    assert not list(Path().iterdir())
    assert capfd.readouterr() == ("", "")


def test_a_clean_day_passes_its_gates_with_nothing_to_say(newsday: Newsday) -> None:
    newsday.write()
    counts = judge(DAY, "documents", newsday.settings)
    assert counts == {"checks": len(newsday.checks("documents")), "warnings": 0, "rows": 8}
    assert is_open(DAY, newsday.lake) == (NO, "not judged by the mentions gate")
    counts = judge(DAY, "mentions", newsday.settings)
    assert counts == {"checks": len(newsday.checks("mentions")), "warnings": 0, "rows": 6}
    rows = newsday.lake.rows(LAKE["checks"], DAY)
    assert is_open(DAY, newsday.lake) == (NO, "not judged by the history gate")
    assert judge_history(DAY, newsday.settings)["warnings"] == 0
    assert is_open(DAY, newsday.lake) == (True, None)
    assert all(row["passed"] and not row["rows_failed"] and not row["examples"] for row in rows)
    assert {row["rows_checked"] for row in rows} >= {1, 2, 3}
    assert len(rows) > 100


def test_a_day_without_data_passes_with_a_warning(newsday: Newsday) -> None:
    newsday.rows = silent("no file of the day")
    del newsday.rows["fetches"]
    newsday.write()
    assert judge(DAY, "documents", newsday.settings)["warnings"] == 1
    assert judge(DAY, "mentions", newsday.settings)["warnings"] == 0
    judge_history(DAY, newsday.settings)
    assert is_open(DAY, newsday.lake) == (True, None)
    assert newsday.checks("documents")["ledger.outcome"]["observed"] == "wire: no_data: no file of the day"


def test_a_source_silent_on_a_captured_day_closes_the_gate(newsday: Newsday) -> None:
    newsday.rows |= {
        "documents": [],
        "ledger": [ledger(requests=1, responses=1)],
        "fetches": [fetch(1, role="listing")],
    }
    newsday.rows["quarantine"] = []
    newsday.rows["tallies"] = tallied(newsday.rows)
    newsday.write()
    with pytest.raises(GateClosedError) as caught:
        judge(DAY, "documents", newsday.settings)
    (failure,) = caught.value.failures
    assert failure["check_id"] == "ledger.floor"
    assert str(caught.value).splitlines() == [
        "documents gate of 2024-10-18 closed: ledger.floor",
        "  ledger.floor: no captured day brings less than the source's floor; 1 of 1 rows fail: "
        'wire: 0 documents, at least 1 expected [{"source": "wire"}]',
    ]
    assert is_open(DAY, newsday.lake) == (NO, "documents gate closed: ledger.floor")


def test_a_closed_gate_crosses_processes(newsday: Newsday) -> None:
    error = GateClosedError(DAY, "documents", [])
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - made in this line


def test_a_gate_that_closes_replaces_what_it_said_before(judged: Newsday) -> None:
    judged.rows["documents"][0] = document(1, characters=3)
    judged.write("documents")
    with pytest.raises(GateClosedError):
        judge(DAY, "documents", judged.settings)
    assert judged.verdict("documents")["closed_by"] == "documents.length"
    assert judged.verdict("mentions")["is_open"]
    assert not judged.checks("documents")["documents.length"]["passed"]
    judged.rows["documents"][0] = document(1)
    judged.write("documents")
    judge(DAY, "documents", judged.settings)
    assert is_open(DAY, judged.lake) == (True, None)


def test_judged_twice_gives_the_same_bytes(judged: Newsday) -> None:
    paths = [p for table in ("checks", "verdicts") for p in judged.lake.parts(LAKE[table], DAY)]
    before = [path.read_bytes() for path in paths]
    assert len(before) == 6
    judge_all(judged)
    assert [path.read_bytes() for path in paths] == before


def test_the_verdict_names_every_partition_that_was_judged(judged: Newsday) -> None:
    files = {gate: [entry["file"] for entry in judged.verdict(gate)["judged"]] for gate in ("documents", "mentions")}
    assert files == {
        "documents": [
            f"{folder}/day=2024-10-18/all.parquet"
            for folder in (
                *("normalize/documents", "normalize/quarantine", "normalize/tallies"),
                *("scrape/fetches", "scrape/ledger"),
            )
        ],
        "mentions": [
            f"{folder}/day=2024-10-18/all.parquet"
            for folder in (
                *("detect/demands", "detect/deployments", "detect/readings"),
                *("normalize/documents", "quality/held"),
            )
        ],
    }


@pytest.mark.parametrize(
    ("table", "gate"), [("documents", "documents"), ("demands", "mentions"), ("fetches", "documents")]
)
def test_a_partition_that_changes_afterwards_takes_its_day_out(judged: Newsday, table: str, gate: str) -> None:
    path = judged.lake.path(LAKE[table], DAY)
    name = judged.lake.relative(path)
    judged.rows[table].pop()
    judged.write(table)
    assert is_open(DAY, judged.lake) == (NO, f"partition {name} changed since it was judged: run the day again")
    path.unlink()
    assert is_open(DAY, judged.lake) == (NO, f"partition {name} is gone since it was judged: run the day again")
    judged_files = {entry["file"] for entry in judged.verdict(gate)["judged"]}
    assert name in judged_files


def test_a_part_that_comes_later_takes_its_day_out(judged: Newsday) -> None:
    judged.lake.replace(LAKE["ledger"], DAY, [], part="late")
    reason = "partition scrape/ledger/day=2024-10-18/late.parquet was added since it was judged: run the day again"
    assert is_open(DAY, judged.lake) == (NO, reason)


def test_a_day_that_was_never_judged_is_not_open(newsday: Newsday) -> None:
    assert is_open(DAY, newsday.lake) == (NO, "not judged by the documents gate")


def test_a_damaged_verdict_opens_nothing(judged: Newsday) -> None:
    judged.lake.path(LAKE["verdicts"], DAY, "mentions").write_bytes(b"PAR1 and then nothing")
    assert is_open(DAY, judged.lake) == (NO, "the verdict is damaged: run the day again")
    judge(DAY, "mentions", judged.settings)
    assert is_open(DAY, judged.lake) == (True, None)


@pytest.mark.parametrize(("table", "gate"), [("documents", "documents"), ("demands", "mentions")])
def test_a_damaged_partition_is_named_and_leaves_a_closed_verdict(judged: Newsday, table: str, gate: str) -> None:
    path = judged.lake.path(LAKE[table], DAY)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(LakeError, match=rf"{table}.*is damaged .*: run the \w+ stage of its day again"):
        judge(DAY, gate, judged.settings)
    assert judged.verdict(gate)["closed_by"] == "partitions.readable"
    assert list(judged.checks(gate)) == ["partitions.readable", "partitions.written"]
    assert judged.checks(gate)["partitions.readable"]["examples"] == f'[{{"table": "{table}"}}]'
    assert not is_open(DAY, judged.lake)[0]


def test_rows_of_another_schema_are_not_read_as_if_they_were_of_this_one(judged: Newsday) -> None:
    path = judged.lake.path(LAKE["quarantine"], DAY)
    pq.write_table(pq.read_table(path).drop_columns(["detail"]), path)
    was_right_then = {"file": judged.lake.relative(path), "sha256": fingerprint(path)}
    verdict = judged.verdict("documents")
    kept = [entry for entry in verdict["judged"] if entry["file"] != was_right_then["file"]]
    verdict["judged"] = [*kept, was_right_then]
    judged.lake.replace(LAKE["verdicts"], DAY, [verdict], part="documents")
    reason = f"partition {was_right_then['file']} was judged under another schema: run the day again"
    assert is_open(DAY, judged.lake) == (NO, reason)


def test_a_file_is_hashed_once_for_as_long_as_it_stays(judged: Newsday, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    monkeypatch.setattr(
        "troopwatch.quality.partitions.fingerprint", lambda path: read.append(path) or fingerprint(path)
    )
    for _ in range(2):
        assert is_open(DAY, judged.lake) == (True, None)
    assert len(read) == len(set(read)) == 9
    judged.write("demands")
    assert is_open(DAY, judged.lake) == (True, None)
    assert read[9:] == [judged.lake.path(LAKE["demands"], DAY)]


def test_a_stage_that_never_wrote_closes_the_gate(newsday: Newsday) -> None:
    del newsday.rows["readings"]
    newsday.write()
    with pytest.raises(GateClosedError, match="readings has no partition of the day"):
        judge(DAY, "mentions", newsday.settings)


def test_each_day_and_gate_has_a_part_of_its_own(judged: Newsday) -> None:
    later = DAY + timedelta(days=1)
    with pytest.raises(GateClosedError):
        judge(later, "documents", judged.settings)
    assert judged.lake.days(LAKE["checks"]) == [DAY, later]
    assert is_open(DAY, judged.lake) == (True, None)
    assert [p.stem for p in judged.lake.parts(LAKE["checks"], DAY)] == ["documents", "history", "mentions"]
