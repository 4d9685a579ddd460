"""Turns outlets and pages into the bytes that are served: HTML in each outlet's look, feeds, sitemaps."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from email.utils import format_datetime

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from newsroom.content import HOME
from newsroom.model import Outlet, Page

FEED_LENGTH = 20
TEASERS = 4
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def http_date(instant: datetime) -> str:
    return format_datetime(instant.astimezone(UTC), usegmt=True)


def article(outlet: Outlet, page: Page, now: datetime) -> bytes:
    teasers = [other for other in outlet.published_by(now) if other.path != page.path][:TEASERS]
    text = _templates.get_template(f"{outlet.look}.html.j2").render(
        outlet=outlet, page=page, teasers=teasers, linked_data=_linked_data(outlet, page)
    )
    return text.encode(page.encoding, errors="xmlcharrefreplace")


def front_page(outlet: Outlet, now: datetime) -> bytes:
    return _render("front.html.j2", outlet=outlet, pages=outlet.published_by(now))


def missing(outlet: Outlet) -> bytes:
    return _render("missing.html.j2", outlet=outlet)


def feed(outlet: Outlet, pages: list[Page]) -> bytes:
    return _render("rss.xml.j2", outlet=outlet, pages=pages)


def sitemap(outlet: Outlet, pages: list[Page]) -> bytes:
    return _render("sitemap.xml.j2", outlet=outlet, pages=pages)


def _render(template: str, **names: object) -> bytes:
    return _templates.get_template(template).render(**names).encode()


def _linked_data(outlet: Outlet, page: Page) -> Markup:
    """JSON-LD as careless sites print it: a hostile page's `</script>` stays as it is and ends the block early."""
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "datePublished": page.stated_date,
        "dateModified": page.metadata_date or page.changed.isoformat(),
        "author": {"@type": "Person", "name": page.author},
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.title},
        "mainEntityOfPage": outlet.url(page.path),
        "articleSection": page.section,
        "isAccessibleForFree": not page.paywall,
    }
    return Markup(json.dumps(facts, ensure_ascii=True, indent=1))  # noqa: S704 - the hole is the point


def _xml_text(text: str) -> str:
    """XML 1.0 cannot hold most control characters, not even escaped; a feed that did would not be XML."""
    return NOT_XML.sub("", text)


def _environment() -> Environment:
    loader = FileSystemLoader(HOME / "templates")
    env = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters.update(http_date=http_date, xml_text=_xml_text)
    return env


_templates = _environment()
