"""A small lake to normalize: captures and fetches as the scrape stage leaves them, written here in a few words."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from troopwatch import captures, normalize
from troopwatch.lake import Lake, fingerprint
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

DAY = date(2024, 10, 18)
NOON = datetime(2024, 10, 18, 12, tzinfo=UTC)
URL = "http://outlet.example/2024/10/18/story"

SENTENCE = "The ministry said on Friday that about 300 soldiers had left the northern base for the border. "
TEXT = "".join(f"<p>{SENTENCE * 2}Report {n} follows.</p>" for n in range(6))

SPECS = {
    "pages": "name: pages\ntitle: The Pages\nkind: warc\nfiles: pages.warc.gz\nvoice: USAGOV\n",
    "feed": "name: feed\ntitle: The Feed\nkind: warc\nfiles: feed.warc.gz\ncontent: feed\n",
    "many": "name: many\ntitle: Many\nkind: warc\nfiles: many.warc.gz\nmany_outlets: true\n",
}


def block(body: bytes | str, kind: str | None = "text/html; charset=utf-8", status: int = 200) -> bytes:
    """An HTTP response as served."""
    payload = body.encode() if isinstance(body, str) else body
    head = f"HTTP/1.1 {status} Any\r\nContent-Length: {len(payload)}\r\n"
    head += f"Content-Type: {kind}\r\n" if kind else ""
    return head.encode() + b"\r\n" + payload


def html(body: str = TEXT, head: str = "<title>Soldiers leave the base | The Pages</title>") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body><article>{body}</article></body></html>"


def rss(*items: str) -> str:
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<?xml version="1.0"?><rss version="2.0" {space}><channel><title>F</title>{"".join(items)}</channel></rss>'


def item(slug: str = "a", body: str = TEXT, more: str = "") -> str:
    link = f"<link>http://outlet.example/{slug}</link>" if slug else ""
    date_ = "<pubDate>Fri, 18 Oct 2024 09:00:00 +0900</pubDate>"
    return f"<item><title>On {slug}</title>{link}{date_}<description><![CDATA[{body}]]></description>{more}</item>"


@dataclass
class Newsstand:
    """A data folder and what was captured into it on DAY."""

    root: Path
    fetches: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        folder = self.root / "sources" / "group"
        folder.mkdir(parents=True)
        for name, spec in SPECS.items():
            (folder / f"{name}.yaml").write_text(f"{spec}articles: {{ceiling: 9}}\n")

    @property
    def settings(self) -> Settings:
        return Settings(data=self.root / "data", corpus=self.root / "corpus", sources=self.root / "sources")

    @property
    def lake(self) -> Lake:
        return Lake(self.settings.data)

    def capture(self, source: str, *served: tuple[str, bytes] | tuple[str, bytes, datetime]) -> Path:
        """Store responses of a source in a WARC file of its own, and their fetches."""
        path = self.settings.data / "scrape" / "captures" / f"day={DAY}" / f"{source}@{len(self.fetches):06}.warc.gz"
        with captures.writing(path) as writer:
            for url, answer, *when in served:
                at = when[0] if when else NOON
                offset = writer.write(captures.Record(url, at, answer))
                self.fetches.append(self._row(source, url, at, self.lake.relative(path), offset))
        self.lake.replace(LAKE["fetches"], DAY, self.fetches, part="all")
        return path

    def _row(self, source: str, url: str, at: datetime, file: str, offset: int) -> dict[str, Any]:
        role = "listing" if source == "feed" else "page"
        row = dict.fromkeys(LAKE["fetches"].names) | {"day": DAY, "source": source, "url": url, "role": role}
        return row | {"outcome": "stored", "status": 200, "captured_at": at, "warc_file": file, "warc_offset": offset}

    def run(self) -> dict[str, int]:
        return normalize.run(DAY, self.settings)

    @property
    def documents(self) -> list[dict[str, Any]]:
        return self.lake.rows(LAKE["documents"], DAY)

    @property
    def quarantine(self) -> list[dict[str, Any]]:
        return self.lake.rows(LAKE["quarantine"], DAY)

    def refused(self, source: str, body: bytes | str, **served: Any) -> str:
        """The rule that one response falls by, where it is the only one."""
        self.capture(source, (URL, block(body, **served)))
        self.run()
        assert self.documents == []
        (row,) = self.quarantine
        assert row["detail"]
        return str(row["rule"])

    def prints(self) -> list[str]:
        return [fingerprint(self.lake.path(LAKE[name], DAY)) for name in ("documents", "quarantine", "tallies")]
