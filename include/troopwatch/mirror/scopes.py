"""Which files each step needs of the store: no more than it reads, and all that it may replace or remove."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from troopwatch import days
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

CAPTURES = "scrape/captures"
STATUS = "published/status.json"
LAKE_FOLDERS = tuple(f"{table.stage}/{table.name}" for table in LAKE.values())
WHOLE = (*LAKE_FOLDERS, "aggregate", "published")
"""All but the captures: whether a day is open is told by the bytes of all of its partitions."""
REMEMBERED = 30
"""Days before a day that a live source's visit looks at: what was captured then may be asked for again."""
REACH = 56
"""Days on either side of a day that its figures matter to, and that matter to them."""
WATCHED = 28
"""Days over which the sources' health is looked at."""
LISTS = r"aggregate/edition-[^/]*\.inputs|aggregate/inputs/.*\.json|published/editions/[^/]+/edition\.json"
"""Small files that say what candidates and editions were made from."""
CITING = rf"{LISTS}|published/(editions/[^/]+/)?troopwatch\.duckdb|({'|'.join(LAKE_FOLDERS)})/.*"
"""These, what cites captures, and what tells whether a day is open."""


@dataclass(frozen=True)
class Errand:
    """A step that is about to be taken; `about` is the source that it is for, if it is for one."""

    step: str
    day: date
    settings: Settings
    now: datetime
    about: str | None = None


@dataclass(frozen=True)
class Scope:
    """Folders, single files, the source whose parts alone are wanted of them, and the names of what is to be read."""

    folders: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    source: str | None = None
    read: str = r".*"

    def wants(self, key: str) -> bool:
        """Whether a file of one of the folders is wanted; parts of a source are SOURCE.* and SOURCE@VISIT.*."""
        if self.source is None:
            return True
        name = key.rpartition("/")[2].removeprefix(".")
        return name.startswith((f"{self.source}.", f"{self.source}@"))

    def reads(self, key: str) -> bool:
        """Whether a file's bytes are wanted, and not only that it is there."""
        return re.fullmatch(self.read, key, re.S) is not None


def of(errand: Errand) -> Scope:
    """The scope of a step. One that is not known here gets all but the captures."""
    known = SCOPES.get(errand.step)
    return known(errand) if known else Scope(WHOLE)


def _of_day(day: date, *stages: str) -> tuple[str, ...]:
    return tuple(f"{table.stage}/{table.name}/day={day}" for table in LAKE.values() if table.stage in stages)


def _captures(day: date) -> str:
    return f"{CAPTURES}/day={day}"


def _scrape(errand: Errand) -> Scope:
    """The source's own day, and where it can be asked now, what stands of the days before."""
    own = (_captures(errand.day), *_of_day(errand.day, "scrape"))
    if not days.can_be_asked_now(errand.day, errand.now):
        return Scope(own, source=errand.about)
    before = [errand.day - n * days.ONE for n in range(1, REMEMBERED + 1)]
    earlier = (folder for day in before for folder in (_captures(day), f"scrape/fetches/day={day}"))
    return Scope((*own, *earlier), source=errand.about)


def _check(errand: Errand) -> Scope:
    return Scope(_of_day(errand.day, "scrape", "normalize", "detect", "quality"))


def _history(errand: Errand) -> Scope:
    """The days that are held against it, and those that it and they are held against."""
    around = days.between(errand.day - REACH * days.ONE, errand.day + REACH * days.ONE)
    return Scope(tuple(f"{folder}/day={day}" for day in around for folder in LAKE_FOLDERS))


def _tally(errand: Errand) -> Scope:
    return Scope((f"scrape/ledger/day={errand.day}",))


def _normalize(errand: Errand) -> Scope:
    return Scope((_captures(errand.day), *_of_day(errand.day, "scrape", "normalize")))


def _detect(errand: Errand) -> Scope:
    return Scope(_of_day(errand.day, "normalize", "detect"))


def _aggregate(_: Errand) -> Scope:
    return Scope((*LAKE_FOLDERS, "aggregate"), (STATUS,))


def _edition(_: Errand) -> Scope:
    return Scope((*(name for name in LAKE_FOLDERS if name.startswith("quality/")), "aggregate"))


def _retain(errand: Errand) -> Scope:
    """What may be removed, by name. Whether a capture may be is asked only where captures are not kept for ever."""
    if not errand.settings.keep_raw_days:
        return Scope(("aggregate", "published"), read=LISTS)
    return Scope((*WHOLE, CAPTURES), read=CITING)


def _listen(errand: Errand) -> Scope:
    """The tables that tell how the sources fared over the last weeks."""
    names = ("scrape/ledger", "normalize/documents", "normalize/quarantine")
    watched = [errand.day - n * days.ONE for n in range(WATCHED + 2)]
    return Scope(tuple(f"{name}/day={day}" for day in watched for name in names))


def _find(_: Errand) -> Scope:
    return Scope((CAPTURES, "scrape/fetches"))


SCOPES: dict[str, Callable[[Errand], Scope]] = {
    "scrape": _scrape,
    "poll": _scrape,
    "why_nothing": _tally,
    "tally": _tally,
    "check": _check,
    "normalize": _normalize,
    "detect": _detect,
    "judge": _check,
    "hold_against_past": _history,
    "rejudge_later": _history,
    "aggregate": _aggregate,
    "judge_candidate": _edition,
    "retain": _retain,
    "listen": _listen,
    "find": _find,
}
"""By step; those that publish, or say anew what is published, look at all but the captures."""
