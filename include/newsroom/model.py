"""What the demo newsroom is made of: outlets, their pages, and a page as it stood at an instant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property


@dataclass(frozen=True)
class Correction:
    """From `at` on, the page reads differently, under the same URL, and says so in a note."""

    at: datetime
    note: str
    changes: tuple[tuple[str, str], ...]

    def apply(self, text: str) -> str:
        for wrong, right in self.changes:
            text = text.replace(wrong, right)
        return text


@dataclass(frozen=True)
class Page:
    """One page of an outlet; the optional fields make it one of the odd pages a scraper must survive."""

    slug: str
    title: str
    published: datetime
    path: str
    author: str = ""
    section: str = "News"
    summary: str = ""
    paragraphs: tuple[str, ...] = ()
    language: str = "en"
    status: int = 200
    correction: Correction | None = None
    correction_note: str = ""
    modified: datetime | None = None
    metadata_date: str | None = None
    encoding: str = "utf-8"
    declared_encoding: str | None = None
    paywall: bool = False
    empty: bool = False
    syndicated_from: str | None = None
    raw_markup: str = ""
    comments: tuple[str, ...] = ()
    trap: str | None = None

    @property
    def day(self) -> str:
        """The UTC day the page came out, which is the day a daily run looks for it."""
        return self.published.astimezone(UTC).date().isoformat()

    @property
    def changed(self) -> datetime:
        return self.modified or self.published

    @property
    def stated_date(self) -> str:
        """The date the page's own metadata gives: not always the true one."""
        return self.metadata_date or self.published.isoformat()

    @property
    def charset(self) -> str:
        """The charset the page claims: many sites say ISO-8859-1 and send windows-1252."""
        return self.declared_encoding or self.encoding

    def as_of(self, now: datetime) -> Page | None:
        """The page as a reader saw it at `now`, or None before it came out."""
        if now < self.published:
            return None
        if self.correction is None or now < self.correction.at:
            return self
        return self._corrected(self.correction)

    def _corrected(self, correction: Correction) -> Page:
        return replace(
            self,
            title=correction.apply(self.title),
            summary=correction.apply(self.summary),
            paragraphs=tuple(correction.apply(paragraph) for paragraph in self.paragraphs),
            correction_note=correction.note,
            modified=correction.at,
        )


@dataclass(frozen=True)
class Outlet:
    """One invented outlet: a host, a look, and the ways in which it lists its pages."""

    name: str
    title: str
    host: str
    country: str
    language: str
    look: str
    tagline: str
    page_path: str
    feed: str | None = None
    feed_suffix: str = ""
    feed_full_text: bool = False
    sitemap: str | None = None
    archive: str | None = None
    robots: str = "User-agent: *\nDisallow:\n"
    sections: tuple[str, ...] = ("News",)
    pages: tuple[Page, ...] = ()

    @cached_property
    def by_path(self) -> dict[str, Page]:
        return {page.path: page for page in self.pages}

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def published_by(self, now: datetime) -> list[Page]:
        """Newest first, each as it stood at `now`."""
        visible = [shown for page in self.pages if (shown := page.as_of(now)) is not None]
        return sorted(visible, key=lambda page: (page.published, page.slug), reverse=True)
