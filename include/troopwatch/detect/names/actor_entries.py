"""The terms of the actor dictionaries and which entry of a term a text means."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from troopwatch.detect.names.actor_context import Context
from troopwatch.detect.names.actor_specs import AmbiguousSpec, ReadingSpec

IGO = "IGO"


class Title(NamedTuple):
    """An office named directly before a person: its words in lower case, and its sector."""

    words: str
    sector: str

    def fits(self, entry: "Entry") -> bool:
        """Whether the office may be that of the entry: Secretary of State, but not Ambassador, for a minister."""
        last = self.words.split()[-1].replace("spokesman", "spokesperson").replace("spokeswoman", "spokesperson")
        if self.words in entry.office or entry.office in self.words or last in entry.office.split():
            return True
        return (entry.code or "").endswith("MIL") and self.sector == "MIL"


class Reading(NamedTuple):
    """What a term stands for in one text; `code` is None with a `reason`."""

    code: str | None
    form: str
    entry: str
    reason: str | None = None
    country: str | None = None


@dataclass(frozen=True)
class Entry:
    """One line of a dictionary."""

    id: str
    name: str
    form: str
    code: str | None
    since: date | None = None
    until: date | None = None
    reason: str | None = None
    office: str = ""

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def covers_year(self, year: int) -> bool:
        return (self.since is None or self.since.year <= year) and (self.until is None or year <= self.until.year)

    def reading(self) -> Reading:
        return Reading(self.code, self.form, self.id, self.reason, self.code[:3] if self.code else None)


@dataclass
class Term:
    """All that one string can stand for. `surname` holds the persons of whom it is the short name."""

    entries: list[Entry] = field(default_factory=list)
    persons: list[Entry] = field(default_factory=list)
    surname: list[Entry] = field(default_factory=list)
    common: bool = False
    """Whether the surname is also a frequent name, so that it needs its country in the text."""
    never_alone: bool = False
    """Whether the surname is an ordinary word or month."""
    rule: "Rule | None" = None
    ignored: bool = False


@dataclass(frozen=True)
class _Cues:
    """One reading's words, ready for lookup."""

    code: str | None
    form: str | None
    near: tuple[str, ...]
    before: frozenset[str]
    after: frozenset[str]
    beside_name: bool

    @classmethod
    def of(cls, spec: ReadingSpec) -> "_Cues":
        before, after = frozenset(spec.before), frozenset(spec.after)
        return cls(spec.code, spec.form, tuple(spec.near), before, after, spec.beside_name)

    def weight(self, context: Context, i: int, j: int) -> int:
        """How strongly the text speaks for this reading: neighbours count three times."""
        beside = context.directly_before(i, self.before) or context.directly_after(j, self.after)
        if self.beside_name and not beside:
            beside = context.name_before(i) or context.name_after(j)
        return 3 * beside + sum(context.says(word) for word in self.near)


@dataclass(frozen=True)
class Rule:
    """How an ambiguous term is read."""

    id: str
    spec: AmbiguousSpec
    cues: tuple[_Cues, ...]

    @classmethod
    def of(cls, id_: str, spec: AmbiguousSpec) -> "Rule":
        return cls(id_, spec, tuple(_Cues.of(r) for r in spec.readings))

    def read(self, context: Context, i: int, j: int) -> Reading | None:
        """The reading with most weight; None where that is no actor at all. On a tie of several, no code."""
        if self.spec.only_after and not context.directly_before(i, frozenset(self.spec.only_after)):
            return None
        weights = [cues.weight(context, i, j) for cues in self.cues]
        best = max(weights, default=0)
        chosen = [cues for cues, weight in zip(self.cues, weights, strict=True) if best and weight == best]
        codes = {cues.code for cues in chosen} or {self.spec.default}
        code = codes.pop() if len(codes) == 1 else None
        if (len(chosen) == 1 and code is None) or (self.spec.silent and not chosen):
            return None
        form = chosen[0].form if len(chosen) == 1 and chosen[0].form else self.spec.form
        return Reading(code, form, self.id, None if code else self.spec.reason, code[:3] if code else None)


def read_plain(entries: list[Entry], on: date | None) -> Reading:
    """The entry that holds on the day; without a day, the first one."""
    valid = [e for e in entries if on is None or e.covers(on)] or entries
    return valid[0].reading()


def read_person(persons: list[Entry], context: Context, title: Title | None) -> Reading:
    """The office of a person on the day, or in a year that the text names, or that a title beside the name asserts.

    Another title counts as itself: a senator who later became president is in the legislature.
    """
    day = context.on
    valid = [e for e in persons if day is None or e.covers(day)]
    valid = valid or [e for e in persons if any(e.covers_year(y) for y in context.years)]
    valid = valid or [e for e in persons if title and title.fits(e)]
    if not valid:
        return _out_of_office(persons, day, title)
    latest = max(valid, key=lambda e: e.since or date.min)
    if len({(e.code or "")[:3] for e in valid}) > 1:
        names = ", ".join(sorted({f"{e.name} ({e.code})" for e in valid}))
        return Reading(None, latest.form, latest.id, f"several offices or persons: {names}")
    return latest.reading()


def _out_of_office(persons: list[Entry], day: date | None, title: Title | None) -> Reading:
    one = persons[0]
    country = (one.code or "")[:3] or None
    if title and country and country != IGO and len({(e.code or "")[:3] for e in persons}) == 1:
        return Reading(country + title.sector, one.form, one.id, None, country)
    return Reading(None, one.form, one.id, f"{one.name}: not in office on {day}", country)


def usable_surname(
    term: Term, context: Context, i: int, title: Title | None, names: Mapping[str, Collection[str]]
) -> list[Entry]:
    """The persons a surname alone may mean: introduced by title or full name, or the only leader in office.

    A surname that is also a frequent name needs the country beside it; `names` are the words of each country.
    """
    earlier = [e for e in term.surname if context.said_before(e.name, i)]
    serving = [e for e in term.surname if context.on and e.covers(context.on)]
    if earlier or title:
        fitting = [e for e in term.surname if title and title.fits(e)]
        return earlier or fitting or ([] if term.common else serving)
    if term.never_alone:
        return []
    now = [e for e in serving if e.form == "leader"]
    if term.common:
        now = [e for e in now if any(context.says(word) for word in names.get((e.code or "")[:3], ()))]
    return now if len({e.name for e in now}) == 1 else []
