"""Places of made-up rows, and what the aggregate stage makes of them."""

from typing import Any

BEFORE = 1000
"""Where the sentence of every sample starts in its document."""
RELATIONS = {"in": "in", "to": "in", "near": "near", "along": "near"}


def place(sentence: str, words: str, country: str | None, role: str = "in") -> dict[str, Any]:
    start = BEFORE + sentence.index(words)
    return {
        "text": words,
        "start": start,
        "end": start + len(words),
        "country": country,
        "geonameid": None,
        "role": role,
        "disputed": False,
    }


def placed(row: dict[str, Any]) -> dict[str, Any]:
    """The countries of the strongest relation, together."""
    known = [(RELATIONS.get(one["role"], "from"), one["country"]) for one in row["places"] if one["country"]]
    relation = next((one for one in ("in", "near", "from") if one in dict(known)), None)
    codes = sorted({country for own, country in known if own == relation})
    return {"place_relation": relation, "place_ids": codes, "place_code": ";".join(codes) or None}
