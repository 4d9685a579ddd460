"""A source whose pages lose a field or their length is warned of; a few articles never are."""

from typing import Any

import pytest
from quality_rows import DAY, Newsday, document, fetch, ledger, made, quarantined, tallied

from troopwatch.quality import judge
from troopwatch.quality.drift import FEWEST
from troopwatch.sources import Expected

EXPECTS = "expects: {kept: 0.8, titled: 0.9, authored: 0.5, timed: 0.9, whole: 0.9, characters: 100}\n"
GOOD = {"title": "A title", "authors": "Kim Lee"}


def drift(newsday: Newsday, count: int, spec: str = EXPECTS, fallen: int = 1, **changes: Any) -> str | None:
    """What the documents gate says of a day of `count` articles."""
    path = newsday.settings.sources / "test" / "wire.yaml"
    path.write_text(path.read_text().replace("ceiling: 3", "ceiling: 99") + spec)
    rows = made(count)
    rows["documents"] = [document(n, **(GOOD | changes)) for n in range(1, count + 1)]
    rows["quarantine"] = [quarantined(n) for n in range(count + 1, count + 1 + fallen)]
    pages = count + fallen
    rows["fetches"] = [fetch(n) for n in range(1, pages + 1)]
    rows["ledger"] = [ledger(requests=pages, responses=pages)]
    newsday.rows |= rows | {"tallies": tallied(rows)}
    newsday.write()
    judge(DAY, "documents", newsday.settings)
    check = newsday.checks("documents")["ledger.drift"]
    assert check["severity"] == "warning"
    assert check["passed"] is (check["observed"] is None)
    return str(check["observed"]) if check["observed"] else None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": None}, "wire: titled 0, at least 0.9 expected"),
        ({"authors": None}, "wire: authored 0, at least 0.5 expected"),
        ({"published_precision": "day"}, "wire: timed 0, at least 0.9 expected"),
        ({"is_stub": True}, "wire: whole 0, at least 0.9 expected"),
        ({"fallen": 2}, "wire: kept 0.7143, at least 0.8 expected"),
        ({"spec": "expects: {characters: 5000}"}, "wire: characters 142, at least 5000 expected"),
    ],
    ids=["titles", "authors", "times", "stubs", "kept", "length"],
)
def test_what_falls_below_the_spec_is_warned_of(newsday: Newsday, changes: dict[str, Any], said: str) -> None:
    assert drift(newsday, FEWEST, **changes) == said


def test_a_right_day_a_short_day_and_a_spec_without_expectations_are_not(newsday: Newsday) -> None:
    assert drift(newsday, FEWEST) is None


def test_a_few_articles_say_nothing(newsday: Newsday) -> None:
    assert drift(newsday, FEWEST - 1, title=None, authors=None, fallen=0) is None


def test_a_spec_that_expects_nothing_gets_no_warning(newsday: Newsday) -> None:
    assert drift(newsday, FEWEST, spec="", title=None) is None
    assert set(Expected().model_dump().values()) == {0}
