"""Boilerplate: what a source's pages of one day have in common is about the source, and is cut off its articles.

Only from the top and the end of a text, where appeals, notices and lists of links stand: a paragraph of background that
stands in several stories is part of each. Only off pages: items of a feed come without one around them, and what they
repeat says who speaks. A function of the day's documents, in whatever order they come.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import takewhile
from typing import Any

from troopwatch.normalize import signatures

Row = dict[str, Any]

SHORTEST = 40
"""Characters from which on a paragraph is boilerplate by itself; a byline or a place goes only along with one."""
FEWEST = 3
"""Articles, of different titles, that hold a paragraph before it is boilerplate."""
SHARE = 1 / 3
"""And their least share of the source's articles of the day."""
MOST = 1 / 2
"""A page that shares more of its text than this is a copy or a form: it neither counts nor is it cut."""


def cut(rows: Iterable[Row]) -> int:
    """Cut boilerplate off the texts of a day's pages, in place; the number of documents that were cut.

    Changes `boilerplate_removed`, and what follows from the text but for `doc_id`: that stays the one of the text as it
    was captured, so that a page is one version whatever stands beside it on a day.
    """
    outlets: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        outlets[row["source"], row["outlet"]].append(row)
    return sum(_shorten(row, said) for pages in outlets.values() if (said := _repeated(pages)) for row in pages)


def _repeated(pages: Sequence[Row]) -> set[str]:
    """The paragraphs of an outlet's day that are boilerplate."""
    often = _on_many(pages, FEWEST)
    own = [page for page in pages if not _is_copy(page, often)]
    return _on_many(own, max(FEWEST, SHARE * len({page["article_id"] for page in pages}))) if often else set()


def _on_many(pages: Iterable[Row], fewest: float) -> set[str]:
    """Paragraphs of at least so many articles and so many titles."""
    articles: defaultdict[str, set[str]] = defaultdict(set)
    titles: defaultdict[str, set[str]] = defaultdict(set)
    for page in pages:
        for paragraph in page["text"].split("\n\n"):
            articles[paragraph].add(page["article_id"])
            titles[paragraph].add((page["title"] or page["article_id"]).casefold())
    return {said for said in articles if min(len(articles[said]), len(titles[said])) >= fewest}


def _is_copy(page: Row, often: set[str]) -> bool:
    shared = sum(len(paragraph) for paragraph in page["text"].split("\n\n") if paragraph in often)
    return shared > MOST * len(page["text"])


def _shorten(page: Row, said: set[str]) -> bool:
    if _is_copy(page, said):
        return False
    parts = page["text"].split("\n\n")
    start, end = _run(parts, said), len(parts) - _run(parts[::-1], said)
    text = "\n\n".join(parts[start:end])
    page["boilerplate_removed"] = len(page["text"]) - len(text)
    page["text"], page["characters"] = text, len(text)
    page["text_sha256"] = sha256(text.encode()).hexdigest()
    page["signature"] = signatures.signature(text)
    return bool(page["boilerplate_removed"])


def _run(parts: Sequence[str], said: set[str]) -> int:
    """How many paragraphs, from the first on, are boilerplate, up to the last one that is so by itself."""
    run = list(takewhile(said.__contains__, parts))
    while run and len(run[-1]) < SHORTEST:
        run.pop()
    return len(run)
