"""What a person does in Airflow's pages, step by step; each step leaves a screenshot."""

from itertools import count
from typing import Any

from backfills import DAG, Backfills
from playwright.sync_api import expect

from conftest import SCREENSHOTS, Station


class Walk:
    """A person with a browser, at first in front of the login."""

    def __init__(self, page: Any, station: Station) -> None:
        self.page, self.station = page, station
        self.steps = count(1)
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    def keep(self, name: str) -> None:
        """A screenshot, as soon as all that is shown is there."""
        expect(self.page.locator(".chakra-skeleton")).to_have_count(0, timeout=90_000)
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

    def backfill(self, first: str, last: str, runs: int, *boxes: str, stage: str | None = None) -> None:
        """Days as YYYY/MM/DD, four of them at a time; `boxes` are what is ticked besides.

        With a `stage`, runs begin with it, those that are there with it in place of their own.
        """
        self.page.get_by_test_id("trigger-dag-button").click()
        dialog = self.page.get_by_role("dialog").first
        dialog.get_by_text("Backfill", exact=True).click()
        for day in (first, last):
            dialog.get_by_text("Select date and time").first.click()
            self.page.get_by_placeholder("YYYY/MM/DD").last.fill(day)
            self.page.get_by_placeholder("HH:mm").last.fill("00:00")
            self.page.get_by_placeholder("HH:mm").last.press("Enter")
        dialog.get_by_role("spinbutton").first.fill("4")
        for box in boxes:
            dialog.get_by_text(box, exact=True).click()
        if stage:
            self._begin_with(dialog, stage)
        dialog.get_by_text(f"{runs} run{'s' * (runs > 1)} will be triggered").wait_for()
        self.page.get_by_placeholder("YYYY/MM/DD").last.wait_for(state="hidden")
        self.keep("backfill")
        dialog.get_by_role("button", name="Run Backfill").click()
        self.page.get_by_text("Backfill in progress").wait_for()
        self.keep("backfill_begun")

    def _begin_with(self, dialog: Any, stage: str) -> None:
        """The form's only list of values; Airflow gives it no name."""
        dialog.get_by_text("Override parameters on existing runs").click()
        dialog.locator("input[role=combobox]").click()
        self.page.get_by_role("option", name=f"{stage}: ").click()
        self.keep("parameters")

    def wait_for(self, backfills: Backfills, seconds: float) -> None:
        """Until all runs have ended."""
        backfills.end(seconds)
        self.page.reload()
        self.page.get_by_test_id("trigger-dag-button").wait_for()
        self.keep("backfill_done")
