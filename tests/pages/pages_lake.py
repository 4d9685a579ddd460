"""A month of a lake, with every way in which a day of a source can end, every state of a gate, and hostile words."""

import json
import os
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from troopwatch import days
from troopwatch.lake import Lake
from troopwatch.quality import verdicts
from troopwatch.quality.suites import GATES
from troopwatch.settings import Settings
from troopwatch.tables import LAKE
from troopwatch.tables.scrape import COUNTS

Row = dict[str, Any]
FIRST, LAST = date(2024, 10, 8), date(2024, 11, 4)
SCRIPT = "<script>document.title='pwned'</script>"
HOSTILE = f'"><img src=x onerror=alert(1)>{SCRIPT}\u202e{{{{ 7 * 7 }}}}'
SPEC = """name: {name}
title: {title}
kind: {kind}
{where}
articles: {{floor: 0, ceiling: 40}}
expects: {{titled: 0.95}}
"""
SOURCES = {
    "narae_wire": ("Narae News Agency", "feed", "url: https://narae.example/rss.xml"),
    "harbour_courier": ("The Harbour Courier", "sitemap", "url: https://harbour.example/sitemap.xml"),
    "old_papers": ("Old Papers, captured elsewhere", "warc", "files: papers/{day}.warc.gz"),
    "kalda_brief": ("The Kalda Brief", "feed", "url: https://kalda.example/rss.xml"),
    "hostile_herald": (SCRIPT, "feed", "url: https://hostile.example/rss.xml"),
}


class Month:
    """The lake and what surrounds it; each day is put in by itself."""

    def __init__(self, root: Path) -> None:
        self.settings = Settings(data=root / "data", sources=root / "sources")
        self.lake = Lake(self.settings.data)
        folder = root / "sources" / "demo"
        folder.mkdir(parents=True)
        for name, (title, kind, where) in SOURCES.items():
            spec = SPEC.format(name=name, title=json.dumps(title), kind=kind, where=where)
            (folder / f"{name}.yaml").write_text(spec, encoding="utf-8")

    def run(self, day: date, source: str, outcome: str = "captured", **more: Any) -> None:
        """The source's row in the ledger of the day."""
        counts = dict.fromkeys((c.name for c in COUNTS), 0) | {"requests": 12, "responses": 11}
        when = days.end(day) + timedelta(hours=more.pop("after", 1))
        times = dict.fromkeys(("first_captured_at", "last_captured_at"), when if outcome == "captured" else None)
        row = {"day": day, "source": source, "outcome": outcome, "reason": None, **counts, **times, **more}
        self.lake.replace(LAKE["ledger"], day, [row], part=source)

    def judge(self, day: date, *failed: Row, gates: Sequence[str] = tuple(GATES)) -> None:
        """Verdicts and checks of the day; `failed` are findings of the documents gate."""
        for gate in gates:
            findings = [*(failed if gate == "documents" else ()), *(finding(90 + n) for n in range(3))]
            judged = verdicts.digests(GATES[gate], day, self.lake)
            verdicts.write(GATES[gate], day, self.lake, findings, judged)

    def publish(self, day: date, when: datetime) -> None:
        """The day's report, and the published file as of this instant."""
        published = self.settings.published
        report = published / "reports" / f"{day}" / "index.html"
        report.parent.mkdir(parents=True)
        report.write_text(f"<title>report</title><h1>Report</h1>{SCRIPT}")
        file = published / "troopwatch.duckdb"
        file.touch()
        os.utime(file, (when.timestamp(), when.timestamp()))

    def stamp(self, day: date, when: datetime) -> None:
        """Let the day's partitions have been written at this instant."""
        for path in self.settings.data.glob(f"*/*/day={day}/*.parquet"):
            os.utime(path, (when.timestamp(), when.timestamp()))


def finding(n: int, severity: str = "critical", meaning: str = "every row has a key", seen: str | None = None) -> Row:
    """A row of `checks` without day and gate; it failed where something was `seen`."""
    sizes = {"rows_checked": 40, "rows_failed": 3 if seen else 0}
    said = {"table_name": "documents", "check_id": f"check_{n}", "meaning": meaning, "severity": severity}
    return said | sizes | {"passed": seen is None, "observed": seen, "examples": None}


def full(root: Path) -> Month:
    """Four weeks: open, closed, warned, pending and unpublished days, and sources of every kind."""
    month = Month(root)
    early = datetime.fromisoformat("2024-11-05T01:00:00+00:00")
    for n, day in enumerate(days.between(FIRST, LAST)):
        if n % 9 == 8:
            continue  # a day that was never run
        month.run(day, "narae_wire")
        month.run(day, "harbour_courier", after=1 if n > 20 else 500)
        month.run(day, "old_papers", copied=1)
        month.run(
            day, "kalda_brief", "captured" if n % 4 == 0 else "failed", reason="the listing answered 503", failures=1
        )
        month.run(day, "hostile_herald", "no_data", reason=HOSTILE)
        closed = finding(0, meaning="every document has a text that is its own", seen=HOSTILE)
        warned = finding(1, "warning", "narae_wire brings at most 40 articles", "seen: 61")
        gates = ("documents",) if n == 27 else tuple(GATES)
        failed = [closed] * (n in {12, 25}) + [warned] * (n % 3 == 0)
        month.judge(day, *failed, gates=gates)
        if n not in {12, 24, 25, 27}:
            month.publish(day, early)
        month.stamp(day, early + timedelta(hours=3 if n == 22 else -3))
    facts = {"latest": f"{FIRST + 23 * days.ONE}", "stale_since": f"{FIRST + 25 * days.ONE}", "serial": 23}
    facts |= {"reason": f"documents gate closed: {SCRIPT}"}
    (month.settings.published / "status.json").write_text(json.dumps(facts))
    return month
