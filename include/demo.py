"""`make demo`: the DAG troopwatch_daily, run by Airflow over eight days of the demo newsroom, and what was found.

All that it makes lies in data-demo/: Airflow's home with its SQLite database, the lake, and what is published.
"""

import json
import logging
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

import newsroom
from station import environment
from troopwatch import days
from troopwatch.settings import ROOT

HOME = ROOT / "data-demo"
LOG = HOME / "airflow.log"
DAYS = [date(2024, 10, n) for n in (17, 18, 21, 23, 28, 31)] + [date(2024, 11, n) for n in (1, 4)]
AFTER_MIDNIGHT = timedelta(minutes=30)
"""When a scheduled run would start, and so the time of its captures."""
AIRFLOW = environment.of_project() | {"AIRFLOW_HOME": str(HOME / "airflow")}
QUERY = """SELECT claim_date, claimed_by, count_text, count(*) AS mentions FROM troop_claims
WHERE status = 'asserted' AND phase = 'present' GROUP BY ALL ORDER BY claim_date DESC, count_text, claimed_by LIMIT 8"""
TOTALS = """
SELECT
    (SELECT count(*) FROM articles),
    (SELECT count(*) FROM deployments),
    (SELECT count(*) FROM demands),
    (SELECT count(*) FROM quality_checks WHERE passed),
    (SELECT count(*) FROM quality_checks WHERE NOT passed AND severity = 'warning')
"""


class Clock:
    """The time that the newsroom and the scraper go by."""

    def __init__(self) -> None:
        self.now = days.start(DAYS[0])

    def __call__(self) -> datetime:
        return self.now

    def set(self, now: datetime) -> None:
        self.now = now
        os.environ["TROOPWATCH_NOW"] = now.isoformat()


def main() -> None:
    """Run the demo; exits with 1 where a day's run did not succeed."""
    console, clock = Console(highlight=False, soft_wrap=True), Clock()
    HOME.mkdir(exist_ok=True)
    with newsroom.serve(clock) as served:
        _set_environment(served.connect_to)
        console.print(f"The demo newsroom serves {len(served.hosts)} outlets on 127.0.0.1:{served.port}.")
        states = _run_all(clock, console)
    _tell(console)
    if failed := [str(day) for day, state in states.items() if state != "success"]:
        console.print(f"Not every run succeeded: {', '.join(failed)}. See {LOG}.", style="red")
        sys.exit(1)


def _set_environment(connect_to: str) -> None:
    os.environ |= AIRFLOW | {
        "TROOPWATCH_DATA": str(HOME),
        "TROOPWATCH_CONNECT_TO": connect_to,
        "TROOPWATCH_GROUPS": "demo",
    }


def _run_all(clock: Clock, console: Console) -> dict[date, str]:
    """The final state of each day's DAG run. What Airflow prints goes to the log."""
    states = {}
    with LOG.open("w", encoding="utf-8") as log:
        with console.status("Airflow makes its database and reads the DAG"):
            dag = _quietly(log, _dag)
        for day in DAYS:
            clock.set(days.end(day) + AFTER_MIDNIGHT)
            with console.status(f"Airflow runs troopwatch_daily for {day}"):
                states[day] = str(_quietly(log, dag.test, logical_date=days.start(day)).state)
            console.print(f"  {day}  {states[day]}")
    return states


def _quietly(log: Any, function: Any, **arguments: Any) -> Any:
    """Call a function with all that it prints and logs in the log file."""
    with redirect_stdout(log), redirect_stderr(log):
        logging.basicConfig(stream=log, force=True)
        return function(**arguments)


def _dag() -> Any:
    """The DAG, from Airflow's own reading of the folder. Imported here: Airflow reads its settings at import."""
    from airflow.dag_processing.dagbag import DagBag
    from airflow.utils.db import initdb

    from operations.steps import alone

    initdb()  # also where a database is there: one that was left half-made is completed
    return alone(DagBag(str(ROOT / "dags")).dags["troopwatch_daily"])


def _tell(console: Console) -> None:
    """What was found, where it lies, and a query to try."""
    published = HOME / "published"
    with duckdb.connect(str(published / "troopwatch.duckdb"), read_only=True) as connection:
        found = connection.execute(TOTALS).fetchone() or ()
        claims = connection.execute(QUERY).fetchall()
    names = ("articles", "deployments mentioned", "demands mentioned", "checks passed", "warnings")
    console.print("\n" + ", ".join(f"{count} {name}" for name, count in zip(names, found, strict=True)))
    _tell_gate(console, json.loads((published / "status.json").read_text(encoding="utf-8")))
    console.print(f"Report      {published / 'index.html'}\nDuckDB file {published / 'troopwatch.duckdb'}\n")
    connected = f"duckdb.connect('{published / 'troopwatch.duckdb'}', read_only=True)"
    console.print(f"Try: .venv/bin/python -c \"import duckdb; {connected}.sql('''", markup=False)
    console.print(f"{QUERY}''').show()\"", markup=False)
    table = Table("date", "who says so", "figure", "mentions")
    for claim in claims:
        table.add_row(*(str(value) for value in claim))
    console.print(table)


def _tell_gate(console: Console, status: dict[str, Any]) -> None:
    if status["stale_since"]:
        console.print(f"Gate: CLOSED since {status['stale_since']}: {status['reason']}; {status['latest']} stays up")
    else:
        console.print(f"Gate: open; the newest edition is that of {status['latest']}")


if __name__ == "__main__":
    main()
