"""The labelled sentences of the real corpora are found again, word for word."""

import re
from pathlib import Path

import pytest
from gold import fresh

from troopwatch.settings import Settings

CORPUS = Settings().corpus
SETS = ["fresh_a", "fresh_b", "fresh_c"]
WHOLE = r"[\w“].*(?:[\w”]|\.[A-Z]\.)$"
"""Words, with what quotes them and the dot of their abbreviation."""


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no captures in {CORPUS}: set TROOPWATCH_CORPUS")
@pytest.mark.parametrize("name", ["fresh_a", "fresh_c"])
def test_a_set_is_rebuilt_from_the_captures(name: str, tmp_path: Path) -> None:
    items = fresh.rebuild(name, tmp_path)
    labelled = {line["id"]: line["sha256"] for line in fresh.references(name)}
    assert len(items) >= len(labelled) - fresh.MOST_LOST
    assert {item["id"]: fresh.digest(item["text"]) for item in items}.items() <= labelled.items()
    for item in items:
        for record in item["deployments"] + item["demands"]:
            spans = [record[span] for span in fresh.SPANS if record.get(span)]
            assert [s for s in spans if not re.match(WHOLE, s, re.S)] == [], "a span is whole words"


@pytest.mark.parametrize("name", SETS)
def test_a_set_holds_sixty_sentences_at_most_three_of_a_document(name: str) -> None:
    lines = fresh.references(name)
    addresses = [line["url"] for line in lines]
    assert len({line["id"] for line in lines}) == len({line["sha256"] for line in lines}) == 60
    assert max(map(addresses.count, addresses)) <= 3


def test_the_third_set_shares_no_document_with_the_others() -> None:
    first, second, third = ({fresh.plain(line["url"]) for line in fresh.references(name)} for name in SETS)
    assert not third & (first | second)


LEFT, SENTENCE = "Kalda has spoken.", "It asked Mr. Oran to recall his guards."
REFERENCE = {
    "id": "x",
    "url": "https://tarnford.example/a",
    "day": "2024-11-01",
    "start": 18,
    "end": 18 + len(SENTENCE),
    "left": [0, 17],
    "sha256": fresh.digest(SENTENCE),
    "left_sha256": fresh.digest(LEFT),
}


@pytest.mark.parametrize("byline", ["", "By our own reporter\n\n"])
def test_a_sentence_that_moved_is_found_by_its_words(byline: str) -> None:
    assert fresh.locate(REFERENCE, ["Another version.", f"{byline}{LEFT} {SENTENCE}"]) == (LEFT, SENTENCE)


def test_a_sentence_that_is_gone_is_named() -> None:
    with pytest.raises(fresh.NotThereError, match="x: https://tarnford.example/a of 2024-11-01"):
        fresh.locate(REFERENCE, [f"{LEFT} Nothing else."])


def test_absent_captures_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TROOPWATCH_CORPUS", str(tmp_path / "none"))
    with pytest.raises(FileNotFoundError, match="set TROOPWATCH_CORPUS"):
        fresh.rebuild("fresh_a", tmp_path)
