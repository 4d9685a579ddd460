"""The last good edition stays up and says since when it is stale, in whatever order the days ran."""

import json
from collections.abc import Callable
from datetime import date

import publish_days as made
import pytest
from lxml import html as lxml_html
from publish_house import House
from publish_samples import at

from troopwatch import publish
from troopwatch.publish import PublishError, banner
from troopwatch.tables import LAKE, PUBLISHED

MON, TUE, WED, THU = (date(2024, 11, n) for n in (4, 5, 6, 7))
REASON = "documents gate closed: volume_floor"


def status(house: House) -> dict[str, object]:
    return json.loads((house.published / "status.json").read_text())


def index(house: House) -> str:
    page = lxml_html.document_fromstring((house.published / "index.html").read_bytes())
    return " ".join(page.body.text_content().split())


def stale_reports(house: House) -> list[str]:
    pages = sorted(house.published.glob("reports/*/index.html"))
    return [page.parent.name for page in pages if "Stale since" in page.read_text(encoding="utf-8")]


def test_before_anything_is_published(house: House) -> None:
    standing = publish.refresh_standing(house.settings)
    assert standing == publish.Standing(0, None, None, None)
    nothing = {"edition": None, "latest": None, "outdated": [], "reason": None, "serial": 0, "stale_since": None}
    assert status(house) == nothing | {"unfinished": []}
    assert "Nothing has been published yet." in index(house)
    assert "troopwatch.duckdb" not in index(house)


def test_the_first_day_with_a_closed_gate(house: House) -> None:
    house.judged(MON, closed=REASON)
    assert publish.refresh_standing(house.settings) == publish.Standing(0, None, MON, REASON)
    assert "The gate of 4 November 2024 is closed. Reason: documents gate closed: volume_floor" in index(house)


def test_a_good_day_is_up_to_date(house: House) -> None:
    house.publish(MON, made.busy())
    known = {"edition": 1, "latest": "2024-11-04", "outdated": [], "reason": None, "serial": 1, "stale_since": None}
    assert status(house) == known | {"unfinished": []}
    assert "Up to date. No day after 4 November 2024 has a closed gate." in index(house)
    assert stale_reports(house) == []


def test_a_closed_gate_makes_the_last_good_day_stale_and_the_next_good_day_ends_it(house: House) -> None:
    house.publish(MON, made.busy())
    house.judged(TUE, closed=REASON)
    assert publish.refresh_standing(house.settings) == publish.Standing(1, MON, TUE, REASON, edition=1)
    assert status(house)["stale_since"] == "2024-11-05"
    assert stale_reports(house) == ["2024-11-04"]
    assert (
        "Stale since 5 November 2024. The gate of that day is closed; the last good edition, of 4 November 2024"
        in index(house)
    )
    text = house.page(MON).find_class("banner")[0].text_content()
    assert "Stale since 5 November 2024." in text
    assert REASON in text

    house.publish(WED, at(WED, made.quiet()), serial=2)
    assert status(house)["latest"] == "2024-11-06"
    assert status(house)["stale_since"] is None
    assert stale_reports(house) == []


def test_the_banner_comes_and_goes_without_another_byte_changed(house: House) -> None:
    house.publish(MON, made.busy())
    before = house.report(MON).read_bytes()
    house.judged(TUE, closed=REASON)
    publish.refresh_standing(house.settings)
    assert house.report(MON).read_bytes() != before
    house.judged(TUE)
    publish.refresh_standing(house.settings)
    assert house.report(MON).read_bytes() == before


def test_published_again_while_stale_it_still_says_so(house: House) -> None:
    house.publish(MON, made.busy())
    house.judged(TUE, closed=REASON)
    house.publish(MON, made.busy(), serial=2)
    assert stale_reports(house) == ["2024-11-04"]


def test_whatever_the_order_of_the_days(build: Callable[[str], House]) -> None:
    days = {MON: made.busy(), TUE: made.quiet(), THU: made.no_data()}
    names = ("articles", "deployments", "demands", "troop_claims", "coverage", "quality_checks")
    rows = [(name, row) for day, tables in days.items() for name in names for row in at(day, tables).get(name, [])]
    everything = {
        name: list({tuple(row[k] for k in PUBLISHED[name].key): row for of, row in rows if of == name}.values())
        for name in names
    }
    seen = []
    for order in ((MON, TUE, THU), (THU, TUE, MON), (TUE, THU, MON)):
        house = build("-".join(map(str, order)))
        for serial, day in enumerate(order, start=1):
            house.publish(day, everything, serial=serial)
        house.judged(WED, closed=REASON)
        assert publish.refresh_standing(house.settings) == publish.Standing(3, THU, None, None, edition=3)
        seen.append(house.without_history())
    assert seen[0] == seen[1] == seen[2]


def test_a_published_day_whose_gate_closes_later_is_no_longer_the_latest(house: House) -> None:
    house.publish(MON, made.busy())
    house.publish(TUE, at(TUE, made.quiet()), serial=2)
    house.judged(TUE, closed=REASON)
    assert publish.refresh_standing(house.settings) == publish.Standing(2, MON, TUE, REASON, edition=2)
    assert stale_reports(house) == ["2024-11-04"]
    assert house.report(TUE).exists()


def test_a_day_that_still_runs_makes_nothing_stale(house: House) -> None:
    house.publish(MON, made.busy())
    house.tried(TUE)
    house.judged(WED)
    assert publish.refresh_standing(house.settings) == publish.Standing(1, MON, None, None, edition=1)
    assert "2 later days are not published yet." in index(house)
    assert "Up to date" not in index(house)


def test_a_damaged_ledger_is_said_and_stops_nothing(house: House) -> None:
    house.publish(MON, made.busy())
    house.judged(TUE, closed="the ledger is damaged")
    house.lake.path(LAKE["ledger"], TUE).write_text("no parquet")
    assert publish.refresh_standing(house.settings).stale_since == TUE
    assert "record damaged" in index(house)


def test_a_damaged_verdict_is_a_closed_gate(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.publish(MON, made.busy())
    house.judged(TUE)
    house.lake.path(LAKE["verdicts"], TUE).write_text("no parquet")
    monkeypatch.setattr("troopwatch.quality.is_open", lambda day, _: (day != TUE, "damaged" if day == TUE else None))
    assert publish.refresh_standing(house.settings).stale_since == TUE


def test_all_days_are_listed_with_gate_and_outcome(house: House) -> None:
    house.publish(MON, made.busy())
    house.judged(TUE, closed=REASON)
    house.tried(date(2024, 10, 31), "no_data")
    publish.refresh_standing(house.settings)
    page = lxml_html.document_fromstring((house.published / "index.html").read_bytes())
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//details[@class='month']//tbody/tr")]
    assert rows[0] == f"2024-11-05no report closed{REASON}1 captured not published"
    assert rows[1].startswith("2024-11-04 open1 captured checks 14 deployments, 4 demands, 10 figures")
    assert rows[2] == "2024-10-31no report not finished1 no data not published"
    days = page.xpath("//tbody//a[contains(@href, 'reports/')]/@href")
    report = "reports/2024-11-04/index.html"
    assert days == [report, report, "reports/2024-11-04/quality.html"], "in the calendar and in the list"


def test_a_page_without_its_region_is_a_clear_error(house: House) -> None:
    house.publish(MON, made.busy())
    house.report(MON).write_text("<p>edited by hand")
    with pytest.raises(PublishError, match="remove it and publish its day again"):
        publish.refresh_standing(house.settings)


def test_the_region_stands_where_it_is_looked_for(house: House) -> None:
    house.publish(MON, made.large(50))
    assert house.report(MON).read_bytes().index(banner.END) < banner.HEAD
