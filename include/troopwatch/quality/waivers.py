"""What a person has waived: a YAML file each, which check, whose, for which days, who says so, and why."""

from collections.abc import Iterable, Sequence
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from troopwatch.errors import HopelessError
from troopwatch.quality.model import Row

Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3)]


class WaiverError(HopelessError):
    """A waiver that is wrong; the message names the file and the keys."""


class Waiver(BaseModel):
    """One waiver. Days of data after `until` are not waived, nor those before `since`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    check: Annotated[str, Field(pattern=r"^[a-z][a-z_]*\.[a-z0-9_.*?]+$")]
    source: str | None = None
    since: date | None = None
    until: date
    who: Said
    why: Said

    @model_validator(mode="after")
    def is_of_something(self) -> "Waiver":
        if self.source is None and self.since is None:
            raise ValueError("source or since: a waiver is for one source, or begins on a day")
        if self.since and self.since > self.until:
            raise ValueError("until: it is before since")
        return self

    @property
    def words(self) -> str:
        """As it stands beside what it waives."""
        return f"{self.who}, until {self.until}: {self.why}"

    def covers(self, day: date, check: str, sources: Iterable[str]) -> bool:
        """Whether it waives a check that failed on a day for these sources, and for no other."""
        is_time = (self.since is None or self.since <= day) and day <= self.until
        is_whose = self.source is None or set(sources) == {self.source}
        return is_time and is_whose and fnmatchcase(check, self.check)


def load(folder: Path, known: Iterable[str]) -> list[Waiver]:
    """All waivers in the order of their names. Raises WaiverError, also for a source that is not among the known."""
    found = [_read(path) for path in sorted(folder.glob("*.yaml"))]
    names = set(known)
    for waiver in found:
        if waiver.source is not None and waiver.source not in names:
            raise WaiverError(f"{folder / waiver.name}.yaml: source: no source is called {waiver.source!r}")
    return found


def _read(path: Path) -> Waiver:
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(said, dict):
            raise WaiverError(f"{path}: a waiver has keys and values: check, source, since, until, who, why")
        return Waiver(**said | {"name": path.stem})
    except (yaml.YAMLError, ValidationError, UnicodeDecodeError, TypeError) as error:
        raise WaiverError(f"{path}: {error}") from error


def apply(waivers: Sequence[Waiver], day: date, findings: Sequence[Row]) -> list[Row]:
    """The findings, those that failed and are waived with who waived them. They stay failed.

    A finding may say in `sources` whose rows failed; what is returned has no such key.
    """
    return [_applied(waivers, day, finding) for finding in findings]


def _applied(waivers: Sequence[Waiver], day: date, finding: Row) -> Row:
    row = {name: value for name, value in finding.items() if name != "sources"}
    waiver = waiver_of(waivers, day, finding)
    return row | {"waived_by": waiver.words if waiver else None}


def waiver_of(waivers: Sequence[Waiver], day: date, finding: Row) -> Waiver | None:
    """The first waiver that covers a failed check."""
    if finding["passed"]:
        return None
    sources = finding.get("sources", ())
    return next((w for w in waivers if w.covers(day, finding["check_id"], sources)), None)


def rows(waivers: Sequence[Waiver], day: date, gate: str, findings: Sequence[Row]) -> list[Row]:
    """Rows of `waivers`: each failed check that is waived, with its waiver."""
    pairs = [(finding, waiver_of(waivers, day, finding)) for finding in findings]
    said = {"day": day, "gate": gate}
    return [said | w.model_dump() | {"check_id": f["check_id"], "pattern": w.check} for f, w in pairs if w]
