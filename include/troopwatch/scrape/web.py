"""HTTP with manners and limits: one request at a time, pauses, caps, deadlines, and no private address by accident."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from errno import EACCES
from fnmatch import fnmatch
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from troopwatch.captures import MAX_BLOCK, Record
from troopwatch.scrape import addresses, patience, turns
from troopwatch.settings import Settings

AGENT = "Troopwatch"
MAX_REDIRECTS = 5
REQUEST_DEADLINE = 60.0
"""Seconds for one request in all, so that a server which drips bytes cannot hold a run."""
TRIES = 3
RETRIED = frozenset({429, 500, 502, 503, 504})


class FetchError(Exception):
    """A request that brought no usable response; `status` where there was one, `wait` the seconds it asks to wait."""

    def __init__(self, reason: str, status: int | None = None, wait: float | None = None) -> None:
        super().__init__(reason)
        self.status, self.wait = status, wait


class Web:
    """A client for one poll; `now` is the time its captures carry."""

    def __init__(self, settings: Settings, now: datetime) -> None:
        self.now = now.astimezone(UTC).replace(microsecond=0)
        self._settings = settings
        self._routes = _routes(settings.connect_to)
        self._not_before: dict[str, tuple[float, int | None]] = {}
        self.conditions: Callable[[str], Mapping[str, str]] = lambda _: {}
        """Headers that an address is asked with, so that it is sent only if it has changed."""

    async def __aenter__(self) -> Self:
        resolver, guard = _Resolver(self._routes), _Guard(self._routes.values())
        connector = aiohttp.TCPConnector(resolver=resolver, socket_factory=guard, limit=1, force_close=True)
        self._session = aiohttp.ClientSession(
            connector=connector,
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=REQUEST_DEADLINE),
            headers={"User-Agent": f"{AGENT}/1 (+{self._settings.contact})", "Accept-Encoding": "gzip"},
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def get(self, url: str, pause: float = 0.0) -> Record:
        """The response to a GET, redirects followed without asking anybody. Raises FetchError as `hop` does."""
        for _ in range(MAX_REDIRECTS + 1):
            found = await self.hop(url, pause)
            if isinstance(found, Record):
                return found
            url = found
        raise FetchError(f"more than {MAX_REDIRECTS} redirects")

    async def hop(self, url: str, pause: float) -> Record | str:
        """The response to a GET, or where it redirects to. Raises FetchError with the reason in words.

        It is tried again a few times where the server is only busy, after as long as that asks for, and longer and
        longer. A host that asks for more patience than a visit has is not asked again in it.
        """
        host, pause = urlsplit(url).netloc, max(pause, self._least_pause(url))
        for attempt in range(1, TRIES + 1):
            await self._wait(host)
            try:
                async with turns.turn(self._settings.data, host, pause):
                    return await self._once(url)
            except FetchError as error:
                if error.status not in RETRIED:
                    raise
                wait = self._put_off(url, attempt, error.wait, error.status)
                if attempt == TRIES or wait > patience.MOST:
                    raise
        raise AssertionError("the last attempt returns or raises")

    @asynccontextmanager
    async def download(self, url: str, pause: float, seconds: float) -> AsyncIterator[aiohttp.ClientResponse]:
        """The response to a GET, whose body the caller reads piece by piece, as it is, within this time. Not tried
        again here. Raises FetchError, TimeoutError and aiohttp.ClientError.

        The host's turn ends with the head: a body of gigabytes would let all others wait. One body at a time, though.
        """
        check(url)
        host, pause, data = urlsplit(url).netloc, max(pause, self._least_pause(url)), self._settings.data
        whole, total = {"Accept-Encoding": "identity"}, aiohttp.ClientTimeout(total=seconds)
        async with turns.turn(data, f"bodies of {host}", pause), AsyncExitStack() as stack:
            await self._wait(host)
            async with turns.turn(data, host, pause):
                asking = self._session.get(url, allow_redirects=False, headers=whole, timeout=total)
                response = await stack.enter_async_context(asking)
            if response.status in RETRIED:
                self._put_off(url, 1, patience.asked_for(response.headers, self.now), response.status)
            yield response

    def _least_pause(self, url: str) -> float:
        """Seconds that a host is left alone whatever it asks for; none where `connect_to` says it is one of our own."""
        return 0.0 if _route(self._routes, urlsplit(url).hostname or "") else self._settings.pause

    def _put_off(self, url: str, attempt: int, asked_for: float | None, status: int | None) -> float:
        """Leave a busy host alone for as long as it asks for, and longer with each attempt; for how many seconds."""
        wait = max(asked_for or 0, patience.backoff(url, attempt, self._least_pause(url)))
        self._not_before[urlsplit(url).netloc] = asyncio.get_running_loop().time() + wait, status
        return wait

    async def _wait(self, host: str) -> None:
        """Wait until a host that was busy may be asked again. Raises FetchError where that takes too long."""
        until, status = self._not_before.get(host, (0.0, None))
        wait = until - asyncio.get_running_loop().time()
        if wait > patience.MOST:
            raise FetchError(f"its host asked to be left alone for more than {patience.MOST:.0f} seconds", status)
        await asyncio.sleep(max(wait, 0))

    async def _once(self, url: str) -> Record | str:
        """One request: the response, or where it redirects to."""
        check(url)
        try:
            async with self._session.get(url, allow_redirects=False, headers=self.conditions(url)) as response:
                if response.status in {301, 302, 303, 307, 308} and "Location" in response.headers:
                    return addresses.clean(urljoin(url, response.headers["Location"]))
                if response.status != 200:
                    wait = patience.asked_for(response.headers, self.now)
                    raise FetchError(f"HTTP {response.status}", response.status, wait)
                return Record(url, self.now, _head(response) + await _body(response))
        except TimeoutError as error:
            raise FetchError(f"no complete answer within {REQUEST_DEADLINE:.0f} seconds") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise FetchError(f"{type(error).__name__}: {error}") from error


def check(url: str) -> None:
    """Raises FetchError for an address that is never fetched, whoever names it."""
    try:
        parts = urlsplit(addresses.clean(url))
    except ValueError as error:
        raise FetchError(f"it is no address: {error}") from error
    if parts.scheme not in {"http", "https"}:
        raise FetchError("only http and https are fetched")


def _head(response: aiohttp.ClientResponse) -> bytes:
    """The HTTP head as served, but for the transfer encoding, which the client has undone."""
    lines = [f"HTTP/1.1 {response.status} {response.reason or ''}".encode()]
    lines += [n + b": " + v for n, v in response.raw_headers if n.lower() != b"transfer-encoding"]
    return b"\r\n".join(lines) + b"\r\n\r\n"


async def _body(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_chunked(1 << 16):
        body += chunk
        if len(body) > MAX_BLOCK // 2:
            raise FetchError(f"its body is larger than {MAX_BLOCK // 2} bytes", response.status)
    return bytes(body)


def _routes(words: str) -> dict[str, tuple[str, int]]:
    """`*.example=127.0.0.1:8700` as {host pattern: (address, port)}. Raises ValueError where it is none."""
    pairs = (word.partition("=") for word in words.split())
    return {host: (to.rpartition(":")[0], int(to.rpartition(":")[2])) for host, _, to in pairs}


def _route(routes: dict[str, tuple[str, int]], host: str) -> tuple[str, int] | None:
    """Where the first pattern that the host is of leads to."""
    return next((to for pattern, to in routes.items() if fnmatch(host, pattern)), None)


class _Resolver(AbstractResolver):
    """Sends the hosts of `connect_to` where the setting says, and asks the system for the others."""

    def __init__(self, routes: dict[str, tuple[str, int]]) -> None:
        self._routes = routes
        self._system = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if not (route := _route(self._routes, host)):
            return await self._system.resolve(host, port, family)
        address, to_port = route
        flags = socket.AI_NUMERICHOST
        return [ResolveResult(hostname=host, host=address, port=to_port, family=socket.AF_INET, proto=0, flags=flags)]

    async def close(self) -> None:
        await self._system.close()


class _Guard:
    """Makes the sockets, and refuses any address that is not public: pages may link to anything.

    It sees what is connected to, so that a name which resolves to something else the second time gains nothing.
    """

    def __init__(self, allowed: Iterable[tuple[str, int]]) -> None:
        self._allowed = frozenset(allowed)

    def __call__(self, info: aiohttp.AddrInfoType) -> socket.socket:
        family, kind, proto, _, address = info
        host, port = str(address[0]), address[1]
        if (host, port) not in self._allowed and not addresses.is_public(host):
            raise PermissionError(EACCES, f"{host} is not a public address")  # what has no number is shown as None
        made = socket.socket(family, kind, proto)
        made.setblocking(False)
        return made
