"""What joins rows: a demand to the deployment it concerns, and what a demand says about that deployment's status."""

import re
from typing import Any

from troopwatch.detect import codes, presupposed
from troopwatch.detect.reading.parsed import Parsed

Row = dict[str, Any]


def settled(p: Parsed, moves: list[Row], asks: list[Row]) -> tuple[list[Row], list[Row]]:
    """Rows of both tables after each has had its say about the other."""
    moves = [*moves, *presupposed.taken_for_granted(p, moves, asks)]
    for move in moves:
        ask = next((a for a in asks if _inside(a, move)), None)
        if ask is not None and ask["status"] != "negated" and not (_is_if_asked(ask, move)):
            _demanded(p, move, ask)
        demanded = move["rule"].startswith("deployment/demanded")
        if demanded and (move["force_owner_code"] is None or move["_pronoun"]):
            _owned_by_addressee(move, asks)
    for ask in asks:
        outer = next(
            (a for a in asks if a is not ask and _inside(a, ask) and a["trigger_start"] != ask["trigger_start"]), None
        )
        if outer is not None and ask["status"] == "asserted":
            ask.update(status="hypothetical", tense_class="future")
            presupposed.spoken_by_demander(ask, outer)
            ask.update(codes.of_demand(ask))
    return moves, asks


def _is_if_asked(ask: Row, move: Row) -> bool:
    """As in "willing to withdraw if asked": the demand is only imagined, behind its act."""
    return bool(ask["status"] == "hypothetical" and move["trigger_start"] < ask["trigger_start"])


def _inside(ask: Row, row: Row) -> bool:
    """Whether a row's trigger stands in what is demanded."""
    start, end = ask["content_start"], ask["content_end"]
    return start is not None and start <= row["trigger_start"] < end and row["trigger_start"] != ask["trigger_start"]


def _demanded(p: Parsed, move: Row, ask: Row) -> None:
    """A deployment that is only demanded is considered (ruling 1); a demanded withdrawal says that the force is there,
    and who demands is its speaker (codebook 2.2.9, ruling 10).
    """
    leaving = move["_deed"] == "withdraw" and "withdraw_forces" in (ask["content_type"], ask["content_type_2"], None)
    if leaving:
        presupposed.is_there(move, ask, roles=("from",))
    elif (
        move["_deed"] in ("send", "mass", "order", "station")
        and move["phase"]
        in (
            "considered",
            "planned",
            "under_way",
            "ordered",
        )
        and not _is_stopped(p, move, ask)
    ):
        move |= {"phase": "considered", "status": "hypothetical", "tense_class": "future"}
    else:
        return
    presupposed.spoken_by_demander(move, ask)
    move |= codes.of_deployment(move, joint=False)


STOPPING = re.compile(r"\b(?:stop|halt|ceas|suspend|freez|discontinu)\w*\b", re.I)


def _is_stopped(p: Parsed, move: Row, ask: Row) -> bool:
    """As in "must halt the deployment": what is asked to stop goes on."""
    return bool(STOPPING.search(p.text, ask["content_start"], move["trigger_start"]))


def _owned_by_addressee(move: Row, asks: list[Row]) -> None:
    """As in "urged the president to bring the troops home": who would have to act is whose they are."""
    for ask in asks:
        code = ask["addressee_code"]
        inside = ask["content_start"] is not None and ask["content_start"] <= move["trigger_start"] < ask["content_end"]
        if inside and code and not code.startswith(("IGO", "---")):
            move |= {
                "force_owner_code": code[:3] + "MIL",
                "force_owner_text": ask["addressee_text"],
                "unresolved": None,
            }
            return


def joined(moves: list[Row], asks: list[Row]) -> None:
    """Sets `deployment_record_id` where a demand's content names the force of a deployment in the sentence."""
    for ask in asks:
        start, end = ask["content_start"], ask["content_end"]
        if not ask["concerns_deployment"] or start is None:
            continue
        inside = [
            m
            for m in moves
            if start <= m["trigger_start"] < end or (m["force_start"] is not None and start <= m["force_start"] < end)
        ]
        if inside:
            ask["deployment_record_id"] = inside[0]["record_id"]
    for row in (*moves, *asks):
        for key in [k for k in row if k.startswith("_")]:
            del row[key]
