"""Airflow's own UI in a real browser: the pages are found, read and followed, and no script of a page ever runs."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from plugin_house import DAG, RUNS, served, token

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium here (Debian: apt-get install chromium)"),
    pytest.mark.filterwarnings("default"),  # Airflow and FastAPI warn of their own deprecations at import
]
RUN = next(iter(RUNS))
ATTACK = """<!doctype html><title>still</title><p>Quoted: the words of a hostile page.</p>
<script>document.title = 'pwned'; top.document.title = 'pwned'</script>
<img src="https://evil.example/a.png" onerror="document.title = 'pwned'">
<iframe src="https://evil.example/frame"></iframe><svg onload="document.title = 'pwned'"></svg>
<link rel="stylesheet" href="https://evil.example/a.css">{refresh}
<form action="https://evil.example/"><input name="q"><button id="send">send</button></form>
<a id="js" href="javascript:document.title='pwned'">follow</a>
<a id="home" href="../../index.html">home</a>"""
REFRESH = '<meta http-equiv="refresh" content="0;url=https://evil.example/">'


class Visit:
    """A browser whose requests to anybody but Airflow go nowhere, and are written down."""

    def __init__(self, context: Any, address: str) -> None:
        self.address, self.page = address, context.new_page()
        self.page.set_default_timeout(90_000)  # a machine that is busy with other tests is slow
        self.strangers: list[str] = []
        context.route(lambda url: not url.startswith(address), self._refuse)

    def _refuse(self, route: Any) -> None:
        self.strangers.append(route.request.url)
        route.abort()

    def go(self, path: str) -> Any:
        return self.page.goto(f"{self.address}{path}", wait_until="load")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def address(airflow_app: Any) -> Iterator[str]:
    with served(airflow_app) as found:
        yield found


@pytest.fixture
def visit(browser: Any, address: str, published: Path) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "_token", "value": token("viewer"), "url": address, "sameSite": "Lax"}])
    yield Visit(context, address)
    context.close()


def test_a_hostile_page_is_read_and_runs_nothing(visit: Visit, published: Path) -> None:
    (published / "reports" / "2024-11-01" / "index.html").write_text(ATTACK.format(refresh=REFRESH))
    visit.go("/troopwatch/reports/2024-11-01/index.html")
    page = visit.page
    assert page.get_by_text("the words of a hostile page").is_visible()
    page.locator("#js").click()
    page.locator("#send").click()
    page.wait_for_timeout(500)
    assert (page.title(), page.url) == ("still", f"{visit.address}/troopwatch/reports/2024-11-01/index.html")
    assert visit.strangers == []


def test_without_the_policy_the_browser_would_run_it(visit: Visit, published: Path) -> None:
    """What keeps the attack from running is the policy and not this browser."""
    attack = ATTACK.format(refresh="")  # it would lead away from the page before anybody can look at its title
    visit.page.route("**/open.html", lambda route: route.fulfill(body=attack, content_type="text/html"))
    visit.page.goto(f"{visit.address}/open.html", wait_until="commit")
    visit.page.wait_for_function("document.title === 'pwned'")
    assert any("evil.example" in url for url in visit.strangers)


def test_the_pages_are_read_and_followed(visit: Visit) -> None:
    for path, heading in {
        "/": "Nothing is published yet",
        "/coverage": "Coverage",
        "/sources": "Health of the sources",
        "/stale": "What is stale",
        "/days/2024-11-01": "1 November 2024",
        "/no": "Not found",
    }.items():
        visit.go(f"/troopwatch{path}")
        assert visit.page.get_by_role("heading", level=1).inner_text() == heading
    visit.page.get_by_role("link", name="Sources").click()
    assert visit.page.url == f"{visit.address}/troopwatch/sources"
    assert visit.strangers == []


def test_a_run_shows_its_day_in_a_frame_whose_links_keep_the_login(visit: Visit) -> None:
    visit.go(f"/dags/{DAG}/runs/{RUN}/plugin/troopwatch-day")
    frame = visit.page.frame_locator("iframe")
    frame.get_by_role("heading", name="1 November 2024").wait_for()
    frame.get_by_role("link", name="Read the report").click()
    frame.get_by_role("heading", name="report", exact=True).wait_for()


def test_a_hostile_report_in_the_frame_of_a_run_runs_nothing(visit: Visit, published: Path) -> None:
    (published / "reports" / "2024-11-01" / "index.html").write_text(ATTACK.format(refresh=REFRESH))
    visit.go(f"/dags/{DAG}/runs/{RUN}/plugin/troopwatch-day")
    frame = visit.page.frame_locator("iframe")
    frame.get_by_role("link", name="Read the report").click()
    frame.get_by_text("the words of a hostile page").wait_for()
    frame.locator("#js").click()
    frame.locator("#home").click()
    frame.get_by_role("heading", name="standing").wait_for()
    assert visit.page.title() != "pwned"
    assert not [url for url in visit.strangers if "evil.example" in url]


def test_the_navigation_leads_to_the_pages(visit: Visit) -> None:
    visit.go("/")
    visit.page.get_by_test_id("nav-sidebar").get_by_text("Troopwat").click()
    frame = visit.page.frame_locator("iframe")
    frame.get_by_role("heading", name="Nothing is published yet").wait_for()
    frame.get_by_role("link", name="Coverage").click()
    frame.get_by_role("heading", name="Coverage").wait_for()


def test_the_publish_task_leads_to_its_report(visit: Visit, published: Path) -> None:
    report = published / "reports" / "2024-11-01" / "index.html"
    report.write_text('<h1>report</h1><a href="https://outlet.example/" target="_blank" rel="noopener">quoted</a>')
    visit.go(f"/dags/{DAG}/runs/{RUN}/tasks/publish/details")
    assert visit.page.get_by_role("link", name="Checks of the day").count() == 0
    visit.page.get_by_role("link", name="Report of the day").click()
    visit.page.get_by_role("heading", name="report", exact=True).wait_for()
    visit.page.get_by_role("link", name="quoted").click()
    visit.page.wait_for_timeout(500)
    assert "https://outlet.example/" in visit.strangers, "a link to an outlet can be followed"


def test_who_is_not_logged_in_sees_nothing(browser: Any, address: str, published: Path) -> None:
    context = browser.new_context()
    response = Visit(context, address).go("/troopwatch/index.html")
    assert response.status == 401 and "standing" not in response.text()
    context.close()
