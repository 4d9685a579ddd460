"""The normalize stage: the day's captures to the day's documents and quarantine."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from troopwatch import captures, responses, sources
from troopwatch.errors import HopelessError
from troopwatch.lake import Lake
from troopwatch.normalize import boilerplate, dates, feeds, pages, signatures, urls, workers
from troopwatch.normalize.outcome import Article, Outcome, Refusal
from troopwatch.normalize.tallies import Tallies
from troopwatch.settings import Settings
from troopwatch.tables import normalize as tables
from troopwatch.tables.scrape import fetches, ledger

Row = dict[str, Any]


class NormalizeError(HopelessError):
    """What the stage needs is not there; the message says what to do. What stood in the lake is intact."""


@dataclass(frozen=True)
class Task:
    """One stored response that is to be read."""

    fetch: Row
    source: sources.Source
    data: Path


@dataclass
class _Day:
    """The rows of a day as they come together, by the keys of their tables."""

    documents: dict[tuple[str, str], Row] = field(default_factory=dict)
    quarantine: dict[tuple[str, ...], Row] = field(default_factory=dict)
    tallies: Tallies = field(default_factory=Tallies)

    def add(self, outcome: Outcome, fetch: Row, source: sources.Source) -> None:
        """Captures come in the order of time, so the earliest that holds a version is its evidence."""
        if isinstance(outcome, Article):
            row = _document(outcome, fetch, source)
            known = self.documents.setdefault((row["source"], row["doc_id"]), row)
        else:
            row = _quarantined(outcome, fetch)
            known = self.quarantine.setdefault(_refused_key(row), row)
        self.tallies.add("found", source.name)
        self.tallies.add("repeated", source.name, known is not row)


def run(day: date, settings: Settings) -> dict[str, int]:
    """Replace the day's `documents`, `quarantine` and `tallies` by what its captures hold.

    Counts: responses `read`, `documents`, `quarantined`, `duplicates` (versions and refused feed items that an earlier
    capture of the day had already brought), `stubs`, `undated`, `cut` (documents without their boilerplate), and
    `quarantined_<rule>` for each rule that sent something there.

    Raises NormalizeError for a capture that is gone or a source that is no longer known, SourceError and LakeError as
    they come.
    """
    lake = Lake(settings.data)
    known = sources.load(settings.sources)
    made = _Day()
    tasks = [Task(fetch, known[fetch["source"]], settings.data) for fetch in _to_read(lake, day, known, made.tallies)]
    for task, outcomes in zip(tasks, workers.each(read, tasks, settings.processes, settings.page_seconds), strict=True):
        made.tallies.add("read", task.source.name)
        for outcome in _kept(outcomes):
            made.add(outcome, task.fetch, task.source)
    cut = boilerplate.cut(row for row in made.documents.values() if known[row["source"]].content == "page")
    _replace(lake, day, made)
    return _summary(made) | {"cut": cut}


def _replace(lake: Lake, day: date, made: _Day) -> None:
    """The tallies come last: of a run that is killed in between, they do not say that its rows are all there."""
    tried = {row["source"] for row in lake.rows(ledger, day)}
    made.tallies.add_rows("documents", made.documents.values())
    made.tallies.add_rows("quarantined", made.quarantine.values())
    lake.replace(tables.documents, day, made.documents.values())
    lake.replace(tables.quarantine, day, made.quarantine.values())
    lake.replace(tables.tallies, day, made.tallies.rows(day, tried))


def _summary(made: _Day) -> dict[str, int]:
    rows = made.documents.values()
    return {
        "read": made.tallies.total("read"),
        "documents": len(rows),
        "quarantined": len(made.quarantine),
        "duplicates": made.tallies.total("repeated"),
        "stubs": sum(row["is_stub"] for row in rows),
        "undated": sum(row["published_at"] is None for row in rows),
        **{
            f"quarantined_{rule}": n for rule, n in sorted(Counter(r["rule"] for r in made.quarantine.values()).items())
        },
    }


def _to_read(lake: Lake, day: date, known: Mapping[str, sources.Source], tallies: Tallies) -> list[Row]:
    """The fetches that hold articles, the earliest first; all other responses are tallied as set aside.

    Raises NormalizeError for a source without a spec.
    """
    stored = [row for row in lake.rows(fetches, day) if row["outcome"] == "stored"]
    if gone := sorted({row["source"] for row in stored} - set(known)):
        raise NormalizeError(
            f"captures of {', '.join(gone)} are in the lake, but no spec in the sources folder has that name: "
            "put the spec back, or delete the source's part of the day's fetches"
        )
    held = [row for row in stored if row["role"] == known[row["source"]].told_by]
    tallies.add_rows("set_aside", (row for row in stored if row["role"] != known[row["source"]].told_by))
    return sorted(held, key=lambda row: (row["captured_at"], row["warc_file"], row["warc_offset"], row["url"]))


def _kept(outcomes: list[Outcome] | workers.Lost) -> list[Outcome]:
    return [Refusal(outcomes.rule, outcomes.detail)] if isinstance(outcomes, workers.Lost) else outcomes


def read(task: Task) -> list[Outcome]:
    """What comes of one stored response; a page that breaks a parser ends itself, and not the day."""
    fetch = task.fetch
    try:
        record = captures.read_at(task.data / fetch["warc_file"], fetch["warc_offset"])
    except OSError as error:
        raise NormalizeError(f"a capture cannot be read ({error}): restore it, or scrape the day again") from error
    if isinstance(record, captures.Damage):
        return [Refusal("damaged_record", record.reason)]
    answered = fetch["final_url"] or fetch["url"]
    if (record.url, record.captured_at.replace(microsecond=0)) != (answered, fetch["captured_at"]):
        return [Refusal("damaged_record", f"another record stands there: {record.url} of {record.captured_at}")]
    try:
        return of_record(record, task.source, _listed(fetch, task.source))
    except Exception as error:  # whatever a library trips over in a hostile page
        return [Refusal("unreadable", f"{type(error).__name__}: {error}"[:500])]


def _listed(fetch: Row, source: sources.Source) -> dates.Stated | None:
    """When the listing that led to a page says it was published."""
    return dates.Stated(fetch["listed_at"], "second", source.kind) if fetch["listed_at"] else None


def of_record(record: captures.Record, source: sources.Source, listed: dates.Stated | None = None) -> list[Outcome]:
    """What comes of one captured response: an outcome for a page, one an item for a feed."""
    try:
        response = responses.of(record)
    except responses.UnreadableResponseError as error:
        rule = "too_large" if isinstance(error, responses.TooLargeError) else "unreadable"
        return [Refusal(rule, str(error))]
    if source.content == "feed":
        return feeds.items(response, record.captured_at)
    return [pages.page(response, record.url, record.captured_at, listed)]


def _document(article: Article, fetch: Row, source: sources.Source) -> Row:
    article_id = urls.article_id(article.url)
    many = isinstance(source, sources.Warc) and source.many_outlets
    return _evidence(fetch) | {
        "article_id": article_id,
        "doc_id": urls.doc_id(article_id, article.title, article.text),
        "outlet": urls.site(article.url) if many else source.title,
        "canonical_url": article.url,
        "title": article.title,
        "text": article.text,
        "text_sha256": sha256(article.text.encode()).hexdigest(),
        "signature": signatures.signature(article.text),
        "authors": article.authors,
        "language": article.language,
        "published_at": article.published.at,
        "published_precision": article.published.precision,
        "published_origin": article.published.origin,
        "published_rejected": article.published.rejected,
        "is_stub": article.is_stub,
        "characters": len(article.text),
        "boilerplate_removed": 0,
        "voice": source.voice,
        "method": article.method,
        "method_version": article.method_version,
    }


def _quarantined(refusal: Refusal, fetch: Row) -> Row:
    return _evidence(fetch) | {"item": refusal.item, "rule": refusal.rule, "detail": refusal.detail}


def _refused_key(row: Row) -> tuple[str, ...]:
    """A feed's item that is refused in several captures is one row; a page or a whole feed is one a capture."""
    capture = "" if row["item"] else f"{row['captured_at']} {row['warc_file']} {row['warc_offset']}"
    return (row["source"], row["url"], capture, row["item"], row["rule"])


def _evidence(fetch: Row) -> Row:
    return {name: fetch[name] for name in ("day", "source", "url", "captured_at", "warc_file", "warc_offset")}
