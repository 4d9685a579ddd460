"""What joins rows: a demand to the deployment it concerns, and what a demand says about that deployment's status."""

from typing import Any

from troopwatch.detect.parsed import Parsed

Row = dict[str, Any]


def settled(p: Parsed, moves: list[Row], asks: list[Row]) -> tuple[list[Row], list[Row]]:
    """Rows of both tables after each has had its say about the other."""
    for move in moves:
        if move["force_owner_code"] is None and move["rule"].startswith("deployment/demanded"):
            _owned_by_addressee(move, asks)
    return moves, asks


def _owned_by_addressee(move: Row, asks: list[Row]) -> None:
    """"urged the president to bring the troops home": who would have to act is whose they are."""
    for ask in asks:
        code = ask["addressee_code"]
        inside = ask["content_start"] is not None and ask["content_start"] <= move["trigger_start"] < ask["content_end"]
        if inside and code and not code.startswith(("IGO", "---")):
            move |= {"force_owner_code": code[:3] + "MIL", "force_owner_text": ask["addressee_text"], "unresolved": None}
            return


def joined(moves: list[Row], asks: list[Row]) -> None:
    """Sets `deployment_record_id` where a demand's content names the force of a deployment in the sentence."""
    for ask in asks:
        start, end = ask["content_start"], ask["content_end"]
        if not ask["concerns_deployment"] or start is None:
            continue
        inside = [m for m in moves if start <= m["trigger_start"] < end or m["force_start"] is not None and start <= m["force_start"] < end]
        if inside:
            ask["deployment_record_id"] = inside[0]["record_id"]
    for row in (*moves, *asks):
        row.pop("_order", None)
