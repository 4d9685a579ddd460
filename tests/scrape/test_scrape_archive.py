"""Captures made elsewhere: copied byte for byte, by the UTC day of their WARC-Date; what is not there is no data."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from scrape_helpers import rows, tree

from troopwatch import captures, days, scrape
from troopwatch.captures import Record
from troopwatch.settings import Settings

SPEC = """name: x
title: X
kind: warc
files: "folder/*.warc.gz"
content: page
articles: {floor: 0, ceiling: 50}
"""
LATE, NEXT = datetime(2022, 3, 1, 23, 59, 59, tzinfo=UTC), datetime(2022, 3, 2, tzinfo=UTC)
BLOCK = b"HTTP/1.1 200 OK\r\nX-Odd:  spaces \r\n\r\n<html>\xff</html>"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "sources" / "group").mkdir(parents=True)
    (tmp_path / "sources" / "group" / "x.yaml").write_text(SPEC)
    (tmp_path / "corpus").mkdir()
    return Settings(data=tmp_path / "data", sources=tmp_path / "sources", corpus=tmp_path / "corpus")


def put(settings: Settings, name: str, *records: Record) -> Path:
    path = settings.corpus / "folder" / name
    with captures.writing(path) as writer:
        for record in records:
            writer.write(record)
    return path


def run(settings: Settings, day: date) -> dict[str, int]:
    return scrape.run(day, "x", settings, days.end(day))


def test_a_record_belongs_to_the_utc_day_of_its_date(settings: Settings) -> None:
    put(settings, "any.warc.gz", Record("http://a.example/1", LATE, BLOCK), Record("http://a.example/2", NEXT, BLOCK))
    for day, url in ((date(2022, 3, 1), "http://a.example/1"), (date(2022, 3, 2), "http://a.example/2")):
        run(settings, day)
        (row,) = rows(settings, "fetches", day)
        copy = captures.read_at(settings.data / row["warc_file"], row["warc_offset"])
        assert isinstance(copy, Record) and (copy.url, copy.block) == (url, BLOCK)


def test_running_again_changes_no_byte(settings: Settings) -> None:
    put(settings, "any.warc.gz", Record("http://a.example/1", LATE, BLOCK))
    run(settings, date(2022, 3, 1))
    before = tree(settings.data)
    run(settings, date(2022, 3, 1))
    assert tree(settings.data) == before


def test_a_day_without_captures_is_no_data_and_not_zero(settings: Settings) -> None:
    put(settings, "any.warc.gz", Record("http://a.example/1", LATE, BLOCK))
    run(settings, date(2022, 3, 5))
    (row,) = rows(settings, "ledger", date(2022, 3, 5))
    assert row["outcome"] == "no_data" and "2022-03-05" in row["reason"]


def test_a_missing_corpus_is_named(settings: Settings) -> None:
    settings.corpus.rmdir()
    run(settings, date(2022, 3, 1))
    (row,) = rows(settings, "ledger", date(2022, 3, 1))
    assert row["outcome"] == "no_data" and str(settings.corpus) in row["reason"]


def test_a_truncated_file_gives_what_is_whole_and_a_row_for_what_is_not(settings: Settings) -> None:
    path = put(settings, "cut.warc.gz", *(Record(f"http://a.example/{n}", LATE, BLOCK * 9) for n in range(3)))
    path.write_bytes(path.read_bytes()[:-30])
    run(settings, date(2022, 3, 1))
    (ledger,) = rows(settings, "ledger", date(2022, 3, 1))
    assert ledger["responses"] == 2 and ledger["failures"] == 1 and ledger["outcome"] == "captured"
    (lost,) = [f for f in rows(settings, "fetches", date(2022, 3, 1)) if f["outcome"] == "failed"]
    assert "cut.warc.gz" in lost["reason"]


def test_a_capture_that_is_gone_is_replayed_from_the_lake(settings: Settings) -> None:
    path = put(settings, "any.warc.gz", Record("http://a.example/1", LATE, BLOCK))
    run(settings, date(2022, 3, 1))
    before = tree(settings.data)
    path.unlink()
    run(settings, date(2022, 3, 1))
    assert tree(settings.data) == before


def test_a_corpus_damaged_in_between_takes_nothing_away(settings: Settings) -> None:
    path = put(settings, "any.warc.gz", *(Record(f"http://a.example/{n}", LATE, BLOCK * 9) for n in range(3)))
    whole = path.read_bytes()
    run(settings, date(2022, 3, 1))
    before = tree(settings.data)
    path.write_bytes(whole[:-30])
    run(settings, date(2022, 3, 1))
    after = tree(settings.data)
    fetches = rows(settings, "fetches", date(2022, 3, 1))
    copies = [captures.read_at(settings.data / f["warc_file"], f["warc_offset"]) for f in fetches if f["warc_file"]]
    assert [c.url for c in copies if isinstance(c, Record)] == [f"http://a.example/{n}" for n in range(3)]
    reasons = " ".join(f["reason"] for f in fetches if f["outcome"] == "failed")
    assert "2 captures of the day are left in folder/*.warc.gz: the 3 here stay" in reasons
    assert "any.warc.gz at byte" in reasons
    run(settings, date(2022, 3, 1))
    assert tree(settings.data) == after
    path.write_bytes(whole)
    run(settings, date(2022, 3, 1))
    assert tree(settings.data) == before


def test_copies_without_rows_are_given_rows_even_where_the_corpus_is_gone(settings: Settings) -> None:
    path = put(settings, "any.warc.gz", Record("http://a.example/1", LATE, BLOCK))
    run(settings, date(2022, 3, 1))
    (settings.data / "scrape" / "fetches" / "day=2022-03-01" / "x.parquet").unlink()
    path.unlink()
    run(settings, date(2022, 3, 1))
    (row,) = rows(settings, "fetches", date(2022, 3, 1))
    assert (row["url"], row["role"], row["outcome"]) == ("http://a.example/1", "page", "stored")
    assert rows(settings, "ledger", date(2022, 3, 1))[0]["outcome"] == "captured"
