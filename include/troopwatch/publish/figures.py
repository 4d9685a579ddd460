"""Rival figures: who claims how many, side by side by owner and place. Nothing here is averaged or summed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from troopwatch.publish import names, shelves
from troopwatch.publish.edition import Row
from troopwatch.publish.evidence import Evidence, evidence
from troopwatch.publish.names import Actor

STANDINGS = {shelf.key: shelf.title for shelf in shelves.of("deployments")}
"""How a figure stands, by the shelf of its mention: what is said to be the case comes first."""
WHERE = ("in", "to", "near", "along")
"""Roles of a place where the force is or goes; only without one of these do the others say where."""


@dataclass(frozen=True)
class Figure:
    """A number as a reader takes it: the range in digits, and the words of the text where they say something else."""

    range: str
    written: str
    scope: str


@dataclass(frozen=True)
class Bar:
    """The range on the group's common scale, in percent; an open end fades out."""

    left: float
    width: float
    open_below: bool
    open_above: bool


@dataclass(frozen=True)
class Line:
    """One speaker's range, with every mention that carries it."""

    speaker: Actor
    figure: Figure
    standing: str
    phase: str
    bar: Bar
    evidence: tuple[Evidence, ...]
    independent: int
    """Outlets that had these mentions' texts first: forty copies of one text are one."""


@dataclass(frozen=True)
class Group:
    """All figures of one owner's forces in one place."""

    owner: str
    place: str
    lines: tuple[Line, ...]

    @property
    def standings(self) -> list[tuple[str, list[Line]]]:
        """The lines apart by standing: what is denied or planned never stands among what is asserted."""
        return [(standing, list(lines)) for standing, lines in groupby(self.lines, lambda line: line.standing)]


def figure(row: Row) -> Figure:
    """The number of a deployment row; an empty range where the text states none."""
    low, high = row["count_min"], row["count_max"]
    about = "about " if row["count_approx"] and low is not None and high is not None else ""
    unit = row["count_unit"]
    words = f"{about}{_range(low, high)}{f' {unit}' if unit and unit != 'persons' else ''}"
    scope = (row["count_scope"] or "").replace("_", " ")
    return Figure(words if low is not None or high is not None else "", row["count_text"] or "", scope)


def _range(low: int | None, high: int | None) -> str:
    if low is None:
        return f"up to {high:,}" if high is not None else ""
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def groups(claims: Iterable[Row], day: date) -> list[Group]:
    """The day's claims by owner and place; groups where more than one figure stands come first."""
    sorted_claims = sorted(((where, claim) for claim in claims for where in _places(claim)), key=_group_order)
    made = [_group(key, [claim for _, claim in found], day) for key, found in groupby(sorted_claims, _group_key)]
    return sorted(made, key=lambda group: len(group.lines) < 2)


def _places(claim: Row) -> list[str]:
    """Countries where the counted force is or goes; an empty name where none is named or resolved."""
    places = claim["places"]
    there = [place for place in places if place["role"] in WHERE] or places
    return sorted({place["country"] for place in there if place["country"]}) or [""]


def _group_key(found: tuple[str, Row]) -> tuple[str, str]:
    return names.owner(found[1]["force_owner_code"] or ""), found[0]


def _group_order(found: tuple[str, Row]) -> tuple[bool, str, str, str]:
    owner, place = _group_key(found)
    return owner == "", owner, place, found[1]["record_id"]


def _group(key: tuple[str, str], claims: list[Row], day: date) -> Group:
    owner, place = key
    top = max(max(claim["count_min"] or 0, claim["count_max"] or 0) for claim in claims)
    claims = sorted(claims, key=_line_order)
    lines = [_line(list(same), top, day) for _, same in groupby(claims, _line_key)]
    title = names.actor(owner, claims[0]["force_owner_text"]).name if owner else ""
    return Group(title, names.country(place) if place else "", tuple(lines))


def _line_key(claim: Row) -> tuple[Any, ...]:
    """What is the same figure of the same speaker; the speaker goes by name, for two people may share an office."""
    speaker = claim["claimed_by"].casefold().removeprefix("the ")
    bounds = (claim["count_min"] or 0, claim["count_max"] or 0, bool(claim["count_approx"]))
    return list(STANDINGS).index(claim["shelf"]), speaker, *bounds, claim["count_scope"] or "", claim["phase"]


def _line_order(claim: Row) -> tuple[Any, ...]:
    return *_line_key(claim), claim["outlet"], claim["record_id"]


def _line(same: list[Row], top: int, day: date) -> Line:
    first = same[0]
    return Line(
        names.actor(first["speaker_code"], first["claimed_by"]),
        figure(first),
        STANDINGS[first["shelf"]],
        first["phase"],
        _bar(first["count_min"], first["count_max"], top),
        tuple(evidence(claim, day) for claim in same),
        len({claim["syndicated_from"] for claim in same}),
    )


def _bar(low: int | None, high: int | None, top: int) -> Bar:
    """Where the range lies between nothing and the group's largest bound, with room for an open end."""
    scale = 85 / top if top else 0.0
    left = (low or 0) * scale
    right = 100.0 if high is None else high * scale
    return Bar(round(left, 1), round(max(right - left, 0.8), 1), low is None, high is None)
