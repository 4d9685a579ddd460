"""What a machine keeps of the store: each object in the version last read or put, in a file named after it.

    <cache>/kept/<name of the object>/<bytes>-<second>-<ETag>

The name says all that is known of a version, so no list of them can be out of step with the files. Files here are never
written to again: whoever works with one has a link to it, and replaces that.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import quote, unquote

from troopwatch.mirror.store import Store, Version

UNSURE = "~"
"""At the end of the name of a version that was read in the very seconds in which it was written: another one may have
the same time and size, so that the store is asked for its ETag when it is used again."""
SETTLED_AFTER = 2
"""Seconds after which nothing else can have been written in the same one."""


@dataclass(frozen=True)
class Kept:
    """The folder <cache>/kept."""

    root: Path

    def get(self, store: Store, key: str, listed: Version, newest: int) -> tuple[Path, Version] | None:
        """The file of an object as it is now, from here or from the store; None where it is gone meanwhile.

        `newest` is the latest time that the store's clock is known to have passed.
        """
        is_settled = listed.second + SETTLED_AFTER <= newest
        found = self._find(key, listed)
        if found and found.name.endswith(UNSURE):
            found = self._confirmed(store, key, found, is_settled)
        if found:
            return found, _read(found.name)
        return self._fetched(store, key, is_settled and listed)

    def passed(self, second: int = 0) -> int:
        """The latest time that the store's clock is known to have passed, having been seen at `second`."""
        clock = self.root / ".clock"
        known = int(clock.stat().st_mtime) if clock.exists() else 0
        if second > known:
            self.root.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.root, prefix=".clock.", suffix=".tmp", delete=False) as file:
                os.utime(file.name, (second, second))
            Path(file.name).replace(clock)
        return max(known, second)

    def is_sure(self, path: Path, listed: Version) -> bool:
        """Whether a kept file is what the store has now, without asking it."""
        return not path.name.endswith(UNSURE) and listed.may_be(_read(path.name))

    def add(self, key: str, version: Version, path: Path) -> None:
        """Keep a file that has just been put under this name."""
        self.passed(version.second)
        link = path.with_name(f".{path.name}.kept.tmp")
        link.unlink(missing_ok=True)
        os.utime(path, (version.second, version.second))
        os.link(path, link)
        self._put(key, version, link, is_settled=False)

    def prune(self, folder: str, listed: set[str]) -> None:
        """Forget the objects of a folder that the store has no more."""
        top = self.root / folder
        for where, _, names in os.walk(top):
            if names and Path(where).relative_to(self.root).as_posix() not in listed:
                for name in names:
                    (Path(where) / name).unlink(missing_ok=True)

    def _find(self, key: str, listed: Version) -> Path | None:
        found = (p for p in self._versions(key) if listed.may_be(_read(p.name)) and p.stat().st_size == listed.size)
        return next(found, None)

    def _versions(self, key: str) -> Iterator[Path]:
        with suppress(FileNotFoundError):
            yield from (p for p in sorted((self.root / key).iterdir()) if p.is_file() and p.name[0] != ".")

    def _confirmed(self, store: Store, key: str, found: Path, is_settled: bool) -> Path | None:
        """A version that the store still has; its name says so from then on."""
        if store.head(key) != _read(found.name):
            return None
        sure = found.with_name(found.name.removesuffix(UNSURE))
        if not is_settled:
            return found
        with suppress(FileNotFoundError):  # another task has just done so
            found.replace(sure)
        return sure

    def _fetched(self, store: Store, key: str, sure: Version | bool) -> tuple[Path, Version] | None:
        """Read from the store. `sure` is the version that has been there for long, if any."""
        folder = self.root / key
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, prefix=".", suffix=".tmp", delete=False) as file:
            path = Path(file.name)
            try:
                version = store.fetch(key, file)
                file.flush()
            except BaseException:
                path.unlink(missing_ok=True)
                raise
        if version is None:
            path.unlink()
            return None
        os.utime(path, (version.second, version.second))
        return self._put(key, version, path, is_settled=isinstance(sure, Version) and sure.may_be(version)), version

    def _put(self, key: str, version: Version, path: Path, *, is_settled: bool) -> Path:
        """Move a file to where its version belongs, in place of all earlier ones."""
        folder = self.root / key
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{version.size}-{version.second}-{quote(version.tag, safe='')}"
        place = folder / (name if is_settled else name + UNSURE)
        earlier = [p for p in self._versions(key) if p != place]
        path.replace(place)
        for old in earlier:
            old.unlink(missing_ok=True)
        return place


def _read(name: str) -> Version:
    size, second, tag = name.removesuffix(UNSURE).split("-", 2)
    return Version(int(size), int(second), unquote(tag))
