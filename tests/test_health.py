"""How sources have fared: counted day by day, said in words, and deaf to what is damaged."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from troopwatch import days, health, upkeep
from troopwatch.lake import Lake
from troopwatch.settings import Settings
from troopwatch.tables import LAKE
from troopwatch.tables.scrape import COUNTS
from troopwatch.upkeep import SilentSourcesError

LAST = date(2022, 3, 28)


def row(day: date, source: str, outcome: str) -> dict[str, Any]:
    counts = dict.fromkeys((c.name for c in COUNTS), 0)
    return dict.fromkeys(LAKE["ledger"].names) | counts | {"day": day, "source": source, "outcome": outcome}


def tell(data: Path, source: str, outcomes: str) -> None:
    """Ledger rows up to LAST: c for captured, f for failed, n for no data, a dot for a day on which it was not run."""
    meant = {"c": "captured", "f": "failed", "n": "no_data"}
    for n, letter in enumerate(reversed(outcomes)):
        if letter in meant:
            day = LAST - n * days.ONE
            Lake(data).replace(LAKE["ledger"], day, [row(day, source, meant[letter])], part=source)


def read_one(data: Path) -> health.Health:
    (found,) = health.of_sources(Settings(data=data), LAST)
    return found


@pytest.mark.parametrize(
    ("outcomes", "complaint"),
    [
        ("cccccc", None),
        ("fff", "silent for 3 days"),
        ("cccccnnn", "silent for 3 days"),
        ("ff", None),  # not long enough on record
        ("ff.f", None),
        ("cfcfcf", None),  # half is not fewer than half
        ("cfcffcf", "captured on 3 of 7 days asked"),
        ("fcfcf", None),  # too few days for a share
        ("nnnnnnnnnncfc", None),  # a day that cannot be fetched again was not asked
        ("ffff" + "c" * 28, None),  # longer ago than four weeks
    ],
)
def test_what_is_complained_of(tmp_path: Path, outcomes: str, complaint: str | None) -> None:
    tell(tmp_path, "narae_wire", outcomes)
    assert read_one(tmp_path).complaint == complaint


def test_a_source_is_counted_by_day(tmp_path: Path) -> None:
    tell(tmp_path, "narae_wire", "cccfnn.c")
    found = read_one(tmp_path)
    assert {name: found.count(name) for name in ("captured", "failed", "no_data")} == {
        "captured": 4,
        "failed": 1,
        "no_data": 2,
    }
    assert (found.asked, len(found.span), found.span[-1]) == (5, health.SPAN, LAST)


def test_a_damaged_day_hides_no_other(tmp_path: Path) -> None:
    tell(tmp_path, "narae_wire", "ccc")
    Lake(tmp_path).path(LAKE["ledger"], LAST, "narae_wire").write_bytes(b"no parquet")
    assert read_one(tmp_path).count("captured") == 2


def test_upkeep_names_who_fares_badly_and_how(tmp_path: Path) -> None:
    tell(tmp_path, "dead", "fff")
    tell(tmp_path, "lame", "cffffcf")
    tell(tmp_path, "well", "ccccccc")
    with pytest.raises(SilentSourcesError) as told:
        upkeep.listen(Settings(data=tmp_path), LAST)
    assert str(told.value).startswith("dead (silent for 3 days), lame (captured on 2 of 7 days asked); ")
    upkeep.listen(Settings(data=tmp_path), LAST - 30 * days.ONE)


def test_captures_made_elsewhere_do_not_fall_silent(tmp_path: Path) -> None:
    tell(tmp_path, "state_dept_feed", "cccnnn")
    upkeep.listen(Settings(data=tmp_path), LAST)
