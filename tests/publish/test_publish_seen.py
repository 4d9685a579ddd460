"""The pages in a browser, as readers meet them: phone, tablet and desk, light and dark, by keyboard, in print."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import publish_days as made
import publish_extremes as extremes
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from publish_house import House
from publish_samples import DAY

from troopwatch import publish, quality
from troopwatch.settings import Settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here (Debian: apt-get install chromium)")
WIDTHS = (360, 768, 1280)
DAYS = {
    "busy": made.busy,
    "quiet": made.quiet,
    "no-data": made.no_data,
    "one-row": extremes.one_row,
    "strange": extremes.strange,
    "mapped": extremes.mapped,
    "weeks": extremes.weeks,
    "many-rows": lambda: made.large(40),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """Reports of days of every kind, one whose gate has closed, and the landing page beside it, by name."""
    folder, found = tmp_path_factory.mktemp("pages"), {}
    with pytest.MonkeyPatch.context() as patch:
        for name, day in DAYS.items():
            house = House(Settings(data=folder / name))
            patch.setattr(quality, "is_open", house.is_open)
            house.publish(DAY, day())
            found[name] = house.report()
        closed = House(Settings(data=folder / "closed"))
        patch.setattr(quality, "is_open", closed.is_open)
        closed.publish(DAY, made.busy())
        for day in (DAY, date(2024, 11, 5)):
            closed.judged(day, closed="documents gate closed: ledger.floor")
        closed.tried(date(2024, 10, 30), "no_data")
        publish.refresh_standing(closed.settings)
        yield found | {"closed": closed.report(), "index": closed.published / "index.html"}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


def opened(chromium: Browser, path: Path, width: int, *, scripts: bool = True) -> Page:
    """The page in a window of this width; whatever it says on the console is an error of the test."""
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme="light", java_script_enabled=scripts
    )
    page = context.new_page()
    page.on("console", lambda message: pytest.fail(message.text))
    page.on("request", lambda request: None if request.url.startswith("file:") else pytest.fail(request.url))
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("name", [*DAYS, "closed", "index"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    pages: dict[str, Path], chromium: Browser, name: str
) -> None:
    page = opened(chromium, pages[name], WIDTHS[0])
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == [], width
    page.emulate_media(color_scheme="dark")  # which changes colours, and nothing that depends on the width
    assert violations(page) == []
    page.context.close()


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe objects to, each with the first place where it does."""
    return [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(page).response["violations"]]


def test_a_mark_of_a_chart_opens_its_quote_by_keyboard(pages: dict[str, Path], chromium: Browser) -> None:
    page = opened(chromium, pages["weeks"], 1280)
    mark = page.get_by_role("link", name="28 October 2024: 8,000, the Pentagon")
    mark.focus()
    page.keyboard.press("Enter")
    quote = page.locator(":target blockquote")
    assert quote.is_visible()
    assert "8,000 North Korean troops" in quote.inner_text()


def test_print_opens_what_is_closed(pages: dict[str, Path], chromium: Browser) -> None:
    page = opened(chromium, pages["weeks"], 1280)
    assert not page.locator("details .evidence blockquote").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator("details .evidence blockquote").first.is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_the_search_finds_a_day_by_all_its_words(pages: dict[str, Path], chromium: Browser) -> None:
    page = opened(chromium, pages["index"], 768)
    box = page.get_by_role("searchbox", name="Find a day by actor, place or headline, or an edition by number")
    for words, days, editions in (
        ("north korea LATVIA", 1, 0),
        ("monday 4 november", 1, 0),
        ("soldiers kursk", 1, 0),
        ("edition 1 2024-11-08", 0, 1),
        ("8 november 2024", 0, 1),
        ("atlantis", 0, 0),
        ("", 3, 1),
    ):
        box.fill(words)
        assert page.locator("[aria-labelledby=days] details.month tbody tr:not([hidden])").count() == days, words
        assert page.locator("[aria-labelledby=editions] tbody tr:not([hidden])").count() == editions, words
    box.fill("latvia")
    assert page.get_by_role("status").inner_text() == "1 day and 0 editions found."
    assert page.locator("details.month:not([hidden])").count() == 1


def test_without_scripts_the_landing_page_is_whole(pages: dict[str, Path], chromium: Browser) -> None:
    page = opened(chromium, pages["index"], 768, scripts=False)
    assert not page.locator("#search").is_visible()
    assert page.locator("[aria-labelledby=days] details.month tbody tr").count() == 3
    assert page.locator("[aria-labelledby=editions] tbody tr").count() == 1
    assert page.locator(".grid a.day").count() == 1
    assert page.get_by_text("no report").first.is_visible()
