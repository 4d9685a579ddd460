"""The object store as the mirror uses it: list, read whole, put whole, delete. Every error says what to do."""

import mimetypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from pyarrow import fs

from troopwatch.mirror import troubles
from troopwatch.mirror.troubles import StoreError

PIECE = 16 << 20
"""Bytes that are read or written at a time."""
TRIES = 3
"""How often an object is read that is replaced while it is read."""
ATTEMPTS = 3
"""How often Amazon's library asks before it gives up; one of which nothing comes takes it some seven seconds."""


@dataclass(frozen=True)
class Version:
    """What a store says of an object: bytes, when it was written, and its ETag, which a listing does not tell.

    Some stores tell the time in whole seconds alone, so it is never taken for more exact than that.
    """

    size: int
    second: int
    tag: str = ""

    def may_be(self, other: "Version | None") -> bool:
        """Whether both can be of the same bytes, as far as both tell."""
        if other is None or (self.size, self.second) != (other.size, other.second):
            return False
        return not (self.tag and other.tag) or self.tag == other.tag


class Store:
    """The objects under one prefix of a bucket, named by their paths in the data folder."""

    def __init__(self, address: str, endpoint: str = "") -> None:
        self.address = address.rstrip("/")
        self._root = self.address.removeprefix("s3://")
        self._files = _connected(endpoint)
        self._has_bucket = False

    def below(self, folder: str) -> dict[str, Version]:
        """The objects in a folder and its folders; none where there is no such folder.

        Raises NoStoreError where there is no bucket: that must never be taken for an empty one.
        """
        with self._asking("list", folder):
            try:
                said = self._files.get_file_info(fs.FileSelector(f"{self._root}/{folder}", recursive=True))
            except FileNotFoundError:
                said = self._nothing()
        found = [one for one in said if one.type == fs.FileType.File]
        return {one.path[len(self._root) + 1 :]: Version(one.size, one.mtime_ns // 10**9) for one in found}

    def head(self, key: str) -> Version | None:
        """What the store has under this name."""
        with self._asking("head", key):
            return self._head(key)

    def fetch(self, key: str, target: IO[bytes]) -> Version | None:
        """Write an object to a file; what was read, or None where it is gone.

        The library reads in several requests, so an object that is replaced in between is read again. Raises
        StoreError where that happens over and over.
        """
        last = ""
        for _ in range(TRIES):
            target.seek(0)
            target.truncate()
            with self._asking("fetch", key):
                before, digest = self._read(key, target)
                # The ETag of an object in parts is no digest, nor is that of an encrypted one, which looks like one.
                if before is None or digest == before.tag:
                    return before
                if ("-" in before.tag or digest == last) and before == self._head(key):
                    return before
            last = digest
        raise StoreError(f"{self.address}/{key} is replaced over and over while it is read")

    def put(self, path: Path, key: str) -> Version:
        """Replace an object by a file, whole; what the store then has. Raises StoreError where that is not the file."""
        kind = mimetypes.guess_type(key)[0] or "application/octet-stream"
        digest = md5(usedforsecurity=False)
        with self._asking("put", key), path.open("rb") as file:
            with self._writing(key, kind) as out:
                for piece in iter(lambda: file.read(PIECE), b""):
                    digest.update(piece)
                    out.write(piece)
            made, told = self._head(key), digest.hexdigest()
            # The ETag of a large object, or of an encrypted one, is not its MD5: then it is read back.
            if (
                made is None
                or made.size != file.tell()
                or told not in (made.tag, self._read(key, None)[1] if made.tag != told else "")
            ):
                raise StoreError(f"{self.address}/{key} is not what was put there: is somebody else writing it?")
        return made

    def delete(self, key: str) -> None:
        """Delete an object, if it is there."""
        with self._asking("delete", key):
            try:
                self._files.delete_file(f"{self._root}/{key}")
            except FileNotFoundError:
                return

    def _nothing(self) -> list[fs.FileInfo]:
        """Nothing, of a bucket that is there."""
        bucket = self._root.partition("/")[0]
        if not self._has_bucket and self._files.get_file_info(bucket).type != fs.FileType.Directory:
            raise troubles.explained(f"cannot use {self.address}", f"{troubles.NO_BUCKET} {bucket}")
        self._has_bucket = True
        return []

    def _head(self, key: str) -> Version | None:
        try:
            with self._reading(key) as stream:
                return _version(stream)
        except FileNotFoundError:
            return None

    def _read(self, key: str, target: IO[bytes] | None) -> tuple[Version | None, str]:
        """What was there when reading began, and the MD5 of what was read: most ETags are that."""
        digest = md5(usedforsecurity=False)
        try:
            with self._reading(key) as stream:
                version = _version(stream)
                for piece in iter(lambda: stream.read(PIECE), b""):
                    digest.update(piece)
                    if target:
                        target.write(piece)
        except FileNotFoundError:
            return None, ""
        return version, digest.hexdigest()

    def _reading(self, key: str) -> Any:
        """An object's bytes: the library would unpack what is called .gz, and pack it."""
        return self._files.open_input_stream(f"{self._root}/{key}", compression=None)

    def _writing(self, key: str, kind: str) -> Any:
        name = f"{self._root}/{key}"
        return self._files.open_output_stream(name, compression=None, metadata={"Content-Type": kind})

    @contextmanager
    def _asking(self, what: str, key: str) -> Iterator[None]:
        """Say of what the library raises whether somebody has to do something, and what."""
        try:
            yield
        except OSError as error:
            if error.errno is not None:  # of this machine, not of the store
                raise
            raise troubles.explained(f"cannot {what} {self.address}/{key}", str(error)) from error


def _version(stream: Any) -> Version:
    said = {name: value.decode() for name, value in stream.metadata().items()}
    written = datetime.fromisoformat(said["Last-Modified"])
    return Version(int(said["Content-Length"]), int(written.timestamp()), said.get("ETag", "").strip('"'))


def _connected(endpoint: str) -> fs.S3FileSystem:
    """The file system of pyarrow. Small objects go up in one request, so that most ETags are digests."""
    more = {}
    if endpoint:
        # Sums at the end of a body, which Amazon's library would send, are refused by many stores of others.
        os.environ["AWS_REQUEST_CHECKSUM_CALCULATION"] = "when_required"
        parts = urlsplit(endpoint)
        more = {"scheme": parts.scheme, "endpoint_override": parts.netloc}
    retries = fs.AwsStandardS3RetryStrategy(max_attempts=ATTEMPTS)
    return fs.S3FileSystem(allow_delayed_open=True, background_writes=False, retry_strategy=retries, **more)
