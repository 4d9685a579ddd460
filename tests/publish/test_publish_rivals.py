"""Which figures stand side by side: of one owner in one relation to one place, and never what nobody has resolved."""

import pytest
from publish_days import COURIER, WIRE
from publish_house import House
from publish_samples import DAY, Row, check, covered, deployment, of, place

from troopwatch.publish import figures, names

SENTENCE = "There are 400 troops in Russia and Belarus, near Ukraine, from Niger, in Europe, at the border."


def at(*places: tuple[str, str | None, str], found: Row = WIRE, count: int = 400, **changes: object) -> Row:
    """A figure with these places: their words, country and role."""
    named = [place(SENTENCE, *one) for one in places]
    return deployment(found, SENTENCE, count="400", bounds=(count, count), places=named, **changes)


def published(house: House, *rows: Row) -> str:
    house.publish(DAY, of([WIRE, COURIER], list(rows), [], [covered("narae_wire")], [check("columns")]))
    (section,) = house.page().xpath("//section[@aria-labelledby='figures']")
    return " ".join(" ".join(section.itertext()).split())


def headings(house: House) -> list[str]:
    return [" ".join(h.text_content().split()) for h in house.page().xpath("//section[@aria-labelledby='figures']//h3")]


def tile(house: House) -> tuple[str, str]:
    (found,) = house.page().xpath("//dl[@class='tiles']/div[dd/a/@href='#figures']")
    return found.find("dd").text_content(), found.find("dt").text_content()


@pytest.mark.parametrize(
    ("relation", "codes", "words"),
    [
        ("in", "POL;ROU", "in or to Poland and Romania"),
        ("near", "UKR", "near or along Ukraine"),
        ("from", "NER", "from or via Niger"),
        ("in", "Europe", "in or to Europe"),
        (None, None, ""),
    ],
)
def test_a_place_is_said_with_how_the_force_stands_to_it(relation: str | None, codes: str | None, words: str) -> None:
    assert names.where(relation, codes) == words


@pytest.mark.parametrize(
    ("code", "known"), [("PRKMIL", True), ("IGOUNO", True), ("---CVL", False), ("IGO", False), (None, False)]
)
def test_a_code_that_names_nobody_is_not_known(code: str | None, known: bool) -> None:
    assert names.is_known(code) == known


@pytest.mark.parametrize(
    ("code", "actor"),
    [("PRKMIL", "PRK"), ("PRK", "PRK"), ("SYRREB", "SYRREB"), ("IGOMIL", "IGOMIL"), ("RUSMIL;PRKMIL", "RUSMIL;PRKMIL")],
)
def test_the_organs_of_a_state_are_the_state_and_armed_groups_are_not(code: str, actor: str) -> None:
    assert names.owner(code) == actor


def test_the_news_name_a_state_once_whichever_of_its_organs_a_text_names(house: House) -> None:
    here = ("Russia", "RUS", "in")
    published(house, at(here, count=1), at(here, found=COURIER, count=2, force_owner_code="PRK"))
    (new,) = house.page().xpath("//section[@aria-labelledby='new']//div[h3='Deployments']")
    assert " ".join(new.text_content().split()).startswith("Deployments North Korea in or to Russia 2 1 2 2 mentions,")


def test_near_a_country_is_not_in_it(house: House) -> None:
    rows = [at(("Ukraine", "UKR", role), count=n) for n, role in enumerate(["in", "to", "near", "along", "from"], 1)]
    words = published(house, *rows)
    assert headings(house) == [
        "North Korea: in or to Ukraine",
        "North Korea: near or along Ukraine",
        "Figures that stand alone",
    ]
    assert "from or via Ukraine" in words
    news = house.text("new")
    assert all(f"North Korea, {one} Ukraine" in news for one in ("in or to", "near or along", "from or via"))
    assert "North Korea near or along Ukraine" in news, "among the deployments too"


def test_a_figure_for_two_countries_is_one_figure_for_both(house: House) -> None:
    both = at(("Russia", "RUS", "in"), ("Belarus", "BLR", "in"), ("Ukraine", "UKR", "near"))
    words = published(house, both, at(("Russia", "RUS", "in")))
    assert words.count("North Korea in or to Belarus and Russia") == 1
    assert words.count("North Korea in or to Russia") == 1
    assert tile(house) == ("2", "figures claimed as present")


def test_what_nobody_resolved_is_no_rival_of_anything(house: House) -> None:
    unknown = {"force_owner_code": None, "force_owner_text": None}
    border = ("the border", None, "along")
    rows = [
        at(border, count=200000, claim_id="a" * 40, **unknown | {"force_owner_text": "<i>their</i>"}),
        at(("Russia", "RUS", "in"), count=104000, claim_id="b" * 40, **unknown),
        at(border, count=30000, claim_id="c" * 40),
        at(count=150000, claim_id="d" * 40, status="denied", **unknown),
    ]
    words = published(house, *rows)
    assert headings(house) == ["Not attributed: owner or place not resolved"]
    assert "side by side" not in words
    assert "“ <i>their</i> ”: owner not resolved along “ the border ”: not resolved" in words
    assert "owner not resolved in or to Russia" in words
    assert "owner not resolved no place named" in words
    lines = house.page().xpath("//section[@aria-labelledby='figures']//tbody/tr")
    assert len(lines) == 4


def test_copies_of_an_unresolved_claim_are_one_line() -> None:
    more = {"claimed_by": "the Pentagon", "shelf": "in_place", "title": None, "canonical_url": None, "claim_date": DAY}
    row = at(("the border", None, "along")) | more
    copies = [row | {"record_id": n, "syndicated_from": "Narae"} for n in "ab"]
    (group,) = figures.groups(copies, DAY)
    assert [(len(line.evidence), line.independent) for line in group.lines] == [(2, 1)]
    assert not group.is_attributed


def test_a_region_of_no_country_is_named(house: House) -> None:
    words = published(house, at(("Europe", None, "in"), place_relation="in", place_code="Europe"))
    assert headings(house) == ["Figures that stand alone"]
    assert "North Korea in or to Europe" in words


def test_only_what_is_asserted_of_now_is_counted_as_claimed(house: House) -> None:
    here = ("Russia", "RUS", "in")
    rows = [
        at(here, count=1),
        at(here, count=2, status="denied", standing="denied"),
        at(here, count=3, status="hypothetical", standing="hypothetical"),
        at(here, count=4, status="alleged"),
        at(here, count=5, phase="planned", standing="planned"),
        at(here, count=6, tense_class="historical", standing="historical"),
    ]
    words = published(house, *rows)
    assert "6 figures side by side" in words
    assert tile(house) == ("1", "figure claimed as present")


def test_a_denied_figure_alone_is_no_zero_of_claims(house: House) -> None:
    words = published(house, at(("Russia", "RUS", "in"), status="denied", standing="denied"))
    assert "Zero" not in words
    assert tile(house)[0] == "0"
