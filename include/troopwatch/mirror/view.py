"""A folder in which one step works: what it needs of the store is there, and what it leaves there goes up.

No two steps share a view, so none sees what another one has half done; what differs at the end from what was there at
the beginning is what the step has done.
"""

import filecmp
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import file_digest, md5
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from troopwatch.lake import LakeError
from troopwatch.mirror import order
from troopwatch.mirror.kept import Kept
from troopwatch.mirror.scopes import CAPTURES, Scope
from troopwatch.mirror.store import Store, Version
from troopwatch.mirror.troubles import StoreError

AT_ONCE = 16
"""Requests under way at a time."""
T = TypeVar("T")
R = TypeVar("R")
Stamp = tuple[int, int, int]
"""What the file system says of a file: one that was replaced or written to differs in it."""


class ChangedError(StoreError):
    """Another run has written the same files meanwhile: this one is to be made again from what is there now."""


@dataclass
class View:
    """The folder, and what the store had when it was filled."""

    folder: Path
    store: Store
    kept: Kept
    known: dict[str, Version] = field(default_factory=dict)
    links: dict[str, tuple[Stamp, Path | None]] = field(default_factory=dict)
    """By name of those that are here: what the file was, and the kept version that it is a link to, if it was read."""

    def pull(self, scope: Scope) -> None:
        """Fill the folder, or bring it up to date. Raises StoreError, NoStoreError, and LakeError for a full disk."""
        listed = self._listed(scope)
        newest = self.kept.passed(max((version.second for version in listed.values()), default=0))
        wanted = {key for key in listed if scope.wants(key) and order.is_shared(key)}
        self.known = {key: listed[key] for key in wanted}
        here = wanted - order.unsealed(wanted)
        for gone in self.links.keys() - here:
            self.links.pop(gone)
            (self.folder / gone).unlink(missing_ok=True)
        stale = [key for key in sorted(here) if not self._is_linked(key, listed[key])]
        concurrently(lambda key: self._link(key, listed[key], newest), filter(scope.reads, stale))
        for key in stale:
            if not scope.reads(key):
                self._name(key, listed[key])
        for folder in scope.folders:
            self.kept.prune(folder, set(listed))

    def push(self) -> None:
        """Bring what was written and removed here to the store, removals last.

        New captures always go up. Raises ChangedError where somebody else has replaced one of the other files since
        they were read: nothing more goes up then.
        """
        present = {key: path for key, path in self._files() if order.is_shared(key)}
        changed = [key for key, path in present.items() if self._is_changed(key, path)]
        removed = sorted(self.links.keys() - present.keys(), key=order.rank)
        self._check([*changed, *removed])
        for _, keys in groupby(sorted(changed, key=lambda key: (order.rank(key), key)), order.rank):
            concurrently(self._put, list(keys))
        for key in removed:
            self.store.delete(key)

    def _listed(self, scope: Scope) -> dict[str, Version]:
        listed: dict[str, Version] = {}
        for found in concurrently(self.store.below, scope.folders):
            listed |= found
        heads = zip(scope.files, concurrently(self.store.head, scope.files), strict=True)
        return listed | {key: version for key, version in heads if version}

    def _is_linked(self, key: str, listed: Version) -> bool:
        """Whether the file here is that version for sure: one that may have changed in its second is looked at."""
        if key not in self.links:
            return False
        source = self.links[key][1]
        return source is not None and source.exists() and self.kept.is_sure(source, listed)

    def _link(self, key: str, listed: Version, newest: int) -> None:
        path = self.folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(AT_ONCE):
            found = self.kept.get(self.store, key, listed, newest)
            if found is None:
                self.known.pop(key, None)
                return
            source, self.known[key] = found
            if self._linked(source, path):
                self.links[key] = (_stamp(path), source)
                return
        raise LakeError(f"{self.kept.root} does not keep {key}: is somebody emptying it?")

    def _name(self, key: str, listed: Version) -> None:
        """Put an empty file of its time in an object's place: it can be found and removed, and nothing is read."""
        path = self.folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        os.utime(path, (listed.second, listed.second))
        self.links[key] = _stamp(path), None

    def _linked(self, source: Path, path: Path) -> bool:
        """Whether there was something to link to: another step may just have replaced it by a newer version."""
        new = path.with_name(f".{path.name}.new.tmp")
        new.unlink(missing_ok=True)
        try:
            os.link(source, new)
        except FileNotFoundError:
            return False
        new.replace(path)
        return True

    def _files(self) -> Iterator[tuple[str, Path]]:
        for where, _, names in os.walk(self.folder):
            for name in names:
                path = Path(where) / name
                yield path.relative_to(self.folder).as_posix(), path

    def _is_changed(self, key: str, path: Path) -> bool:
        """Whether the step has written other bytes than were there."""
        if key not in self.links:
            return True
        stamp, source = self.links[key]
        if stamp == _stamp(path):
            return False
        return not (source and source.exists() and filecmp.cmp(source, path, shallow=False))

    def _check(self, touched: Sequence[str]) -> None:
        """Raises ChangedError, after new captures have gone up, where the store is not as it was any more."""
        now = dict(zip(touched, concurrently(self.store.head, touched), strict=True))
        changed = [key for key in touched if not self._is_as_it_was(key, now[key])]
        if changed:
            concurrently(self._put, [key for key in touched if now[key] is None and key.startswith(CAPTURES)])
            raise ChangedError(f"another run has written {', '.join(changed[:3])} meanwhile: this one is made again")

    def _is_as_it_was(self, key: str, now: Version | None) -> bool:
        """Whether the store has what it had; or, where that was nothing, what is to go up anyway."""
        known, path = self.known.get(key), self.folder / key
        if now is None:
            return known is None or not path.exists()
        return now.may_be(known) if known else path.exists() and _md5(path) == now.tag

    def _put(self, key: str) -> None:
        path = self.folder / key
        self.kept.add(key, self.store.put(path, key), path)


def _stamp(path: Path) -> Stamp:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, lambda: md5(usedforsecurity=False)).hexdigest()


def concurrently(ask: Callable[[T], R], about: Iterable[T]) -> list[R]:
    """The answers in order; several requests at a time."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(ask, about))
