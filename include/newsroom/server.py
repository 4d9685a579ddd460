"""Serves the newsroom over real HTTP on loopback; the outlets are virtual hosts of one port."""

from __future__ import annotations

import errno
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from newsroom.render import http_date
from newsroom.site import Answer, Clock, Newsroom, Visit

LOOPBACK = "127.0.0.1"


class PortInUseError(OSError):
    """Somebody else listens there; the message says what to do."""


@dataclass(frozen=True)
class Serving:
    """What `serve` yields: where the newsroom listens, and what it was asked."""

    newsroom: Newsroom
    port: int

    @property
    def hosts(self) -> list[str]:
        return self.newsroom.hosts

    @property
    def connect_to(self) -> str:
        """The rule that sends every outlet's host to this server."""
        return f"*.example={LOOPBACK}:{self.port}"

    @property
    def visits(self) -> list[Visit]:
        return list(self.newsroom.visits)


class NewsroomServer(ThreadingHTTPServer):
    daemon_threads = True
    # Two servers sharing one port would each answer half of the requests, with two different clocks.
    allow_reuse_port = False

    def __init__(self, newsroom: Newsroom, port: int) -> None:
        self.newsroom = newsroom
        super().__init__((LOOPBACK, port), NewsroomHandler)


class NewsroomHandler(BaseHTTPRequestHandler):
    """GET and HEAD; everything else is answered with an error by the base class."""

    protocol_version = "HTTP/1.1"
    timeout = 10
    # Header and body leave in one packet; otherwise kept-alive connections wait for delayed ACKs.
    wbufsize = -1
    disable_nagle_algorithm = True
    server: NewsroomServer

    def do_GET(self) -> None:
        self._serve(with_body=True)

    def do_HEAD(self) -> None:
        self._serve(with_body=False)

    def version_string(self) -> str:
        return "newsroom"

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The base class would tell the wall clock here."""
        return http_date(self.server.newsroom.now())

    def log_message(self, format: str, *args: object) -> None:
        """Silent: `Newsroom.visits` holds what was asked."""

    def _serve(self, with_body: bool) -> None:
        host, target = self._asked()
        answer = self.server.newsroom.answer(host, target)
        tag = f'"{hashlib.sha256(answer.body).hexdigest()[:32]}"'
        unchanged = self._is_unchanged(answer, tag)
        status = 304 if unchanged else answer.status
        self._remember(host, target, status)
        self._send_head(answer, tag, status)
        if with_body and not unchanged:
            self.wfile.write(answer.body)

    def _asked(self) -> tuple[str, str]:
        """A client that takes us for a proxy names the host in the target itself."""
        if self.path.startswith("http://"):
            host, _, rest = self.path.removeprefix("http://").partition("/")
            return host, f"/{rest}"
        return self.headers.get("Host", ""), self.path

    def _is_unchanged(self, answer: Answer, tag: str) -> bool:
        if answer.status != 200:
            return False
        known_tag = self.headers.get("If-None-Match")
        if known_tag is not None:
            return tag in known_tag or known_tag.strip() == "*"
        return answer.modified is not None and self._knows_since(answer)

    def _knows_since(self, answer: Answer) -> bool:
        try:
            since = parsedate_to_datetime(self.headers.get("If-Modified-Since", ""))
            return answer.modified is not None and answer.modified.replace(microsecond=0) <= since
        except (TypeError, ValueError):
            return False

    def _send_head(self, answer: Answer, tag: str, status: int) -> None:
        self.send_response(status)
        self.send_header("ETag", tag)
        if answer.modified is not None:
            self.send_header("Last-Modified", http_date(answer.modified))
        if status != 304:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()

    def _remember(self, host: str, target: str, status: int) -> None:
        agent = self.headers.get("User-Agent", "")
        self.server.newsroom.visits.append(Visit(host.partition(":")[0].lower(), target, status, agent))


def open_server(clock: Clock, port: int = 0) -> NewsroomServer:
    """A bound server that does not answer yet; port 0 picks a free one."""
    try:
        return NewsroomServer(Newsroom(clock), port)
    except OSError as problem:
        if problem.errno != errno.EADDRINUSE:
            raise
        raise PortInUseError(f"port {port} on {LOOPBACK} is in use; choose another, or 0 for any free one") from problem


@contextmanager
def serve(clock: Clock, port: int = 0) -> Iterator[Serving]:
    """Serves the newsroom from a thread until the block ends."""
    server = open_server(clock, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, name="newsroom")
    thread.start()
    try:
        yield Serving(server.newsroom, server.server_address[1])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
