"""The 86 real days of the State Department's feed, and 131 real pages: read where they lie, never copied."""

import random
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from e2e_days import content, lake_files, pages

from troopwatch import captures, days, normalize, scrape
from troopwatch.flow import Run
from troopwatch.lake import Lake
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

CORPUS = Settings().corpus
NOW = datetime(2026, 6, 1, tzinfo=UTC)
ALL = days.between(date(2022, 2, 2), date(2022, 4, 30))
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no captures in {CORPUS}: set TROOPWATCH_CORPUS")


def run_feed(data: Path, wanted: list[date]) -> None:
    """Run days in the given order, and publish them all at the end."""
    runs = [Run(day, Settings(data=data), NOW, "state_dept_feed") for day in wanted]
    for run in runs:
        run.until_detected()
    candidate = runs[0].aggregate()
    runs[0].judge_edition(candidate)
    runs[0].publish_all(candidate, wanted)


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("in-order")
    run_feed(data, ALL)
    return data


def test_all_days_run_and_say_what_they_have(in_order: Path) -> None:
    with duckdb.connect(str(in_order / "published" / "troopwatch.duckdb"), read_only=True) as connection:
        outcomes = dict(connection.execute("SELECT outcome, count(*) FROM coverage GROUP BY ALL").fetchall())
        missing = connection.execute("SELECT documents, deployments FROM coverage WHERE outcome = 'no_data'").fetchall()
        silent = connection.execute("SELECT count(*) FROM coverage WHERE documents = 0").fetchall()
    captured = len(list((CORPUS / "state_dept_feed").glob("*.warc.gz")))
    assert outcomes == {"captured": captured, "no_data": len(ALL) - captured}
    assert missing == [(None, None)] * (len(ALL) - captured), "no data is NULL, never zero"
    assert silent == [(0,)]
    assert len(list((in_order / "published" / "reports").iterdir())) == len(ALL)


def test_no_gate_raises_a_false_alarm_on_a_real_day(in_order: Path) -> None:
    with duckdb.connect(str(in_order / "published" / "troopwatch.duckdb"), read_only=True) as connection:
        alarms = connection.execute(
            "SELECT quality_checks.day, check_id, observed FROM quality_checks JOIN coverage USING (day) "
            "WHERE NOT passed AND severity <> 'info' AND outcome = 'captured' ORDER BY ALL"
        ).fetchall()
        (checks,) = connection.execute("SELECT count(*) FROM quality_checks WHERE gate = 'history'").fetchone() or (0,)
    assert alarms == []
    assert checks > 1000


def test_a_second_run_in_another_order_changes_no_byte(in_order: Path) -> None:
    before = lake_files(in_order), content(in_order), pages(in_order)
    run_feed(in_order, random.Random(3).sample(ALL, 6))
    assert (lake_files(in_order), content(in_order), pages(in_order)) == before


@pytest.mark.months
def test_the_same_days_shuffled_from_nothing_give_the_same_lake_and_the_same_content(
    in_order: Path, tmp_path: Path
) -> None:
    run_feed(tmp_path, random.Random(5).sample(ALL, len(ALL)))
    assert lake_files(tmp_path) == lake_files(in_order)
    assert content(tmp_path) == content(in_order)
    assert pages(tmp_path) == pages(in_order)


def test_every_quote_stands_in_its_text(in_order: Path) -> None:
    lake, checked = Lake(in_order), 0
    for day in ALL:
        texts = {row["doc_id"]: row["text"] for row in lake.rows(LAKE["documents"], day)}
        for row in lake.rows(LAKE["deployments"], day) + lake.rows(LAKE["demands"], day):
            text = texts[row["doc_id"]]
            assert text[row["sentence_start"] : row["sentence_end"]] == row["sentence"]
            assert text[row["trigger_start"] : row["trigger_end"]] == row["trigger_text"]
            checked += 1
    assert checked > 500


def test_every_published_quote_is_short_and_stands_in_its_text(in_order: Path) -> None:
    """A longer sentence is cut in the published file, and its offsets are those of what is left."""
    wanted, lake, cut = "SELECT day, doc_id, sentence, sentence_start, sentence_end FROM ", Lake(in_order), 0
    with duckdb.connect(str(in_order / "published" / "troopwatch.duckdb"), read_only=True) as connection:
        rows = connection.execute(f"{wanted} deployments UNION ALL {wanted} demands ORDER BY day").fetchall()
        (longest,) = connection.execute("SELECT max(length(content_text)) FROM demands").fetchone() or (0,)
    assert 250 < longest <= 300
    texts = {(day, row["doc_id"]): row["text"] for day in ALL for row in lake.rows(LAKE["documents"], day)}
    for day, doc_id, sentence, start, end in rows:
        assert len(sentence) <= 300
        text = texts[day, doc_id]
        assert text[start:end] == sentence
        cut += end < len(text) and text[end - 1] not in '.?!\u201d"'
    assert len(rows) > 500 and cut > 5


def test_every_real_page_ends_as_a_document_or_as_a_row_with_its_reason(tmp_path: Path) -> None:
    settings, ends = Settings(data=tmp_path), Counter[str]()
    records = [r for r in captures.read(CORPUS / "news_pages.warc.gz") if isinstance(r, captures.Record)]
    for day in sorted({days.of(record.captured_at) for record in records}):
        scrape.run(day, "news_pages", settings, NOW)
        normalize.run(day, settings)
        ends["documents"] += len(Lake(tmp_path).rows(LAKE["documents"], day))
        ends["quarantined"] += len(Lake(tmp_path).rows(LAKE["quarantine"], day))
    assert ends["documents"] + ends["quarantined"] == len(records) == 131
    assert ends["documents"] >= 100
