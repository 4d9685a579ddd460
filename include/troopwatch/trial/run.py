"""Try sources side by side, but never two of one host at a time."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime

from troopwatch.scrape import sample
from troopwatch.settings import Settings
from troopwatch.sources import Feed, Sitemap
from troopwatch.trial import verdict
from troopwatch.trial.verdict import Trial

Live = Feed | Sitemap
AT_ONCE = 8
"""Hosts that are asked at the same time."""


def try_all(
    chosen: Iterable[Live], settings: Settings, now: datetime, pages: int, tell: Callable[[Trial], None]
) -> list[Trial]:
    """Try each source once, with a sample of `pages` pages; trials in the order of the names.

    Every trial is told as soon as it is there. Nothing is written, and no answer of a server is an error.
    """
    return asyncio.run(_all(chosen, settings, now, pages, tell))


async def _all(
    chosen: Iterable[Live], settings: Settings, now: datetime, pages: int, tell: Callable[[Trial], None]
) -> list[Trial]:
    hosts: dict[str, list[Live]] = {}
    for source in chosen:
        hosts.setdefault(source.url.host or "", []).append(source)
    free, trials = asyncio.Semaphore(AT_ONCE), list[Trial]()

    async def try_host(group: list[Live]) -> None:
        async with free:
            for source in group:
                found = verdict.of(source, await sample.take(source, settings, now, pages), now)
                trials.append(found)
                tell(found)

    async with asyncio.TaskGroup() as tasks:
        for group in hosts.values():
            tasks.create_task(try_host(group))
    return sorted(trials, key=lambda trial: trial.name)
