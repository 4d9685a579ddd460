"""What the head of a page states: meta elements by name, its own address, the names of its site."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

_SITE_NAMES = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "twitter:site",
    "publisher",
)


@dataclass(frozen=True)
class Head:
    """What a page states outside its body text."""

    metas: dict[str, list[str]]
    canonical: str | None
    host: str
    """The host of its address, '' where it names none."""

    def said(self, *names: str) -> list[str]:
        """What the meta elements of these names state, in the order of the names."""
        return [said for name in names for said in self.metas.get(name, ())]

    @property
    def address(self) -> str | None:
        """The page's address as it gives it itself, as <link rel=canonical> or og:url."""
        stated = (self.canonical, *self.said("og:url", "twitter:url", "parsely-link"))
        return next((url.strip() for url in stated if url and url.strip().startswith(("http://", "https://"))), None)

    @property
    def sites(self) -> list[str]:
        """Names of the site that the page belongs to."""
        return [said.lstrip("@") for said in self.said(*_SITE_NAMES)]


def read(tree: HtmlElement, url: str | None = None) -> Head:
    """All meta elements by name, property or itemprop (lower case), and the canonical link of a page at `url`."""
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content") or element.get("value")
        if name and content:
            metas.setdefault(name.strip().lower(), []).append(content)
    links = (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    head = Head(metas, next((href for href in links if href), None), "")
    return Head(metas, head.canonical, _host(url or head.address))


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""
