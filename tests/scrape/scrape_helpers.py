"""What the tests of scrape share: the newsroom at a given time, and a tiny server that misbehaves on request."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import newsroom
from troopwatch import days, scrape
from troopwatch.lake import Lake
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

DAY = date(2022, 3, 1)
Answer = Callable[[BaseHTTPRequestHandler], None]
Visit = Callable[..., tuple[list[dict[str, Any]], dict[str, Any], list[str]]]


def rows(settings: Settings, table: str, day: date) -> list[dict[str, Any]]:
    return Lake(settings.data).rows(LAKE[table], day)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes; locks are no content."""
    files = (p for p in folder.rglob("*") if p.is_file() and ".locks" not in p.parts)
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(files)}


def scrape_demo(data: Path, day: date, name: str, asked_at: datetime | None = None) -> tuple[Settings, dict[str, int]]:
    """One source of the newsroom, scraped for a day; by default half an hour after the day's end."""
    now = asked_at or days.end(day) + timedelta(minutes=30)
    with newsroom.serve(lambda: now) as served:
        settings = Settings(data=data, connect_to=served.connect_to, pause=0)
        return settings, scrape.run(day, name, settings, now)


@contextmanager
def server(answers: dict[str, Answer]) -> Iterator[tuple[str, list[str]]]:
    """A server on loopback with an answer for each path; its connect_to, and the paths asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            answers.get(self.path, not_found)(self)

        def log_message(self, *_: Any) -> None:
            """Keep the test's output clean."""

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"*.example=127.0.0.1:{made.server_port}", asked
    finally:
        made.shutdown()
        made.server_close()
        thread.join()


def not_found(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(404)


def page(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


PAGE = page(b"<html>x</html>")


def versioned(body: bytes, tag: str = '"1"', changed: str | None = None) -> Answer:
    """An answer that is sent only to who does not know this version yet."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        knows_tag = handler.headers.get("If-None-Match") == tag
        knows_time = changed is not None and handler.headers.get("If-Modified-Since") == changed
        versions = {"ETag": tag} if changed is None else {"Last-Modified": changed}
        page(b"" if knows_tag or knows_time else body, 304 if knows_tag or knows_time else 200, **versions)(handler)

    return answer


BUSY = page(b"", 503)


def feed_text(*links: str, published: str = "Tue, 01 Mar 2022 10:00:00 GMT") -> bytes:
    """An RSS feed of these links, all published then; without dates where that is empty."""
    date = f"<pubDate>{published}</pubDate>" if published else ""
    items = "".join(f"<item><title>t</title><link>{u}</link>{date}</item>" for u in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()


def feed(*links: str, published: str = "Tue, 01 Mar 2022 10:00:00 GMT") -> Answer:
    return page(feed_text(*links, published=published))
