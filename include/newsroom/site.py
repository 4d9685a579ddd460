"""The newsroom's answers: for a host and a request target, what stood there at the clock's instant."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from newsroom import render
from newsroom.content import outlets
from newsroom.model import Outlet, Page

Clock = Callable[[], datetime]
HTML = "text/html; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"
XML = "application/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
NEWS_SITEMAP_SPAN = timedelta(days=2)
REMEMBERED_VISITS = 10_000


@dataclass(frozen=True)
class Answer:
    """One HTTP answer; `modified` is None where the answer has no history to speak of."""

    status: int
    content_type: str
    body: bytes
    modified: datetime | None = None


@dataclass(frozen=True)
class Visit:
    """One request that reached the newsroom: lets a test prove what a scraper did not ask for."""

    host: str
    target: str
    status: int
    user_agent: str


class Newsroom:
    """The world of all outlets as of `clock()`; it knows no other time."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.visits: deque[Visit] = deque(maxlen=REMEMBERED_VISITS)
        self._by_host = {outlet.host: outlet for outlet in outlets()}

    @property
    def hosts(self) -> list[str]:
        return sorted(self._by_host)

    def now(self) -> datetime:
        now = self.clock()
        if now.tzinfo is None:
            raise ValueError("the newsroom's clock must give instants with an offset")
        return now.astimezone(UTC)

    def answer(self, host: str, target: str) -> Answer:
        outlet = self._by_host.get(host.partition(":")[0].lower())
        if outlet is None:
            return Answer(421, TEXT, f"No outlet here is called {host!r}.\n".encode())
        return _answer_of(outlet, _without_tracking(target), self.now())


def _answer_of(outlet: Outlet, target: str, now: datetime) -> Answer:
    if target == "/":
        return Answer(200, HTML, render.front_page(outlet, now))
    if target == "/robots.txt":
        return Answer(200, TEXT, outlet.robots.encode())
    if target == outlet.feed:
        return _listing(RSS, render.feed, outlet, outlet.published_by(now)[: render.FEED_LENGTH])
    if target == outlet.sitemap:
        fresh = [page for page in outlet.published_by(now) if page.published > now - NEWS_SITEMAP_SPAN]
        return _listing(XML, render.sitemap, outlet, fresh)
    day = _archive_day(outlet, target)
    if day is not None and day <= now.date().isoformat():
        return _listing(XML, render.sitemap, outlet, [page for page in outlet.published_by(now) if page.day == day])
    return _page(outlet, target, now)


def _listing(
    content_type: str, draw: Callable[[Outlet, list[Page]], bytes], outlet: Outlet, pages: list[Page]
) -> Answer:
    newest = max((page.changed for page in pages), default=None)
    return Answer(200, content_type, draw(outlet, pages), newest)


def _archive_day(outlet: Outlet, target: str) -> str | None:
    if outlet.archive is None:
        return None
    before, _, after = outlet.archive.partition("{day}")
    match = re.fullmatch(re.escape(before) + r"(\d{4}-\d\d-\d\d)" + re.escape(after), target)
    return match[1] if match else None


def _page(outlet: Outlet, target: str, now: datetime) -> Answer:
    page = outlet.by_path.get(target)
    shown = page.as_of(now) if page else None
    if shown is None or shown.status != 200:
        return Answer(shown.status if shown else 404, HTML, render.missing(outlet))
    body = b"" if shown.empty else render.article(outlet, shown, now)
    return Answer(200, _content_type(shown), body, shown.changed)


def _content_type(page: Page) -> str:
    """Pages in an old encoding name it in their markup only, as old sites do; all others in the header."""
    return HTML if page.encoding == "utf-8" else "text/html"


def _without_tracking(target: str) -> str:
    """Feed links carry campaign parameters; they lead to the same page."""
    path, _, query = target.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query) if not name.startswith("utm_")]
    return path + (f"?{urlencode(kept)}" if kept else "")
