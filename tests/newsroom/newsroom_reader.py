"""Asks a running newsroom for things, and holds the clock that it shows the world by."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from datetime import UTC, datetime

import newsroom

AFTER_ALL = datetime(2024, 11, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


class Reader:
    """Asks the running newsroom as a scraper would: by host name, over a socket."""

    def __init__(self) -> None:
        self.now = AFTER_ALL
        self.running: newsroom.Serving | None = None

    def clock(self) -> datetime:
        return self.now

    def get(self, host: str, target: str, method: str = "GET", **headers: str) -> Reply:
        assert self.running is not None
        connection = http.client.HTTPConnection("127.0.0.1", self.running.port, timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, target, headers={"Host": host, **named})
            response = connection.getresponse()
            return Reply(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()
