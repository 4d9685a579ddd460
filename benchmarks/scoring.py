"""How well rows agree with gold: mentions are paired one to one, then detection, fields and whole records are counted.

A pair needs triggers that overlap, or else forces that overlap, or contents that overlap by half. A field counts in
its pairs alone: right where both sides have the same value, missed where gold has one that was not found, extra where
one was found that gold has not; a wrong value is both. Of actor codes the country is compared (of an international body
the whole code), of places whether one country is shared.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from fields import CORE, FIELDS, STRENGTHS, agrees
from labels import ARGUMENT, TABLES, Item, occurrence

Row = dict[str, Any]


Span = tuple[int, int]


@dataclass(frozen=True)
class Mention:
    """A record of either side: its spans in the document, its words, and the values of its table's fields."""

    trigger: Span
    argument: Span | None
    words: str
    values: dict[str, Any]
    row: Row


@dataclass
class Rate:
    """Right, extra and missed; precision, recall and F1 of them."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True)
class Miss:
    """One disagreement: what gold says, what was found, and the sentence."""

    item: str
    gold: Any
    found: Any
    sentence: str


@dataclass
class Score:
    """The figures of one table."""

    fields: dict[str, Rate]
    detection: Rate = field(default_factory=Rate)
    sentence: Rate = field(default_factory=Rate)
    core: Rate = field(default_factory=Rate)
    asserted: Rate = field(default_factory=Rate)
    """`right` and `extra` alone: rows said to be asserted, by whether gold says so too."""
    strengths: list[tuple[int, int]] = field(default_factory=list)
    misses: dict[str, list[Miss]] = field(default_factory=dict)

    @property
    def kappa(self) -> float | None:
        """Agreement on strength beyond chance, by the square of the distance; None where nothing is paired."""
        n = len(self.strengths)
        gold, found = Counter(g for g, _ in self.strengths), Counter(f for _, f in self.strengths)
        chance = sum((g - f) ** 2 * gold[g] * found[f] for g in gold for f in found)
        if not n:
            return None
        return 1 - n * sum((g - f) ** 2 for g, f in self.strengths) / chance if chance else 1.0

    def miss(self, kind: str, *what: Any) -> None:
        self.misses.setdefault(kind, []).append(Miss(*what))


def score(items: list[Item], found: dict[str, dict[str, list[Row]]]) -> dict[str, Score]:
    """The score of each table; `found` gives the rows of each item by table, with offsets into its document."""
    scores = {table: Score({name: Rate() for name in FIELDS[table]}) for table in TABLES}
    for item in items:
        for table, total in scores.items():
            rows = found.get(item.id, {}).get(table, [])
            _add(total, table, item, _labelled(item, table), list(_predicted(item, table, rows)))
    return scores


def _labelled(item: Item, table: str) -> list[Mention]:
    made = []
    for record in item.records[table]:
        at = item.base + occurrence(item.text, record["trigger"], record.get("trigger_nth") or 1)
        words = record.get(f"{ARGUMENT[table]}_text")
        inside = item.text.find(words) if words else -1
        argument = (item.base + inside, item.base + inside + len(words)) if inside >= 0 else None
        trigger = (at, at + len(record["trigger"]))
        made.append(Mention(trigger, argument, record["trigger"], _values(table, record), record))
    return made


def _predicted(item: Item, table: str, rows: list[Row]) -> Iterator[Mention]:
    """Rows of the sentence itself; what was found in the sentence before is not judged."""
    name = ARGUMENT[table]
    for row in rows:
        if row["trigger_start"] >= item.base:
            argument = None if row.get(f"{name}_start") is None else (row[f"{name}_start"], row[f"{name}_end"])
            trigger = (row["trigger_start"], row["trigger_end"])
            yield Mention(trigger, argument, row["trigger_text"], _values(table, row), row)


def _values(table: str, row: Row) -> dict[str, Any]:
    return {name: get(row) for name, get in FIELDS[table].items()}


def _shared(a: Span | None, b: Span | None) -> float:
    """The part of two spans that is common to both, from 0 to 1."""
    if a is None or b is None:
        return 0.0
    common = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return common / (a[1] - a[0] + b[1] - b[0] - common) if common else 0.0


def pairs(table: str, gold: list[Mention], found: list[Mention]) -> list[tuple[int, int]]:
    """Which of gold goes with which of what was found: the pair that agrees most is made first."""
    weighed = []
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            triggers, arguments = _shared(g.trigger, f.trigger), _shared(g.argument, f.argument)
            if triggers > 0 or arguments >= (0.5 if table == "demands" else 1e-9):
                agreeing = sum(agrees(name, g.values[name], f.values[name]) for name in FIELDS[table])
                weighed.append((agreeing + triggers, i, j))
    made: list[tuple[int, int]] = []
    for _, i, j in sorted(weighed, reverse=True):
        if all(i != a and j != b for a, b in made):
            made.append((i, j))
    return made


def _add(total: Score, table: str, item: Item, gold: list[Mention], found: list[Mention]) -> None:
    """Add one sentence to a table's score."""
    made = pairs(table, gold, found)
    whole = sum(_add_pair(total, table, item, gold[i], found[j]) for i, j in made)
    lost = [g for i, g in enumerate(gold) if i not in {i for i, _ in made}]
    extra = [f for j, f in enumerate(found) if j not in {j for _, j in made}]
    for g in lost:
        total.miss("missed", item.id, g.words, None, item.text)
    for f in extra:
        total.miss("spurious", item.id, None, f"{f.words} ({f.row.get('rule')})", item.text)
    _count_in(total.detection, len(made), len(extra), len(lost))
    _count_in(total.core, whole, len(found) - whole, len(gold) - whole)
    _count_in(total.sentence, bool(gold and found), bool(found and not gold), bool(gold and not found))


def _count_in(rate: Rate, right: int, extra: int, missed: int) -> None:
    rate.right, rate.extra, rate.missed = rate.right + right, rate.extra + extra, rate.missed + missed


def _add_pair(total: Score, table: str, item: Item, gold: Mention, found: Mention) -> bool:
    """Count the fields of a pair; whether the record is whole."""
    same = {name: agrees(name, gold.values[name], found.values[name]) for name in FIELDS[table]}
    for name, rate in total.fields.items():
        g, f = gold.values[name], found.values[name]
        if same[name]:
            rate.right += g is not None
        else:
            _count_in(rate, 0, f is not None, g is not None)
            total.miss(name, item.id, g, f, item.text)
    if found.row.get("status") == "asserted":
        _count_in(total.asserted, gold.row["status"] == "asserted", gold.row["status"] != "asserted", 0)
    steps = [m.row.get("strength") for m in (gold, found)]
    if table == "demands" and set(steps) <= set(STRENGTHS):
        total.strengths.append((STRENGTHS.index(steps[0]), STRENGTHS.index(steps[1])))
    return all(same[name] for name in CORE[table])
