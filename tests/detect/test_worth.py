"""The gate costs next to no rows: what it keeps from the parser would have made none."""

import json
from pathlib import Path

import pytest

import labels
import score as scorer
from troopwatch.detect import lexicon
from troopwatch.detect.document import Document, Found, find_all, passes
from troopwatch.detect.reading import sentences

MOST = 1 / 200
"""Of the rows that a parse of every sentence makes, how many may differ."""


def keys(found: Found) -> set[str]:
    return {json.dumps(row, default=str, sort_keys=True) for row in (*found.deployments, *found.demands)}


def lost(documents: list[Document]) -> tuple[int, list[str]]:
    """The rows without the gate, and the texts where the gate changes any."""
    pairs = list(zip(find_all(documents), find_all(documents, gated=False), strict=True))
    other = [d.text for d, (some, every) in zip(documents, pairs, strict=True) if keys(some) != keys(every)]
    return sum(len(keys(every)) for _, every in pairs), other


def test_every_example_of_a_trigger_passes() -> None:
    lists = [("deployment", "verbs"), ("deployment", "nouns"), ("demand", "verbs"), ("demand", "nouns")]
    lists += [("demand", "modals")]
    examples = [str(e["example"]) for stem, part in lists for e in lexicon.entries(stem, part)]
    shut = [x for x in examples if not all(passes(s, Document("x", x)) for s in sentences.split(x))]
    assert shut == []


@pytest.mark.parametrize(
    "text",
    [
        "The united team has a new system.",
        "He told her a story.",
        "I want to thank the press.",
        "The challenges of the company are known.",
        "The teacher asked the pupils to be quiet.",
        "A band called Army played.",
    ],
)
def test_everyday_words_stay_outside(text: str) -> None:
    assert not any(passes(s, Document("x", text)) for s in sentences.split(text))


@pytest.mark.parametrize(
    "path", [scorer.OWN / "deployments.jsonl", scorer.OWN / "demands.jsonl", scorer.SHARED], ids=lambda p: p.stem
)
def test_the_gate_costs_at_most_one_row_in_two_hundred(path: Path) -> None:
    if not path.exists():
        pytest.skip(f"no sentences at {path}")
    rows, other = lost([item.document for item in labels.read(path)])
    assert rows > 0
    assert len(other) <= rows * MOST, other
