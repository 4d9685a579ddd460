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
    "Feeds that carry texts": hostile_content.TEXTS,
    "Pages": hostile_content.PAGES,
    "WARC files made elsewhere": hostile_content.FILES,
}
BY_NAME = {case.name: case for cases in GROUPS.values() for case in cases}
MOST_MEGABYTES = 350
"""What a worker may take above its idle size: 400 are allowed, and this is what all cases keep to."""
_HEAD = f"""# Hostile servers, and what each ends as

Each case is served to the real stages by `tests/scrape/test_hostile_table.py`. None ends a run, reaches an address that
is not public, touches a good page beside it, or takes a worker more than {MOST_MEGABYTES} MB above its idle size.
`make docs` writes this page from the table that the test runs.
"""


def markdown() -> str:
    return "\n".join([_HEAD, *(line for title, cases in GROUPS.items() for line in _section(title, cases))])


def _section(title: str, cases: list[Case]) -> list[str]:
    return [
        f"## {title}\n",
        "| case | what | fetch | its reason has | then |",
        "|---|---|---|---|---|",
        *map(_row, cases),
        "",
    ]


def _row(case: Case) -> str:
    becomes = f"{case.becomes}: {case.says}" if case.says else case.becomes
    reason = "; of the file: ".join(words for words in (case.reason, case.besides) if words)
    cells = (case.name, case.what, case.ends, reason, becomes)
    return f"| {' | '.join(cells)} |".replace("  ", " ")


if __name__ == "__main__":
    sys.stdout.write(markdown())
