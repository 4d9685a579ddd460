"""What a report takes from the days before it, the matrix, and where."""

from collections.abc import Callable
from datetime import date, timedelta

import publish_days as made
import publish_extremes as extremes
import pytest
from lxml import html as lxml_html
from publish_house import House
from publish_samples import DAY, Tables, check, covered, demand, deployment, of

from troopwatch.publish import contents, history, names
from troopwatch.publish.edition import opened


def targets(page: lxml_html.HtmlElement, section: str) -> list[str]:
    return page.xpath(f"//section[@aria-labelledby='{section}']//a[starts-with(@href, '#')]/@href")


def test_the_news_are_what_no_earlier_day_had(house: House) -> None:
    house.publish(DAY, extremes.weeks())
    words = house.text("new")
    assert "What was not said before, in the 2 earlier days with data since 8 October 2024." in words
    assert "10,000" in words
    assert "North Korea, in or to Russia · in place says the Pentagon; before: 8,000 (28 Oct)" in words
    assert "North Korea, in or to Russia · in place says Kyiv" in words
    assert "Deployments Nothing new. 1 said before." in words


def test_without_an_earlier_day_that_is_said(house: House) -> None:
    house.publish(DAY, made.busy())
    words = house.text("new")
    assert (
        "Nothing to compare with. There are no data for any of the 27 days before, so everything here counts" in words
    )


def test_numbers_of_four_weeks_stand_in_the_chart_and_each_leads_to_its_quote(house: House) -> None:
    house.publish(DAY, extremes.weeks())
    page = house.page()
    links = page.xpath("//section[@aria-labelledby='figures']//*[local-name()='svg']//a")
    assert {link.get("aria-label") for link in links} == {
        "14 October 2024: 3,000, the Pentagon (in place)",
        "28 October 2024: 8,000, the Pentagon (in place)",
        "4 November 2024: 10,000, the Pentagon (in place)",
        "4 November 2024: 12,000, Kyiv (in place)",
    }
    for link in links:
        (quoted,) = page.xpath(f"//*[@id='{link.get('href')[1:]}']//blockquote")
        assert link.get("aria-label").split(": ")[1].split(", ")[0].replace(",", "") in quoted.text_content().replace(
            ",", ""
        )
    assert "1,000 North" not in house.text("figures"), "40 days ago is not of these four weeks"
    assert "again today" not in house.text("figures")


@pytest.mark.parametrize("section", ["new", "figures", "matrix", "where"])
@pytest.mark.parametrize("day", [made.busy, extremes.weeks, extremes.mapped, lambda: made.large(400)])
def test_every_link_within_the_page_leads_somewhere(house: House, section: str, day: Callable[[], Tables]) -> None:
    house.publish(DAY, day())
    page = house.page()
    assert {href[1:] for href in targets(page, section)} <= set(page.xpath("//@id"))


def test_an_earlier_day_that_runs_later_has_the_report_made_anew(house: House) -> None:
    house.publish(DAY, extremes.weeks())
    with opened(house.published / "troopwatch.duckdb") as edition:
        before = contents.fingerprints(edition)[DAY]
    earlier = DAY - timedelta(20)
    late = [row for row in extremes.weeks()["deployments"] if row["day"] == DAY - timedelta(40)]
    late = [row | {"day": earlier, "claim_date": earlier, "record_id": "f" * 40} for row in late]
    tables = extremes.weeks()
    deployments = [*tables["deployments"], *late]
    more = {**of([made.WIRE], deployments, [], list(tables["coverage"]), [check("columns")])}
    house.publish(DAY, more, serial=2)
    with opened(house.published / "troopwatch.duckdb") as edition:
        assert contents.fingerprints(edition)[DAY] != before
    assert "15 October 2024: 1,000, the Pentagon" in str(house.report().read_text("utf-8"))


def test_what_is_older_than_four_weeks_or_later_changes_no_report(house: House) -> None:
    own = {DAY: "own"}
    one = history.with_history(own, {DAY - timedelta(27): "said"})[DAY]
    assert one != history.with_history(own, {})[DAY]
    assert history.with_history(own, {DAY - timedelta(28): "said", DAY + timedelta(1): "said"}) == history.with_history(
        own, {}
    )


def test_the_matrix_says_who_demands_what_of_whom(house: House) -> None:
    house.publish(DAY, made.busy())
    (table,) = house.page().find_class("matrix")
    heads = [" ".join(head.text_content().split()) for head in table.iterfind("thead//th")]
    assert heads[0] == "Who demands"
    rows = {row.find("th").text_content(): " ".join(row.text_content().split()) for row in table.iterfind("tbody/tr")}
    assert list(rows) == ["Canada", "NATO", "South Korea"]
    assert "stop a programme or weapons 1" in rows["NATO"]
    counts = table.xpath(".//a[@class='count']/@title")
    assert counts == ["1 mention, 1 article, 1 independent source"] * 3
    assert "aid or resources" not in table.text_content(), "denied"


def test_the_state_and_its_organs_are_one_side_and_rebels_another(house: House) -> None:
    sentence = "The side demanded that they leave."
    rows = [
        demand(made.WIRE, sentence, "demanded", "they leave", demander_code=code, addressee_code="SYRREB")
        for code in ("SYRGOV", "SYRMIL", "SYR", "SYRREB", None)
    ]
    house.publish(DAY, of([made.WIRE], [], rows, [covered("narae_wire")], [check("columns")]))
    (table,) = house.page().find_class("matrix")
    heads = [row.find("th").text_content() for row in table.iterfind("tbody/tr")]
    assert heads == ["Syria", "Syria, rebels", "not named or not resolved"]


def test_many_sides_share_the_last_row_and_no_mention_is_lost(house: House) -> None:
    sentence = "They demanded that they leave."
    codes = sorted(names.countries())[:16]
    rows = [demand(made.WIRE, sentence, "demanded", "they leave", demander_code=code) for code in codes]
    house.publish(DAY, of([made.WIRE], [], rows, [covered("narae_wire")], [check("columns")]))
    (table,) = house.page().find_class("matrix")
    heads = [row.find("th").text_content() for row in table.iterfind("tbody/tr")]
    assert len(heads) == 12
    assert heads[-1] == "others"
    assert sum(int(count.text) for count in table.find_class("count")) == len(codes)


def test_only_places_with_coordinates_of_their_own_are_on_the_map(house: House) -> None:
    house.publish(DAY, extremes.mapped())
    page = house.page()
    (figure,) = page.find_class("map")
    assert {link.get("href") for link in figure.iter("a")} == {"#place-1", "#place-2"}
    places = {" ".join(page.get_element_by_id(f"place-{n}").text_content().split()) for n in (1, 2)}
    assert places == {"Kursk, Russia 1", "Vladivostok, Russia 1 not said to be so now"}
    assert "Countries Russia 2" in house.text("where")


def test_a_country_alone_has_no_map(house: House) -> None:
    house.publish(DAY, extremes.one_row())
    assert not house.page().find_class("map")
    assert "No place with coordinates of its own is named, so there is no map" in house.text("where")


def test_a_quote_is_never_longer_than_it_may_be(house: House) -> None:
    house.publish(DAY, made.large(200))
    assert max(len(quote.text_content()) for quote in house.page().iter("blockquote")) == 300


def test_the_report_is_the_same_whatever_comes_later(house: House) -> None:
    house.publish(DAY, extremes.weeks())
    before = house.report().read_bytes()
    later = date(2024, 11, 5)
    tables, after = extremes.weeks(), extremes.weeks(later)
    rows = [
        *tables["deployments"],
        *(row | {"record_id": "e" * 40} for row in after["deployments"] if row["day"] == later),
    ]
    captured = [*tables["coverage"], *(row for row in after["coverage"] if row["day"] == later)]
    house.publish(DAY, of([made.WIRE], rows, [], captured, [check("columns")]), serial=2)
    assert house.report().read_bytes() == before


def test_figures_of_earlier_days_stand_apart(house: House) -> None:
    sentence = "There are 700 French troops in Niger."
    old = deployment(made.WIRE, sentence, count="700", bounds=(700, 700), force_owner_code="FRAMIL")
    old |= {"day": DAY - timedelta(3), "claim_date": DAY - timedelta(3)}
    tables = extremes.one_row()
    rows = [*tables["deployments"], old]
    house.publish(DAY, of([made.WIRE], rows, [], [covered("narae_wire")], [check("columns")]))
    (earlier,) = house.page().find_class("earlier")
    assert "1 figure of earlier days, of owners and places with none on this day" in earlier.text_content()
    assert "France" in earlier.text_content()
    (figures,) = house.page().xpath("//dd[a/@href='#figures']")
    assert figures.text_content() == "1"
