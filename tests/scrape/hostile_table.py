"""The one table of hostile cases; run as a script it prints docs/hostile.md."""

import sys
from datetime import date

import hostile_addresses
import hostile_content
import hostile_wire
from hostile_case import Case

DAY = date(2022, 3, 1)
GROUPS = {
    "Where an address leads": hostile_addresses.CASES,
    "Responses without end": hostile_wire.ENDLESS,
    "Lengths and heads": hostile_wire.LENGTHS,
    "TLS": hostile_wire.TLS,
    "Bombs": hostile_wire.BOMBS,
    "Listings": hostile_content.LISTINGS,
    "Pages": hostile_content.PAGES,
    "WARC files made elsewhere": hostile_content.FILES,
}
BY_NAME = {case.name: case for cases in GROUPS.values() for case in cases}
MOST_MEGABYTES = 400
_HEAD = f"""# Hostile servers, and what each ends as

Each case is served to the real stages by `tests/scrape/test_hostile_table.py`. None ends a run, reaches an address that
is not public, touches a good page beside it, or takes a worker more than {MOST_MEGABYTES} MB above its idle size.
`make docs` writes this page from the table that the test runs.
"""


def markdown() -> str:
    return "\n".join([_HEAD, *(line for title, cases in GROUPS.items() for line in _section(title, cases))])


def _section(title: str, cases: list[Case]) -> list[str]:
    rows = [f"| {c.name} | {c.what} | {c.ends} | {c.reason} | {c.becomes} |".replace("  ", " ") for c in cases]
    return [f"## {title}\n", "| case | what | fetch | its reason has | then |", "|---|---|---|---|---|", *rows, ""]


if __name__ == "__main__":
    sys.stdout.write(markdown())
