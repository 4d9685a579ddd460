"""A text as a whole: rows, ids, and the same answer in any company."""

from datetime import UTC, date, datetime, timedelta, timezone

from detect_rows import check

from troopwatch.detect.document import Document, find, find_all

NEWS = (
    "Kenya Urges Somalia to Let Its Soldiers Leave\n\n"
    "Kenya has some 3,500 soldiers in Somalia, of which 500 are poised for combat in Kismayo, "
    "the foreign ministry said. "
    "Kenya and Uganda demanded the withdrawal of Ethiopian troops from Somalia on Monday.\n\n"
    "What we really need is patience. Three soldiers died in Kismayo. Is a presence there worth it?\n\n"
    "Italy sent another 200 \U0001f6e1\ufe0f soldiers to Djibouti, bringing the total to 900."
)
DOCUMENT = Document("news", NEWS, datetime(2024, 11, 1, 23, 30, tzinfo=timezone(timedelta(hours=-3))))


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
