"""Ledger, captures and articles reconcile, source by source: whatever is lost or comes twice closes the gate.

The days are captured and normalized by the stages themselves, and then spoiled as a disk or a hand would do it.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from troopwatch import normalize, quality
from troopwatch.captures import Record
from troopwatch.lake import Lake
from troopwatch.scrape import ledger
from troopwatch.scrape.plan import Errand
from troopwatch.scrape.shelf import shelf, warc_path
from troopwatch.settings import Settings
from troopwatch.sources import load
from troopwatch.tables import LAKE

DAY = date(2024, 10, 18)
NOON = datetime(2024, 10, 18, 12, tzinfo=UTC)
STORY = "The ministry said on Friday that about {}00 soldiers had left the northern base for the border. "
SPEC = "name: {0}\ntitle: {0}\nkind: feed\nurl: http://{0}.example/list\ncontent: {1}\narticles: {{ceiling: 90}}\n"


def answer(url: str, body: str, hour: int = 0) -> Record:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return Record(f"http://{url}", NOON.replace(hour=NOON.hour + hour), head + body.encode())


def page(number: int, hour: int = 0) -> Record:
    words = "".join(f"<p>{STORY.format(number * 10 + n)}{STORY.format(n)}</p>" for n in range(6))
    body = f"<html><head><title>Story {number}</title></head><body><article>{words}</article></body></html>"
    return answer(f"wire.example/{number}", body, hour)


def feed(hour: int, *numbers: int) -> Record:
    items = "".join(
        f"<item><title>Item {n}</title><link>http://brief.example/{n}</link>"
        f"<description>{STORY.format(n) * 6}</description></item>"
        for n in numbers
    )
    return answer(
        "brief.example/list", f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>', hour
    )


VISITS = {
    "wire@1": [("robots", answer("wire.example/robots.txt", "")), ("page", page(1)), ("page", page(2))],
    "wire@2": [("listing", answer("wire.example/list", "<rss/>", 1)), ("page", page(3, 1)), ("page", page(1, 1))],
    "wire@3": [("page", answer("wire.example/9", "<html><body>Enable JavaScript</body></html>", 2))],
    "brief@1": [("listing", feed(0, 1, 2))],
    "brief@2": [("listing", feed(1, 2, 3))],
}
"""What came of the day's visits: one page was captured twice, one is no article, one item stands in both feeds."""


def capture(lake: Lake, visits: dict[str, list[tuple[str, Record]]]) -> None:
    for part, answers in visits.items():
        with shelf(lake, DAY, part.partition("@")[0], part) as kept:
            for role, record in answers:
                kept.keep(Errand(role, record.url, after_days=0 if role == "page" else None), record)


def sum_up(settings: Settings) -> None:
    """The ledger's rows, as the scrape stage ends with."""
    lake = Lake(settings.data)
    for name, source in load(settings.sources).items():
        row = ledger.row(DAY, source, ledger.fetches(lake, DAY, name), "nobody asked")
        lake.replace(LAKE["ledger"], DAY, [row], part=name)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "sources" / "group").mkdir(parents=True)
    for name, content in (("wire", "page"), ("brief", "feed"), ("idle", "page")):
        (tmp_path / "sources" / "group" / f"{name}.yaml").write_text(SPEC.format(name, content))
    return Settings(data=tmp_path / "data", sources=tmp_path / "sources")


@pytest.fixture
def lake(settings: Settings) -> Lake:
    """The day as it must be."""
    made = Lake(settings.data)
    capture(made, VISITS)
    sum_up(settings)
    normalize.run(DAY, settings)
    return made


def objections(settings: Settings) -> dict[str, str]:
    """What the gate of the documents objects to, by check; the message names the day."""
    with pytest.raises(quality.GateClosedError, match=f"^documents gate of {DAY} closed:") as caught:
        quality.judge(DAY, "documents", settings)
    return {f["check_id"]: f["observed"] for f in caught.value.failures}


def test_a_right_day_adds_up_for_every_source_also_where_nothing_came(settings: Settings, lake: Lake) -> None:
    quality.judge(DAY, "documents", settings)
    names = ("source", "set_aside", "read", "found", "repeated", "documents", "quarantined")
    assert [tuple(row[name] for name in names) for row in lake.rows(LAKE["tallies"], DAY)] == [
        ("brief", 0, 2, 4, 1, 3, 0),
        ("idle", 0, 0, 0, 0, 0, 0),
        ("wire", 2, 5, 5, 1, 3, 1),
    ]


def drop_row(table: str, source: str) -> Callable[[Settings, Lake], None]:
    def spoil(_: Settings, lake: Lake) -> None:
        rows = lake.rows(LAKE[table], DAY)
        rows.remove(next(row for row in rows if row["source"] == source))
        lake.replace(LAKE[table], DAY, rows)

    return spoil


def tell(source: str, **said: int) -> Callable[[Settings, Lake], None]:
    """Let a source's tally say something else."""

    def spoil(_: Settings, lake: Lake) -> None:
        rows = lake.rows(LAKE["tallies"], DAY)
        lake.replace(LAKE["tallies"], DAY, [row | said if row["source"] == source else row for row in rows])

    return spoil


def double_document(_: Settings, lake: Lake) -> None:
    rows = lake.rows(LAKE["documents"], DAY)
    lake.replace(LAKE["documents"], DAY, [*rows, rows[-1] | {"doc_id": "another"}])


def lose_visit(settings: Settings, lake: Lake) -> None:
    """The visit's WARC file and its rows are gone, and the day is normalized again."""
    warc_path(lake, DAY, "wire@1").unlink()
    lake.drop(LAKE["fetches"], DAY, "wire@1")
    normalize.run(DAY, settings)


def lose_visit_and_mend_the_ledger(settings: Settings, lake: Lake) -> None:
    """The same, but the ledger is made anew and the day is not normalized again."""
    warc_path(lake, DAY, "wire@1").unlink()
    lake.drop(LAKE["fetches"], DAY, "wire@1")
    sum_up(settings)


def double_visit(settings: Settings, lake: Lake) -> None:
    """The rows of a visit stand in the lake under another name too."""
    rows = [row for row in lake.rows(LAKE["fetches"], DAY) if row["source"] == "wire"]
    lake.replace(LAKE["fetches"], DAY, [row for row in rows if "@1" in row["warc_file"]], part="wire@4")
    normalize.run(DAY, settings)


def late_visit(settings: Settings, lake: Lake) -> None:
    """A visit whose captures nobody has read."""
    capture(lake, {"brief@3": [("listing", feed(2, 4))]})
    sum_up(settings)


def forget_source(_: Settings, lake: Lake) -> None:
    lake.replace(LAKE["tallies"], DAY, [row for row in lake.rows(LAKE["tallies"], DAY) if row["source"] != "idle"])


SPOILED: dict[str, tuple[Callable[[Settings, Lake], None], dict[str, str]]] = {
    "a document lost": (drop_row("documents", "wire"), {"tallies.rows": "wire: 3 documents said, 2 rows"}),
    "a quarantined row lost": (drop_row("quarantine", "wire"), {"tallies.rows": "wire: 1 quarantined said, 0 rows"}),
    "a document too many": (double_document, {"tallies.rows": "wire: 3 documents said, 4 rows"}),
    "an item of a feed lost": (drop_row("documents", "brief"), {"tallies.rows": "brief: 3 documents said, 2 rows"}),
    "a page that ended as nothing": (
        tell("wire", found=4, repeated=0),
        {"tallies.pages": "wire: 5 pages were read, 4 found"},
    ),
    "an item that ended as nothing": (
        tell("brief", found=5),
        {"tallies.found": "brief: 5 found, but 3 documents, 0 quarantined and 1 repeated make 4"},
    ),
    "a visit lost with its captures": (
        lose_visit,
        {
            "ledger.fetches": "wire: 7 responses said, 4 in fetches",
            "tallies.ledger": "wire: 7 stored by the ledger, 3 read and 1 set aside",
        },
    ),
    "a visit lost after it was read": (
        lose_visit_and_mend_the_ledger,
        {
            "tallies.ledger": "wire: 4 stored by the ledger, 5 read and 2 set aside",
            "tallies.fetches": "wire: 3 stored responses hold articles, 5 were read",
        },
    ),
    "a visit counted twice": (
        double_visit,
        {
            "ledger.fetches": "wire: 7 responses said, 10 in fetches",
            "fetches.key": "6 rows share their key with another",
            "tallies.ledger": "wire: 7 stored by the ledger, 7 read and 3 set aside",
        },
    ),
    "a visit that nobody has read": (
        late_visit,
        {
            "tallies.ledger": "brief: 3 stored by the ledger, 2 read and 0 set aside",
            "tallies.fetches": "brief: 3 stored responses hold articles, 2 were read",
        },
    ),
    "a source of which nothing is said": (
        forget_source,
        {"ledger.tallied": "idle: nothing says what became of its captures"},
    ),
}


@pytest.mark.parametrize("kind", SPOILED)
def test_what_is_lost_or_comes_twice_closes_the_gate_with_source_and_numbers(
    settings: Settings, lake: Lake, kind: str
) -> None:
    spoil, expected = SPOILED[kind]
    spoil(settings, lake)
    assert objections(settings) == expected
