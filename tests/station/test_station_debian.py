"""Debian's PostgreSQL as a cluster has it: on loopback, with a password, found again and ended like the wheel's."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from station.debian import BINARIES, USER, DebianDatabase
from station.starting import free_port

pytestmark = pytest.mark.skipif(
    not list(BINARIES.glob("*/bin/initdb")), reason=f"no PostgreSQL in {BINARIES} (Debian: apt-get install postgresql)"
)


@pytest.fixture
def database() -> Iterator[DebianDatabase]:
    # Not in pytest's folder, which it closes to other users: as root, PostgreSQL runs as another one.
    folder = Path(tempfile.mkdtemp(prefix="troopwatch debian "))
    folder.chmod(0o755)
    made = DebianDatabase(folder / "postgres", free_port(0), "right")
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder)


def test_it_is_made_started_and_restarted_with_what_it_holds(database: DebianDatabase) -> None:
    for _ in range(2):
        database.start()
        database.make_database()
        assert database.stop()
    assert database.process() is None


def test_nobody_comes_in_without_the_password(database: DebianDatabase) -> None:
    database.start()
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(host="127.0.0.1", port=database.port, user=USER, password="wrong", dbname="postgres")  # noqa: S106 - it is to be refused
    access = {"host": "127.0.0.1", "port": database.port, "user": USER, "password": "right"}
    with closing(psycopg2.connect(**access, dbname="postgres")) as connection, connection.cursor() as cursor:
        cursor.execute("SHOW listen_addresses")
        assert cursor.fetchone() == ("127.0.0.1",)
