"""Real input: 131 pages of 2001 to 2026, and a press-release feed as it was served in 2022."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from normalize_lake import Newsstand

from troopwatch import captures, normalize, sources
from troopwatch.lake import Lake, fingerprint
from troopwatch.normalize import Article, stage
from troopwatch.settings import Settings
from troopwatch.settings import load as load_settings
from troopwatch.tables import LAKE

INVASION = date(2022, 2, 24)


def test_every_real_page_ends_as_an_article_or_with_a_reason(corpus: Path) -> None:
    source = sources.load(load_settings().sources)["news_pages"]
    ends: Counter[str] = Counter()
    for record in captures.read(corpus / source.files):  # type: ignore[union-attr]  # this source is a warc
        assert isinstance(record, captures.Record)
        (outcome,) = stage.of_record(record, source)
        ends["article" if isinstance(outcome, Article) else outcome.rule] += 1
        if isinstance(outcome, Article):
            assert len(outcome.text) >= 200
            assert outcome.published.at is None or outcome.published.at.year >= 1990
    assert ends.total() == 131
    assert ends["unreadable"] == 0
    assert ends["article"] >= 100


@pytest.fixture
def real_day(stand: Newsstand, corpus: Path) -> Settings:
    """The captures of a real day, one file of the lake a snapshot."""
    settings = stand.settings.model_copy(update={"sources": load_settings().sources})
    lake, rows = Lake(settings.data), []
    for n, record in enumerate(captures.read(corpus / "state_dept_feed" / f"{INVASION}.warc.gz")):
        assert isinstance(record, captures.Record)
        path = lake.root / "scrape" / "captures" / f"day={INVASION}" / f"state_dept_feed@{n}.warc.gz"
        with captures.writing(path) as writer:
            offset = writer.write(record)
        row = dict.fromkeys(LAKE["fetches"].names) | {"day": INVASION, "source": "state_dept_feed", "url": record.url}
        row |= {"role": "listing", "outcome": "stored", "captured_at": record.captured_at, "warc_offset": offset}
        rows.append(row | {"warc_file": lake.relative(path)})
    lake.replace(LAKE["fetches"], INVASION, rows)
    return settings


def test_a_real_feed_day_gives_each_release_once(real_day: Settings) -> None:
    lake = Lake(real_day.data)
    counts = normalize.run(INVASION, real_day)
    rows = lake.rows(LAKE["documents"], INVASION)
    assert counts["read"] == 3
    assert counts["quarantined"] == 0
    assert counts["documents"] == len({row["text_sha256"] for row in rows}) == len(rows) > 10
    assert counts["duplicates"] > 0
    assert {(row["published_origin"], row["published_precision"]) for row in rows} == {("feed", "second")}
    assert {(row["language"], row["voice"], row["outlet"]) for row in rows} == {
        ("en", "USAGOV", "US Department of State")
    }
    assert all("<p>" not in row["text"] and "&nbsp;" not in row["text"] for row in rows)


def test_a_real_day_twice_gives_the_same_bytes(real_day: Settings) -> None:
    prints = []
    for _ in range(2):
        normalize.run(INVASION, real_day)
        prints.append([fingerprint(Lake(real_day.data).path(LAKE[t], INVASION)) for t in ("documents", "quarantine")])
    assert prints[0] == prints[1]
