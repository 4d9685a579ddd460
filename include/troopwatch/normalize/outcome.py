"""What comes of captured bytes: an article, or a refusal with the rule and the reason."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Published:
    """When an article says it was published; `rejected` is the first date that cannot be true, with its origin."""

    at: datetime | None = None
    precision: str | None = None
    origin: str | None = None
    rejected: str | None = None


@dataclass(frozen=True)
class Article:
    """What a page or a feed item says. Text is clean (see `text.clean`), instants are UTC, to the second."""

    url: str
    """An address that opens, without trackers; `urls.key` folds its variants."""
    title: str | None
    text: str
    authors: str | None
    language: str
    published: Published
    is_stub: bool
    method: str
    method_version: str


@dataclass(frozen=True)
class Refusal:
    """Why there is no article: `rule` is a value of quarantine.rule; `item` names a feed's item, '' is a page."""

    rule: str
    detail: str
    item: str = ""


Outcome = Article | Refusal


class RefusedError(Exception):
    """Raised inside the stage where a page or a feed cannot go on; it never leaves `pages` and `feeds`."""

    def __init__(self, rule: str, detail: str) -> None:
        super().__init__(detail)
        self.refusal = Refusal(rule, detail)
