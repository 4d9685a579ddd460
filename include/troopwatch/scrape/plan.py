"""What one visit of a live source asks for, by what the visits before it brought."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from troopwatch import days
from troopwatch.scrape.ledger import Row, last_listings
from troopwatch.scrape.listings import Item

LOOK_BACK = timedelta(days=1)
"""The day's run also asks for pages that a listing dates to the day before: late items show there."""
AGAIN_AFTER = (1, 7)
"""Days after its first capture on which a page is asked for again, to see corrections and deletions."""
REMEMBERED = 30
"""Days for which a page that a listing gives no date is known to have been captured."""
BUSY = frozenset({408, 425, 429})
"""What a client is told that should ask later; any other 4xx is an answer, which asking again would only repeat."""
HELD = frozenset({"stored", "unchanged"})
"""Outcomes after which a capture of the address is at hand."""


@dataclass(frozen=True)
class Errand:
    """One address to ask for: its role, when its listing dates it, and how many days after its first capture."""

    role: str
    url: str
    listed_at: datetime | None = None
    after_days: int | None = None

    @classmethod
    def page(cls, item: Item) -> "Errand":
        return cls("page", item.url, item.published_at, 0)


@dataclass(frozen=True)
class Plan:
    """`since` is when the oldest item that is asked for was published; `known` are captures by their address.

    `done` are pages of the day that are not asked for again, `seen` those of days before, `again` what failed and
    what is due for another look.
    """

    day: date
    since: datetime
    listing: bool = True
    again: tuple[Errand, ...] = ()
    done: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()
    known: Mapping[str, Row] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.listing and not self.again


def of_poll(day: date, asked: list[Row], before: Iterable[Row] = ()) -> Plan:
    """The listing as it is now, and the day's pages that no visit has stored yet."""
    return Plan(day, days.start(day), done=_done(asked), seen=_pages(before), known=_held(asked, "listing"))


def of_run(day: date, asked: list[Row], is_captured: bool, before: Iterable[Row] = ()) -> Plan:
    """All that is still to be had of the day: for a captured one, only what failed.

    `before` are the fetches of the days before, where the present can still be asked: pages first captured one and
    seven days ago are then due for another look.
    """
    before = list(before)
    done = _done(asked)
    listing = not is_captured or any(can_be_mended(f) for f in last_listings(asked))
    mend = [_errand(f, f["after_days"]) for f in last(asked, "page") if can_be_mended(f)]
    due = [_errand(f, (day - f["day"]).days) for f in before if listing and _is_due(f, day)]
    again = {errand.url: errand for errand in [*due, *mend] if errand.url not in done}
    known = _held(before, "page") | _held(asked, "page", "listing")
    return Plan(day, days.start(day) - LOOK_BACK, listing, tuple(again.values()), done, _pages(before), known)


def was_visited(day: date, asked: list[Row]) -> bool:
    """Whether the day's run has had its listing: a run killed before it wrote its ledger row is not made again."""
    listings = (f for f in asked if f["role"] == "listing" and f["outcome"] == "stored" and f["reason"] is None)
    return any(f["captured_at"] >= days.end(day) for f in listings)


def _errand(fetch: Row, after_days: int | None) -> Errand:
    return Errand("page", fetch["url"], fetch["listed_at"], after_days)


def _is_due(fetch: Row, day: date) -> bool:
    is_first = fetch["role"] == "page" and fetch["outcome"] == "stored" and fetch["after_days"] == 0
    return is_first and (day - fetch["day"]).days in AGAIN_AFTER


def last(asked: list[Row], role: str) -> list[Row]:
    """How each address of a role ended at last, the latest at the end."""
    ended: dict[str, Row] = {}
    for fetch in asked:
        if fetch["role"] == role:
            ended.pop(fetch["url"], None)
            ended[fetch["url"]] = fetch
    return list(ended.values())


def can_be_mended(fetch: Row) -> bool:
    """Whether a fetch failed in a way that can pass."""
    told = fetch["status"]
    return fetch["outcome"] == "failed" and (told is None or told in BUSY or not 400 <= told < 500)


def _done(asked: list[Row]) -> frozenset[str]:
    """Pages that are stored, whatever an attempt before or after says, and those that robots.txt forbids."""
    return frozenset(f["url"] for f in asked if f["role"] == "page" and f["outcome"] != "failed")


def _pages(before: Iterable[Row]) -> frozenset[str]:
    return frozenset(f["url"] for f in before if f["role"] == "page" and f["outcome"] in HELD)


def _held(asked: Iterable[Row], *roles: str) -> dict[str, Row]:
    """The last capture of every address of these roles: a listing's only of the day itself, which stands on it."""
    held = sorted((f for f in asked if f["outcome"] == "stored"), key=lambda f: f["captured_at"])
    return {f["url"]: f for f in held if f["role"] in roles}
