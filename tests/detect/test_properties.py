"""What holds for any text: numbers, offsets, the same answer each time and in any company."""

from datetime import date

from detect_rows import check, rows
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from troopwatch.detect.document import Document, find, find_all
from troopwatch.detect.explain import explain
from troopwatch.detect.plain import plain

DAY = date(2024, 11, 1)
parsed = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
"""For what runs the parser: about ten milliseconds an example."""

STRANGE = st.text(
    "\u0301\u0323\u200d\u202e\u2066\u200f\x00\x1b\x85\u2028\ufeff\U0001f6e1\U0001d504"
    "\u0645\u05d0\u4e2d\ud800\n\t '\"\u201d.,-",
    max_size=12,
)
"""Combining marks, astral and right-to-left characters, joiners, NUL, escapes, half a surrogate pair, breaks."""

SENTENCES = st.sampled_from([
    "France sent 500 soldiers to Mali.",
    "Kenya and Uganda demanded the withdrawal of Ethiopian troops from Somalia.",
    "Rain fell.",
    "Norway said that up to 300 of its troops were in Latvia, of which 50 are poised for combat.",
    "\u201cLeave now,\u201d Egypt told Israel.",
    "It urged Niger to release the prisoners.",
    "\u05d0\u05d1\u05d2 soldiers \u0645\u0627\u0644\u064a.",
    "",
])  # fmt: skip
TEXTS = st.lists(SENTENCES, max_size=5).map(" ".join)


@parsed
@given(st.integers(2, 900_000), st.sampled_from(["{:,}", "{}"]))
def test_a_number_of_soldiers_comes_back_as_it_is(number: int, form: str) -> None:
    if 1900 <= number <= 2100:
        form = "{:,}"  # without a comma it may be read as a year
    (row,) = find(Document("n", f"France sent {form.format(number)} soldiers to Mali.", DAY)).deployments
    assert (row["count_min"], row["count_max"], row["count_approx"]) == (number, number, False)


@parsed
@given(st.integers(2, 900_000), st.integers(2, 900_000))
@example(2, 225_000)
@example(300, 600_000)
def test_hedges_bound_a_number_from_the_side_they_name(one: int, other: int) -> None:
    low, high = sorted((one, other))
    bounds = {
        f"at least {low:,}": (low, None),
        f"as many as {high:,}": (None, high),
        f"between {low:,} and {high:,}": (low, high),
    }
    for words, expected in bounds.items():
        # the parser takes some of these for no object: then there is no row, and no wrong number
        for row in find(Document("n", f"France sent {words} soldiers to Mali.", DAY)).deployments:
            assert (row["count_min"], row["count_max"]) == expected


@parsed
@given(STRANGE, STRANGE, STRANGE, STRANGE)
def test_offsets_hold_whatever_stands_between_the_words(a: str, b: str, c: str, d: str) -> None:
    text = f"{a}France sent {b}500 {c}soldiers to Mali{d}, and demanded that Niger{a} withdraw {d}its troops{b}."
    check(text, find(Document("any", text, DAY)))


@parsed
@given(st.text(max_size=40), st.text(max_size=40), TEXTS)
def test_offsets_hold_in_any_text(before: str, after: str, middle: str) -> None:
    text = f"{before}{middle}{after} France sent 500 soldiers{before} to Mali. {after}"
    check(text, find(Document("any", text, DAY)))


@parsed
@given(st.lists(TEXTS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_same_alone_again_and_in_any_batch(texts: list[str], random: object) -> None:
    documents = [Document(str(n), text, DAY) for n, text in enumerate(texts)]
    alone = {d.doc_id: find(d) for d in documents}
    mixed = random.sample(documents, len(documents))  # type: ignore[attr-defined]  # a Random of hypothesis
    assert {d.doc_id: f for d, f in zip(mixed, find_all(mixed), strict=True)} == alone
    assert list(find_all(documents)) == list(alone.values())


@parsed
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_ids_are_one_row_each(texts: list[str]) -> None:
    found = list(find_all(Document(str(n), text, DAY) for n, text in enumerate(texts)))
    ids = [row["record_id"] for f in found for _, row in rows(f)]
    assert len(ids) == len(set(ids))


@given(st.text(max_size=200) | STRANGE)
def test_nothing_of_the_web_steers_a_terminal(text: str) -> None:
    assert plain(text).isprintable()


@parsed
@given(STRANGE, STRANGE)
def test_an_explanation_is_safe_to_print_too(a: str, b: str) -> None:
    told = explain(Document(a, f"{a}France sent {b}soldiers to Mali{a}. Egypt{b} demanded a truce.", DAY))
    assert all(line.isprintable() for line in told.split("\n"))
    told.encode()
