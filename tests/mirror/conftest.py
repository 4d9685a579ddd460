"""One object store for all tests of a session, with a bucket for each test."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from mirror_house import Bucket

import object_store
from object_store import Served
from troopwatch.mirror.store import Store


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with object_store.serving(tmp_path_factory.mktemp("store")) as one:
        yield one


@pytest.fixture
def bucket(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """An empty bucket; the environment has its keys."""
    for name, value in served.environment().items():
        monkeypatch.setenv(name, value)
    made = Bucket(served, tmp_path)
    made.files.create_dir(made.name)
    return made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What the store is asked for, as it comes."""
    found: list[tuple[str, str]] = []
    asking = Store._asking

    @contextmanager
    def noted(self: Store, what: str, key: str) -> Iterator[None]:
        found.append((what, key))
        with asking(self, what, key):
            yield

    monkeypatch.setattr(Store, "_asking", noted)
    return found
