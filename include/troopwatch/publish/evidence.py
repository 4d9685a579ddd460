"""What stands behind a row: its quote, its source, and where the captured bytes lie."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from troopwatch import days
from troopwatch.publish import html, quotes
from troopwatch.publish.edition import Row
from troopwatch.publish.quotes import Quote


@dataclass(frozen=True)
class Evidence:
    """A quote with its source. `link` is None where the address must not be linked to; `address` shows it as text."""

    quote: Quote
    outlet: str
    title: str
    link: str | None
    host: str
    address: str
    published: str
    older: bool
    capture: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Mentions:
    """What a count opens: the rows of all its mentions, and how many articles and independent sources they are of."""

    anchors: tuple[str, ...]
    articles: int
    independent: int

    @property
    def count(self) -> int:
        return len(self.anchors)


def mentions(records: Iterable[str], articles: int, independent: int) -> Mentions:
    """The mentions of these records."""
    return Mentions(tuple(f"m-{record}" for record in records), articles, independent)


def evidence(row: Row, day: date) -> Evidence:
    """The evidence of a row of `deployments` or `demands`, joined with its article."""
    link = html.link(row["canonical_url"]) or html.link(row["url"])
    published = row["published_at"]
    return Evidence(
        quote=quotes.quote(row),
        outlet=row["outlet"],
        title=row["title"] or "",
        link=link,
        host=html.host(link) if link else "",
        address=row["canonical_url"] or row["url"],
        published=html.instant(published, row["published_precision"]) if published else "",
        older=published is not None and published < days.start(day),
        capture=tuple(_capture(row)),
    )


def _capture(row: Row) -> list[tuple[str, str]]:
    """The way from the row to the bytes, and what made the row of them."""
    origin = row["published_origin"]
    return [
        ("Address asked for", row["url"]),
        ("Captured", html.instant(row["captured_at"])),
        ("WARC file", row["warc_file"]),
        ("Record offset", f"{row['warc_offset']:,} bytes"),
        ("Text digest (SHA-256)", row["text_sha256"]),
        ("Sentence in the text", f"characters {row['sentence_start']:,} to {row['sentence_end']:,}"),
        ("Time of publication from", origin.replace("_", "-") if origin else "the page gives none"),
        ("Rule", f"{row['rule']}, confidence {row['confidence']:.2f}"),
        ("Extractor", f"{row['extractor']} {row['extractor_version']}"),
        ("Codebook", row["codebook_version"]),
        *([("Not resolved because", row["unresolved"])] if row["unresolved"] else []),
        ("Record", row["record_id"]),
    ]
