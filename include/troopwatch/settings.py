"""The only reader of the environment, and every location of the project.

Each field is the environment variable TROOPWATCH_<NAME>, an empty one as if it were not set; relative paths count from
the project's root.
"""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AnyUrl,
    AwareDatetime,
    Field,
    NonNegativeFloat,
    NonNegativeInt,
    PositiveFloat,
    SecretStr,
    UrlConstraints,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from troopwatch.errors import HopelessError

INCLUDE = Path(__file__).resolve().parent.parent
ROOT = INCLUDE.parent
SQL = INCLUDE / "sql"
TEMPLATES = INCLUDE / "templates"
QUERIES = INCLUDE / "queries"
CODEBOOK = INCLUDE / "codebook"
CANARIES = INCLUDE / "newsroom" / "canaries"
MAP = INCLUDE / "map" / "land.json"
SHORTEST_RAW = 31
"""Days for which raw captures are kept at least: what a page's later visits are compared with is among them."""
SHORTEST_RECORDS = 8
"""Days for which records of runs are kept at least: one may wait seven days for a person's approval."""
SECRETS = {"smtp", "webhook", "s3_endpoint", "store"}
"""Settings whose values are not repeated: an address may have a password in it."""
NAMES = {"store": "data"}
"""Under which variable somebody has set what stands elsewhere."""
S3 = "s3://"
MAIL = r"[^\s,<>@]+@[^\s,<>@]+"


def is_web_address(secret: SecretStr) -> SecretStr:
    """Raises ValueError for what is no address, without repeating it."""
    if not secret.get_secret_value().startswith(("https://", "http://")):
        raise ValueError("it must begin with https://")
    return secret


class SettingError(HopelessError):
    """An environment variable that is wrong; the message names it."""


class Settings(BaseSettings):
    """What an installation may set. Raises `pydantic.ValidationError` where a value is wrong."""

    model_config = SettingsConfigDict(
        env_prefix="TROOPWATCH_", frozen=True, hide_input_in_errors=True, env_ignore_empty=True
    )

    data: Path = Path("data")
    """Folder of the lake and of what is published; or, as s3://bucket/prefix, an object store that holds both."""
    cache: Path = Path("cache")
    """Folder of this machine's own, in which it keeps what it has read of an object store and works on it."""
    s3_endpoint: Annotated[str, Field(pattern=r"^(https?://[\w.-]+(:\d+)?/?)?$")] = ""
    """Where an object store is reached that is not Amazon's, as https://store.example:9000. Keys and region are those
    of the AWS_ variables, which Amazon's own library reads."""
    store: Annotated[str, Field(pattern=r"^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[\w.=-]+)*/?$")] | None = None
    """The object store that TROOPWATCH_DATA names, if it does: `data` is then where this process works."""
    corpus: Path = Path("../shared/corpus")
    """Folder of captures made elsewhere, for sources of the kind `warc`."""
    sources: Path = INCLUDE / "sources"
    """Folder of the source specs; its subfolders are groups."""
    waivers: Path = INCLUDE / "waivers"
    """Folder of the waivers: failed checks that a person lets through."""
    groups: str = "demo"
    """Sources of a run that names none: names or groups (subfolders), separated by commas."""
    only: str = ""
    """Names or groups of the sources that a run may name; empty: all. `make up` keeps invented sources out of a lake of
    real days by it, and real ones out of the demo's."""
    now: AwareDatetime | None = None
    """A fixed instant in place of the clock: for demos, tests and reproductions."""
    connect_to: Annotated[str, Field(pattern=r"^(\S+=[\d.]+:\d+\s*)*$")] = ""
    """Where hosts are reached, as `*.example=127.0.0.1:8700 ...`; what is listed here may be a private address,
    and is asked without a pause that its robots.txt does not ask for."""
    pause: NonNegativeFloat = 1.0
    """Seconds between two requests to a host, where its robots.txt does not ask for more."""
    processes: NonNegativeInt = 0
    """Processes that normalize pages at a time; 0: one a CPU."""
    page_seconds: PositiveFloat = 60.0
    """Seconds after which a page that is still being normalized is given up. Of the 131 real pages of the
    corpus the slowest, upstract.com with 0.6 MB of links, takes 0.9 s of processor time and half of them 0.02; of the
    shapes that were made to be slow within the limits of `normalize.markup`, the worst takes some 20 s."""
    contact: str = "https://github.com/troopwatch/troopwatch"
    """Stands in the user agent, so that a webmaster can reach who runs this."""

    smtp: (
        Annotated[AnyUrl, UrlConstraints(allowed_schemes=["smtp", "starttls", "smtps"], host_required=True)] | None
    ) = Field(default=None, repr=False)
    """Mail server for notices of failures and closed gates, as starttls://user:password@host:587; smtps:// speaks TLS
    from the start, smtp:// never. Special characters of the password are percent-encoded."""
    mail_to: Annotated[str, Field(pattern=rf"^({MAIL}(,\s*{MAIL})*)?$")] = ""
    """Who gets notices by mail, separated by commas."""
    mail_from: Annotated[str, Field(pattern=rf"^{MAIL}$")] = "troopwatch@localhost"
    webhook: Annotated[SecretStr, AfterValidator(is_web_address)] | None = None
    """Address that notices are posted to as JSON, with the `text` that chats show."""

    keep_raw_days: NonNegativeInt = 0
    """Days for which raw captures are kept; 0: for ever. At least 31: a page may be asked for again for 30 days."""
    keep_cited_raw: bool = True
    """Whether captures that an edition cites whose data are kept stay, however old they are."""
    keep_editions: NonNegativeInt = 7
    """Newest editions whose downloads are kept; 0: of all. What they were and what they were made from stays."""
    keep_log_days: NonNegativeInt = 90
    """Days for which Airflow's log files of our DAGs are kept; 0: for ever."""
    log_megabytes: PositiveFloat = 10.0
    """Megabytes (10^6 bytes) at which `make up` turns a log over that a component prints to."""
    log_files: NonNegativeInt = 5
    """How many of those that were turned over are kept, of each component."""
    keep_record_days: NonNegativeInt = 0
    """Days for which Airflow's own records of our DAGs' runs are kept, with their tasks and audit log; 0: for ever.
    At least 8: a run may wait seven days for a person's approval."""

    @model_validator(mode="before")
    @classmethod
    def from_store(cls, said: dict[str, Any]) -> dict[str, Any]:
        """An object store is mirrored in the cache."""
        where = str(said.get("data", ""))
        if not where.startswith(S3):
            return said | {"store": None}
        return said | {"store": where, "data": said.get("cache") or cls.model_fields["cache"].default}

    @field_validator("keep_raw_days")
    @classmethod
    def outlives_what_is_remembered(cls, count: int) -> int:
        if 0 < count < SHORTEST_RAW:
            raise ValueError(f"0 for ever, or {SHORTEST_RAW} and more: pages may be asked for again for 30 days")
        return count

    @field_validator("keep_record_days")
    @classmethod
    def outlives_what_waits(cls, count: int) -> int:
        if 0 < count < SHORTEST_RECORDS:
            raise ValueError(f"0 for ever, or {SHORTEST_RECORDS} and more: a run may wait seven days for an approval")
        return count

    @field_validator("data", "cache", "corpus", "sources", "waivers")
    @classmethod
    def from_root(cls, path: Path) -> Path:
        return (ROOT / path.expanduser()).resolve()

    @property
    def is_elsewhere(self) -> bool:
        """Whether the files are in an object store, and nothing of it is at hand yet."""
        return self.store is not None and self.data == self.cache

    @property
    def address(self) -> str:
        """Where the lake is, for people and for what collects lineage."""
        return self.store.rstrip("/") if self.store else f"file://{self.data}"

    @property
    def published(self) -> Path:
        return self.data / "published"

    def instant(self, clock: datetime) -> datetime:
        """The time to go by: the fixed one where there is one, else what the caller read from the clock."""
        return self.now or clock


def load() -> Settings:
    """Settings as the environment says now: read anew at each call, so that a task sees its own environment.

    Raises SettingError naming the variables that are wrong.
    """
    try:
        return Settings()
    except ValidationError as error:
        wrong = [f"TROOPWATCH_{_shown(str(e['loc'][0]), e['input'])}: {e['msg']}" for e in error.errors()]
        raise SettingError("; ".join(wrong)) from error


def _shown(name: str, value: object) -> str:
    """A variable and its value, but for those that hold secrets."""
    variable = NAMES.get(name, name).upper()
    return variable if name in SECRETS else f"{variable} ({value!r})"
