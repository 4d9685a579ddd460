"""The one line that a step leaves in its log: what went in, what came out, what was set aside and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Flow:
    """Names of a step's counts; those that begin with `why` say of what was set aside for which reason it was."""

    taken: tuple[str, ...]
    made: tuple[str, ...]
    aside: tuple[str, ...] = ()
    why: str = " "
    """Begins no count's name."""


_SCRAPED = Flow(
    ("requests",), ("responses", "unchanged", "copied"), ("failures", "refused_by_robots", "gone"), "failed_"
)
_JUDGED = Flow(("rows",), ("checks",), ("warnings",))
FLOWS = {
    "scrape": _SCRAPED,
    "tally": _SCRAPED,
    "poll": Flow(("requests",), ()),
    "normalize": Flow(("read",), ("documents",), ("quarantined",), "quarantined_"),
    "judge_documents": _JUDGED,
    "detect": Flow(("documents",), ("deployments", "demands"), ("other_language",)),
    "judge_mentions": _JUDGED,
    "judge_history": _JUDGED,
    "aggregate": Flow(
        ("days",), ("articles", "deployments", "demands", "troop_claims"), ("days_left_out",), "left out: "
    ),
    "judge_edition": Flow(("tables",), ("checks",), ("warnings",)),
    "retain": Flow((), (), ("captures", "editions", "inputs", "logs")),
    "publish": Flow(("files_swapped",), ("editions", "reports", "report_bytes")),
    "heal": Flow((), ("editions", "reports", "report_bytes")),
}


def line(step: str, what: str | None, day: date, counts: Counts) -> str:
    """What a step did, in one line.

    As `normalize of 2024-11-01: in: 9 read; out: 7 documents; set aside: 2 quarantined (no_text 2); 1 stubs`.
    """
    flow = FLOWS[step]
    why = [f"{name.removeprefix(flow.why)} {n}" for name, n in counts.items() if name.startswith(flow.why) and n]
    named = {*flow.taken, *flow.made, *flow.aside}
    others = [name for name in counts if name not in named and not name.startswith(flow.why)]
    parts = [f"in: {_said(flow.taken, counts)}", f"out: {_said(flow.made, counts)}"]
    parts += [f"set aside: {_said(flow.aside, counts)}" + (f" ({', '.join(why)})" if why else "")]
    parts += [_said(tuple(others), counts)] if others else []
    return f"{title(step, what, day)}: {'; '.join(parts)}"


def title(step: str, what: str | None, day: date) -> str:
    """The step, what it is about, and the day."""
    return f"{step.replace('_', ' ')}{f' {what}' if what else ''} of {day}"


def first(error: BaseException) -> str:
    """The first line of what an error says; its type where it says nothing."""
    said = (part.strip() for part in str(error).splitlines())
    return next(filter(None, said), type(error).__name__)


def _said(names: tuple[str, ...], counts: Counts) -> str:
    return ", ".join(f"{counts.get(name, 0)} {name.replace('_', ' ')}" for name in names) or "nothing"
