"""Mentions that break a rule of rows are held back one by one; only too large a share of them closes the gate."""

import json
from collections.abc import Sequence
from datetime import date

from troopwatch.quality.engine import Examined
from troopwatch.quality.model import Row, Severity, Suite

TABLES = ("deployments", "demands")
MOST = 0.05
"""Share of a table's rows that may be held back: above it the rules are broken, or the documents are."""
NEEDED = ("record_id", "source")
"""What a row is held back by: one that lacks it cannot be told from others, and closes the gate."""


def hold(suite: Suite, examined: Sequence[Examined], day: date) -> tuple[list[Row], list[Row]]:
    """Findings of a suite and the rows of `held`.

    Checks that failed for no more than `MOST` of the rows become warnings, for those rows are in no edition. What is
    wrong with a table as a whole, such as its columns or its key, stays as it is.
    """
    findings = [finding for finding, _ in examined]
    if suite.table not in TABLES:
        return findings, []
    of_rows = [
        (finding, failing) for finding, failing in examined if failing and not finding["check_id"].endswith(".key")
    ]
    bad = sorted({number for _, failing in of_rows for number in failing})
    held = [_held(suite, number, of_rows) for number in bad if _can_be_held(suite.rows[number], day)]
    if len(held) < len(bad) or len(bad) > MOST * len(suite.rows):
        return findings, held
    softened = {finding["check_id"] for finding, _ in of_rows}
    return [_softened(finding) if finding["check_id"] in softened else finding for finding in findings], held


def _can_be_held(row: Row, day: date) -> bool:
    return row["day"] == day and all(row[name] is not None for name in NEEDED)


def _softened(finding: Row) -> Row:
    is_critical = finding["severity"] == Severity.CRITICAL
    return finding | (
        {"severity": str(Severity.WARNING), "observed": f"held back: {finding['observed']}"} if is_critical else {}
    )


def _held(suite: Suite, number: int, of_rows: Sequence[Examined]) -> Row:
    row = suite.rows[number]
    broken = [finding["check_id"] for finding, failing in of_rows if number in failing]
    words = [objections[number] for id_, objections in suite.objections.items() if id_ in broken]
    return {name: row[name] for name in ("day", "source", "record_id", "doc_id")} | {
        "table_name": suite.table,
        "rule": "; ".join(broken),
        "detail": "; ".join(filter(None, words)) or None,
        "row": json.dumps(row, ensure_ascii=False, default=str, sort_keys=True),
    }
