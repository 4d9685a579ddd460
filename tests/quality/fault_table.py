"""Faults that happen to news pipelines, each with what the gates must say to it: docs/faults.md is made from this."""

import sys

from fault_early import EARLY
from fault_kinds import Fault
from fault_late import LATE

GROUPS: dict[str, list[Fault]] = {
    "Captures and documents": EARLY,
    "Mentions, names and figures": LATE,
}
FAULTS = [fault for group in GROUPS.values() for fault in group]

_HEAD = f"""# Injected faults

{len(FAULTS)} faults, put into the last day of three weeks of a source (`tests/quality/fault_days.py`), and what the
gates say. `critical` keeps the day from being published, `warning` is printed in its report. What no gate can see
stands here too: the data looks as it always does.
`make docs` writes this page from the table that `tests/quality/test_faults.py` runs.

{{caught}} of {{all}} are caught at the severity that they should have.
"""


def markdown() -> str:
    caught = sum(fault.check is not None for fault in FAULTS)
    lines = [_HEAD.format(caught=caught, all=len(FAULTS))]
    for title, faults in GROUPS.items():
        lines += [f"## {title}\n", "| fault | what happens | severity | caught by |", "|---|---|---|---|"]
        lines += [_row(fault) for fault in faults]
        lines.append("")
    return "\n".join(lines)


def _row(fault: Fault) -> str:
    by = f"`{fault.check}`" if fault.check else f"nothing: {fault.why}"
    return f"| {fault.name} | {fault.what} | {fault.severity if fault.check else 'none'} | {by} |"


if __name__ == "__main__":
    sys.stdout.write(markdown())
