"""Every number of the report leads to the quotes of all its mentions."""

import pytest
from lxml import html as lxml_html
from publish_house import House
from publish_samples import DAY, Row, article, check, covered, demand, deployment, of

COPY = {"syndicated_from": "Narae Wire", "syndication_id": "0" * 40}
ARTICLES = [article(title=f"Title {n}", **COPY) for n in range(3)]
SENTENCE = "They demanded that the troops leave Russia."


def counted(many: int) -> list[Row]:
    """The same deployment and the same demand in so many articles, all copies of one text."""
    found = [deployment(one, "There are troops in Russia.") for one in ARTICLES[:many]]
    return [*found, *(demand(one, SENTENCE, "demanded", "leave Russia") for one in ARTICLES[:many])]


def section(house: House, name: str, many: int) -> lxml_html.HtmlElement:
    rows = counted(many)
    captured = [covered("narae_wire")]
    house.publish(DAY, of(ARTICLES, rows[:many], rows[many:], captured, [check("columns")]))
    (found,) = house.page().xpath(f"//section[@aria-labelledby='{name}']")
    return found


@pytest.mark.parametrize(("name", "numbers"), [("new", 2), ("matrix", 1), ("where", 1)])
def test_a_number_opens_as_many_quotes_as_it_says(house: House, name: str, numbers: int) -> None:
    found = section(house, name, 3).find_class("all")
    assert len(found) == numbers
    for one in found:
        assert one.find("summary").text == "3"
        assert "3 mentions, 3 articles, 1 independent source" in one.text_content()
        hrefs = [link.get("href") for link in one.iter("a")]
        assert len(set(hrefs)) == 3
        assert all(house.page().get_element_by_id(href[1:]).xpath(".//blockquote") for href in hrefs)
        assert len({link.get("aria-label") for link in one.iter("a")}) == 3


@pytest.mark.parametrize(("name", "numbers"), [("new", 2), ("matrix", 1), ("where", 1)])
def test_one_mention_is_a_link(house: House, name: str, numbers: int) -> None:
    links = section(house, name, 1).xpath(".//a[@class='count']")
    assert [link.text for link in links] == ["1"] * numbers
    assert {link.get("title") for link in links} == {"1 mention, 1 article, 1 independent source"}
