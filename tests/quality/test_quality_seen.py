"""The quality page of a closed day in a browser, with rows held back and a waiver on it, at three widths."""

import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright
from quality_days import Weeks, nth, usual
from quality_rows import Newsday

from troopwatch.publish import quality_page
from troopwatch.quality import GateClosedError, judge_history
from troopwatch.tables import LAKE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here (Debian: apt-get install chromium)")
LONG = "a word and " * 60 + "x" * 400


@pytest.fixture
def closed(newsday: Newsday, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page of a day on which a source fell silent."""
    monkeypatch.setattr("os.fsync", lambda _: None)
    weeks = Weeks(newsday.settings)
    weeks.fill(range(14))
    for number in range(14):
        judge_history(nth(number), weeks.settings)
    weeks.write(14, usual(14) | {name: [] for name in ("documents", "deployments", "demands", "readings")})
    with pytest.raises(GateClosedError):
        judge_history(nth(14), weeks.settings)
    row = {"day": nth(14), "source": "wire", "table_name": "deployments", "record_id": "1", "doc_id": "doc-1"}
    weeks.lake.replace(LAKE["held"], nth(14), [row | {"rule": "deployments.quote", "detail": LONG, "row": LONG}])
    waiver = {"day": nth(14), "gate": "history", "check_id": "history.x", "name": "x", "pattern": "history.*"}
    said = {"source": None, "since": nth(14), "until": nth(15), "who": "an editor", "why": LONG}
    weeks.lake.replace(LAKE["waivers"], nth(14), [waiver | said], part="history")
    path = tmp_path / "quality.html"
    path.write_bytes(quality_page.render(nth(14), weeks.settings))
    return path


def look(page: Page, path: Path) -> None:
    page.on("console", lambda message: pytest.fail(message.text))
    page.on("request", lambda request: None if request.url.startswith("file:") else pytest.fail(request.url))
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert [(v["id"], v["nodes"][0]["html"]) for v in found.response["violations"]] == [], width


def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(closed: Path) -> None:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            context = chromium.new_context(color_scheme=scheme)  # type: ignore[arg-type] - a word
            look(context.new_page(), closed)
            context.close()
        chromium.close()
