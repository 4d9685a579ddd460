"""Files kept by their digest, so that what an edition was made from stays when the lake has replaced it.

    <data>/aggregate/inputs/<sha256[:2]>/<sha256>.parquet

The lake never writes into a file, it replaces it; so what is kept is a hard link and costs nothing until then.
"""

import json
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from troopwatch import lake
from troopwatch.lake import LakeError

FOLDER = "aggregate/inputs"
MONTH = len("day=2022-02")
ELSE = "else"
SPECS = "specs"
FOLDERS = ("sources", "waivers")
"""Settings that name a folder of YAML which an edition is made from besides; among its inputs, `specs/sources/...`."""
Manifests = dict[str, str]
"""Digest of the list of files, by month of their day; `else` has those of no day. The lists are kept like any file."""


def path(data: Path, digest: str, suffix: str) -> Path:
    """Where the file of that digest is."""
    return data / FOLDER / digest[:2] / f"{digest}{suffix}"


def inputs_of(candidate: Path) -> Path:
    """Where it is said what a candidate was made from."""
    return candidate.with_name(f"{candidate.name}.inputs")


def keep(data: Path, file: Path, digest: str) -> bool:
    """Keep a file that had this digest; False where it has another one by now. Raises LakeError."""
    target = path(data, digest, file.suffix)
    if target.exists():
        return True
    draft = target.with_name(f".{target.name}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        _place(file, draft, may_link=file.is_relative_to(data))
        is_same = lake.fingerprint(draft) == digest
        if is_same:
            draft.replace(target)
    except FileNotFoundError:  # somebody has taken it away
        return False
    except OSError as error:
        raise LakeError(f"cannot write {target}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return is_same


def _place(file: Path, target: Path, *, may_link: bool) -> None:
    """A hard link, or a copy where somebody may write into the file or its file system has no links."""
    if may_link:
        with suppress(OSError):
            os.link(file, target)
            return
    shutil.copyfile(file, target)


def keep_manifests(data: Path, files: Mapping[str, str]) -> Manifests:
    """Keep the list of an edition's files, digests by name, in pieces: a day that changes changes one of them."""
    pieces: dict[str, dict[str, str]] = defaultdict(dict)
    for name, digest in sorted(files.items()):
        pieces[_month(name)][name] = digest
    return {month: _keep_json(data, piece) for month, piece in sorted(pieces.items())}


def _month(name: str) -> str:
    day = next((part for part in name.split("/") if part.startswith("day=")), "")
    return day[len("day=") : MONTH] or ELSE


def _keep_json(data: Path, value: object) -> str:
    content = json.dumps(value, indent=0, sort_keys=True).encode()
    digest = sha256(content).hexdigest()
    target = path(data, digest, ".json")
    if not target.exists():
        with lake.replacing(target) as file:
            file.write(content)
    return digest


def files(data: Path, manifests: Mapping[str, str]) -> dict[str, str]:
    """Digests by name of all files of an edition. Raises LakeError where a list is gone or damaged."""
    found: dict[str, str] = {}
    for month, digest in manifests.items():
        source = path(data, digest, ".json")
        try:
            content = source.read_bytes()
        except OSError as error:
            raise LakeError(f"the list of inputs of {month}, {source}, cannot be read: {error.strerror}") from error
        if sha256(content).hexdigest() != digest:
            raise LakeError(f"the list of inputs of {month}, {source}, is damaged")
        found |= json.loads(content)
    return found


def lay_out(data: Path, names: Mapping[str, str], folder: Path) -> list[str]:
    """Put kept files into a folder under the names they had; the names of those that are gone or damaged."""
    wanted = {name: (path(data, digest, Path(name).suffix), digest) for name, digest in sorted(names.items())}
    return [name for name, (source, digest) in wanted.items() if not _lay(source, digest, folder / name)]


def _lay(source: Path, digest: str, target: Path) -> bool:
    if not source.exists() or lake.fingerprint(source) != digest:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    _place(source, target, may_link=True)
    return True


def retire(data: Path, cited: Iterable[Mapping[str, str]]) -> int:
    """Remove what no edition and no candidate was made from, given the manifests of each; how many files that were."""
    lists = {digest for manifests in cited for digest in manifests.values()}
    needed = lists | {digest for each in lists for digest in files(data, {each: each}).values()}
    spare = [found for found in sorted((data / FOLDER).glob("??/*")) if found.stem not in needed]
    for found in spare:
        found.unlink(missing_ok=True)
    return len(spare)
