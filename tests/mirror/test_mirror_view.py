"""What a step finds at hand, and what of its work goes up."""

import errno
import gzip
import os
from pathlib import Path

import pytest
from mirror_house import DAY, PAGE, STATUS, Bucket, at_hand, run_of, write

from troopwatch.lake import Lake, LakeError
from troopwatch.mirror import order, scopes, work
from troopwatch.mirror.kept import Kept
from troopwatch.mirror.scopes import Errand
from troopwatch.mirror.store import Store, Version
from troopwatch.quality import measures
from troopwatch.settings import Settings

PARTITION = f"normalize/documents/day={DAY}/all.parquet"


def test_what_a_step_wrote_and_removed_is_what_the_next_worker_finds(bucket: Bucket) -> None:
    with at_hand(bucket.settings("one")) as folder:
        write(folder, PAGE, b"one")
        write(folder, "published/gone.html", b"gone")
    with at_hand(bucket.settings("two")) as folder:
        assert (folder / PAGE).read_bytes() == b"one"
        write(folder, PAGE, b"two")
        (folder / "published/gone.html").unlink()
    with at_hand(bucket.settings("one")) as folder:
        assert (folder / PAGE).read_bytes() == b"two"
        assert not (folder / "published/gone.html").exists()
    assert bucket.objects() == {PAGE: b"two"}


def test_packed_captures_go_up_and_come_down_as_they_are(bucket: Bucket) -> None:
    """The library packs and unpacks what is called .gz, unless it is told not to."""
    key, packed = f"scrape/captures/day={DAY}/a@1.warc.gz", gzip.compress(b"WARC/1.1" * 99)
    with at_hand(bucket.settings("one"), "normalize") as folder:
        write(folder, key, packed)
    assert bucket.objects() == {key: packed}
    with at_hand(bucket.settings("two"), "normalize") as folder:
        assert (folder / key).read_bytes() == packed


def test_a_step_that_fails_leaves_what_it_did_as_in_a_folder(bucket: Bucket) -> None:
    with pytest.raises(ZeroDivisionError), at_hand(bucket.settings()) as folder:
        write(folder, STATUS, b"closed")
        raise ZeroDivisionError
    assert bucket.objects() == {STATUS: b"closed"}


def test_a_worker_that_knows_it_all_reads_nothing_twice(bucket: Bucket, asked: list[tuple[str, str]]) -> None:
    for second in range(2):
        with at_hand(bucket.settings()) as folder:
            write(folder, f"published/{second}.html", b"same")
    asked.clear()
    with at_hand(bucket.settings()) as folder:
        write(folder, "published/0.html", b"same")
    assert {what for what, _ in asked} <= {"list", "head"}, "what is the same goes neither up nor down"


def test_another_version_of_the_same_second_and_size_is_found(bucket: Bucket) -> None:
    one, two = bucket.settings("one"), bucket.settings("two")
    for n in range(6):
        with at_hand((one, two)[n % 2]) as folder:
            assert not n or (folder / STATUS).read_bytes() == b"%d" % (n - 1)
            write(folder, STATUS, b"%d" % n)


def test_what_was_written_long_ago_is_not_asked_about(bucket: Bucket, asked: list[tuple[str, str]]) -> None:
    settings = bucket.settings()
    bucket.put(PAGE, b"page")
    with at_hand(settings):
        pass
    (kept,) = (settings.cache / "kept" / PAGE).iterdir()
    Kept(settings.cache / "kept").passed(int(kept.stat().st_mtime) + 2)  # by the store's clock, as of another object
    for heads in (1, 0):
        asked.clear()
        with at_hand(settings):
            pass
        assert [what for what, key in asked if key == PAGE] == ["head"] * heads, "confirmed once, and then no more"


def test_files_go_up_after_what_they_name_and_removals_last(bucket: Bucket, asked: list[tuple[str, str]]) -> None:
    edition = "published/editions/000002"
    keys = [
        f"scrape/captures/day={DAY}/a@1.warc.gz",
        f"scrape/fetches/day={DAY}/a@1.parquet",
        f"scrape/ledger/day={DAY}/a.parquet",
        PARTITION,
        f"normalize/tallies/day={DAY}/all.parquet",
        f"detect/demands/day={DAY}/all.parquet",
        f"quality/checks/day={DAY}/mentions.parquet",
        f"quality/verdicts/day={DAY}/mentions.parquet",
        "aggregate/edition-000002.duckdb",
        "aggregate/edition-000002.duckdb.judged",
        f"{edition}/parquet/articles.parquet",
        f"{edition}/edition.json",
        "published/troopwatch.duckdb",
        f"published/reports/{DAY}/index.html",
        "published/editions.atom",
        PAGE,
        STATUS,
    ]
    bucket.put("aggregate/edition-000001.duckdb", b"old")
    with at_hand(bucket.settings()) as folder:
        (folder / "aggregate/edition-000001.duckdb").unlink()
        for key in reversed(keys):
            write(folder, key, key.encode())
    done = [key for what, key in asked if what in {"put", "delete"}]
    assert done == [*keys, "aggregate/edition-000001.duckdb"]
    assert bucket.objects() == {key: key.encode() for key in keys}


def test_what_is_hidden_or_half_done_does_not_go_up(bucket: Bucket) -> None:
    with at_hand(bucket.settings()) as folder, Lake(folder).lock("publish"):
        for key in ("published/.index.html.x.tmp", ".locks/a", "aggregate/.draft/x", "published/.editions/1/a.csv"):
            write(folder, key, b"hidden")
    assert bucket.objects() == {}


def test_an_emptied_cache_and_a_damaged_one_give_the_same(bucket: Bucket) -> None:
    settings = bucket.settings()
    bucket.put(PAGE, b"page")
    for _ in range(2):
        with at_hand(settings) as folder:
            assert (folder / PAGE).read_bytes() == b"page"
        (kept,) = (settings.cache / "kept" / PAGE).iterdir()
        kept.write_bytes(b"cut")
    kept.unlink()
    with at_hand(settings) as folder:
        assert (folder / PAGE).read_bytes() == b"page"


def test_what_the_store_has_no_more_is_not_kept(bucket: Bucket) -> None:
    settings = bucket.settings()
    bucket.put(PAGE, b"page")
    with at_hand(settings):
        assert list((settings.cache / "kept" / PAGE).iterdir())
    bucket.files.delete_file(f"{bucket.name}/lake/{PAGE}")
    with at_hand(settings) as folder:
        assert not (folder / PAGE).exists()
    assert not list((settings.cache / "kept" / PAGE).iterdir())


def test_a_full_disk_is_an_error_that_says_what_to_do(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    bucket.put(PAGE, b"page")
    monkeypatch.setattr(Store, "_read", full)
    message = "No space left on device; make room, or name another TROOPWATCH_CACHE"
    with pytest.raises(LakeError, match=message), at_hand(bucket.settings()):
        pytest.fail("it has nothing to work with")
    assert list(bucket.settings().cache.rglob("*.tmp")) == []
    assert bucket.objects() == {PAGE: b"page"}


def test_every_step_has_its_scope_and_a_live_day_its_past(bucket: Bucket) -> None:
    run = run_of(bucket.settings())
    scope = scopes.of(Errand("scrape", run.day, run.settings, run.now, "narae_wire"))
    assert f"scrape/captures/day={DAY.replace(day=1, month=10)}" not in scope.folders
    assert "scrape/fetches/day=2024-10-25" in scope.folders, "seven days before"
    assert scope.wants(f"scrape/fetches/day={DAY}/narae_wire@1.parquet")
    assert scope.wants(f"scrape/captures/day={DAY}/.narae_wire@1.journal")
    assert not scope.wants(f"scrape/fetches/day={DAY}/narae_wire_two.parquet")
    late = scopes.of(Errand("scrape", run.day, run.settings, run.now.replace(year=2030), "narae_wire"))
    assert {f.rpartition("=")[2] for f in late.folders} == {str(DAY)}, "what is replayed looks at no other day"
    assert scopes.of(Errand("some new step", run.day, run.settings, run.now)).folders == scopes.WHOLE


def test_the_history_gate_gets_as_many_days_as_it_looks_at() -> None:
    assert scopes.REACH == measures.REACH


def test_a_candidate_has_one_name_on_all_machines(bucket: Bucket, tmp_path: Path) -> None:
    for worker in ("one", "two"):
        with work.at_hand(Errand("aggregate", DAY, bucket.settings(worker), run_of(bucket.settings()).now)) as at:
            path = at.data / "aggregate" / "edition-000001.duckdb"
            assert work.name_of(path, at) == f"s3://{bucket.name}/lake/aggregate/edition-000001.duckdb"
            assert work.path_of(work.name_of(path, at), at) == path
    here = Settings(data=tmp_path)
    assert work.path_of(work.name_of(tmp_path / "a", here), here) == tmp_path / "a"


def test_every_file_has_its_place_in_the_order() -> None:
    assert order.rank("anything/else") < order.rank(PAGE) < order.rank(STATUS)
    assert order.rank("published/reports/a\nb.html") < order.rank(PAGE)


def test_versions_are_compared_as_far_as_both_tell() -> None:
    assert Version(1, 2).may_be(Version(1, 2, "tag"))
    assert not Version(1, 2, "other").may_be(Version(1, 2, "tag"))
    assert not Version(1, 3).may_be(Version(1, 2)) and not Version(1, 2).may_be(None)
