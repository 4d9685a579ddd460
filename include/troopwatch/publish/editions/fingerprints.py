"""With what an edition was made: digests of the code and of the codebook as they lie on the disk."""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

import yaml

from troopwatch import lake
from troopwatch.settings import CODEBOOK, INCLUDE, MAP, SQL, TEMPLATES

CODE = (INCLUDE / "troopwatch", SQL, TEMPLATES, MAP.parent)
LEFT_OUT = "__pycache__"


@cache
def code() -> str:
    """Digest of the package, its SQL, templates and map, once in a process: a task lives shorter than its code."""
    return _of(CODE)


@cache
def codebook() -> str:
    """Digest of all dictionaries."""
    return _of([CODEBOOK])


@cache
def codebook_version() -> str:
    return str(yaml.safe_load((CODEBOOK / "version.yaml").read_text(encoding="utf-8"))["version"])


def _of(folders: Iterable[Path]) -> str:
    found = sorted(p for folder in folders for p in folder.rglob("*") if p.is_file() and LEFT_OUT not in p.parts)
    lines = (f"{path.relative_to(INCLUDE).as_posix()} {lake.fingerprint(path)}\n" for path in found)
    return sha256("".join(lines).encode()).hexdigest()
