"""Texts are cut where a reader would cut them, and offsets hold for any text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troopwatch.detect.reading.sentences import LONGEST, split


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gen. Ruiz met Sen. Okoro on Nov. 5. They left.", ["Gen. Ruiz met Sen. Okoro on Nov. 5.", "They left."]),
        ("He flew to the U.S. Army base. It rained.", ["He flew to the U.S. Army base.", "It rained."]),
        ("They left the U.S. The fleet stayed.", ["They left the U.S.", "The fleet stayed."]),
        ("Troops leave\n\nThe last of them left. None came.", ["Troops leave", "The last of them left.", "None came."]),
        ('"Leave now." He left.', ['"Leave now."', "He left."]),
        ('"Why?" she asked. Nobody knew!', ['"Why?" she asked.', "Nobody knew!"]),
        ("About 3.5 million came. J. Abu spoke.", ["About 3.5 million came.", "J. Abu spoke."]),
        ("They met in Riga.Nobody else came.", ["They met in Riga.", "Nobody else came."]),
        ("See example.com for v3.5. Done", ["See example.com for v3.5.", "Done"]),
        ("", []),
        ("\n \n\t", []),
    ],
)
def test_cuts(text: str, expected: list[str]) -> None:
    assert [s.text for s in split(text)] == expected


def test_each_sentence_knows_the_one_before() -> None:
    assert [s.left for s in split("One came. Two came.")] == ["", "One came."]


@given(st.text(st.characters(), max_size=400) | st.text("aZ.!? \n\"'\u0301\u202e\U0001f6e1\x00", max_size=400))
def test_offsets_hold_for_any_text(text: str) -> None:
    last = 0
    for s in split(text):
        assert text[s.start : s.end] == s.text
        assert last <= s.start < s.end <= s.start + LONGEST
        assert not text[last : s.start].strip()
        last = s.end
    assert not text[last:].strip()


@pytest.mark.parametrize("piece", ["word ", "a.B ", "x", " ", "\n ", ".", '."', ".....x", "\n  x"])
def test_takes_time_linear_in_the_text(piece: str) -> None:
    text = piece * (2_000_000 // len(piece))
    start = time.perf_counter()
    assert sum(1 for _ in split(text)) >= 0
    assert time.perf_counter() - start < 10
