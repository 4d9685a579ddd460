"""What a candidate was made from is kept, so that its edition can be made anew when the lake has moved on."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from troopwatch import lake as lakes
from troopwatch import stored
from troopwatch.lake import Lake
from troopwatch.quality import partitions
from troopwatch.settings import Settings
from troopwatch.tables import LAKE


def found(lake: Lake, settings: Settings, days: Sequence[date]) -> dict[str, Path]:
    """The files that an edition of these days is made from, by their names among its inputs."""
    parts = (path for table in LAKE.values() for day in days for path in lake.parts(table, day))
    folders = {name: getattr(settings, name) for name in stored.FOLDERS}
    specs = {
        f"{stored.SPECS}/{name}/{path.relative_to(folder).as_posix()}": path
        for name, folder in folders.items()
        for path in folder.rglob("*.yaml")
    }
    return {lake.relative(path): path for path in parts} | specs


def digests(files: Mapping[str, Path], lake: Lake) -> dict[str, str]:
    """Their digests as they are now; empty for a file that is gone."""
    return {name: partitions.digest(lake, path) if _is_in(lake, path) else _spec(path) for name, path in files.items()}


def _is_in(lake: Lake, path: Path) -> bool:
    return path.is_relative_to(lake.root)


def _spec(path: Path) -> str:
    try:
        return lakes.fingerprint(path)
    except OSError:
        return ""


def keep(files: Mapping[str, Path], before: Mapping[str, str], candidate: Path, data: Path) -> None:
    """Keep the files as they were when the build began, and say beside the candidate which they are.

    A file of a day that is still being run may be another one by now; it is named as `unsettled`, for coverage may
    have seen either. Days that are in the edition are not among these: `inputs.verify` refuses that. Raises LakeError.
    """
    kept = {name: digest for name, digest in before.items() if digest and stored.keep(data, files[name], digest)}
    said = {"manifests": stored.keep_manifests(data, kept), "unsettled": sorted(before.keys() - kept.keys())}
    with lakes.replacing(stored.inputs_of(candidate)) as file:
        file.write(json.dumps(said, indent=2, sort_keys=True).encode())
