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

    @property
    def told_by(self) -> str:
        """The role of the fetches whose responses hold the articles themselves."""
        return "listing" if self.content == "feed" else "page"

    def can_serve(self, day: date) -> bool:
        """Whether the source can be asked for a past day, at any time."""
        return False


PARTS = {"day": "%Y-%m-%d", "year": "%Y", "month": "%m", "dd": "%d", "yyyymmdd": "%Y%m%d", "m": "%-m", "d": "%-d"}
"""What may stand in braces in a date pattern; `m` and `d` are without a leading zero."""
_DATED = ({"day"}, {"yyyymmdd"}, {"year", "month"}, {"year", "m"})


def dated(pattern: str, day: date) -> str:
    """A date pattern for a day: {day} is 2022-02-24, {yyyymmdd} 20220224, {year}, {month} and {dd} its parts."""
    return pattern.format(**{name: format(day, written) for name, written in PARTS.items()})


def _names(pattern: str) -> set[str]:
    """What stands in braces. Raises ValueError for anything that is no part of a date."""
    found = re.findall(r"\{([a-z]+)\}", pattern)
    if set(found) - set(PARTS) or re.search(r"[{}]", re.sub(r"\{[a-z]+\}", "", pattern)):
        raise ValueError(f"{pattern}: nothing but {', '.join(f'{{{name}}}' for name in PARTS)} may stand in braces")
    return set(found)


def is_address(words: str) -> bool:
    return words.startswith(("http://", "https://"))


class Feed(Common):
    """An RSS or Atom feed; `content: feed` where its items carry the full text."""

    kind: Literal["feed"]
    url: HttpUrl


class Sitemap(Common):
    """A news sitemap, or an index of such; `archive` is where past days can be fetched, a date pattern (`dated`).

    An archive by month has {year} and {month} only: its sitemap holds the month, and the day's pages are taken by the
    dates that it gives them.
    """

    kind: Literal["sitemap"]
    url: HttpUrl
    archive: str | None = None

    @model_validator(mode="after")
    def archive_has_a_date(self) -> "Sitemap":
        if self.archive is not None and not any(parts <= _names(self.archive) for parts in _DATED):
            raise ValueError("archive: {day} is missing in it, or {yyyymmdd}, or {year} with {month}")
        return self

    def archive_of(self, day: date) -> str | None:
        """Where a past day can be fetched; None for a source that has no archive."""
        return dated(self.archive, day) if self.archive else None

    @property
    def has_daily_archive(self) -> bool:
        """Whether a sitemap of the archive holds one day, and not a month."""
        return bool(_names(self.archive or "") & {"day", "yyyymmdd", "dd", "d"})

    def can_serve(self, day: date) -> bool:
        return self.archive is not None


class Warc(Common):
    """Captures made elsewhere, in WARC files: those of a folder, or those that a dated listing names.

    Both are date patterns (`dated`). `files` are in the corpus folder. `listing` is a list of WARC files with the time
    of their beginning in their names, as Common Crawl's CC-NEWS has them: an address, or a file in the corpus folder.
    """

    kind: Literal["warc"]
    files: str | None = None
    listing: str | None = None
    root: str | None = None
    """What the names in the listing count from: by default its server, or the corpus folder."""
    hosts: tuple[str, ...] = ()
    """Of a listing, only pages of these hosts and of those below them are kept; none: all."""
    most_files: Annotated[int, Field(ge=1)] = 50
    """WARC files of a listing that are read for a day."""
    largest: Annotated[int, Field(ge=1)] = 2000
    """Megabytes of the largest of them."""
    many_outlets: bool = False
    """The files hold pages of many outlets: an outlet is then named by its host."""

    @model_validator(mode="after")
    def names_files_or_a_listing(self) -> "Warc":
        if (self.files is None) == (self.listing is None):
            raise ValueError("files or listing: one of the two says where the WARC files are")
        if self.listing and self.content != "page":
            raise ValueError("content: the WARC files of a listing hold pages")
        for words in filter(None, (self.files, self.listing, self.root)):
            _names(words)
            if not is_address(words) and (Path(words).is_absolute() or ".." in Path(words).parts):
                raise ValueError("files, listing, root: must stay inside the corpus folder")
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


def choose(folder: Path, words: str, only: str = "") -> list[Feed | Sitemap | Warc]:
    """The sources that `words` name: names or groups (subfolders), separated by commas or spaces.

    Raises SourceError for a word that names nothing, and for a source that is not among those that `only` names, if it
    names any.
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
    if only and (others := sorted(set(chosen) - {source.name for source in choose(folder, only)})):
        raise SourceError(
            f"{only} and no other sources belong into this lake (TROOPWATCH_ONLY): not {', '.join(others)}"
        )
    return [chosen[name] for name in sorted(chosen)]
