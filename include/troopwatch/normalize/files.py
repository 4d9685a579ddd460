"""Normalizing from a shell: WARC files and folders of saved pages in, a file of articles out."""

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from troopwatch import captures, responses
from troopwatch.errors import HopelessError
from troopwatch.lake import replacing
from troopwatch.normalize import pages, urls, workers
from troopwatch.normalize.outcome import Article, Outcome, Refusal
from troopwatch.settings import Settings

_PAGES = (".html", ".html.gz", ".htm")
_WARCS = (".warc", ".warc.gz")


class InputError(HopelessError):
    """An input that is not there or holds no pages; the message names it."""


@dataclass(frozen=True)
class Page:
    """One page that is to be read: a file, or with `offset` a record of a WARC file."""

    name: str
    file: Path
    captured_at: datetime
    offset: int | None = None
    url: str | None = None
    damage: str = ""
    """Why the record cannot be read; '' where it can."""


def convert(inputs: Sequence[Path], target: Path, settings: Settings, now: datetime) -> Counter[str]:
    """Write one JSON line for each page of `inputs`, in their order; `target` is replaced whole or not at all.

    Dates of files are checked against `now`, those of records against their capture. Counts `pages`, `articles`, and
    what was refused by its rule. Raises InputError, LakeError for a `target` that cannot be written.
    """
    tasks = [page for path in inputs for page in _pages_of(path, now)]
    counts = Counter(pages=len(tasks))
    with replacing(target) as out:
        made = workers.each(read, tasks, settings.processes, settings.page_seconds)
        for page, found in zip(tasks, made, strict=True):
            outcome = Refusal(found.rule, found.detail) if isinstance(found, workers.Lost) else found
            counts["articles" if isinstance(outcome, Article) else outcome.rule] += 1
            out.write(json.dumps(_line(page, outcome), ensure_ascii=False).encode() + b"\n")
    return counts


def _pages_of(path: Path, now: datetime) -> Iterator[Page]:
    if path.is_dir():
        files = [each for each in sorted(path.iterdir()) if each.name.endswith((*_PAGES, *_WARCS))]
    elif path.is_file() and path.name.endswith((*_PAGES, *_WARCS)):
        files = [path]
    else:
        raise InputError(f"{path} is no folder, no page (.html, .html.gz) and no WARC file (.warc, .warc.gz)")
    for file in files:
        if file.name.endswith(_WARCS):
            yield from (_of_record(record, file, now) for record in captures.read(file))
        else:
            yield Page(file.name.removesuffix(".gz").rpartition(".")[0], file, now)


def _of_record(record: captures.Record | captures.Damage, file: Path, now: datetime) -> Page:
    name = record.url or f"{file.name} at {record.offset}"
    if isinstance(record, captures.Damage):
        return Page(name, file, now, record.offset, record.url, record.reason)
    return Page(name, file, record.captured_at, record.offset, record.url)


def read(page: Page) -> Outcome:
    """What comes of a page; one that breaks a parser ends itself only."""
    try:
        return Refusal("damaged_record", page.damage) if page.damage else _article(page)
    except responses.TooLargeError as error:
        return Refusal("too_large", str(error))
    except Exception as error:  # whatever a library trips over in a hostile page
        return Refusal("unreadable", f"{type(error).__name__}: {error}"[:500])


def _article(page: Page) -> Outcome:
    if page.offset is None:
        return pages.page(responses.Response(200, {}, _body(page.file)), None, page.captured_at)
    record = captures.read_at(page.file, page.offset)
    if isinstance(record, captures.Damage):
        return Refusal("damaged_record", record.reason)
    return pages.page(responses.of(record), record.url, page.captured_at)


def _body(file: Path) -> bytes:
    """The bytes of a saved page. Raises OSError, TooLargeError."""
    with gzip.open(file) if file.name.endswith(".gz") else file.open("rb") as opened:
        try:
            body = opened.read(responses.MAX_BODY + 1)
        except (EOFError, zlib.error) as error:
            raise OSError(f"it is no whole gzip file: {error}") from error
    if len(body) > responses.MAX_BODY:
        raise responses.TooLargeError(f"it is larger than {responses.MAX_BODY} bytes")
    return body


def _line(page: Page, outcome: Outcome) -> dict[str, Any]:
    """What is written of a page: names are those of the columns of `documents`."""
    if isinstance(outcome, Refusal):
        return {"article_id": page.name, "rule": outcome.rule, "reason": outcome.detail}
    published = outcome.published
    return {
        "article_id": page.name if page.offset is None else urls.article_id(outcome.url),
        "url": page.url,
        "canonical_url": outcome.url or None,
        "title": outcome.title,
        "text": outcome.text,
        "authors": outcome.authors.split("; ") if outcome.authors else [],
        "published_at": _when(published.at, published.precision),
        "published_precision": published.precision,
        "published_origin": published.origin,
        "language": outcome.language,
        "is_stub": outcome.is_stub,
        "method": outcome.method,
        "method_version": outcome.method_version,
    }


def _when(at: datetime | None, precision: str | None) -> str | None:
    """A day as a day, an instant in UTC."""
    if at is None:
        return None
    return at.date().isoformat() if precision == "day" else f"{at:%Y-%m-%dT%H:%M:%SZ}"
