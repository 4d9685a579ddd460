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
    first = {"day": DAY, "status": "asserted"}
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


SPOILED = {
    "a table too many": ("CREATE TABLE notes (a INTEGER)", "tables.said"),
    "a table too few": ("DROP TABLE meta", "tables.said"),
    "a column too many": ("ALTER TABLE meta ADD COLUMN mood VARCHAR", "tables.columns tables.types"),
    "a column of another type": ("ALTER TABLE meta ALTER value TYPE INTEGER USING 1", "tables.types"),
    "a comment lost": ("COMMENT ON COLUMN coverage.outcome IS NULL", "tables.comments"),
    "a table's comment lost": ("COMMENT ON TABLE coverage IS 'rows'", "tables.comments"),
    "a NULL": ("UPDATE demands SET sentence = NULL WHERE doc_id = 'doc-1'", "rows.not_null"),
    "an unknown value": ("UPDATE coverage SET outcome = 'perhaps' WHERE new_documents = 0", "rows.values"),
    "a code of another form": ("UPDATE troop_claims SET force_owner_code = 'North Korea'", "rows.values"),
    "a number below its least": ("UPDATE daily_demands SET sources = 0", "rows.values"),
    "a number above its most": ("UPDATE deployments SET confidence = 1.5", "rows.values"),
    "a doubled row": ("INSERT INTO troop_claims FROM troop_claims LIMIT 1", "rows.key"),
    "a doubled row with NULL in its key": (
        "INSERT INTO daily_deployments FROM daily_deployments LIMIT 1",
        "rows.key",
    ),
    "a mention without its article": (
        "UPDATE demands SET doc_id = 'doc-9' WHERE doc_id = 'doc-1'",
        "sums.demands_evidence sums.articles_demands",
    ),
    "an article that counts wrongly": (
        "UPDATE articles SET deployments = 3 WHERE doc_id = 'doc-2'",
        "sums.articles_deployments",
    ),
    "an article lost": (
        "DELETE FROM articles WHERE doc_id = 'doc-1'",
        "sums.deployments_evidence sums.demands_evidence sums.coverage_new_documents",
    ),
    "a copy of no article": (
        "UPDATE articles SET syndication_id = 'doc-9' WHERE doc_id = 'doc-2'",
        "sums.articles_syndication",
    ),
    "a copy of a copy": (
        "UPDATE articles SET syndication_id = if(doc_id = 'doc-1', 'doc-2', 'doc-1')",
        "sums.articles_syndication",
    ),
    "a daily figure lost": ("DELETE FROM daily_deployments", "sums.daily_deployments"),
    "a daily figure too high": ("UPDATE daily_demands SET mentions = 7", "sums.daily_demands"),
    "a day's coverage lost": (
        "DELETE FROM coverage WHERE new_documents = 2",
        "sums.coverage_new_documents sums.coverage_documents sums.coverage_deployments sums.coverage_demands "
        "sums.coverage_days",
    ),
    "an article neither kept nor quarantined": (
        "UPDATE coverage SET articles = 4 WHERE new_documents = 2",
        "sums.coverage_kept",
    ),
    "an article kept behind a closed gate": (
        "UPDATE coverage SET outcome = 'closed', documents = NULL, quarantined = NULL WHERE new_documents = 0",
        "sums.coverage_kept sums.coverage_days",
    ),
    "a claim without its deployment": (
        "UPDATE troop_claims SET record_id = repeat('0', 40) WHERE canonical_url = 'https://wire.example/canonical/1'",
        "sums.troop_claims_evidence",
    ),
    "a mention of no claim": (
        "UPDATE deployments SET claim_id = repeat('0', 40) WHERE doc_id = 'doc-1'",
        "sums.deployments_claims sums.claims_mentions",
    ),
    "a claim that counts wrongly": (
        "UPDATE claims SET mentions = 2 WHERE kind = 'demand' AND week = (SELECT min(week) FROM claims)",
        "sums.claims_mentions sums.episodes_strict sums.episodes_loose",
    ),
    "an episode lost": (
        "DELETE FROM episodes WHERE folding = 'strict' AND kind = 'demand'",
        "sums.episodes_strict",
    ),
    "a strict episode in two loose ones": (
        "UPDATE claims SET strict_episode_id = repeat('0', 40)",
        "sums.episodes_strict sums.episodes_nested",
    ),
    "a denied deployment among what is present": (
        "UPDATE deployments SET status = 'denied'; UPDATE daily_deployments SET status = 'denied'",
        "sums.deployments_present",
    ),
    "a historical demand among what is present": (
        "UPDATE demands SET tense_class = 'historical'",
        "sums.demands_present",
    ),
    "a demand missing in the matrix": ("DELETE FROM demand_matrix", "sums.demand_matrix_demands"),
    "a rival figure too many": (
        "INSERT INTO rival_figures (standing, mentions) VALUES ('present', 1)",
        "rows.not_null sums.rival_figures_deployments",
    ),
    "a country with coordinates": (
        "INSERT INTO places VALUES ('RUS', 'Russia', 'country', 'RUS', NULL, 60, 100, false, 0, 1, 1, 1)",
        "sums.places_coordinates",
    ),
    "a day without checks": (
        "DELETE FROM quality_checks WHERE day = (SELECT min(day) FROM quality_checks)",
        "sums.quality_checks_days",
    ),
}


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
