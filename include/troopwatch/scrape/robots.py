"""robots.txt, as RFC 9309 wants it: 4xx allows everything, a server that fails forbids everything."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from troopwatch import responses
from troopwatch.captures import Record
from troopwatch.scrape.web import AGENT, FetchError, Web

MAX_ROBOTS = 512_000
"""Bytes of a robots.txt that are read: RFC 9309 asks for at least 500 KiB."""

_AGENT_LINE = re.compile(r"\s*user[-\s]*agent[\s:]+([^#]*)", re.IGNORECASE)


class Robots:
    """The rules of every host that one poll meets; each robots.txt is fetched once and kept as a capture."""

    def __init__(self, web: Web, keep: Callable[[str, Record], Record]) -> None:
        self._web, self._keep = web, keep
        self._rules: dict[str, Protego | FetchError] = {}

    async def allow(self, url: str) -> bool:
        """Whether the address may be asked for. Raises FetchError where the host cannot say."""
        return bool((await self._of(url)).can_fetch(url, AGENT))

    async def pause(self, url: str) -> float:
        """Seconds that the host asks to wait between two requests."""
        return float((await self._of(url)).crawl_delay(AGENT) or 0)

    async def _of(self, url: str) -> Protego:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = await self._read(f"{origin}/robots.txt")
        rules = self._rules[origin]
        if isinstance(rules, FetchError):
            raise rules
        return rules

    async def _read(self, url: str) -> Protego | FetchError:
        try:
            record = self._keep(url, await self._web.get(url))
            return Protego.parse(_for_us(responses.of(record).body[:MAX_ROBOTS].decode("utf-8", "replace")))
        except ValueError as error:  # no HTTP response, or rules that the parser trips over
            return FetchError(f"its robots.txt cannot be read: {error}")
        except FetchError as error:
            if error.status and 400 <= error.status < 500:
                return Protego.parse("")
            return FetchError(f"its robots.txt cannot be had: {error}", error.status)


def _for_us(words: str) -> str:
    """The same rules with one name for all agents that are not us.

    The parser copies the rules of a group to each of its agents: of 15,000 agents and as many rules, 225 million.
    """
    return "\n".join(_named(line) for line in words.splitlines())


def _named(line: str) -> str:
    if not (match := _AGENT_LINE.match(line)):
        return line
    agent = match[1].strip().lower()
    if agent != "*":
        name = agent.replace("*", "")
        agent = name if AGENT.lower().startswith(name) else "another"
    return f"User-agent: {agent}"
