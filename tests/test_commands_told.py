"""Commands that pages and runbooks tell people to type: each is there, and finds the Python that it needs."""

import re
from pathlib import Path

import pytest

from troopwatch.settings import ROOT, TEMPLATES

PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *(ROOT / "dags").glob("*.md"),
]
TOLD = [*PAGES, *sorted((TEMPLATES / "pages").glob("*.html"))]
TARGETS = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
OURS = r"python -m (?:troopwatch|operations|station)\b"


@pytest.mark.parametrize("path", TOLD, ids=lambda path: path.name)
def test_every_target_that_is_named_is_in_the_makefile(path: Path) -> None:
    named = set(
        re.findall(r"(?:`|    |<code>)(?:TROOPWATCH_\w+=\S+ )?make ([a-z0-9-]+)\b(?!,)", path.read_text("utf-8"))
    )
    assert named <= TARGETS


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_line_to_be_typed_finds_what_it_runs(path: Path) -> None:
    """But for one, which is for an Airflow that somebody has set up in their own way."""
    lines = re.findall(rf"^    (.*){OURS}", path.read_text("utf-8"), re.M)
    alone = [words for words in lines if words not in {"PYTHONPATH=include .venv/bin/", "docker compose exec worker "}]
    assert alone == ["PYTHONPATH=include "] * (path.name == "operations.md")
