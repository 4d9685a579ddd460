"""What is compared of a record, by table and field, each read off a row of either side."""

from collections.abc import Callable
from typing import Any

Row = dict[str, Any]
STRENGTHS = ("ask", "urge", "call", "demand", "order", "ultimatum")
STEPS = {
    "before": ("considered", "planned", "ordered"),
    "there": ("under_way", "present", "rotated"),
    "leaving": ("withdrawal_planned", "withdrawing", "withdrawn"),
}


def _country(column: str) -> Callable[[Row], str | None]:
    def read(row: Row) -> str | None:
        value = row.get(column)
        code = (value[0] if value else None) if isinstance(value, list) else value
        if not code or code.startswith("---"):
            return None
        return code if code.startswith("IGO") else code[:3]

    return read


def _value(column: str) -> Callable[[Row], Any]:
    return lambda row: row.get(column)


def _count(row: Row) -> tuple[int | None, int | None, bool] | None:
    low, high = row.get("count_min"), row.get("count_max")
    return None if low is None and high is None else (low, high, bool(row.get("count_approx")))


def _places(row: Row) -> frozenset[str] | None:
    return frozenset(x["country"] for x in row.get("places") or [] if x.get("country")) or None


def _step(row: Row) -> str | None:
    return next((step for step, phases in STEPS.items() if row.get("phase") in phases), None)


FIELDS: dict[str, dict[str, Callable[[Row], Any]]] = {
    "deployments": {
        "owner": _country("force_owner_code"),
        "count": _count,
        "place": _places,
        "phase": _value("phase"),
        "phase3": _step,
        "status": _value("status"),
        "activity": _value("activity"),
        "unit_type": _value("unit_type"),
        "on_side_of": _country("on_side_of_code"),
        "against": _country("against_code"),
        "tense": _value("tense_class"),
        "speaker": _country("speaker_code"),
    },
    "demands": {
        "demander": _country("demander_code"),
        "addressee": _country("addressee_code"),
        "content_type": _value("content_type"),
        "strength": _value("strength"),
        "status": _value("status"),
        "concerns_deployment": lambda row: bool(row.get("concerns_deployment")),
        "response": lambda row: row.get("response") or "none",
        "tense": _value("tense_class"),
        "speaker": _country("speaker_code"),
    },
}
CORE = {
    "deployments": ("owner", "place", "phase3", "status"),
    "demands": ("demander", "addressee", "content_type", "status"),
}
"""The fields that must all agree for a record to count as whole."""


def agrees(name: str, gold: Any, found: Any) -> bool:
    """Whether two values of a field count as the same."""
    return bool(gold & found) if name == "place" and gold and found else bool(gold == found)
