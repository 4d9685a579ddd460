"""Rival figures: who claims how many, side by side by owner and place, over the days that a report looks at.

Nothing here is averaged or summed.
"""

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
    """One speaker's range, with every mention that carries it, the newest first."""

    anchor: str
    speaker: Actor
    low: int | None
    high: int | None
    figure: Figure
    standing: str
    phase: str
    bar: Bar
    claimed: tuple[date, ...]
    """The days on which it was claimed, the first one first."""
    evidence: tuple[Evidence, ...]
    articles: int
    independent: int
    """Outlets that had these mentions' texts first: forty copies of one text are one."""
    today: int
    """Mentions of the report's own day."""
    is_present: bool
    """Whether it is asserted of what is there now: only such figures are counted."""

    @property
    def who(self) -> str:
        """The speaker as one and the same over its lines."""
        return self.speaker.words.casefold().removeprefix("the ")

    @property
    def is_new(self) -> bool:
        """Whether nobody had captured it before the report's day."""
        return self.today == len(self.evidence)


@dataclass(frozen=True)
class Group:
    """All figures of one owner's forces in one relation to a place, or to places that are meant together.

    Where owner or place is not resolved it is one claim alone: two figures are not of one thing because nobody knows
    either.
    """

    owner: str
    """Empty where it is not resolved; then `owner_words` are all that is known."""
    owner_words: str
    where: str
    """Empty where no place is resolved; then `spots` are role and words of those that are named."""
    spots: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]

    @property
    def is_attributed(self) -> bool:
        """Whether its figures can be compared with any other: owner and place are known."""
        return bool(self.owner and self.where)

    @property
    def speakers(self) -> list[Line]:
        """Each speaker's newest line, the speakers in the order of their first claims."""
        newest: dict[str, Line] = {}
        for line in sorted(self.lines, key=lambda one: (one.claimed[0], one.who)):
            if line.who not in newest or line.claimed[-1] >= newest[line.who].claimed[-1]:
                newest[line.who] = line
        return list(newest.values())

    @property
    def is_today(self) -> bool:
        """Whether any of them is claimed on the report's day."""
        return any(line.today for line in self.lines)

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
    """Claims of the days up to `day` by owner, relation and place.

    Groups with a claim of the day itself come first, among those what is attributed, and then the groups where more
    than one figure stands.
    """
    ordered = sorted(claims, key=lambda claim: (*_group_key(claim), claim["record_id"]))
    made = [_group(list(found), day) for _, found in groupby(ordered, _group_key)]
    return sorted(made, key=lambda group: (not group.is_today, not group.is_attributed, len(group.lines) < 2))


def _group_key(claim: Row) -> tuple[str, ...]:
    """What figures must have in common to be compared; one of an unknown owner or place is compared with none."""
    code, place = claim["force_owner_code"], claim["place_code"]
    alone = "" if names.is_known(code) and place else claim["claim_id"]
    return names.owner(code or ""), place or "", claim["place_relation"] or "", alone


def _group(claims: list[Row], day: date) -> Group:
    top = max(max(claim["count_min"] or 0, claim["count_max"] or 0) for claim in claims)
    claims = sorted(claims, key=_line_order)
    lines = sorted((_line(list(same), top, day) for _, same in groupby(claims, _line_key)), key=_newest_first)
    first, code = claims[0], claims[0]["force_owner_code"]
    words = first["force_owner_text"] or ""
    owner = names.actor(names.owner(code), words).name if names.is_known(code) else ""
    spots = tuple((place["role"], place["text"]) for place in first["places"])
    return Group(owner, words, names.where(first["place_relation"], first["place_code"]), spots, tuple(lines))


def _line_key(claim: Row) -> tuple[Any, ...]:
    """What is the same figure of the same speaker; the speaker goes by name, for two people may share an office."""
    speaker = claim["claimed_by"].casefold().removeprefix("the ")
    bounds = (claim["count_min"] or 0, claim["count_max"] or 0, bool(claim["count_approx"]))
    return list(STANDINGS).index(claim["shelf"]), speaker, *bounds, claim["count_scope"] or "", claim["phase"]


def _line_order(claim: Row) -> tuple[Any, ...]:
    return *_line_key(claim), -claim["day"].toordinal(), claim["outlet"], claim["record_id"]


def _newest_first(line: Line) -> tuple[int, int, int]:
    """Within a standing, the newest claims first, and of one day the largest: sorting keeps the rest in order."""
    titles = list(STANDINGS.values())
    return titles.index(line.standing), -line.claimed[-1].toordinal(), -max(line.low or 0, line.high or 0)


def _line(same: list[Row], top: int, day: date) -> Line:
    newest, first = same[0], min(same, key=lambda claim: (claim["claim_date"], claim["record_id"]))
    return Line(
        anchor=f"f-{first['record_id']}",
        speaker=names.actor(newest["speaker_code"], newest["claimed_by"]),
        low=newest["count_min"],
        high=newest["count_max"],
        figure=figure(newest),
        standing=STANDINGS[newest["shelf"]],
        phase=newest["phase"],
        bar=_bar(newest["count_min"], newest["count_max"], top),
        claimed=tuple(sorted({claim["claim_date"] for claim in same})),
        evidence=tuple(evidence(claim, day) for claim in same),
        articles=len({claim["article_id"] for claim in same}),
        independent=len({claim["syndicated_from"] for claim in same}),
        today=sum(claim["day"] == day for claim in same),
        is_present=(newest["status"], newest["standing"]) == ("asserted", "present"),
    )


def _bar(low: int | None, high: int | None, top: int) -> Bar:
    """Where the range lies between nothing and the group's largest bound, with room for an open end."""
    scale = 85 / top if top else 0.0
    left = (low or 0) * scale
    right = 100.0 if high is None else high * scale
    return Bar(round(left, 1), round(max(right - left, 0.8), 1), low is None, high is None)
