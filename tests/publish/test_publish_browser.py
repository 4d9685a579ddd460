"""Hostile pages in a real browser: nothing of them runs, and nothing is asked of any network."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import publish_days
import publish_hostile
import pytest
from lxml import html as lxml_html
from publish_house import House
from publish_samples import DAY

from troopwatch import publish
from troopwatch.settings import TEMPLATES

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here (Debian: apt-get install chromium)")
ALONE = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--virtual-time-budget=4000",
)
OPEN_CHECK = "<img src='https://evil.example/open.png'><script>document.title='pwned'</script>"


class Browser:
    """Chromium, with everything that it asks of a network written down in place of being fetched."""

    def __init__(self, profile: Path, port: int, asked: list[str]) -> None:
        self.profile, self.port, self.asked = profile, port, asked

    def look(self, page: Path) -> lxml_html.HtmlElement:
        """The page as it stands after all that would run has run."""
        proxy = (f"--proxy-server=http://127.0.0.1:{self.port}", "--proxy-bypass-list=<-loopback>")
        command = [str(CHROMIUM), *ALONE, *proxy, f"--user-data-dir={self.profile}", "--dump-dom", page.as_uri()]
        done = subprocess.run(command, capture_output=True, check=True, timeout=90)
        return lxml_html.document_fromstring(done.stdout)

    def asked_for(self, word: str) -> list[str]:
        return [line for line in self.asked if word in line]


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    asked: list[str] = []

    class Proxy(BaseHTTPRequestHandler):
        def refuse(self) -> None:
            asked.append(self.requestline)
            self.send_error(502)

        do_GET = do_CONNECT = do_POST = do_HEAD = refuse  # noqa: N815 the names that http.server calls

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Browser(tmp_path / "profile", server.server_port, asked)
        server.shutdown()


def assert_clean(browser: Browser, page: lxml_html.HtmlElement) -> None:
    assert page.find(".//title").text.startswith("Troopwatch")
    own = (TEMPLATES / "search.js").read_text("utf-8").strip()
    assert not [script for script in page.iter("script") if (script.text or "").strip() != own]
    assert not page.xpath("//img | //iframe | //object | //base | //link | //*[local-name()='image']")
    assert not page.xpath("//@*[starts-with(name(), 'on')] | //@style | //@src")
    assert all(meta.get("http-equiv") in {None, "Content-Security-Policy"} for meta in page.iterfind(".//meta"))
    assert not [
        href for href in page.xpath("//a/@href") if ":" in href and not href.startswith(("http://", "https://"))
    ]
    assert not browser.asked_for(".example")


def test_the_browser_of_this_test_would_run_and_ask(browser: Browser, tmp_path: Path) -> None:
    open_page = tmp_path / "open.html"
    open_page.write_text(f"<title>still</title>{OPEN_CHECK}")
    assert browser.look(open_page).find(".//title").text == "pwned"
    assert browser.asked_for("evil.example")


def test_a_report_of_hostile_rows(house: House, browser: Browser) -> None:
    house.publish(DAY, publish_hostile.hostile())
    page = browser.look(house.report())
    assert_clean(browser, page)
    words = page.body.text_content()
    for shown in (
        publish_hostile.SCRIPT,
        "<svg onload=",
        "<iframe src='https://evil.example/frame'>",
        "{{ 7 * 7 }}",
        "=HYPERLINK(",
    ):
        assert shown in words
    assert "javascript:document.title" in words


def test_the_landing_page_and_the_banner_with_a_hostile_reason(house: House, browser: Browser) -> None:
    house.publish(DAY, publish_days.busy())
    house.judged(date(2024, 11, 5), closed=" ".join(publish_hostile.ATTACKS))
    publish.refresh_standing(house.settings)
    for path in (house.published / "index.html", house.report()):
        page = browser.look(path)
        assert_clean(browser, page)
        assert publish_hostile.SCRIPT in page.body.text_content()


def test_even_a_hole_would_run_nothing(house: House, browser: Browser) -> None:
    house.publish(DAY, publish_days.busy())
    text = house.report().read_text(encoding="utf-8")
    hole = f'{OPEN_CHECK}<style>body {{ background: url(https://evil.example/a.png) }}</style><main id="content">'
    assert '<main id="content">' in text
    house.report().write_text(text.replace('<main id="content">', hole), encoding="utf-8")
    assert browser.look(house.report()).find(".//title").text.startswith("Troopwatch report of")
    assert not browser.asked_for("evil.example")
