"""What a person does in Airflow's pages, step by step; each step leaves a screenshot."""

import time
from itertools import count
from typing import Any

from conftest import SCREENSHOTS, Station
from playwright.sync_api import expect

from station.airflow_api import Api

DAG = "troopwatch_daily"


class Walk:
    """A person with a browser, at first in front of the login."""

    def __init__(self, page: Any, station: Station) -> None:
        self.page, self.station = page, station
        self.steps = count(1)
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    def keep(self, name: str) -> None:
        """A screenshot, as soon as all that is shown is there."""
        expect(self.page.locator(".chakra-skeleton")).to_have_count(0)
        self.page.screenshot(path=SCREENSHOTS / f"{next(self.steps):02}_{name}.png")

    def log_in(self, user: str) -> None:
        self.page.goto(self.station.address)
        self.page.get_by_label("Username").fill(user)
        self.page.get_by_label("Password").fill(self.station.kept("passwords.json")[user])
        self.keep("login")
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_text("Pool Slots").wait_for()
        self.keep("home")

    def open_dag(self) -> None:
        self.page.get_by_role("link", name="Dags", exact=True).click()
        self.page.get_by_role("link", name=DAG, exact=True).first.click()
        self.page.get_by_role("link", name="Backfills").wait_for()
        self.keep("dag")

    def backfill(self, first: str, last: str, runs: int) -> None:
        """Days as YYYY/MM/DD, four of them at a time."""
        self.page.get_by_test_id("trigger-dag-button").click()
        dialog = self.page.get_by_role("dialog", name="Run Backfill").or_(self.page.get_by_role("dialog")).first
        dialog.get_by_text("Backfill", exact=True).click()
        for day in (first, last):
            dialog.get_by_text("Select date and time").first.click()
            self.page.get_by_placeholder("YYYY/MM/DD").last.fill(day)
            self.page.get_by_placeholder("HH:mm").last.fill("00:00")
            self.page.get_by_placeholder("HH:mm").last.press("Enter")
        dialog.get_by_role("spinbutton").first.fill("4")
        dialog.get_by_text(f"{runs} runs will be triggered").wait_for()
        self.page.get_by_placeholder("YYYY/MM/DD").last.wait_for(state="hidden")
        self.keep("backfill")
        dialog.get_by_role("button", name="Run Backfill").click()
        self.page.get_by_text("Backfill in progress").wait_for()
        self.keep("backfill_begun")

    def wait_for(self, runs: int, seconds: float) -> dict[str, str]:
        """The state of each backfilled day, as soon as all have ended."""
        api = Api(self.station.kept("running.json")["port"])
        api = api.logged_in("admin", self.station.kept("passwords.json")["admin"])
        last_call = time.monotonic() + seconds
        while True:
            found = api.ask("GET", f"/api/v2/dags/{DAG}/dagRuns?limit=100&run_type=backfill")["dag_runs"]
            states = {run["logical_date"][:10]: run["state"] for run in found}
            is_done = len(states) == runs and not {"queued", "running"} & set(states.values())
            if is_done or time.monotonic() > last_call:
                break
            time.sleep(1)
        self.page.reload()
        self.page.get_by_test_id("trigger-dag-button").wait_for()
        self.keep("backfill_done")
        return states
