"""What one visit of a live source asks for, by what the day's visits before it brought."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from troopwatch import days
from troopwatch.scrape.ledger import Row
from troopwatch.scrape.listings import Item

LOOK_BACK = timedelta(days=1)
"""The day's run asks once more for pages of the day before: late items and corrections show there."""
BUSY = frozenset({408, 425, 429})
"""What a client is told that should ask later; any other 4xx is an answer, which asking again would only repeat."""


@dataclass(frozen=True)
class Plan:
    """`since` is when the oldest item that is asked for was published; `done` are addresses not to ask again."""

    day: date
    since: datetime
    listing: bool = True
    again: tuple[Item, ...] = ()
    done: Collection[str] = ()

    @property
    def is_empty(self) -> bool:
        return not self.listing and not self.again


def of_poll(day: date, asked: list[Row]) -> Plan:
    """The listing as it is now, and the day's pages that no visit of the day has stored yet."""
    return Plan(day, days.start(day), done=_done(asked))


def of_run(day: date, asked: list[Row], is_captured: bool) -> Plan:
    """All that is still to be had of the day: for a captured one, only what failed."""
    done, last = _done(asked), _last(asked, "page")
    again = tuple(Item(f["url"], f["listed_at"]) for f in last if _can_be_mended(f) and f["url"] not in done)
    listing = not is_captured or any(_can_be_mended(f) for f in _last(asked, "listing")[-1:])
    return Plan(day, days.start(day) - LOOK_BACK, listing, again, done)


def was_visited(day: date, asked: list[Row]) -> bool:
    """Whether the day's run has had its listing: a run killed before it wrote its ledger row is not made again."""
    listings = (f for f in asked if f["role"] == "listing" and f["outcome"] == "stored" and f["reason"] is None)
    return any(f["captured_at"] >= days.end(day) for f in listings)


def _last(asked: list[Row], role: str) -> list[Row]:
    """How each address of a role ended at last, the latest at the end."""
    ended: dict[str, Row] = {}
    for fetch in asked:
        if fetch["role"] == role:
            ended.pop(fetch["url"], None)
            ended[fetch["url"]] = fetch
    return list(ended.values())


def _can_be_mended(fetch: Row) -> bool:
    told = fetch["status"]
    return fetch["outcome"] == "failed" and (told is None or told in BUSY or not 400 <= told < 500)


def _done(asked: list[Row]) -> frozenset[str]:
    """Pages that are stored, whatever an attempt before or after says, and those that robots.txt forbids."""
    return frozenset(f["url"] for f in asked if f["role"] == "page" and f["outcome"] != "failed")
