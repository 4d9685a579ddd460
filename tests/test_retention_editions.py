"""Downloads of old editions go, the newest's never; what any kept edition cites or was made from stays."""

import json
from pathlib import Path

import duckdb
import pytest

from retention_lake import OLD, TODAY, capture, publish
from troopwatch import lake as lakes
from troopwatch import retention, stored
from troopwatch.lake import Lake
from troopwatch.settings import Settings
from troopwatch.tables import LAKE


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, keep_raw_days=40)


def edition(published: Path, number: int, cited: str = "") -> Path:
    """A kept edition with all that such a folder has; its file names a capture."""
    folder = published / "editions" / f"{number:06d}"
    (folder / "csv").mkdir(parents=True)
    (folder / "reports" / f"{OLD}").mkdir(parents=True)
    for name in ("index.html", "changes.csv", "SHA256SUMS", "csv/articles.csv", f"reports/{OLD}/index.html"):
        (folder / name).write_text(name)
    (folder / "edition.json").write_text('{"manifests": {}}')
    with duckdb.connect(str(folder / "troopwatch.duckdb")) as connection:
        connection.execute("CREATE TABLE coverage (day DATE, documents BIGINT)")
        for table in retention.CITING:
            connection.execute(f"CREATE TABLE {table} AS SELECT ? AS warc_file", [cited])
    return folder


def test_downloads_of_older_editions_go_and_what_they_were_stays(settings: Settings) -> None:
    folders = [edition(settings.published, number) for number in range(1, 5)]
    keeping = settings.model_copy(update={"keep_editions": 2})
    assert retention.retire_editions(settings.model_copy(update={"keep_editions": 0})) == 0
    assert retention.retire_editions(keeping) == 2
    left = sorted(path.relative_to(folders[0]).as_posix() for path in folders[0].rglob("*") if path.is_file())
    assert left == ["SHA256SUMS", "changes.csv", "edition.json", "index.html", f"reports/{OLD}/index.html"]
    assert [(folder / "troopwatch.duckdb").exists() for folder in folders] == [False, False, True, True]
    assert retention.retire_editions(keeping) == 0
    assert retention.retire_editions(settings.model_copy(update={"keep_editions": 1})) == 1
    assert (folders[-1] / "csv" / "articles.csv").exists(), "never the newest"


def test_a_removal_that_was_killed_is_finished(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    old, _ = (edition(settings.published, number) for number in (1, 2))
    keeping = settings.model_copy(update={"keep_editions": 1})

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
        broken.setattr(Path, "unlink", killed)
        retention.retire_editions(keeping)
    assert retention.retire_editions(keeping) == 1
    assert not (old / "troopwatch.duckdb").exists() and not (old / "csv").exists()


def test_a_capture_that_any_kept_edition_cites_stays(settings: Settings) -> None:
    old = capture(settings.data, OLD)
    publish(settings.data)
    edition(settings.published, 1, cited=old.relative_to(settings.data).as_posix())
    edition(settings.published, 2)
    assert retention.retire_captures(settings, TODAY) == 0 and old.exists()
    retention.retire_editions(settings.model_copy(update={"keep_editions": 1}))
    assert retention.retire_captures(settings, TODAY) == 1


def test_inputs_of_candidates_that_were_never_published_go(settings: Settings) -> None:
    file = Lake(settings.data).replace(LAKE["documents"], OLD, [])
    digest = lakes.fingerprint(file)
    assert stored.keep(settings.data, file, digest)
    manifests = stored.keep_manifests(settings.data, {"normalize/documents/x.parquet": digest})
    beside = stored.inputs_of(settings.data / "aggregate" / "edition-000001.duckdb")
    beside.write_text(json.dumps({"manifests": manifests}))
    assert retention.retire_inputs(settings) == 0
    beside.unlink()
    assert retention.retire_inputs(settings) == 2
    assert file.exists()
