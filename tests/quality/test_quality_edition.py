"""The gate of an edition holds a DuckDB file to `tables`, and its tables to each other."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from quality_folds import digest, fold
from quality_rows import DAY, Newsday, demand, deployment, document
from quality_spoiled import SPOILED

from troopwatch.aggregate import ddl
from troopwatch.lake import Lake, LakeError
from troopwatch.quality import GateClosedError, has_passed, judge_edition, mark_of, refused_edition
from troopwatch.quality.model import Row
from troopwatch.tables import LAKE, PUBLISHED
from troopwatch.tables.scrape import COUNTS

FIGURE = {"mentions": 2, "articles": 2, "sources": 1, "independent_sources": 1}


def article(number: int) -> Row:
    counts = {"days_captured": 2, "deployments": 1, "demands": 1}
    text = {"syndication_id": f"doc-{number}", "syndicated_from": "The Wire"}
    return document(number) | counts | text | {"first_day": DAY, "last_day": DAY + timedelta(days=1), "reading": "read"}


def mention(made: Callable[[int], Row], number: int) -> Row:
    folded = {"claim_id": digest(f"{made.__name__} {number}"), "claim_date": DAY, "standing": "present"}
    return made(number) | {"syndication_id": f"doc-{number}", "syndicated_from": "The Wire", "place_ids": []} | folded


def covered(day: int, new: int) -> Row:
    asked = dict.fromkeys((c.name for c in COUNTS), 0) | {"requests": 3, "responses": 3, "quarantined": 1}
    found = {"articles": 3, "kept": 2, "documents": 2, "new_documents": new, "deployments": 2, "demands": 2}
    return {"day": DAY + timedelta(days=day), "source": "wire", "outcome": "captured"} | asked | found


def checked(day: int) -> Row:
    words = {"gate": "documents", "table_name": "ledger", "check_id": "ledger.floor", "meaning": "-"}
    return {
        "day": DAY + timedelta(days=day),
        "severity": "critical",
        "passed": True,
        "rows_checked": 1,
        "rows_failed": 0,
    } | words


def claim(number: int) -> Row:
    dated = {"claim_date": DAY, "claim_date_is_published": True, "claimed_by": "The Wire"}
    return mention(deployment, number) | dated


def rows() -> dict[str, list[Row]]:
    """Two articles, captured on two days, with a deployment and a demand each."""
    first = {"day": DAY, "status": "asserted", "standing": "present"}
    forces = {"force_owner_code": "PRK", "place_country": None, "phase": "present"}
    asked = {"demander_code": "KOR", "addressee_code": "PRK", "content_type": "withdraw_forces"}
    return {
        "articles": [article(1), article(2)],
        "deployments": [mention(deployment, 1), mention(deployment, 2)],
        "demands": [mention(demand, 1), mention(demand, 2)],
        "coverage": [covered(0, new=2), covered(1, new=0)],
        "daily_deployments": [first | forces | FIGURE],
        "daily_demands": [first | asked | FIGURE],
        "troop_claims": [claim(1), claim(2)],
        "quality_checks": [checked(0), checked(1)],
        "waivers": [],
        "changes": [],
        "editions": [],
        "actors": [],
        "places": [],
        "sources": [],
        "quarantine": [],
        "meta": [{"key": "schema_version", "value": "1.0.0", "meaning": "version"}],
    }


@pytest.fixture
def candidate(template: Path, tmp_path: Path) -> Path:
    return shutil.copy(template, tmp_path / "candidate.duckdb")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("edition") / "candidate.duckdb"
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{path}' AS edition")
        for name, given in rows().items():
            table = PUBLISHED[name]
            whole = [{column: row.get(column) for column in table.names} for row in given]
            connection.register("rows", pa.Table.from_pylist(whole, schema=table.schema))
            for statement in (f"CREATE TABLE edition.{name} AS FROM rows", *ddl.comments(table, "TABLE")):
                connection.execute(statement)
            connection.unregister("rows")
        fold(connection)
    return path


def test_an_edition_as_it_must_be_passes(candidate: Path, newsday: Newsday) -> None:
    before = candidate.read_bytes()
    found = judge_edition(DAY, candidate, newsday.settings)
    assert all(f["passed"] and f["gate"] == "edition" for f in found)
    assert len({f["check_id"] for f in found}) == len(found) > 20
    assert found[0].keys() == set(PUBLISHED["quality_checks"].names) - {"day"}
    assert judge_edition(DAY, candidate, newsday.settings) == found
    assert [*candidate.parent.glob("*.wal"), candidate.read_bytes()] == [before]


@pytest.mark.parametrize("kind", SPOILED)
def test_a_spoiled_edition_is_refused_and_told_why(candidate: Path, newsday: Newsday, kind: str) -> None:
    statement, expected = SPOILED[kind]
    with duckdb.connect(str(candidate)) as connection:
        connection.execute(statement)
    with pytest.raises(GateClosedError, match=r"^edition gate of 2024-10-18 closed:") as caught:
        judge_edition(DAY, candidate, newsday.settings)
    assert " ".join(f["check_id"] for f in caught.value.failures) == expected
    assert all(f["observed"] and f["observed"] in str(caught.value) for f in caught.value.failures)


def test_a_source_that_has_no_spec_any_more_is_only_noted(candidate: Path, newsday: Newsday) -> None:
    (newsday.settings.sources / "test" / "wire.yaml").unlink()
    (finding,) = (f for f in judge_edition(DAY, candidate, newsday.settings) if not f["passed"])
    assert (finding["check_id"], finding["severity"], finding["observed"]) == ("sums.sources", "info", "wire")


@pytest.mark.parametrize("damage", ["missing", "not a database", "truncated", "a block lost"])
def test_a_damaged_file_is_an_error_of_the_lake(candidate: Path, newsday: Newsday, damage: str) -> None:
    whole = candidate.read_bytes()
    candidate.unlink()
    if damage == "not a database":
        candidate.write_bytes(b"no database" * 2000)
    elif damage == "truncated":
        candidate.write_bytes(whole[: len(whole) // 2])
    elif damage == "a block lost":
        candidate.write_bytes(whole[: len(whole) // 4] + bytes(len(whole) // 2) + whole[-len(whole) // 4 :])
    with pytest.raises(LakeError, match=r"candidate\.duckdb cannot be read .*: run the aggregate stage again"):
        judge_edition(DAY, candidate, newsday.settings)


def test_a_refused_edition_is_remembered_until_one_passes(candidate: Path, newsday: Newsday) -> None:
    lake = Lake(newsday.settings.data)
    judge_edition(DAY, candidate, newsday.settings)
    assert refused_edition(DAY, lake) is None
    whole = candidate.read_bytes()
    with duckdb.connect(str(candidate)) as connection:
        connection.execute("CREATE TABLE notes (note VARCHAR)")
    with pytest.raises(GateClosedError):
        judge_edition(DAY, candidate, newsday.settings)
    assert refused_edition(DAY, lake) == "edition gate closed: tables.said"
    candidate.write_bytes(whole)
    judge_edition(DAY + timedelta(days=1), candidate, newsday.settings)
    assert refused_edition(DAY, lake) is None, "whichever day's run made the edition that passed"
    assert [lake.parts(LAKE[name], DAY) for name in ("checks", "verdicts")] == [[], []]


def test_only_a_file_that_passed_as_it_is_bears_a_mark(candidate: Path, newsday: Newsday) -> None:
    assert not has_passed(candidate)
    judge_edition(DAY, candidate, newsday.settings)
    assert has_passed(candidate)
    with duckdb.connect(str(candidate)) as connection:
        connection.execute("CREATE TABLE notes (note VARCHAR)")
    assert not has_passed(candidate), "another file has taken its place"
    with pytest.raises(GateClosedError):
        judge_edition(DAY, candidate, newsday.settings)
    assert not has_passed(candidate) and not mark_of(candidate).exists()


def test_a_damaged_refusal_still_closes(newsday: Newsday) -> None:
    path = newsday.lake.path(LAKE["verdicts"], DAY, "edition")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no parquet")
    assert refused_edition(DAY, newsday.lake) == "edition gate closed: its verdict is damaged"
