"""The content: enough of it, well spread, and every odd kind of page that a scraper must survive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from newsroom.content import HOME, PAGES, outlet, outlets, page
from newsroom.model import Page

DAYS = ["2024-10-17", "2024-10-18", "2024-10-21", "2024-10-23", "2024-10-28", "2024-10-31", "2024-11-01", "2024-11-04"]
TRAPS = {
    "oil demand",
    "casualty counts",
    "army strength",
    "film",
    "history",
    "deployed software",
    "requests for comment",
}
EVERY_PAGE = [each for owner in outlets() for each in owner.pages]
EXPECTED: dict[str, Any] = yaml.safe_load((HOME / "expected.yaml").read_text(encoding="utf-8"))


def test_there_are_enough_outlets_with_hosts_of_their_own() -> None:
    hosts = [each.host for each in outlets()]
    assert len(hosts) >= 4
    assert len(set(hosts)) == len(hosts)
    assert all(host.endswith(".example") for host in hosts)
    assert len({each.look for each in outlets()}) == len(hosts)


def test_there_are_enough_pages() -> None:
    assert len(EVERY_PAGE) >= 60


@pytest.mark.parametrize("day", DAYS)
def test_each_day_has_some_pages(day: str) -> None:
    assert 6 <= sum(each.day == day for each in EVERY_PAGE) <= 13


@pytest.mark.parametrize("file", sorted(PAGES.glob("*/2*.yaml")), ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_file_is_named_for_the_utc_day_of_its_pages(file: Path) -> None:
    slugs = {entry["slug"] for entry in yaml.safe_load(file.read_text(encoding="utf-8"))}
    assert slugs == {each.slug for each in outlet(file.parent.name).pages if each.day == file.stem}
    assert file.stem in DAYS


def test_paths_and_slugs_are_unique() -> None:
    for each in outlets():
        assert max(Counter(page.path for page in each.pages).values()) == 1
        assert max(Counter(page.slug for page in each.pages).values()) == 1


def test_every_trap_is_set() -> None:
    assert {each.trap for each in EVERY_PAGE} - {None} == TRAPS
    assert any("boys home" in comment for each in EVERY_PAGE for comment in each.comments)


KINDS: dict[str, Callable[[Page], bool]] = {
    "corrected": lambda each: each.correction is not None,
    "syndicated": lambda each: each.syndicated_from is not None,
    "wrong date": lambda each: each.metadata_date is not None,
    "paywalled": lambda each: each.paywall,
    "gone": lambda each: each.status == 404,
    "empty": lambda each: each.empty,
    "hostile": lambda each: "<script>" in each.title,
    "formula": lambda each: each.title.startswith("="),
    "control characters": lambda each: "\x1b" in each.title,
    "Korean": lambda each: each.language == "ko",
    "windows-1252": lambda each: each.encoding == "windows-1252",
    "iso-8859-1": lambda each: each.encoding == "iso-8859-1",
    "forbidden by robots.txt": lambda each: each.path.startswith("/members/"),
    "denial": lambda each: any("another fake" in text for text in each.paragraphs),
    "range": lambda each: any("11,000 to 12,000" in text for text in each.paragraphs),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_there(kind: str) -> None:
    assert any(KINDS[kind](each) for each in EVERY_PAGE)


@pytest.mark.parametrize("each", [each for each in EVERY_PAGE if each.metadata_date], ids=lambda each: each.slug)
def test_a_wrong_date_lies_in_the_future(each: Page) -> None:
    assert each.stated_date[:4] > str(each.published.year)


@pytest.mark.parametrize("each", [each for each in EVERY_PAGE if each.correction], ids=lambda each: each.slug)
def test_a_correction_changes_what_it_says_it_changes(each: Page) -> None:
    assert each.correction is not None
    assert each.correction.at > each.published
    before = "\n".join([each.title, each.summary, *each.paragraphs])
    for wrong, right in each.correction.changes:
        assert wrong in before
        assert right not in before


@pytest.mark.parametrize("each", [each for each in EVERY_PAGE if each.syndicated_from], ids=lambda each: each.slug)
def test_a_syndicated_copy_has_the_text_under_another_headline(each: Page) -> None:
    assert each.syndicated_from is not None
    source = page(each.syndicated_from)
    assert each.paragraphs[: len(source.paragraphs)] == source.paragraphs
    assert each.title != source.title
    assert each.published > source.published


def test_ordinary_articles_have_paragraphs() -> None:
    odd = {each.slug for each in EVERY_PAGE if each.empty or each.paywall or each.status != 200}
    thin = [each.slug for each in EVERY_PAGE if len(each.paragraphs) < 3 and each.slug not in odd]
    assert len(thin) <= 2, thin


def test_expected_names_pages_that_exist() -> None:
    for record in EXPECTED["records"]:
        found = page(record["page"])
        assert found.as_of(record.get("as_of", found.published)) is not None
    for reference in EXPECTED["none"]:
        page(reference)
    traps = {f"{owner.name}/{each.day}/{each.slug}" for owner in outlets() for each in owner.pages if each.trap}
    assert traps <= set(EXPECTED["none"])


def test_what_must_never_be_quoted_stands_on_a_page() -> None:
    said = [text for each in EVERY_PAGE for text in (*each.comments, *each.paragraphs)]
    for words in EXPECTED["never"]:
        assert any(words in text for text in said), words


def test_an_unknown_page_is_said_to_be_unknown() -> None:
    with pytest.raises(LookupError, match="no page narae_wire/2024-10-17/none"):
        page("narae_wire/2024-10-17/none")
