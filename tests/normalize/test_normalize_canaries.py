"""The canaries: a frozen page of each demo outlet is read as it was when it was frozen."""

from datetime import UTC, datetime
from typing import Any

import pytest
import yaml
from normalize_lake import block

from newsroom.content import outlets
from troopwatch import captures, sources
from troopwatch.normalize import Article, stage
from troopwatch.settings import INCLUDE, Settings

CANARIES = INCLUDE / "newsroom" / "canaries"
FROZEN = datetime(2024, 11, 5, tzinfo=UTC)
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((CANARIES / "expected.yaml").read_text(encoding="utf-8"))


def test_every_demo_outlet_has_one() -> None:
    assert set(EXPECTED) == {outlet.name for outlet in outlets()}
    assert {path.stem for path in CANARIES.iterdir()} == {*EXPECTED, "expected"}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_frozen_page_is_read_as_it_was(name: str) -> None:
    expected, (page,) = EXPECTED[name], CANARIES.glob(f"{name}.*ml")
    record = captures.Record(expected["url"], FROZEN, block(page.read_bytes()))
    (article,) = stage.of_record(record, sources.load(Settings().sources)[name])
    assert isinstance(article, Article)
    read = {field: getattr(article, field) for field in ("title", "authors", "language", "is_stub")}
    at = article.published.at
    read |= {"url": expected["url"], "canonical_url": article.url, "published_at": at.isoformat() if at else None}
    read |= {"published_precision": article.published.precision, "published_origin": article.published.origin}
    assert read | {"paragraphs": article.text.split("\n\n")} == expected
