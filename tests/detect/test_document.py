"""A text as a whole: offsets, ids, determinism, and any input within bounded time."""

import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from troopwatch.detect.document import Document, Found, find, find_all
from troopwatch.detect.explain import explain
from troopwatch.detect.rows import COLUMNS
from troopwatch.tables.detect import demands, deployments
from troopwatch.tables.model import Table

NEWS = (
    "Kenya Urges Somalia to Let Its Soldiers Leave\n\n"
    "Kenya has some 3,500 soldiers in Somalia, of which 500 are poised for combat in Kismayo, "
    "the foreign ministry said. "
    "Kenya and Uganda demanded the withdrawal of Ethiopian troops from Somalia on Monday.\n\n"
    "What we really need is patience. Three soldiers died in Kismayo. Is a presence there worth it?\n\n"
    "Italy sent another 200 \U0001f6e1\ufe0f soldiers to Djibouti, bringing the total to 900."
)
DOCUMENT = Document("news", NEWS, datetime(2024, 11, 1, 23, 30, tzinfo=timezone(timedelta(hours=-3))))
SPANS = ("trigger", "force", "count", "speaker", "demander", "addressee", "content")


def rows(found: Found) -> list[tuple[Table, dict[str, Any]]]:
    return [(deployments, r) for r in found.deployments] + [(demands, r) for r in found.demands]


def check(text: str, found: Found) -> None:
    for table, row in rows(found):
        assert set(row) == set(COLUMNS[table.name])
        assert text[row["sentence_start"] : row["sentence_end"]] == row["sentence"]
        for span in SPANS:
            if row.get(f"{span}_start") is not None and row[f"{span}_text"] is not None:
                assert text[row[f"{span}_start"] : row[f"{span}_end"]] == row[f"{span}_text"]
        for place in row.get("places") or []:
            assert text[place["start"] : place["end"]] == place["text"]
        for column in table.columns:
            if column.name in row and column.values and row[column.name] is not None:
                assert row[column.name] in column.values, column.name
            if column.name in row and not column.null:
                assert row[column.name] is not None, column.name
    ids = [row["record_id"] for _, row in rows(found)]
    assert len(ids) == len(set(ids))


def test_reads_a_whole_text() -> None:
    found = find(DOCUMENT)
    check(NEWS, found)
    assert [(r["force_owner_code"], r["count_min"], r["count_scope"]) for r in found.deployments if r["count_min"]] == [
        ("KEN", 3500, "total_in_place"),
        ("KEN", 500, "subset"),
        ("ITA", 200, "increment"),
        ("ITA", 900, "total_in_place"),
    ]
    withdrawal = [
        r for r in found.demands if r["content_type"] == "withdraw_forces" and r["trigger_text"] == "demanded"
    ]
    assert [r["demander_code"] for r in withdrawal] == ["KEN", "UGA"]
    linked = {r["deployment_record_id"] for r in withdrawal}
    assert linked == {r["record_id"] for r in found.deployments if r["force_owner_code"] == "ETHMIL"}
    assert found.sentences == 7


def test_the_day_is_that_of_utc() -> None:
    assert DOCUMENT.day == date(2024, 11, 2)
    assert Document("x", "", datetime(2024, 11, 1, 12, tzinfo=UTC)).day == date(2024, 11, 1)
    assert {r["doc_date"] for r in find(DOCUMENT).deployments} == {date(2024, 11, 2)}


def test_the_same_alone_and_in_any_company() -> None:
    others = [
        Document(f"other {i}", f"France sent {i} soldiers to Mali. {'Rain fell. ' * i}", None) for i in range(1, 9)
    ]
    alone = find(DOCUMENT)
    assert find(DOCUMENT) == alone
    assert (
        next(f for d, f in zip([*others, DOCUMENT], find_all([*others, DOCUMENT]), strict=True) if d is DOCUMENT)
        == alone
    )
    assert next(iter(find_all([DOCUMENT, *others]))) == alone


def test_each_document_has_its_answer() -> None:
    texts = ["", "Nothing here.", "France sent 500 soldiers to Mali.", " \n\n ", "Egypt demanded a ceasefire in Gaza."]
    found = list(find_all(Document(str(i), t) for i, t in enumerate(texts)))
    assert [(len(f.deployments), len(f.demands)) for f in found] == [(0, 0), (0, 0), (1, 0), (0, 0), (0, 1)]


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=30),
    st.text(max_size=30),
    st.text("\u0301\u202e\x00\u200f\U0001f6e1\n\t '\"\u201d\u2019.", max_size=30),
)
def test_offsets_hold_in_any_text(before: str, between: str, after: str) -> None:
    mali = "\u0645\u0627\u0644\u064a"
    text = f"{before}France sent 500 {between}soldiers to Mali, {mali}, and demanded that Niger{after} withdraw troops."
    check(text, find(Document("any", text, date(2024, 11, 1))))


@pytest.mark.parametrize(
    "text",
    [
        "France sent troops to Mali and " * 4_000,
        "troops " * 20_000,
        "troops, " * 20_000,
        "demanded" * 20_000,
        "(" * 20_000 + "troops",
    ],
)
def test_a_sentence_without_an_end(text: str) -> None:
    start = time.perf_counter()
    check(text, find(Document("long", text)))
    assert time.perf_counter() - start < 90


def test_five_megabytes() -> None:
    text = (
        "The rain fell on the town and nobody minded it much. " * 20 + "France sent 500 soldiers to Mali.\n\n"
    ) * 4_500
    start = time.perf_counter()
    found = find(Document("large", text))
    assert len(text) > 4_500_000
    assert len(found.deployments) == 4_500
    assert time.perf_counter() - start < 120


def test_explains_each_sentence() -> None:
    told = explain(DOCUMENT)
    assert "rule deployment/subset" in told
    assert "actor 'Kenya': KEN" in told
    assert "no row: the gate knows no word in it" in told
    assert "nothing is said to move or keep Three soldiers" in told
