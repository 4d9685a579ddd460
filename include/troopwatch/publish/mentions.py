"""Rows of deployments and demands as the report shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from troopwatch.publish import names
from troopwatch.publish.edition import Row
from troopwatch.publish.evidence import Evidence, evidence
from troopwatch.publish.figures import Figure, figure
from troopwatch.publish.names import Actor

USUAL = {"posture", "current"}
"""What goes without saying: a purpose that is not stated, and the present."""


@dataclass(frozen=True)
class Place:
    """A place with its role; `country` is empty where it was not resolved or is the place itself."""

    role: str
    text: str
    country: str
    note: str


@dataclass(frozen=True)
class Deployment:
    anchor: str
    owner: Actor
    force: str
    kind: str
    figure: Figure
    places: tuple[Place, ...]
    state: tuple[str, ...]
    sides: tuple[str, ...]
    speaker: Actor
    evidence: Evidence


@dataclass(frozen=True)
class Demand:
    anchor: str
    demander: Actor
    addressee: Actor
    implied: bool
    acts: str
    content: str
    strength: str
    terms: tuple[tuple[str, str], ...]
    evidence: Evidence


def deployment(row: Row, day: date) -> Deployment:
    """A row of `deployments`."""
    return Deployment(
        anchor=row["record_id"],
        owner=names.actor(row["force_owner_code"], row["force_owner_text"]),
        force=row["force_text"] or "",
        kind=_kind(row),
        figure=figure(row),
        places=tuple(place(p) for p in row["places"]),
        state=tuple(word for word in _words(row["phase"], row["activity"], row["tense_class"]) if word not in USUAL),
        sides=tuple(_sides(row)),
        speaker=names.actor(row["speaker_code"], row["speaker_text"]),
        evidence=evidence(row, day),
    )


def demand(row: Row, day: date) -> Demand:
    """A row of `demands`."""
    return Demand(
        anchor=row["record_id"],
        demander=names.actor(row["demander_code"], row["demander_text"]),
        addressee=names.actor(row["addressee_code"], row["addressee_text"]),
        implied=row["addressee_implied"],
        acts="; ".join(names.act(act) for act in (row["content_type"], row["content_type_2"]) if act),
        content=row["content_text"] or "",
        strength=row["strength"],
        terms=tuple(_terms(row)),
        evidence=evidence(row, day),
    )


def place(found: dict[str, Any]) -> Place:
    """One of a deployment's places."""
    country = names.country(found["country"]) if found["country"] else ""
    notes = ["country not resolved"] * (not country) + ["disputed"] * found["disputed"]
    shown = country if country.casefold() != found["text"].casefold().removeprefix("the ") else ""
    return Place(found["role"], found["text"], shown, ", ".join(notes))


def _kind(row: Row) -> str:
    kind = "" if row["unit_type"] == "unspecified" else row["unit_type"].replace("_", " ")
    return ", ".join(part for part in (kind, row["unit_name"], row["echelon"]) if part)


def _sides(row: Row) -> Iterable[str]:
    for words, code in (("commanded by", "command_code"), ("with", "on_side_of_code"), ("against", "against_code")):
        if row[code]:
            yield f"{words} {names.actor(row[code], None).name}"


def _terms(row: Row) -> Iterable[tuple[str, str]]:
    """What is tied to a demand: an answer, a deadline, a condition, a threat."""
    if row["response"] != "none":
        responder = names.actor(row["responder_code"], None).name
        yield "Answer", f"{row['response']}{f' by {responder}' if responder else ''}"
    if row["deadline_date"]:
        yield "Deadline", row["deadline_date"].isoformat()
    for title, column in (("Condition", "condition_text"), ("Otherwise", "consequence_text")):
        if row[column]:
            yield title, row[column]


def _words(*values: str | None) -> list[str]:
    return [value.replace("_", " ") for value in values if value]
