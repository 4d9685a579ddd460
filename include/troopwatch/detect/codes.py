"""CAMEO and PLOVER codes, looked up from what a row says (codebook 1.3, 1.4): never decided by hand."""

from typing import Any

from troopwatch.detect import lexicon

Row = dict[str, Any]
NEGATIVE = ("negated", "denied", "refused")
STRONG = ("demand", "order", "ultimatum")


def of_deployment(row: Row, *, joint: bool) -> Row:
    """The four code columns of a deployment; `joint`: forces of several states take part."""
    for line in lexicon.entries("codes", "deployments"):
        if (line.get("joint") and not joint) or not all(row[k] in v for k, v in line["when"].items()):
            continue
        mode = _unit_mode(row["unit_type"]) if line.get("mode") == "unit" else line.get("mode")
        return _codes(line.get("cameo"), line["event"], mode, row)
    raise LookupError("codes.yaml has no line for every row")


def _unit_mode(unit_type: str) -> str:
    return str(lexicon.by_term("codes", "unit_modes").get(unit_type, {}).get("mode", "troops"))


def of_demand(row: Row) -> Row:
    """The four code columns of a demand; an ultimatum is CAMEO 139."""
    lines = lexicon.by_term("codes", "demands")
    line = lines.get(row["content_type"], lines["other"])
    cameo = line["demand"] if row["strength"] in STRONG else line["appeal"]
    return _codes("139" if row["strength"] == "ultimatum" else cameo, "REQUEST", line.get("mode"), row)


def _codes(cameo: str | None, event: str, mode: str | None, row: Row) -> Row:
    return {"cameo_code": cameo, "plover_event": event, "plover_mode": mode, "plover_aux": _aux(row)}


def _aux(row: Row) -> str | None:
    if row["status"] in NEGATIVE:
        return "negation"
    if row["status"] == "hypothetical":
        return "hypothetical"
    if row["tense_class"] == "historical":
        return "historical"
    planned = row.get("phase") in ("considered", "planned", "ordered", "withdrawal_planned")
    return "future" if planned or row["tense_class"] == "future" else None
