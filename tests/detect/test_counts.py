"""Numbers keep their bounds (codebook 3.1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troopwatch.detect.reading.counts import find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10,000 men", ("10,000", 10000, 10000, False)),
        ("12 000 men", ("12 000", 12000, 12000, False)),
        ("10k men", ("10k", 10000, 10000, False)),
        ("1.5 million men", ("1.5 million", 1500000, 1500000, False)),
        ("two dozen ships", ("two dozen", 24, 24, False)),
        ("twenty-five hundred men", ("twenty-five hundred", 2500, 2500, False)),
        ("three thousand five hundred men", ("three thousand five hundred", 3500, 3500, False)),
        ("a 5,000-strong force", ("5,000-strong", 5000, 5000, False)),
        ("3,000-5,000 men", ("3,000-5,000", 3000, 5000, False)),
        ("between 3,000 and 5,000 men", ("between 3,000 and 5,000", 3000, 5000, False)),
        ("10-12,000 men", ("10-12,000", 10000, 12000, False)),
        ("three to four thousand men", ("three to four thousand", 3000, 4000, False)),
        ("some 10,000 to 12,000 men", ("some 10,000 to 12,000", 10000, 12000, True)),
        ("as many as about 500 men", ("as many as about 500", None, 500, True)),
        ("at least several hundred men", ("at least several hundred", 300, None, True)),
        ("more than a dozen men", ("more than a dozen", 12, None, True)),
        ("over 100,000soldiers", ("over 100,000", 100000, None, True)),
    ],
)
def test_reads(text: str, expected: tuple[str, int | None, int | None, bool]) -> None:
    (count,) = find(text)
    assert (text[count.start : count.end], count.minimum, count.maximum, count.approx) == expected


@pytest.mark.parametrize(
    "text", ["$5 million", "the 82nd", "F-16 jets", "40 percent", "20 years", "1,5000", "none", "12/10", "\u20ac500"]
)
def test_leaves_alone_what_counts_no_force(text: str) -> None:
    assert find(text) == []


@given(st.integers(1, 5_000_000))
def test_reads_back_any_number_with_commas(number: int) -> None:
    (count,) = find(f"{number:,} men")
    assert (count.minimum, count.maximum) == (number, number)


@given(st.integers(1, 999_999), st.integers(1, 999_999))
def test_ranges_keep_their_order(a: int, b: int) -> None:
    for count in find(f"between {a:,} and {b:,} men"):
        assert count.minimum is None or count.maximum is None or count.minimum <= count.maximum


@given(st.text(max_size=200) | st.text("0123456789,.- thousadmilonk$%", max_size=200))
def test_any_text_gives_counts_in_order_within_it(text: str) -> None:
    last = 0
    for count in find(text):
        assert last <= count.start < count.end <= len(text)
        assert (count.minimum or 0) >= 0
        assert count.minimum is not None or count.maximum is not None
        last = count.end
