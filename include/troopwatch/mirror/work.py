"""A step's work on an object store: pull what it reads, let it work, push what it did; rescue what the dead left."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from filelock import FileLock

from troopwatch.lake import LakeError
from troopwatch.mirror import rescue, scopes
from troopwatch.mirror.kept import Kept
from troopwatch.mirror.scopes import Errand
from troopwatch.mirror.store import Store
from troopwatch.mirror.view import View
from troopwatch.settings import Settings

SHARED = {".locks": "locks", ".cache": "remembered"}
"""What all views of a machine have in common: locks, and what is known of files that have not changed."""


@contextmanager
def at_hand(errand: Errand) -> Iterator[Settings]:
    """The settings to take a step with: `data` is a folder in which all that the step needs is there.

    What the step has done when it ends, in whatever way, is brought to the store; where that fails the folder stays,
    and a later step on this machine rescues the captures in it. Without a store, and within a step of a step, the
    settings are as they were. Raises StoreError, NoStoreError, and LakeError where the cache cannot be written to.
    """
    settings = errand.settings
    if not settings.is_elsewhere:
        yield settings
        return
    store = store_of(settings)
    with _writing(settings.cache):
        rescue.all_dead(settings.cache, store)
    with opened(settings.cache, store) as view:
        with _writing(settings.cache):
            view.pull(scopes.of(errand))
        try:
            yield settings.model_copy(update={"data": view.folder})
        finally:
            with _writing(settings.cache):
                view.push()
                remove(view.folder)


def store_of(settings: Settings) -> Store:
    """The store that the settings name."""
    return Store(settings.store or "", settings.s3_endpoint)


@contextmanager
def opened(cache: Path, store: Store) -> Iterator[View]:
    """A new, empty view, in which nobody else works for as long as it is open."""
    folder = cache / "views" / uuid4().hex
    with _writing(cache):
        for shared in SHARED.values():
            (cache / shared).mkdir(parents=True, exist_ok=True)
        folder.parent.mkdir(exist_ok=True)
        lock = FileLock(rescue.lock_of(folder))
        lock.acquire()
    try:
        with _writing(cache):
            folder.mkdir()
            for name, shared in SHARED.items():
                (folder / name).symlink_to(cache / shared)
        yield View(folder, store, Kept(cache / "kept"))
    finally:
        lock.release()


def remove(folder: Path) -> None:
    """Remove a view in which nothing is left to be done."""
    shutil.rmtree(folder)
    rescue.lock_of(folder).unlink(missing_ok=True)


def name_of(path: Path, settings: Settings) -> str:
    """What a file is called beyond this step: by its place in the store, where there is one."""
    return f"{settings.address}/{path.relative_to(settings.data).as_posix()}" if settings.store else str(path)


def path_of(name: str, settings: Settings) -> Path:
    """Where a file of that name is at hand."""
    return settings.data / name.removeprefix(f"{settings.address}/") if settings.store else Path(name)


@contextmanager
def _writing(cache: Path) -> Iterator[None]:
    """Raises LakeError where this machine cannot keep what it is to keep."""
    try:
        yield
    except OSError as error:
        message = f"cannot write in {cache}: {error.strerror or error}; make room, or name another TROOPWATCH_CACHE"
        raise LakeError(message) from error
