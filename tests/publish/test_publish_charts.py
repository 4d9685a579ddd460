"""The charts: what is drawn, what it leads to, and that the same figures give the same bytes."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from lxml import etree
from publish_hostile import ATTACKS

from troopwatch.publish import html
from troopwatch.publish.charts import land, timeline
from troopwatch.publish.charts.land import Point
from troopwatch.publish.charts.timeline import Mark
from troopwatch.settings import INCLUDE, MAP

DAYS = [html.short_date(date(2024, 11, 4) - timedelta(ago)) for ago in range(27, -1, -1)]
SAID = Mark(3, 10000, 10000, 0, is_said=True, href="#f-1", label="1 November: 10,000, the Pentagon")


def mark(**changes: object) -> Mark:
    return Mark(**{**SAID.__dict__, **changes})  # type: ignore[arg-type] - whatever a test changes


def drawn(*marks: Mark) -> etree._Element:
    return etree.fromstring(timeline.svg(marks, DAYS, "chart-1"))


def dashed(chart: etree._Element) -> int:
    return len(chart.xpath("//line[@stroke-dasharray]"))


def test_a_chart_is_small_and_holds_nothing_that_runs_or_is_fetched() -> None:
    chart = timeline.svg([SAID, mark(ago=1, low=9000, high=12000)], DAYS, "chart-1")
    tree = etree.fromstring(chart)
    assert len(chart) < 6000
    assert {etree.QName(element).localname for element in tree.iter()} <= {"svg", "g", "a", "path", "line", "text"}
    assert not tree.xpath("//@style | //@*[starts-with(name(), 'on')] | //@*[contains(name(), 'xlink')]")
    assert "http" not in chart
    assert set(tree.xpath("//@fill | //@stroke")) <= {"none", *(f"var(--{n})" for n in ("s1", "line", "soft", "card"))}
    assert not tree.xpath("//@font-family"), "the page's own font, whatever a machine has"


def test_every_figure_is_a_link_with_a_name() -> None:
    chart = drawn(SAID, mark(ago=1, low=9000, high=12000, href="#f-2", label="3 November: 9,000 to 12,000, Kyiv"))
    assert {link.get("href"): link.get("aria-label") for link in chart.iter("a")} == {
        "#f-1": "1 November: 10,000, the Pentagon",
        "#f-2": "3 November: 9,000 to 12,000, Kyiv",
    }
    assert all(text.get("aria-hidden") == "true" for text in chart.iter("text"))


@pytest.mark.parametrize(
    ("low", "high", "open_ends"), [(10000, 10000, 0), (9000, 12000, 0), (9000, None, 1), (None, 12000, 1)]
)
def test_an_open_end_is_drawn_open(low: int | None, high: int | None, open_ends: int) -> None:
    assert dashed(drawn(mark(low=low, high=high))) == open_ends


def test_an_open_end_points_where_it_is_open() -> None:
    (above,), (below,) = (
        drawn(mark(low=low, high=high)).xpath("//line[@stroke-dasharray]/@y2")
        for low, high in ((9000, None), (None, 9000))
    )
    assert float(above) < 0 < float(below)


def test_what_is_not_said_to_be_so_is_hollow() -> None:
    (link,) = drawn(mark(is_said=False)).iter("a")
    assert link[0].get("fill") == "var(--card)"
    assert link[0].get("stroke") == "var(--s1)"


def test_the_same_figure_of_several_speakers_is_one_mark_with_their_letters() -> None:
    chart = drawn(SAID, mark(speaker=1, label="1 November: 10,000, Kyiv"))
    (link,) = chart.iter("a")
    assert link.get("aria-label") == "1 November: 10,000, the Pentagon; 1 November: 10,000, Kyiv"
    assert "A B" in [text.text for text in chart.iter("text")]


def test_the_days_and_the_numbers_are_on_the_axes() -> None:
    words = [text.text for text in drawn(SAID).iter("text")]
    assert {"14 Oct", "21 Oct", "28 Oct", "4 Nov", "0", "10,000", "20,000"} <= set(words)


@pytest.mark.parametrize(("most", "top"), [(1, 2), (7, 10), (9, 20), (85, 100), (12000, 20000), (190000, 300000)])
def test_a_scale_ends_at_a_round_number(most: int, top: int) -> None:
    assert timeline.ceiling([most]) == top


def test_the_bytes_are_the_same_in_another_process_of_another_place() -> None:
    code = (
        "from troopwatch.publish.charts import land, timeline\n"
        f"days = {DAYS!r}\n"
        "marks = [timeline.Mark(n, 9000, high, n, True, '#f-1', 'x') for n, high in enumerate((None, 12000, 9000))]\n"
        "print(timeline.svg(marks, days, 'c'), land.svg([land.Point(43.1, 131.9, 1, True, '#place-1', 'z')], 'm'))"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONPATH": str(INCLUDE), "TZ": zone, "LANG": lang, "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for zone, lang in (("UTC", "C.UTF-8"), ("Pacific/Auckland", "de_DE.UTF-8"))
    }
    assert len(seen) == 1


def test_reports_that_draw_nothing_load_no_library_of_charts() -> None:
    code = "import sys, troopwatch.publish; print([m for m in ('altair', 'vl_convert') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(INCLUDE)}, capture_output=True, check=True, text=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_name_stays_a_name(attack: str) -> None:
    chart = drawn(mark(label=html.visible(attack)))
    (link,) = chart.iter("a")
    assert link.get("aria-label") == html.visible(attack)
    assert {etree.QName(element).localname for element in chart.iter()} <= {"svg", "g", "a", "path", "line", "text"}


VLADIVOSTOK = Point(43.1, 131.9, 1, is_said=True, href="#place-1", label="1, Vladivostok: 6 mentions")


@pytest.mark.parametrize(
    "others",
    [
        [],
        [Point(50.4, 30.5, 2, is_said=False, href="#place-2", label="2, Kyiv: 1 mention")],
        [Point(-18.1, -178.4, 2, is_said=True, href="#place-2", label="2, Suva: 1 mention")],
        [
            Point(40.7, -74.0, 2, is_said=True, href="#place-2", label="2"),
            Point(-34.6, -58.4, 3, is_said=True, href="#", label="3"),
        ],
    ],
    ids=["alone", "kyiv", "suva", "world"],
)
def test_every_point_is_on_the_map_within_its_frame(others: list[Point]) -> None:
    points = [VLADIVOSTOK, *others]
    tree = etree.fromstring(land.svg(points, "map"))
    found = tree.xpath("//a/path/@transform")
    assert len(found) == len(points)
    for transform in found:
        across, down = map(float, transform.removeprefix("translate(").removesuffix(")").split(","))
        assert 0 < across < land.WIDTH
        assert 0 < down < land.HEIGHT
    assert sorted(t.text for t in tree.iter("text")) == [str(n + 1) for n in range(len(points))]
    assert len(etree.tostring(tree)) < 80_000


def test_the_shortest_way_around_the_earth_is_shown() -> None:
    assert land.arc([179.0, -178.0]) == (179.0, 3.0)
    assert land.arc([10.0, 20.0]) == (10.0, 10.0)
    assert land.arc([5.0]) == (5.0, 0.0)


def test_the_outline_is_small() -> None:
    assert MAP.stat().st_size < 60_000
    assert list(land.outline()["objects"]) == ["land"], "no country, and no border"
