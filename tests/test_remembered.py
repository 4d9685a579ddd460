"""What is known of a file by its bytes: found out once, and again for another file."""

import os
import sqlite3
from pathlib import Path

import pytest

from troopwatch import remembered


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "file"
    path.parent.mkdir()
    path.write_text("one")
    return path


class Reader:
    """Reads files, and remembers how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, path: Path) -> str:
        self.times += 1
        return path.read_text()


def test_a_file_is_read_once_by_all_who_ask(tmp_path: Path, file: Path) -> None:
    read = Reader()
    assert [remembered.of(tmp_path, file, "words", read) for _ in range(3)] == ["one"] * 3
    remembered._close()  # as another process, which starts without it
    assert (remembered.of(tmp_path, file, "words", read), read.times) == ("one", 1)


def test_a_replaced_file_is_read_again_though_size_and_time_are_the_same(tmp_path: Path, file: Path) -> None:
    remembered.of(tmp_path, file, "words", Reader())
    before, other = file.stat(), tmp_path / "other"
    other.write_text("two")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)
    assert remembered.of(tmp_path, file, "words", Reader()) == "two"


def test_two_things_about_a_file_are_kept_apart(tmp_path: Path, file: Path) -> None:
    assert remembered.of(tmp_path, file, "words", Reader()) == "one"
    assert remembered.of(tmp_path, file, "length", lambda path: str(len(path.read_text()))) == "3"


def test_what_cannot_be_found_out_is_not_remembered(tmp_path: Path, file: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        remembered.of(tmp_path, file, "words", lambda _: str(1 // 0))
    assert remembered.of(tmp_path, file, "words", Reader()) == "one"
    with pytest.raises(FileNotFoundError):
        remembered.of(tmp_path, tmp_path / "none", "words", Reader())


@pytest.mark.parametrize("damage", [b"", b"no database" * 1000])
def test_a_damaged_memory_costs_time_and_nothing_else(tmp_path: Path, file: Path, damage: bytes) -> None:
    remembered.of(tmp_path, file, "words", Reader())
    remembered._close()
    for path in (tmp_path / ".cache").iterdir():
        path.write_bytes(damage)
    assert remembered.of(tmp_path, file, "words", Reader()) == "one"


def test_where_nothing_can_be_written_all_is_read(tmp_path: Path, file: Path) -> None:
    (tmp_path / ".cache").write_text("a file where the folder would be")
    assert remembered.of(tmp_path, file, "words", Reader()) == "one"


def test_a_memory_that_another_holds_is_done_without(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "PATIENCE", 0.01)
    remembered.of(tmp_path, file, "words", Reader())
    remembered._close()
    other = sqlite3.connect(tmp_path / remembered.FILE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    file.write_text("changed")
    assert remembered.of(tmp_path, file, "words", Reader()) == "changed"
    other.close()


def test_a_forked_process_has_a_memory_of_its_own(tmp_path: Path, file: Path) -> None:
    remembered.of(tmp_path, file, "words", Reader())
    child = os.fork()
    if not child:
        read = Reader()
        same = remembered.of(tmp_path, file, "words", read) == "one" and not read.times
        os._exit(0 if same else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert remembered.of(tmp_path, file, "words", Reader()) == "one"
