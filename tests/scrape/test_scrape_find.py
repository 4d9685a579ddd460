"""Captures are found by their address, read from where their rows say, and verified."""

from datetime import date
from pathlib import Path

import pytest
from scrape_helpers import scrape_demo
from typer.testing import CliRunner, Result

from troopwatch.__main__ import app
from troopwatch.lake import Lake
from troopwatch.scrape import find
from troopwatch.tables import LAKE

DAY, LISTING = date(2024, 11, 1), "http://narae.example/rss.xml"
FETCHES = LAKE["fetches"]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    scrape_demo(tmp_path, DAY, "narae_wire")
    monkeypatch.setenv("TROOPWATCH_DATA", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "20")
    return tmp_path


def capture(*words: str) -> Result:
    return CliRunner().invoke(app, ["capture", *words])


def test_a_capture_is_shown_with_its_place(data: Path) -> None:
    done = capture(LISTING)
    assert done.exit_code == 0
    assert all(word in done.stdout for word in ("narae_wire", "2024-11-01", ".warc.gz", "stored 200", "verified"))


def test_its_body_can_be_had(data: Path) -> None:
    body = capture(LISTING, "--body").stdout
    assert body.startswith("<?xml") and "<rss" in body


def test_damage_is_said_and_ends_with_an_error(data: Path) -> None:
    (warc,) = data.rglob("*.warc.gz")
    warc.write_bytes(warc.read_bytes()[:50])
    done = capture(LISTING)
    assert done.exit_code == 1 and "verified" not in done.stdout
    warc.unlink()
    done = capture(LISTING)
    assert done.exit_code == 1 and "No such file" in done.stdout


def test_an_address_that_is_not_there_ends_with_an_error(data: Path) -> None:
    assert capture("http://narae.example/nothing").exit_code == 1


@pytest.mark.parametrize(("name", "words"), [("warc_offset", "another record"), ("payload_sha256", "digest is not")])
def test_a_capture_that_is_not_that_of_its_row_is_damage(data: Path, name: str, words: str) -> None:
    lake = Lake(data)
    (part,) = lake.parts(FETCHES, DAY)
    rows = lake.rows(FETCHES, DAY)
    swapped = [row | {name: rows[n - 1][name]} for n, row in enumerate(rows)]
    lake.replace(FETCHES, DAY, swapped, part=part.stem)
    (found,) = find.find(lake, LISTING)
    assert words in str(found.damage)
