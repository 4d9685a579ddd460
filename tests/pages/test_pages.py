"""The pages say what the lake says, with its damage, and let no text of it through as markup."""

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from lxml import html as lxml_html
from pages_lake import FIRST, HOSTILE, LAST, SCRIPT, Month, full

from troopwatch import days, pages
from troopwatch.pages import captured, gates
from troopwatch.pages.stale import find
from troopwatch.publish import standing
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

TODAY = date(2024, 11, 5)
DAY = date(2024, 11, 1)


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    return full(tmp_path_factory.mktemp("month"))


def every_page(settings: Settings) -> dict[str, str]:
    return {
        "overview": pages.overview.render(settings),
        "calendar": pages.calendar.render(settings, pages.calendar.newest(settings)),
        "day": pages.day.render(settings, FIRST + 12 * days.ONE),
        "sources": pages.sources.render(settings, TODAY),
        "stale": pages.stale.render(settings, TODAY),
    }


def words(page: str) -> str:
    return " ".join(lxml_html.document_fromstring(page).body.text_content().split())


def row_of(page: str, name: str) -> list[str]:
    """The cells of the first row of a page whose head holds a name."""
    rows = lxml_html.document_fromstring(page).xpath("//tr[th]")
    row = next(row for row in rows if name in row.find("th").text_content())
    return [" ".join(cell.text_content().split()) for cell in row.findall("td")]


def test_no_word_of_the_lake_becomes_markup(month: Month) -> None:
    found = every_page(month.settings)
    for name, page in found.items():
        tree = lxml_html.document_fromstring(page)
        assert not tree.xpath("//script | //img | //iframe | //form | //link | //@*[starts-with(name(), 'on')]"), name
        assert not tree.xpath("//@href[starts-with(., 'http') or starts-with(., '//') or contains(., ':')]"), name
    for name in ("day", "sources", "calendar"):
        assert SCRIPT in words(found[name]), name
    assert "[U+202E]{{ 7 * 7 }}" in words(found["day"])


def test_the_same_lake_gives_the_same_bytes(month: Month) -> None:
    assert every_page(month.settings) == every_page(month.settings)


def test_every_page_stands_on_an_empty_data_folder(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    assert "No day has been run yet" in words(every_page(settings)["overview"])
    assert "Not run." in words(pages.day.render(settings, DAY))
    assert "Nothing." in words(pages.stale.render(settings, TODAY))


def test_the_overview_leads_to_the_newest_report_and_to_every_day(month: Month) -> None:
    page = pages.overview.render(month.settings)
    links = set(lxml_html.document_fromstring(page).xpath("//a/@href"))
    assert {"reports/2024-10-31/index.html", "days/2024-11-04", "coverage/2024-10", "coverage/2024-11"} <= links
    assert row_of(page, "2024-11-02") == ["closed documents gate closed: check_0", "none"]
    assert row_of(page, "2024-10-31") == ["open", "report"]


def test_the_overview_names_the_edition_that_is_up_and_not_the_candidate_it_was(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    settings.published.mkdir()
    for edition, said in ((7, "has a closed gate. Edition 7 is up."), (None, "has a closed gate. Read")):
        standing.write(settings.published, standing.Standing(23, DAY, None, None, edition=edition))
        assert said in words(pages.overview.render(settings))


def test_the_calendar_tells_how_every_capture_came_about(month: Month) -> None:
    page = pages.calendar.render(month.settings, FIRST)

    def letters(name: str) -> str:
        return "".join(cell[0] for cell in row_of(page, name))

    assert letters("Narae News Agency") == "·······CCCCCCCC·CCCCCCCC·CCCCCC"
    assert letters("The Harbour Courier") == "·······LLLLLLLL·LLLLLLLL·LLLCCC"
    assert letters("Old Papers") == "·······RRRRRRRR·RRRRRRRR·RRRRRR"
    assert letters("The Kalda Brief") == "·······CFFFCFFF·FFFCFFFC·FFCFFF"
    assert letters("hostile_herald") == "·······––––––––·––––––––·––––––"


def test_a_damaged_row_of_the_ledger_stands_as_such(tmp_path: Path) -> None:
    month = Month(tmp_path)
    month.run(DAY, "narae_wire")
    month.run(DAY, "kalda_brief")
    month.lake.path(LAKE["ledger"], DAY, "kalda_brief").write_bytes(b"no parquet")
    kinds = {name: captured.kind(row, {}) for name, row in captured.ledger(month.lake, DAY).items()}
    assert kinds == {"narae_wire": "captured", "kalda_brief": "damaged"}
    page = words(pages.day.render(month.settings, DAY))
    assert "its record is damaged" in page and str(tmp_path) not in page


def test_a_day_shows_every_check_with_what_it_saw(month: Month) -> None:
    page = words(pages.day.render(month.settings, FIRST + 12 * days.ONE))
    assert "Closed." in page and "documents gate closed: check_0" in page
    assert "every document has a text that is its own" in page and "3 of 40" in page
    assert "seen: 61" in page, "warnings too"
    assert "3 checks that passed" in page and "every row has a key" in page


def test_a_day_that_is_not_judged_says_so(month: Month) -> None:
    page = words(pages.day.render(month.settings, LAST))
    assert "Not judged to the end." in page and "not judged by the mentions gate" in page


def test_what_is_stale_is_told_apart(month: Month) -> None:
    found = find(month.settings)
    assert [line.day for line in found.closed] == [FIRST + n * days.ONE for n in (25, 12)]
    assert [line.day for line in found.pending] == [LAST]
    assert [line.day for line in found.newer] == [FIRST + 22 * days.ONE]
    assert [line.day for line in found.unpublished] == [FIRST + 24 * days.ONE]
    page = words(pages.stale.render(month.settings, TODAY + 3 * days.ONE))
    assert "2 closed days, 1 day run again since it was published, 2 days not published" in page
    assert "No day has been run since 4 November 2024, 3 days ago." in page
    assert "The Kalda Brief captured on" in page


def test_a_day_that_is_not_as_it_was_judged_is_not_published_as_it_is(tmp_path: Path) -> None:
    month = Month(tmp_path)
    for day in (DAY, DAY + days.ONE):
        month.run(day, "narae_wire")
    older = month.lake.replace(LAKE["documents"], DAY, [])
    pq.write_table(LAKE["documents"].schema.empty_table().drop_columns(["signature"]), older)
    changed = month.lake.replace(LAKE["documents"], DAY + days.ONE, [])
    early = days.start(DAY)
    for day in (DAY, DAY + days.ONE):
        month.judge(day)
        month.publish(day, days.end(TODAY))
    changed.write_bytes(changed.read_bytes() + b"more")
    for day in (DAY, DAY + days.ONE):
        month.stamp(day, early)
    found = find(month.settings)
    assert [line.day for line in found.closed] == [DAY + days.ONE, DAY]
    assert "changed since it was judged" in found.closed[0].reason
    assert "judged under another schema" in found.closed[1].reason
    assert "Every day that was run is published as it is" not in words(pages.stale.render(month.settings, TODAY))


def test_the_health_page_puts_first_who_needs_somebody(month: Month) -> None:
    page = pages.sources.render(month.settings, TODAY)
    heads = [" ".join(th.text_content().split()) for th in lxml_html.document_fromstring(page).xpath("//tbody//th")]
    assert heads[0].startswith("The Kalda Briefkalda_brief captured on 6 of 25 days asked")
    assert heads[1].startswith(SCRIPT) and " no data" in heads[1], "who was never captured is not well"
    assert HOSTILE.replace("\u202e", "[U+202E]") in heads[1]
    assert all(head.endswith("well") for head in heads[2:])


def test_only_days_that_are_over_count_for_health(tmp_path: Path) -> None:
    month = Month(tmp_path)
    month.run(DAY, "narae_wire")
    assert pages.sources.newest(month.settings, DAY) is None
    assert pages.sources.newest(month.settings, DAY + days.ONE) == DAY


def test_a_refused_edition_closes_the_day_that_made_it(tmp_path: Path) -> None:
    month = Month(tmp_path)
    month.run(DAY, "narae_wire")
    month.judge(DAY)
    assert gates.said(month.lake, DAY).state == "open"
    refusal = {"day": DAY, "gate": "edition", "is_open": False, "closed_by": "sums", "judged": []}
    month.lake.replace(LAKE["verdicts"], DAY, [refusal], part="edition")
    assert gates.said(month.lake, DAY) == gates.DayGate(DAY, "closed", "edition gate closed: sums")
    assert "Gate: edition" in words(pages.day.render(month.settings, DAY))


def test_a_damaged_verdict_closes_its_day(tmp_path: Path) -> None:
    month = Month(tmp_path)
    month.run(DAY, "narae_wire")
    month.judge(DAY)
    month.lake.path(LAKE["verdicts"], DAY, "mentions").write_bytes(b"no parquet")
    assert gates.said(month.lake, DAY).state == "closed"
    assert "verdict is damaged" in words(pages.day.render(month.settings, DAY))


def test_nothing_that_a_page_reads_is_written(month: Month) -> None:
    def state() -> list[tuple[str, int]]:
        files = sorted(path for path in month.settings.data.rglob("*") if ".cache" not in path.parts)
        return [(str(path), path.stat().st_mtime_ns) for path in files]

    before = state()
    every_page(month.settings)
    assert state() == before
