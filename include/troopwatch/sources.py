"""The sources: one YAML file each in include/sources, with what its maintainer knows about it."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, HttpUrl, TypeAdapter, ValidationError, model_validator

from troopwatch.errors import HopelessError
from troopwatch.tables.model import ACTOR_CODE


class SourceError(HopelessError):
    """A source spec that is wrong, or a name that no source has; the message names the file."""


class Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Volume(Spec):
    """How many articles a day brings: below the floor the gate closes, above the ceiling it warns."""

    floor: Annotated[int, Field(ge=0)] = 0
    ceiling: Annotated[int, Field(ge=1)]


Share = Annotated[float, Field(ge=0, le=1)]


class Expected(Spec):
    """The least that a day of several articles shows: less means that the layout or the parser has changed.

    Shares: `kept` of the captured pages and items, of the articles `titled`, `authored`, `timed` (published at a known
    time, not only a day) and `whole` (no stub). `characters` is the least median length of a text.
    """

    kept: Share = 0
    titled: Share = 0
    authored: Share = 0
    timed: Share = 0
    whole: Share = 0
    characters: Annotated[int, Field(ge=0)] = 0


class Common(Spec):
    """What every source says of itself."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    title: str
    country: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] = "en"
    content: Literal["page", "feed"] = "page"
    voice: Annotated[str, Field(pattern=ACTOR_CODE)] | None = None
    articles: Volume
    expects: Expected = Expected()

    def can_serve(self, day: date) -> bool:
        """Whether the source can be asked for a past day, at any time."""
        return False


def _only_the_day(pattern: str) -> None:
    """Raises ValueError for a pattern with braces around anything but `day`."""
    if re.search(r"[{}]", pattern.replace("{day}", "")):
        raise ValueError(f"{pattern}: nothing but {{day}} may stand in braces")


class Feed(Common):
    """An RSS or Atom feed; `content: feed` where its items carry the full text."""

    kind: Literal["feed"]
    url: HttpUrl


class Sitemap(Common):
    """A news sitemap; `archive` is where past days can be fetched, with {day} in it."""

    kind: Literal["sitemap"]
    url: HttpUrl
    archive: str | None = None

    @model_validator(mode="after")
    def archive_has_a_day(self) -> "Sitemap":
        if self.archive is not None and "{day}" not in self.archive:
            raise ValueError("archive: {day} is missing in it")
        _only_the_day(self.archive or "")
        return self

    def can_serve(self, day: date) -> bool:
        return self.archive is not None


class Warc(Common):
    """Captures made elsewhere: WARC files in the corpus folder; {day} in `files` names the one of a day."""

    kind: Literal["warc"]
    files: str
    many_outlets: bool = False
    """The files hold pages of many outlets: an outlet is then named by its host."""

    @model_validator(mode="after")
    def stays_in_the_corpus(self) -> "Warc":
        if Path(self.files).is_absolute() or ".." in Path(self.files).parts:
            raise ValueError("files: must stay inside the corpus folder")
        _only_the_day(self.files)
        return self

    def can_serve(self, day: date) -> bool:
        return True


Source = Annotated[Feed | Sitemap | Warc, Field(discriminator="kind")]
_SOURCE: TypeAdapter[Feed | Sitemap | Warc] = TypeAdapter(Source)


def read(path: Path) -> Feed | Sitemap | Warc:
    """One spec. Raises SourceError that names the file and every key that is wrong."""
    try:
        # libyaml's loader, as safe and six times as fast: every step of every run reads all the specs.
        source = _SOURCE.validate_python(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader))
    except (yaml.YAMLError, ValidationError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: {error}") from error
    if source.name != path.stem:
        raise SourceError(f"{path}: its name is {source.name!r}, but a source is named like its file")
    return source


def load(folder: Path) -> dict[str, Feed | Sitemap | Warc]:
    """All sources by name, in the order of their names. Raises SourceError for a wrong or doubled one."""
    found: dict[str, Feed | Sitemap | Warc] = {}
    for path in sorted(folder.glob("*/*.yaml"), key=lambda p: p.stem):
        source = read(path)
        if source.name in found:
            raise SourceError(f"{path}: another source has the name {source.name!r}")
        found[source.name] = source
    return found


def choose(folder: Path, words: str) -> list[Feed | Sitemap | Warc]:
    """The sources that `words` name: names or groups (subfolders), separated by commas or spaces.

    Raises SourceError for a word that names nothing.
    """
    known = load(folder)
    chosen: dict[str, Feed | Sitemap | Warc] = {}
    for word in words.replace(",", " ").split():
        group = sorted(path.stem for path in folder.glob(f"{word}/*.yaml")) if word.isidentifier() else []
        if word not in known and not group:
            raise SourceError(f"no source and no group is called {word!r}; there are: {', '.join(known)}")
        chosen |= {name: known[name] for name in group or [word]}
    if not chosen:
        raise SourceError("no source was named")
    return [chosen[name] for name in sorted(chosen)]
