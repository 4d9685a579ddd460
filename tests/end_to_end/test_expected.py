"""What a careful reader finds on the newsroom's pages, against what is detected on them.

expected.yaml is hand-made and fitted to no software; `KNOWN_MISSES` are the readings that the rules do not reach yet.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest
import yaml

from newsroom import content
from newsroom.site import Newsroom
from troopwatch import normalize
from troopwatch.detect.document import Document, Found, find
from troopwatch.responses import Response
from troopwatch.settings import INCLUDE, Settings
from troopwatch.sources import load

EXPECTED = yaml.safe_load((INCLUDE / "newsroom" / "expected.yaml").read_text(encoding="utf-8"))
ACTORS = {
    "owner": "force_owner_code",
    "speaker": "speaker_code",
    "demander": "demander_code",
    "addressee": "addressee_code",
}
KNOWN_MISSES = {
    "narae_wire/2024-10-18/nis-1500-troops-shipped-to-vladivostok-deployments-1": "whose agency is said earlier",
    "harbour_courier/2024-10-18/1500-elite-soldiers-taken-to-vladivostok-seoul-says-deployments-1": "as in the wire's",
    "narae_wire/2024-10-31/blinken-8000-in-kursk-deployments-0": "the parser loses the speaker at the sentence's end",
    "narae_wire/2024-11-04/pentagon-11000-to-12000-deployments-1": 'a count of pronouns: "at least 10,000 of them"',
}
"""Readings that the rules do not reach; a test that passes all the same asks to be struck from here."""


@cache
def found(reference: str, as_of: datetime | None = None) -> Found:
    """What is detected on a page as it stood at an instant; by default two days after it was published."""
    page, outlet = content.page(reference), content.outlet(reference.partition("/")[0])
    now = as_of or page.published + timedelta(days=2)
    answer = Newsroom(lambda: now).answer(outlet.host, page.path)
    response = Response(answer.status, {"content-type": answer.content_type}, answer.body)
    article = normalize.page(response, outlet.url(page.path), now)
    if not isinstance(article, normalize.Article):
        return Found([], [], 0, 0)
    voice = load(Settings().sources)[outlet.name].voice
    return find(Document("doc", article.text, page.published, voice))


def facts() -> Iterator[Any]:
    for record in EXPECTED["records"]:
        for table in ("deployments", "demands"):
            for number, fact in enumerate(record[table]):
                name = f"{record['page']}-{table}-{number}"
                marks = [pytest.mark.xfail(reason=KNOWN_MISSES[name])] if name in KNOWN_MISSES else []
                yield pytest.param(record["page"], record.get("as_of"), table, fact, id=name, marks=marks)


def agrees(row: dict[str, Any], fact: dict[str, Any]) -> bool:
    """Whether a row says all that the fact says."""
    return all(_value(row, key, value) == value for key, value in fact.items())


def _value(row: dict[str, Any], key: str, value: Any) -> Any:
    if key == "place":
        return value if value in {place["country"] for place in row["places"]} else None
    if key not in ACTORS:
        return row[key]
    code = row[ACTORS[key]]
    return code if code is None or code.startswith("IGO") else code[:3]


@pytest.mark.parametrize(("page", "as_of", "table", "fact"), list(facts()))
def test_every_fact_beyond_doubt_is_found(page: str, as_of: datetime | None, table: str, fact: dict[str, Any]) -> None:
    rows = getattr(found(page, as_of), table)
    assert any(agrees(row, fact) for row in rows), [
        {key: _value(row, key, value) for key, value in fact.items()} for row in rows
    ]


@pytest.mark.parametrize("page", EXPECTED["none"])
def test_a_trap_yields_nothing(page: str) -> None:
    result = found(page)
    assert [row["sentence"] for row in result.deployments + result.demands] == []


def test_readers_and_forbidden_pages_are_never_quoted() -> None:
    references = [f"{outlet.name}/{page.day}/{page.slug}" for outlet in content.outlets() for page in outlet.pages]
    quotes = [
        row["sentence"]
        for reference in references
        if not content.page(reference).path.startswith("/members/")
        for row in found(reference).deployments + found(reference).demands
    ]
    assert len(quotes) > 60
    assert [quote for quote in quotes for words in EXPECTED["never"] if words in quote] == []
