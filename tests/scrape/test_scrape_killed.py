"""A process killed while it captures loses at most the record it was writing, and its file stays readable."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from scrape_helpers import DAY, PAGE, Visit, feed, page, rows, server
from warcio.archiveiterator import ArchiveIterator

from troopwatch import captures, days
from troopwatch.captures import Record
from troopwatch.lake import Lake
from troopwatch.scrape.plan import Errand
from troopwatch.scrape.recover import recover
from troopwatch.scrape.shelf import open_shelf
from troopwatch.settings import ROOT, Settings
from troopwatch.sources import Feed

NOON, NIGHT = days.start(DAY) + timedelta(hours=12), days.end(DAY) + timedelta(minutes=30)
URLS = [f"http://x.example/{n}" for n in range(4)]
BLOCK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>" + b"text " * 40 + b"</html>"


def cut_visit(lake: Lake) -> tuple[Path, list[int], list[int]]:
    """A visit that ended without its rows: its WARC file, and where its records and the lines of its journal end."""
    warcs, lines = [], []
    folder = lake.root / "scrape" / "captures" / f"day={DAY}"
    path, journal = folder / "x@20220301T120000Z.warc.gz", folder / ".x@20220301T120000Z.journal"
    with pytest.raises(KeyboardInterrupt), open_shelf(lake, DAY, "x", "x@20220301T120000Z", NOON) as kept:
        for url in URLS:
            kept.keep(Errand("page", url, NOON, 0), Record(url, NOON, BLOCK))
            warcs.append(path.stat().st_size)
            lines.append(journal.stat().st_size)
        raise KeyboardInterrupt
    return path, warcs, lines


def around(ends: list[int]) -> list[int]:
    """Every record's end, a byte on either side, and its middle."""
    starts = [0, *ends[:-1]]
    return sorted({at for a, b in zip(starts, ends, strict=True) for at in (a, a + 1, (a + b) // 2, b - 1, b)})


def test_a_file_cut_anywhere_is_given_a_clean_end_and_rows_for_all_that_is_whole(tmp_path: Path) -> None:
    path, ends, _ = cut_visit(Lake(tmp_path / "whole"))
    journal = path.with_name(".x@20220301T120000Z.journal")
    whole, noted = path.read_bytes(), journal.read_bytes()
    for cut in around(ends):
        target = tmp_path / str(cut)
        folder = target / path.parent.relative_to(tmp_path / "whole")
        folder.mkdir(parents=True)
        (folder / path.name).write_bytes(whole[:cut])
        (folder / journal.name).write_bytes(noted)
        recovered(target)
        kept = sum(end <= cut for end in ends)
        settings = Settings(data=target)
        assert [f["url"] for f in rows(settings, "fetches", DAY)] == URLS[:kept]
        with (folder / path.name).open("rb") as file:
            assert [r.rec_headers["WARC-Target-URI"] for r in ArchiveIterator(file)] == URLS[:kept]
        for row in rows(settings, "fetches", DAY):
            found = captures.read_at(target / row["warc_file"], row["warc_offset"])
            assert isinstance(found, Record) and (found.url, found.block) == (row["url"], BLOCK)
            assert (row["listed_at"], row["after_days"], row["reason"]) == (NOON, 0, None)
        assert not list(folder.glob(".*.journal"))


def recovered(data: Path) -> None:
    spec = {"name": "x", "title": "X", "kind": "feed", "url": "http://x.example/list", "articles": {"ceiling": 9}}
    assert recover(Lake(data), DAY, Feed.model_validate(spec)) is None


def test_a_journal_cut_anywhere_costs_no_capture(tmp_path: Path) -> None:
    path, _, ends = cut_visit(Lake(tmp_path / "whole"))
    journal = path.with_name(".x@20220301T120000Z.journal")
    for cut in around(ends):
        target = tmp_path / str(cut)
        folder = target / path.parent.relative_to(tmp_path / "whole")
        folder.mkdir(parents=True)
        (folder / path.name).write_bytes(path.read_bytes())
        (folder / journal.name).write_bytes(journal.read_bytes()[:cut])
        recovered(target)
        assert sorted(f["url"] for f in rows(Settings(data=target), "fetches", DAY)) == URLS


def test_a_process_that_is_killed_in_a_visit_keeps_what_it_had_and_the_next_run_takes_the_rest(
    visit: Visit, tmp_path: Path
) -> None:
    """A real process and a real SIGKILL, sent when the second of three pages is asked for."""
    killed: list[int] = []

    def kill(_: Any) -> None:
        os.kill(killed[0], signal.SIGKILL)

    listing = feed(*URLS[:3])
    visit({"/list": page(b"", 503)}, now=NOON - timedelta(hours=1))  # which writes the spec
    code = (
        "import sys; from datetime import datetime, date; from pathlib import Path; from troopwatch import scrape;"
        "from troopwatch.settings import Settings; data, specs, to = sys.argv[1:];"
        f"scrape.poll(date({DAY.year}, {DAY.month}, {DAY.day}), 'x', Settings(data=Path(data), sources=Path(specs),"
        f" connect_to=to, pause=0), datetime.fromisoformat('{NOON.isoformat()}'))"
    )
    with server({"/list": listing, "/0": PAGE, "/1": kill, "/2": PAGE}) as (connect_to, _):
        places = [str(tmp_path / "data"), str(tmp_path / "sources"), connect_to]
        environment = os.environ | {"PYTHONPATH": str(ROOT / "include")}
        with subprocess.Popen([sys.executable, "-c", code, *places], env=environment) as process:
            killed.append(process.pid)
        assert process.returncode == -signal.SIGKILL
    fetches, ledger, asked = visit({"/list": listing, "/0": PAGE, "/1": PAGE, "/2": PAGE}, now=NIGHT)
    assert "/0" not in asked and {"/1", "/2"} <= set(asked)
    pages = [(f["url"], f["outcome"]) for f in fetches if f["role"] == "page"]
    assert sorted(pages) == [(url, "stored") for url in URLS[:3]]
    assert ledger["outcome"] == "captured" and ledger["responses"] == sum(f["outcome"] == "stored" for f in fetches)
