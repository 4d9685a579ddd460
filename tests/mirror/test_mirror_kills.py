"""A worker that is killed before any of its requests leaves nothing that misleads, and the next one ends it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from mirror_house import DAYS, Bucket, few_downloads, run_days

from troopwatch.publish import exports
from troopwatch.settings import ROOT, Settings

HERE = Path(__file__).parent
EVERY = pytest.mark.parametrize("every", [10, pytest.param(1, marks=pytest.mark.months)])
"""One request in ten, which takes a minute; all of them by `make e2e-months`."""


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with a published day, and a second one of which a candidate waits to be published; its name."""
    data = tmp_path_factory.mktemp("judged")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exports, "make", few_downloads)
        run_days([Settings(data=data, pause=0)], DAYS[:1])
        candidate = run_days([Settings(data=data, pause=0)], DAYS[1:], last="judge_edition")
    return data, Path(candidate).name


def kill(step: str, kinds: str, every: int, bucket: Bucket, base: Path, *words: str) -> list[dict[str, object]]:
    path = os.pathsep.join(str(p) for p in (ROOT / "include", ROOT / "benchmarks", HERE))
    where = [bucket.name, str(base), str(bucket.folder / "work")]
    command = [sys.executable, str(HERE / "mirror_killed.py"), step, kinds, str(every), *where, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": path})
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def shared(folder: Path, to: Path) -> Path:
    """A copy without what is a machine's own."""
    for path in folder.rglob("*"):
        if path.is_file() and not {".locks", ".cache"} & set(path.parts):
            target = to / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.hardlink_to(path)
    return to


def check(ends: list[dict[str, object]], least: int) -> None:
    whole, *rest = ends
    assert [end["code"] for end in ends] == [0] + [137] * (len(rest) - 1) + [0]
    assert len(rest) > least, "it made more requests than that"
    for end in rest:
        assert end["left"]["missing"] == [], f"killed before request {end['nth']}, readers are led to nothing"
        assert end["again"] == 0, f"killed before request {end['nth']}, it cannot be ended"
        assert end["ended"]["digests"] == whole["ended"]["digests"], f"killed before request {end['nth']}"


@EVERY
def test_a_publishing_that_is_killed_anywhere(
    bucket: Bucket, judged: tuple[Path, str], tmp_path: Path, every: int
) -> None:
    data, name = judged
    base = shared(data, tmp_path / "base")
    check(kill("publish", "put,delete", every, bucket, base, f"STORE/aggregate/{name}"), least=15 // every)


@EVERY
def test_a_step_that_is_killed_while_it_reads(
    bucket: Bucket, judged: tuple[Path, str], tmp_path: Path, every: int
) -> None:
    base = shared(judged[0], tmp_path / "base")
    for folder in ("scrape/captures", "scrape/fetches", "normalize", "detect", "quality/checks", "aggregate"):
        shutil.rmtree(base / folder)
    check(kill("reject", "fetch,head,put", every, bucket, base), least=12 // every)
