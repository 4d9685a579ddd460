"""Days of the newsroom from HTTP to the report: order, repetition, kills, poison, and what a reader must find."""

import random
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pytest
from e2e_days import NEWSROOM_DAYS, content, lake_files, pages, run_newsroom, run_whole

import newsroom
from troopwatch import days, publish
from troopwatch import lake as lakes
from troopwatch.flow import Run
from troopwatch.lake import Lake
from troopwatch.normalize.outcome import Article
from troopwatch.quality import GateClosedError
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

FEW = NEWSROOM_DAYS[4:7]
EVIDENCE = "sentence, warc_file, warc_offset"


@pytest.fixture(scope="module")
def whole(demo_days: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All eight days, in order."""
    return shutil.copytree(demo_days, tmp_path_factory.mktemp("whole") / "data")


def query(data: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(data / "published" / "troopwatch.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_days_in_any_order_end_the_same(whole: Path, tmp_path: Path) -> None:
    """What is captured depends on when it is asked for, as second looks do; all that is made of it does not."""
    shutil.copytree(whole / "scrape" / "captures", tmp_path / "scrape" / "captures")
    shutil.copytree(whole / "scrape" / "fetches", tmp_path / "scrape" / "fetches")
    shuffled = random.Random(11).sample(NEWSROOM_DAYS, len(NEWSROOM_DAYS))
    run_newsroom(tmp_path, shuffled)
    assert lake_files(tmp_path) == lake_files(whole)
    assert content(tmp_path) == content(whole)
    assert pages(tmp_path) == pages(whole)


def test_a_second_run_changes_no_byte(whole: Path) -> None:
    before = lake_files(whole), content(whole), pages(whole)
    run_newsroom(whole, [NEWSROOM_DAYS[3]])
    assert (lake_files(whole), content(whole), pages(whole)) == before


def test_every_number_leads_to_its_captured_bytes(whole: Path) -> None:
    from troopwatch import captures, sources
    from troopwatch.normalize import stage

    place = "sentence, sentence_start, sentence_end, text_sha256, source, warc_file, warc_offset"
    rows = query(whole, f"SELECT {place} FROM troop_claims JOIN deployments USING (record_id, {EVIDENCE})")
    assert len(rows) > 20
    known = sources.load(Settings().sources)
    for sentence, start, end, digest, source, file, offset in rows:
        record = captures.read_at(whole / file, offset)
        assert isinstance(record, captures.Record)
        found = stage.of_record(record, known[source])
        texts = [made.text for made in found if isinstance(made, Article)]
        (text,) = {text for text in texts if sha256(text.encode()).hexdigest() == digest}
        assert text[start:end] == sentence


def test_forbidden_and_missing_pages_are_rows_and_never_read(whole: Path) -> None:
    refused = query(whole, "SELECT sum(refused_by_robots), sum(failures) FROM coverage")
    assert refused[0][0] >= 2 and refused[0][1] >= 1
    assert query(whole, "SELECT count(*) FROM articles WHERE canonical_url LIKE '%/members/%'") == [(0,)]


def test_a_correction_is_a_second_version_of_the_same_article(whole: Path) -> None:
    versions = query(
        whole, "SELECT count(*) FROM (SELECT article_id FROM articles GROUP BY ALL HAVING count(DISTINCT doc_id) > 1)"
    )
    assert versions[0][0] >= 2


def test_a_wrong_date_is_refused_and_kept_for_the_record(whole: Path) -> None:
    (rejected,) = query(whole, "SELECT published_rejected FROM articles WHERE published_rejected LIKE '2034%'")
    assert "json_ld" in rejected[0]
    assert query(whole, "SELECT count(*) FROM articles WHERE published_at > captured_at") == [(0,)]


def test_other_languages_are_counted_and_not_read(whole: Path) -> None:
    found = query(whole, "SELECT language, deployments, demands FROM articles WHERE reading = 'other_language'")
    assert ("ko", 0, 0) in found


def test_denials_are_there_and_never_among_what_is_asserted(whole: Path) -> None:
    statuses = dict(query(whole, "SELECT status, count(*) FROM deployments GROUP BY ALL"))
    assert statuses["asserted"] > 20 and sum(statuses.values()) > statuses["asserted"]


class Killed(BaseException):
    """Stands for a process that is gone."""


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a day has run that others come after."""
    data = tmp_path_factory.mktemp("first")
    run_newsroom(data, FEW[:1], "narae_wire")
    return data


@pytest.fixture(scope="module")
def writes_of_a_day(first_day: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A day that ran undisturbed after another, and how many files its run replaced."""
    data = shutil.copytree(first_day, tmp_path_factory.mktemp("undisturbed") / "data")
    count = [0]
    real = lakes.replacing

    def counting(path: Path) -> Any:
        count[0] += 1
        return real(path)

    with pytest.MonkeyPatch.context() as patch:
        _everywhere(patch, counting)
        run_newsroom(data, FEW[1:2], "narae_wire")
    return data, count[0]


def _everywhere(patch: pytest.MonkeyPatch, replacing: Callable[[Path], Any]) -> None:
    """Replace the function under both names that it is called by."""
    from troopwatch import captures

    patch.setattr(lakes, "replacing", replacing)
    patch.setattr(captures, "replacing", replacing)


@pytest.mark.parametrize("every", [8, pytest.param(1, marks=pytest.mark.months)])
def test_killed_between_any_two_writes_and_run_again_it_ends_the_same(
    first_day: Path, writes_of_a_day: tuple[Path, int], tmp_path: Path, every: int
) -> None:
    undisturbed, writes = writes_of_a_day
    assert writes >= 12
    for kill_at in range(0, writes, every):
        data = shutil.copytree(first_day, tmp_path / str(kill_at))
        real, done = lakes.replacing, iter(range(writes + 1))

        def killing(path: Path, real: Any = real, done: Iterator[int] = done, kill_at: int = kill_at) -> Any:
            if next(done) == kill_at:
                raise Killed
            return real(path)

        with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
            _everywhere(patch, killing)
            run_newsroom(data, FEW[1:2], "narae_wire")
        run_newsroom(data, FEW[1:2], "narae_wire")
        assert lake_files(data) == lake_files(undisturbed), f"killed at write {kill_at}"
        assert content(data) == content(undisturbed) and pages(data) == pages(undisturbed)


def test_a_poisoned_day_publishes_nothing_and_the_next_good_day_goes_up(tmp_path: Path) -> None:
    good, poisoned, after = FEW
    run_newsroom(tmp_path, [good])
    before = content(tmp_path)
    report = tmp_path / "published" / "reports" / str(good) / "index.html"
    with pytest.raises(GateClosedError, match="mentions gate of .* closed"):
        _run_poisoned(tmp_path, poisoned)
    assert content(tmp_path) == before
    closed = tmp_path / "published" / "reports" / str(poisoned)
    assert [page.name for page in closed.iterdir()] == ["quality.html"], "what closed it, and no report"
    assert f"{poisoned:%Y}" in report.read_text() and "stale" in report.read_text().lower()
    run_newsroom(tmp_path, [after])
    assert "stale" not in report.read_text().lower().split("<style>")[1].split("</style>")[1]
    outcomes = query(tmp_path, f"SELECT DISTINCT outcome FROM coverage WHERE day = DATE '{poisoned}'")
    assert outcomes == [("closed",)]
    assert query(tmp_path, f"SELECT count(*) FROM deployments WHERE day = DATE '{poisoned}'") == [(0,)]
    run_newsroom(tmp_path, [poisoned])
    assert query(tmp_path, "SELECT count(*) FROM coverage WHERE outcome = 'closed'") == [(0,)]


def _run_poisoned(data: Path, day: date) -> None:
    """A run whose detector quotes what does not stand in the text."""
    from troopwatch import detect

    def poison(day: date, settings: Settings) -> dict[str, int]:
        counts = detect.run(day, settings)
        lake = Lake(settings.data)
        rows = lake.rows(LAKE["deployments"], day)
        lake.replace(LAKE["deployments"], day, [row | {"sentence": "Nobody wrote this."} for row in rows])
        return counts

    now = days.end(day) + timedelta(minutes=30)
    with newsroom.serve(lambda: now) as served, pytest.MonkeyPatch.context() as patch:
        patch.setattr("troopwatch.steps.detect", type("Poisoned", (), {"run": staticmethod(poison)}))
        run_whole(Run(day, Settings(data=data, connect_to=served.connect_to, pause=0), now, "demo"))


def test_a_damaged_partition_is_a_clear_error_and_heals_by_running_its_day(tmp_path: Path) -> None:
    run_newsroom(tmp_path, FEW[:2], "narae_wire")
    before = content(tmp_path)
    broken = Lake(tmp_path).path(LAKE["documents"], FEW[0])
    broken.write_bytes(broken.read_bytes()[:100])
    run_newsroom(tmp_path, FEW[1:2], "narae_wire")
    (reason,) = query(tmp_path, "SELECT reason FROM coverage WHERE outcome = 'closed'")
    assert "changed since it was judged: run the day again" in reason[0]
    run_newsroom(tmp_path, FEW[:1], "narae_wire")
    assert content(tmp_path) == before


def test_two_runs_of_one_day_at_once_end_as_one(tmp_path: Path) -> None:
    run_newsroom(tmp_path / "alone", FEW[:1], "narae_wire")
    failures: list[BaseException] = []

    def run() -> None:
        try:
            run_newsroom(tmp_path / "both", FEW[:1], "narae_wire")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert lake_files(tmp_path / "both") == lake_files(tmp_path / "alone")
    assert content(tmp_path / "both") == content(tmp_path / "alone")
    assert pages(tmp_path / "both") == pages(tmp_path / "alone")


def test_standing_is_the_same_however_often_it_is_said(whole: Path) -> None:
    before = pages(whole)
    publish.refresh_standing(Settings(data=whole))
    assert pages(whole) == before
