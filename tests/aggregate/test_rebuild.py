"""What an edition was made from is kept, and gives the same edition again; or it is said what is not there any more."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from aggregate_lake import Days

from troopwatch import publish, quality, rebuild, stored
from troopwatch.lake import LakeError, fingerprint
from troopwatch.publish import PublishError
from troopwatch.publish.editions import shelf
from troopwatch.rebuild import RebuildError
from troopwatch.settings import Settings
from troopwatch.tables import LAKE

MON, TUE = date(2024, 10, 14), date(2024, 10, 15)
NOW = datetime(2024, 10, 16, 1, tzinfo=UTC)


def publish_as_it_is(made: Days, *days: date) -> int:
    """An edition of the lake as it is now; its number."""
    candidate = made.edition()
    quality.mark_of(candidate).write_text(fingerprint(candidate))
    publish.run(days, candidate, Settings(data=made.data), NOW)
    newest = shelf.newest(made.data / "published")
    assert newest is not None
    return newest.number


@pytest.fixture
def two(made: Days) -> Days:
    """Two editions; what the first was made from is not in the lake any more."""
    made.add(MON, "a", "b")
    assert publish_as_it_is(made, MON) == 1
    made.add(MON, "a", "c")
    made.add(TUE, "d")
    assert publish_as_it_is(made, MON, TUE) == 2
    return made


def test_every_edition_comes_out_the_same_whatever_the_lake_holds_by_now(two: Days) -> None:
    settings = Settings(data=two.data)
    contents = {one.number: one.content.digest for one in shelf.kept(settings.published)}
    assert {number: rebuild.run(number, settings).content for number in contents} == contents
    assert len(set(contents.values())) == 2
    assert not list(two.data.glob("aggregate/.rebuild-*"))


def test_an_edition_whose_downloads_are_gone_is_made_anew_all_the_same(two: Days) -> None:
    settings = Settings(data=two.data)
    shelf.remove_downloads(shelf.of(settings.published, 1))
    assert rebuild.run(1, settings).content == shelf.of(settings.published, 1).content.digest


def test_inputs_that_are_gone_or_damaged_are_named(two: Days) -> None:
    settings = Settings(data=two.data)
    inputs = stored.files(two.data, shelf.of(settings.published, 1).facts["manifests"])
    name = next(name for name in inputs if name.startswith(f"normalize/documents/day={MON}"))
    kept = stored.path(two.data, inputs[name], ".parquet")
    kept.write_bytes(b"damaged")
    with pytest.raises(RebuildError, match=f"1 inputs are gone, {name} first"):
        rebuild.run(1, settings)
    kept.unlink()
    with pytest.raises(RebuildError, match="inputs are gone"):
        rebuild.run(1, settings)


def test_a_lost_list_of_inputs_is_named(two: Days) -> None:
    settings = Settings(data=two.data)
    digest = shelf.of(settings.published, 1).facts["manifests"]["2024-10"]
    stored.path(two.data, digest, ".json").unlink()
    with pytest.raises(RebuildError, match="list of inputs of 2024-10"):
        rebuild.run(1, settings)


def test_other_rules_are_named_where_the_rows_are_others(two: Days, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(data=two.data)
    facts = dict(shelf.of(settings.published, 1).facts)
    facts["tables"] = {**facts["tables"], "articles": {**facts["tables"]["articles"], "content": "0" * 64}}
    path = shelf.of(settings.published, 1).folder / shelf.FACTS
    path.unlink()
    path.write_text(json.dumps(facts | {"code": "1" * 64}))
    with pytest.raises(RebuildError, match=r"other rows in articles: its code was another \(111111111111\)"):
        rebuild.run(1, settings)


def test_an_edition_that_is_not_kept_is_a_clear_error(two: Days) -> None:
    with pytest.raises(PublishError, match="no edition 9 is kept"):
        rebuild.run(9, Settings(data=two.data))


def test_what_is_kept_costs_nothing_until_the_lake_replaces_it(made: Days) -> None:
    made.add(MON, "a")
    candidate = made.edition()
    said = json.loads(stored.inputs_of(candidate).read_bytes())
    assert said["unsettled"] == []
    files = stored.files(made.data, said["manifests"])
    partition = made.lake.path(LAKE["documents"], MON)
    kept = stored.path(made.data, files[made.lake.relative(partition)], ".parquet")
    assert kept.samefile(partition)
    assert any(name.startswith("specs/sources/") for name in files)
    made.add(MON, "b")
    assert fingerprint(kept) == files[made.lake.relative(partition)] and not kept.samefile(partition)


def test_a_file_that_changed_before_it_was_kept_is_not_kept_under_its_old_name(tmp_path: Path) -> None:
    file = tmp_path / "detect" / "all.parquet"
    file.parent.mkdir()
    file.write_bytes(b"now")
    assert not stored.keep(tmp_path, file, "0" * 64)
    assert not stored.keep(tmp_path, file.with_name("gone.parquet"), "1" * 64)
    assert stored.keep(tmp_path, file, fingerprint(file)) and stored.keep(tmp_path, file, fingerprint(file))
    assert not list((tmp_path / stored.FOLDER).rglob(".*"))


def test_what_no_edition_was_made_from_goes(two: Days) -> None:
    cited = [one.facts["manifests"] for one in shelf.kept(two.data / "published")]
    assert stored.retire(two.data, cited) == 0
    assert stored.retire(two.data, cited[1:]) > 0
    assert rebuild.run(2, Settings(data=two.data)).content
    with pytest.raises(LakeError, match="list of inputs"):
        stored.files(two.data, cited[0])
