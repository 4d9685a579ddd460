"""PostgreSQL from the wheel: started, crashed, left half-made, ended."""

import os
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from station import processes
from station.database import MAKING, NAME, Database
from station.errors import StationError


@pytest.fixture(scope="module")
def database(open_folder: Path) -> Iterator[Database]:
    made = Database(open_folder / "postgres")
    made.start()
    yield made
    made.stop()


def names(database: Database) -> set[str]:
    reached = psycopg2.connect(host=str(database.folder), user="postgres", dbname="postgres")
    with closing(reached) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor.fetchall()}


def test_it_listens_on_no_network(database: Database) -> None:
    process = database.process()
    assert process is not None
    assert process.net_connections(kind="inet") == []
    assert (database.folder.stat().st_mode & 0o077) == 0, "its socket lies in a folder for its owner alone"


def test_what_is_called_by_its_name_is_whole(database: Database) -> None:
    def broken_off(url: str) -> None:
        assert MAKING in url
        raise StationError("killed")

    for _ in range(2):
        with pytest.raises(StationError, match="killed"):
            database.make(broken_off)
        assert NAME not in names(database)
    database.make(lambda url: None)
    assert {NAME} <= names(database) and MAKING not in names(database)
    urls: list[str] = []
    database.make(urls.append)
    assert urls == [database.url()], "a database that is whole is brought up to date where it is"


def test_it_comes_back_after_a_crash_and_kills_nobody_by_a_number_it_left(database: Database) -> None:
    process = database.process()
    assert process is not None
    family = [process, *process.children(recursive=True)]
    process.kill()
    last_call = time.monotonic() + 20
    while any(processes.is_running(one) for one in family) and time.monotonic() < last_call:
        time.sleep(0.05)
    left = (database.folder / "postmaster.pid").read_text().splitlines()
    (database.folder / "postmaster.pid").write_text("\n".join([str(os.getpid()), *left[1:]]) + "\n")
    assert database.process() is None
    database.start()
    assert database.process() is not None


def test_a_second_start_finds_it_running(database: Database) -> None:
    before = database.process()
    database.start()
    assert database.process() == before


def test_files_that_were_left_half_made_are_made_anew(open_folder: Path) -> None:
    half = open_folder / "second.making"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    database = Database(open_folder / "second")
    database.start()
    assert database.process() is not None and not half.exists()
    assert database.stop()
    assert database.process() is None and not database.stop()


def test_a_path_too_long_for_a_socket_is_said(tmp_path: Path) -> None:
    with pytest.raises(StationError, match="shorter path"):
        Database(tmp_path / ("x" * 100) / "postgres").start()
