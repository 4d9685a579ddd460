"""Downloads of old editions go, the newest's never; what any kept edition cites or was made from stays."""

from pathlib import Path

import pytest

from retention_lake import OLD, TODAY, capture, edition, publish, waiting
from troopwatch import retention
from troopwatch.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, keep_raw_days=40)


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
    beside, file = waiting(settings.data)
    assert retention.retire_inputs(settings) == 0
    beside.unlink()
    assert retention.retire_inputs(settings) == 2
    assert file.exists()
