"""The questions of include/queries: each a file with a comment that asks it and one statement that answers it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from troopwatch.settings import QUERIES


@dataclass(frozen=True)
class Question:
    """A question an analyst asks: its file, its words, what to know of the answer, and the statement."""

    path: Path
    words: str
    notes: tuple[str, ...]
    sql: str


def all_of(folder: Path = QUERIES) -> Iterator[Question]:
    """The questions in the order of their files' names."""
    for path in sorted(folder.glob("*.sql")):
        yield _read(path)


def _read(path: Path) -> Question:
    lines = path.read_text(encoding="utf-8").splitlines()
    comments = [line.removeprefix("-- ") for line in lines if line.startswith("-- ")]
    sql = "\n".join(line for line in lines if not line.startswith("-- "))
    return Question(path, comments[0], tuple(comments[1:]), sql)
