"""The quality page of a day: every check, the figures with their past, what was set aside and what was waived."""

import re
from html.parser import HTMLParser

import pytest
from quality_days import Weeks, nth, usual
from quality_rows import Newsday

from troopwatch.publish import quality_page
from troopwatch.publish.sparks import HEIGHT, WIDTH, Spark
from troopwatch.quality import GateClosedError, judge_history
from troopwatch.tables import LAKE

HOSTILE = "<script>alert('x')</script>"


@pytest.fixture
def weeks(newsday: Newsday, monkeypatch: pytest.MonkeyPatch) -> Weeks:
    monkeypatch.setattr("os.fsync", lambda _: None)
    made = Weeks(newsday.settings)
    made.fill(range(15))
    return made


class Tags(HTMLParser):
    """The names of a page's elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.names.append(tag)


def page(weeks: Weeks, number: int) -> str:
    return quality_page.render(nth(number), weeks.settings).decode()


def test_every_check_and_every_figure_is_on_it(weeks: Weeks) -> None:
    judge_history(nth(14), weeks.settings)
    shown = page(weeks, 14)
    checks = weeks.lake.rows(LAKE["checks"], nth(14))
    assert checks and all(row["check_id"] in shown for row in checks)
    figures = weeks.lake.rows(LAKE["measures"], nth(14))
    assert shown.count("<svg") == len(figures) > 15
    assert "14 days, from" not in shown, "the days before were not judged, and have no figures"


def test_it_loads_nothing_and_runs_nothing(weeks: Weeks) -> None:
    judge_history(nth(0), weeks.settings)
    shown = page(weeks, 14)
    assert not {"script", "link", "img", "iframe", "object"} & set(Tags(shown).names)
    assert not re.search(r"(src|href)=\"(https?:)?//", shown)
    assert "15 days, from" in shown


def test_a_closed_day_says_by_what(weeks: Weeks) -> None:
    weeks.write(14, usual(14) | {name: [] for name in ("documents", "deployments", "demands", "readings")})
    with pytest.raises(GateClosedError):
        judge_history(nth(14), weeks.settings)
    shown = page(weeks, 14)
    assert "The history gate is closed: history.silence.wire." in shown
    assert "0; usual is at least" in shown


def test_a_day_that_nobody_judged_says_so(weeks: Weeks) -> None:
    assert "No gate has judged this day." in page(weeks, 40)
    assert "No figures." in page(weeks, 40)


def test_words_from_the_web_become_no_markup(weeks: Weeks) -> None:
    held = {"day": nth(14), "source": "wire", "table_name": "deployments", "record_id": "1", "doc_id": HOSTILE}
    weeks.lake.replace(LAKE["held"], nth(14), [held | {"rule": HOSTILE, "detail": HOSTILE, "row": HOSTILE}])
    waiver = {"day": nth(14), "gate": "history", "check_id": "history.x", "name": "x", "pattern": "history.*"}
    said = {"source": None, "since": nth(14), "until": nth(15), "who": HOSTILE, "why": HOSTILE}
    weeks.lake.replace(LAKE["waivers"], nth(14), [waiver | said], part="history")
    shown = page(weeks, 14)
    assert "script" not in Tags(shown).names
    assert shown.count("&lt;script&gt;") >= 5


def test_what_is_damaged_is_said_and_hides_nothing(weeks: Weeks) -> None:
    judge_history(nth(14), weeks.settings)
    weeks.lake.path(LAKE["measures"], nth(14), "history").write_bytes(b"PAR1")
    shown = page(weeks, 14)
    assert "measures of this day cannot be read" in shown and "history.documents.wire" in shown


def test_pages_of_later_days_follow_their_past(weeks: Weeks) -> None:
    judge_history(nth(0), weeks.settings)
    written = quality_page.write([nth(n) for n in (5, 14)], weeks.settings)
    assert set(written) == {nth(5), nth(14)}
    assert quality_page.write([nth(5)], weeks.settings) == {}
    weeks.write(5, usual(5, size=30))
    judge_history(nth(5), weeks.settings)
    assert set(quality_page.write([nth(5)], weeks.settings)) == {nth(5), nth(14)}


def test_a_line_stays_inside_its_frame() -> None:
    drawn = Spark(nth(28), {nth(n): float(n * n) for n in range(29)}, 10.0, 900.0)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in drawn.points)
    assert drawn.band and drawn.band[0] >= 0 and sum(drawn.band) <= HEIGHT
    assert drawn.words == "29 days, from 0 to 784"
    assert Spark(nth(0), {}, None, None).words == "no figures"
