"""What the tests of the mirror share: a bucket, workers with caches of their own, and days that they run."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from uuid import uuid4

import duckdb
from pyarrow import fs

import newsroom
from object_store import Served
from troopwatch import days
from troopwatch.flow import Run
from troopwatch.mirror import work
from troopwatch.mirror.scopes import Errand
from troopwatch.settings import Settings
from troopwatch.tables import PUBLISHED

DAYS = [date(2024, 10, 31), date(2024, 11, 1)]
DAY = DAYS[1]
WORDS = "narae_wire, harbour_courier"
PAGE = "published/index.html"
STATUS = "published/status.json"


@dataclass(frozen=True)
class Bucket:
    """A bucket of its own, and where the caches of its workers lie."""

    served: Served
    folder: Path

    @cached_property
    def name(self) -> str:
        return f"lake-{uuid4().hex[:12]}"

    @cached_property
    def files(self) -> fs.S3FileSystem:
        return self.served.files()

    def settings(self, worker: str = "one", **more: object) -> Settings:
        where = {"data": f"s3://{self.name}/lake", "cache": self.folder / worker, "s3_endpoint": self.served.endpoint}
        return Settings(**where | {"pause": 0} | more)

    def objects(self) -> dict[str, bytes]:
        """Every object with its bytes, by its path in the data folder."""
        top = f"{self.name}/lake"
        found = self.files.get_file_info(fs.FileSelector(top, recursive=True, allow_not_found=True))
        names = [one.path for one in found if one.type == fs.FileType.File]
        return {name.removeprefix(f"{top}/"): self.read(name) for name in names}

    def read(self, name: str) -> bytes:
        with self.files.open_input_stream(name, compression=None) as stream:
            return stream.read()

    def put(self, key: str, data: bytes) -> None:
        """Write an object past the mirror."""
        with self.files.open_output_stream(f"{self.name}/lake/{key}", compression=None) as out:
            out.write(data)

    def copy(self, to: Path) -> Path:
        """All that is in the bucket, as a folder."""
        for key, data in self.objects().items():
            (to / key).parent.mkdir(parents=True, exist_ok=True)
            (to / key).write_bytes(data)
        return to


def run_of(settings: Settings, day: date = DAY, now: datetime | None = None) -> Run:
    return Run(day, settings, now or days.end(day) + timedelta(minutes=30), WORDS)


def run_days(settings: list[Settings], wanted: list[date] = DAYS, last: str = "publish") -> str:
    """Run days of the newsroom, up to some step; the steps are taken by these workers in turns. The last candidate."""
    turn, candidate = 0, ""
    for day in wanted:
        now = days.end(day) + timedelta(minutes=30)
        with newsroom.serve(lambda now=now: now) as served:
            for step in STEPS[: STEPS.index(last) + 1]:
                own = settings[turn % len(settings)].model_copy(update={"connect_to": served.connect_to})
                turn += 1
                what = candidate if step in {"judge_edition", "publish"} else None
                made = getattr(run_of(own, day), step)(*([what] if what else []))
                candidate = made if step == "aggregate" else candidate
    return candidate


STEPS = (
    "scrape_all",
    "normalize",
    "judge_documents",
    "detect",
    "judge_mentions",
    "judge_history",
    "aggregate",
    "judge_edition",
    "publish",
)


OF_DUCKDB = {"troopwatch.duckdb", "SHA256SUMS"}
"""Names of files whose bytes hold an identifier that DuckDB draws anew each time, or a digest of such bytes."""


def lake_files(data: Path) -> dict[str, bytes]:
    """Every file of the lake and every page with its bytes."""
    own = {".locks", ".cache", "aggregate"}
    found = (p for p in data.rglob("*") if p.is_file() and not own & set(p.relative_to(data).parts))
    return {p.relative_to(data).as_posix(): p.read_bytes() for p in found if p.name not in OF_DUCKDB}


def content(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every published table, in order."""
    with duckdb.connect(str(data / "published" / "troopwatch.duckdb"), read_only=True) as connection:
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in PUBLISHED}


def few_downloads(_: Path, folder: Path, edition: Mapping[str, object]) -> dict[str, dict[str, int]]:
    """Stands for `exports.make`: two files in place of some sixty, each of which costs a publishing that is killed."""
    (folder / "csv").mkdir()
    (folder / "csv" / "some.csv").write_text("some\r\n", encoding="utf-8")
    (folder / "README.txt").write_text(f"{edition['edition']}", encoding="utf-8")
    return {}


@contextmanager
def at_hand(settings: Settings, step: str = "publish", about: str | None = None) -> Iterator[Path]:
    """The folder in which a step of the day works."""
    run = run_of(settings)
    with work.at_hand(Errand(step, run.day, settings, run.now, about)) as at:
        yield at.data


def write(folder: Path, key: str, data: bytes) -> None:
    """Replace a file as the stages do."""
    path = folder / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_name(".new.tmp").write_bytes(data)
    path.with_name(".new.tmp").replace(path)
