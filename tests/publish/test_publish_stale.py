"""Which reports no longer say what the published file says, after one thing of one row has changed."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from publish_house import build
from publish_samples import DAY, Row, article, check, covered, demand, deployment, of

from troopwatch.publish import contents
from troopwatch.publish.edition import opened

EARLIER = DAY - timedelta(3)
SENTENCE = "They demanded that 400 North Korean troops leave Russia."
ARTICLE = article(day=EARLIER)
DAYS = [EARLIER - timedelta(1), EARLIER, DAY, EARLIER + timedelta(28)]
"""The day before the changed row, its own day, a later one that looks at it, and one that does not."""


def prints(path: Path, title: str = "More soldiers", **changes: object) -> Mapping[date, str]:
    """The fingerprints of a file with one figure and one demand of the earlier day; `changes` are the figure's."""
    figure: Row = deployment(ARTICLE, SENTENCE, count="400", bounds=(400, None))
    wanted = demand(ARTICLE, SENTENCE, "demanded", "leave Russia")
    captured = [covered("narae_wire", day=day) for day in DAYS]
    tables = of([ARTICLE | {"title": title}], [figure | changes], [wanted], captured, [check("columns")])
    with opened(build(path, tables)) as edition:
        return contents.fingerprints(edition)


@pytest.mark.parametrize(
    "changes",
    [
        {"count_scope": "planned_total"},
        {"count_min": None, "count_max": 400},
        {"count_approx": True},
        {"count_text": "400 or so"},
        {"sentence": f"{SENTENCE} "},
        {"place_relation": "near"},
        {"syndicated_from": "Tarnford Post"},
        {"speaker_text": "the Pentagon"},
        {"title": "Fewer soldiers"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_whatever_a_report_shows_of_an_earlier_figure_marks_it(tmp_path: Path, changes: Row) -> None:
    before, after = prints(tmp_path / "a.duckdb"), prints(tmp_path / "b.duckdb", **changes)
    assert [before[day] != after[day] for day in DAYS] == [False, True, True, False]


def test_the_same_rows_mark_nothing(tmp_path: Path) -> None:
    assert prints(tmp_path / "a.duckdb") == prints(tmp_path / "b.duckdb")
