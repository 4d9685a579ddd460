"""Reads the newsroom's content: `pages/<outlet>/outlet.yaml` and one YAML file an outlet and UTC day beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from newsroom.model import Correction, Outlet, Page

HOME = Path(__file__).parent
PAGES = HOME / "pages"


@cache
def outlets() -> tuple[Outlet, ...]:
    """Every outlet with its pages; read once, since nothing here ever changes while a process runs."""
    folders = sorted(path.parent for path in PAGES.glob("*/outlet.yaml"))
    return tuple(_share_wire_copy([_outlet(folder) for folder in folders]))


def outlet(name: str) -> Outlet:
    return next(each for each in outlets() if each.name == name)


def page(reference: str) -> Page:
    """The page that `outlet/day/slug` names, as first published."""
    return _find(outlets(), reference)


def _outlet(folder: Path) -> Outlet:
    facts = _read(folder / "outlet.yaml")
    facts["sections"] = tuple(facts["sections"])
    bare = Outlet(name=folder.name, **facts)
    pages = [_page(bare, entry) for file in sorted(folder.glob("2*.yaml")) for entry in _read(file)]
    return replace(bare, pages=tuple(pages))


def _page(owner: Outlet, entry: dict[str, Any]) -> Page:
    facts = dict(entry)
    published = _instant(facts["published"])
    facts["paragraphs"] = _paragraphs(facts.pop("text", ""))
    facts["comments"] = tuple(facts.get("comments", ()))
    facts["correction"] = _correction(facts.pop("corrected", None))
    facts.setdefault("path", owner.page_path.format(day=published.date(), slug=facts["slug"], date=published))
    facts.setdefault("language", owner.language)
    return Page(**facts)


def _paragraphs(text: str) -> tuple[str, ...]:
    """Blank lines part the paragraphs; the line breaks within one are only there for the file's readers."""
    return tuple(" ".join(block.split()) for block in text.split("\n\n") if block.strip())


def _correction(facts: dict[str, Any] | None) -> Correction | None:
    if facts is None:
        return None
    changes = tuple((change["wrong"], change["right"]) for change in facts["changes"])
    return Correction(at=_instant(facts["at"]), note=facts["note"], changes=changes)


def _instant(value: object) -> datetime:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value
    raise ValueError(f"{value!r} is no instant: write it with its offset, as in 2024-10-18T09:00:00+09:00")


def _share_wire_copy(loaded: list[Outlet]) -> Iterator[Outlet]:
    """Fills syndicated pages from the page they are taken from, so that the two texts cannot drift apart."""
    for each in loaded:
        yield replace(each, pages=tuple(_filled(page, loaded) for page in each.pages))


def _filled(taken: Page, loaded: list[Outlet]) -> Page:
    if taken.syndicated_from is None:
        return taken
    return replace(taken, paragraphs=_find(loaded, taken.syndicated_from).paragraphs + taken.paragraphs)


def _find(among: list[Outlet] | tuple[Outlet, ...], reference: str) -> Page:
    name, day, slug = reference.split("/")
    for each in among:
        for candidate in each.pages if each.name == name else ():
            if (candidate.day, candidate.slug) == (day, slug):
                return candidate
    raise LookupError(f"no page {reference}")


def _read(file: Path) -> Any:
    return yaml.safe_load(file.read_text(encoding="utf-8"))
