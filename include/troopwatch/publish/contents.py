"""Whether a report still says what the published file says: each carries a fingerprint of the rows it was made from.

An earlier day that runs later takes over the mentions of texts that it captured first; the later day's report is then
made anew, so that in the end all reports are the same in whatever order the days ran.
"""

import re
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

from troopwatch.publish import history
from troopwatch.publish.edition import Edition

ROWS = "SELECT day, md5(rows::VARCHAR) AS digest FROM {table} AS rows"
TITLED = """
SELECT rows.day, md5(concat(rows::VARCHAR, articles.title)) AS digest
FROM {table} AS rows
LEFT JOIN articles ON articles.doc_id = rows.doc_id
"""
SHOWN = {"coverage": ROWS, "quality_checks": ROWS, "deployments": TITLED, "demands": TITLED}
"""Tables whose rows of a day make its report; of the article of a mention it shows the title alone."""
DIGESTS = "SELECT day, md5(string_agg(digest, '' ORDER BY digest)) AS digest FROM ({rows}) GROUP BY day"
HEAD = 1 << 16
"""The fingerprint stands in the first bytes of a page."""
_CARRIED = re.compile(rb'<meta name="made-from" content="([0-9a-f]{64})">')


def fingerprints(edition: Edition) -> dict[date, str]:
    """A digest of all rows that each day's report is made from: its own, and what the days before it give to it."""
    found: dict[date, list[str]] = {}
    for table, rows in SHOWN.items():
        for row in edition.rows(DIGESTS.format(rows=rows.format(table=table))):
            found.setdefault(row["day"], []).append(f"{table} {row['digest']}")
    own = {day: sha256(" ".join(digests).encode()).hexdigest() for day, digests in found.items()}
    return history.with_history(own, history.digests(edition))


def outdated(reports: Mapping[date, Path], now: Mapping[date, str]) -> set[date]:
    """The days whose report was made from other rows than those of the file."""
    return {day for day, path in reports.items() if day in now and carried(path) != now[day]}


def carried(report: Path) -> str | None:
    """The fingerprint of the rows that a report was made from."""
    with report.open("rb") as file:
        match = _CARRIED.search(file.read(HEAD))
    return match[1].decode() if match else None
