"""Steps that work at the same time, on one machine and on several."""

import pytest
from mirror_house import DAY, PAGE, STATUS, Bucket, at_hand, write

from troopwatch.mirror.view import ChangedError


def test_locks_are_those_of_the_whole_machine(bucket: Bucket) -> None:
    with at_hand(bucket.settings()) as one, at_hand(bucket.settings()) as two:
        assert one != two
        assert (one / ".locks").resolve() == (two / ".locks").resolve()


def test_what_another_run_has_replaced_meanwhile_is_not_overwritten(bucket: Bucket) -> None:
    bucket.put(STATUS, b"1")
    with pytest.raises(ChangedError, match="status.json"), at_hand(bucket.settings("slow")) as slow:
        with at_hand(bucket.settings("quick")) as quick:
            write(quick, STATUS, b"quick")
        write(slow, STATUS, b"slow")
        write(slow, PAGE, b"slow")
    assert bucket.objects() == {STATUS: b"quick"}, "nothing of the slow one went up"


def test_two_runs_that_make_the_same_new_file_do_not_quarrel(bucket: Bucket) -> None:
    with at_hand(bucket.settings("slow")) as slow:
        with at_hand(bucket.settings("quick")) as quick:
            write(quick, PAGE, b"same")
        write(slow, PAGE, b"same")
    with pytest.raises(ChangedError), at_hand(bucket.settings("slow")) as slow:
        with at_hand(bucket.settings("quick")) as quick:
            write(quick, "aggregate/edition-000001.duckdb", b"one")
        write(slow, "aggregate/edition-000001.duckdb", b"another")


def test_captures_go_up_even_where_the_rest_does_not(bucket: Bucket) -> None:
    captures, ledger = f"scrape/captures/day={DAY}/a@2.warc.gz", f"scrape/ledger/day={DAY}/a.parquet"
    with pytest.raises(ChangedError), at_hand(bucket.settings("slow"), "scrape", "a") as slow:
        with at_hand(bucket.settings("quick"), "scrape", "a") as quick:
            write(quick, ledger, b"quick")
        write(slow, captures, b"pages")
        write(slow, ledger, b"slow")
    assert bucket.objects() == {captures: b"pages", ledger: b"quick"}


def test_partitions_of_other_sources_and_days_are_no_conflict(bucket: Bucket) -> None:
    one, two = f"scrape/ledger/day={DAY}/a.parquet", f"scrape/ledger/day={DAY}/b.parquet"
    with (
        at_hand(bucket.settings("one"), "scrape", "a") as first,
        at_hand(bucket.settings("two"), "scrape", "b") as other,
    ):
        write(first, one, b"a")
        write(other, two, b"b")
    assert bucket.objects() == {one: b"a", two: b"b"}


def test_an_edition_that_is_still_going_up_is_not_there_yet(bucket: Bucket) -> None:
    sealed, open_ = "published/editions/000001", "published/editions/000002"
    for key in (f"{sealed}/changes.csv", f"{sealed}/edition.json", f"{open_}/changes.csv"):
        bucket.put(key, b"half")
    with at_hand(bucket.settings()) as folder:
        assert sorted(p.name for p in (folder / "published/editions").iterdir()) == ["000001"]
    assert f"{open_}/changes.csv" in bucket.objects(), "it belongs to somebody who may be at work"
    with at_hand(bucket.settings()) as folder:
        write(folder, f"{open_}/changes.csv", b"whole")
        write(folder, f"{open_}/edition.json", b"{}")
    assert bucket.objects()[f"{open_}/changes.csv"] == b"whole"
