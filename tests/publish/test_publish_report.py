"""What the report of a day says, and what it must never say."""

import re
from datetime import date

import duckdb
import publish_days as made
import pytest
from publish_house import House
from publish_samples import DAY, WIRE_SENTENCE, at, check, covered, deployment, of

from troopwatch.publish import report, shelves
from troopwatch.tables import LAKE


def subsection(house: House, key: str) -> str:
    """The words of a subsection: its table, which follows its heading."""
    (heading,) = house.page().xpath(f"//*[@id='{key}']")
    return " ".join(heading.getnext().text_content().split())


def test_coverage_and_gate_stand_plainly_at_the_top(house: House) -> None:
    house.publish(DAY, made.busy())
    coverage, gate = house.text("coverage"), house.text("gate")
    assert "3 of 5 sources have data: 18 documents, 14 of them first captured on this day." in coverage
    assert "Narae News Agency (demo)" in coverage
    assert "feeds cannot be asked for a past day" in coverage
    assert "the listing answered 503 three times" in coverage
    assert "The gate is open. 38 of 40 checks passed: 0 critical, 1 warning and 1 note did not." in gate
    assert "at most 20 % of the deployments have an owner that is not resolved" in gate
    assert [h.get("id") for h in house.page().iterfind(".//h2")] == [
        "coverage",
        "gate",
        "new",
        "figures",
        "matrix",
        "where",
        "deployments",
        "demands",
        "disputed",
    ]


def test_every_row_has_quote_outlet_time_link_and_capture(house: House) -> None:
    house.publish(DAY, made.busy())
    evidence = house.page().find_class("evidence")
    assert len(evidence) >= 18
    for found in evidence:
        words = found.text_content()
        assert found.find("blockquote") is not None
        assert found.find_class("trigger")
        assert any(
            outlet in words for outlet in ("Narae Wire", "The Harbour Courier", "Tarnford Post", "The Kalda Brief")
        )
        assert re.search(r"2024-11-\d\d( 18:05 UTC)?|time of publication not given", words)
        (link,) = found.xpath(".//p[@class='source']//a")
        assert link.get("href").startswith("https://narae.example/")
        assert link.get("target") == "_blank", "inside a frame an outlet's page would not be shown"
        assert link.get("rel") == "noopener noreferrer nofollow"
        (capture,) = found.xpath(".//details//dl")
        for fact in ("narae_wire-0001.warc.gz", "123,456 bytes", "bare_presence", "Codebook", "Record"):
            assert fact in capture.text_content()


def test_figures_and_triggers_are_marked_where_they_stand(house: House) -> None:
    house.publish(DAY, made.busy())
    marked = {mark.text_content() for mark in house.page().xpath("//blockquote//mark[@class='count']")}
    assert {"Between 11,000 and 12,000", "about 10,000", "Two", "At least 10,000"} <= marked


def test_what_is_older_than_the_day_is_marked(house: House) -> None:
    house.publish(DAY, made.busy())
    older = {
        found.text_content().split(" ·")[0].split(".")[-1].strip()
        for found in house.page().find_class("evidence")
        if "older than this day" in found.text_content()
    }
    assert older == {"Tarnford Post"}


def test_rival_figures_stand_side_by_side_and_are_never_added_up(house: House) -> None:
    house.publish(DAY, made.busy())
    words = house.text("figures")
    assert "North Korea: in or to Russia" in words
    for figure in ("11,000 to 12,000", "at least 10,000", "about 10,000", "up to 15,000"):
        assert figure in words
    assert "2 mentions, 2 articles, 2 independent sources" in words
    for invented in ("11,500", "10,500", "33,000", "31,000"):
        assert invented not in words
    table = house.page().xpath("//section[@aria-labelledby='figures']//table")[0]
    parts = [part.text_content() for part in table.find_class("part")]
    assert parts == ["In place", "Planned or considered", "Denied", "Hypothetical"]


@pytest.mark.parametrize("status", ["alleged", "denied", "refused", "hypothetical", "negated"])
@pytest.mark.parametrize("phase", ["present", "under_way", "withdrawn", "planned"])
def test_what_is_not_asserted_never_stands_among_what_is(house: House, status: str, phase: str) -> None:
    row = deployment(made.WIRE, WIRE_SENTENCE, count="400", bounds=(400, 400), status=status, phase=phase)
    house.publish(DAY, of([made.WIRE], [row], [], [covered("narae_wire")], [check("columns")]))
    assert "Zero. No deployment is asserted" in house.text("deployments")
    assert "400" in subsection(house, f"deployments_{status}")
    assert "In place" not in house.text("figures")


@pytest.mark.parametrize(
    ("tense", "phase", "shelf"),
    [
        ("current", "present", "in_place"),
        ("recent", "rotated", "in_place"),
        ("recent", "under_way", "moving"),
        ("current", "ordered", "moving"),
        ("recent", "withdrawn", "leaving"),
        ("current", "withdrawing", "leaving"),
        ("current", "considered", "planned"),
        ("future", "present", "planned"),
        ("future", "withdrawal_planned", "planned"),
        ("historical", "present", "past"),
        ("historical", "planned", "past"),
    ],
)
def test_the_shelf_of_an_asserted_row(house: House, tense: str, phase: str, shelf: str) -> None:
    row = deployment(made.WIRE, WIRE_SENTENCE, tense_class=tense, phase=phase)
    house.publish(DAY, of([made.WIRE], [row], [], [covered("narae_wire")], [check("columns")]))
    assert WIRE_SENTENCE in subsection(house, shelf)
    assert len(house.page().xpath("//section[@aria-labelledby='deployments']//h3")) == 1


@pytest.mark.parametrize("table", ["deployments", "demands"])
def test_every_row_stands_on_exactly_one_shelf(table: str) -> None:
    all_of_it = [s for s in (*shelves.DEPLOYMENTS, *shelves.DEMANDS, *shelves.DISPUTED) if s.table == table]
    counts = " + ".join(f"({shelf.condition})::INT" for shelf in all_of_it)
    values = {c: LAKE["deployments"][c].values for c in ("status", "tense_class", "phase")}
    with duckdb.connect() as connection:
        for name, words in values.items():
            connection.execute(f"CREATE TABLE {name}s AS SELECT unnest(?) AS {name}", [list(words)])
        found = connection.execute(f"SELECT DISTINCT {counts} FROM statuss, tense_classs, phases").fetchall()
    assert found == [(1,)]


def test_a_day_of_no_data_never_says_zero(house: House) -> None:
    house.publish(DAY, made.no_data())
    words = " ".join(house.page().body.text_content().split())
    assert "No data for this day." in words
    assert words.count("No data. Nothing that may be shown was captured for this day") == 7
    assert "Zero" not in words
    assert "no capture of this day in the corpus" in words
    assert [tile.text_content() for tile in house.page().xpath("//dd[@class='none']")] == ["no data"] * 4


def test_a_day_that_was_never_run_is_no_data(house: House) -> None:
    house.publish(date(2024, 11, 9), made.busy())
    words = " ".join(house.page(date(2024, 11, 9)).body.text_content().split())
    assert "No data for this day. No source was run." in words
    assert "Not judged." in words


def test_a_quiet_day_says_zero_and_not_no_data(house: House) -> None:
    house.publish(DAY, made.quiet())
    words = " ".join(house.page().body.text_content().split())
    assert words.count("Zero. ") == 7
    assert "Zero. No deployment is asserted in the 7 documents first captured on this day." in words
    assert "no data" not in words.casefold()


def test_a_closed_gate_is_said(house: House) -> None:
    house.publish(DAY, {**made.quiet(), "quality_checks": [check("volume_floor", passed=False)]})
    assert "The gate is closed. 0 of 1 check passed: 1 critical" in house.text("gate")


def test_the_same_day_gives_the_same_bytes_whatever_else_is_published(house: House) -> None:
    house.publish(DAY, made.busy())
    before = house.report().read_bytes()
    other = at(date(2024, 10, 1), made.large(30))
    together = {name: [*rows, *other.get(name, [])] for name, rows in made.busy().items()}
    house.publish(DAY, {name: list(reversed(rows)) for name, rows in together.items()}, serial=2)
    assert house.report().read_bytes() == before


def test_a_large_day_stays_small_and_says_how_to_get_the_rest(house: House) -> None:
    counts = house.publish(DAY, made.large())
    assert counts["report_bytes"] <= report.LARGEST
    shown = len(house.page().xpath("//section[@aria-labelledby='deployments']//tbody/tr"))
    words = house.text("deployments")
    assert f"{3000 - shown:,} rows more are in the DuckDB file." in words
    queries = [code.text_content() for code in house.page().xpath("//pre/code")]
    with duckdb.connect(str(house.published / "troopwatch.duckdb"), read_only=True) as connection:
        assert [len(connection.execute(query).fetchall()) for query in queries] == [3000, 3000]
    assert "figures more are in the DuckDB file." in house.text("figures")


def test_a_page_of_monstrous_texts_is_cut_down_until_it_fits(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "LARGEST", 120_000)
    counts = house.publish(DAY, made.large(400))
    assert counts["report_bytes"] <= 120_000
    assert "rows more are in the DuckDB file." in house.text("deployments")
