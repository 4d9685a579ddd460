"""No text of the web becomes a formula, and none is lost by that."""

import re

import pyarrow as pa
import pytest
from exports_file import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from troopwatch.publish.exports import guard

NASTY = st.text(st.sampled_from("=+-@＝－\t\r\n;'\" \u200b\x00ab1,|%"), max_size=40) | st.text(max_size=40)
RISKY = [
    "formula", "plus", "minus", "at", "wide", "tab", "return", "line", "quoted", "apostrophe", "spaced", "unseen",
    "behind a control", "behind a semicolon", "behind a line", "guarded already", "apostrophe and tab",
]  # fmt: skip


@pytest.mark.parametrize("what", list(HOSTILE))
def test_what_a_spreadsheet_might_run_gets_an_apostrophe(what: str) -> None:
    assert guard.is_risky(HOSTILE[what]) == (what in RISKY)
    assert (guard.guarded(HOSTILE[what]) != HOSTILE[what]) == (what in RISKY)


@given(NASTY)
def test_the_guard_can_be_taken_away_again_whatever_the_text(words: str) -> None:
    assert guard.plain(guard.guarded(words)) == words


@given(NASTY)
def test_nothing_that_is_guarded_begins_with_a_formula(words: str) -> None:
    """Neither the cell, nor a cell that begins at a separator within, with or without what is not seen."""
    for part in re.split(r"[;\t\r\n]", guard.guarded(words)):
        seen = re.sub(r"^[\s\"\x00-\x20\u200b\ufeff]*", "", part)
        assert not seen.startswith(tuple("=+-@＝＋－＠"))
    assert not guard.guarded(words).startswith(("\t", "\r", "\n"))


@given(st.lists(st.none() | NASTY, max_size=8))
def test_a_column_is_guarded_as_its_texts_are(words: list[str | None]) -> None:
    expected = [None if text is None else guard.guarded(text) for text in words]
    assert guard.guarded_column(pa.array(words, pa.string())).to_pylist() == expected


def test_a_figure_below_zero_is_a_number_and_no_text() -> None:
    assert guard.guarded("-5") == "'-5", "as text"
    assert guard.guarded("between 5 and -5 – a range") == "between 5 and -5 – a range"


@pytest.mark.parametrize("filling", ["\n", ";", " ", "'", '"', "\t ", "; '"])
def test_a_long_text_of_separators_is_read_once(filling: str) -> None:
    """A pattern that looks at each place again for every place would take hours for these two megabytes."""
    words = filling * (2_000_000 // len(filling))
    assert guard.plain(guard.guarded(words)) == words


def test_no_lone_surrogate_can_be_in_a_file() -> None:
    with pytest.raises(UnicodeEncodeError):
        pa.array(["a\ud800"])
