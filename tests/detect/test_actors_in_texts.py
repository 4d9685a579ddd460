"""Who is meant in a text: composed actors, dates of office, ambiguity, offsets."""

from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troopwatch.detect.codebook import load
from troopwatch.detect.names.actors import ActorIndex, ActorMatch

DAY = date(2005, 6, 1)


RESOLVED = [
    ("South Korea's foreign ministry", None, "KORGOV", "government"),
    ("South Korea’s foreign ministry", None, "KORGOV", "government"),
    ("North Korean troops", None, "PRK", "demonym"),
    ("Russian President Vladimir Putin", date(2024, 1, 1), "RUSGOV", "leader"),
    ("US Secretary of State Antony Blinken", date(2023, 1, 1), "USAGOV", "minister"),
    ("the U.S. military", None, "USAMIL", "military"),
    ("U.S.A.", None, "USA", "country"),
    ("the Pentagon", None, "USAMIL", "military"),
    ("the government in Kyiv", None, "UKRGOV", "government"),
    ("the president of Ukraine", None, "UKRGOV", "leader"),
    ("Prime Minister Nouri al-Maliki of Iraq", date(2008, 1, 1), "IRQGOV", "leader"),
    ("the Congress of Peru", None, "PERLEG", "parliament"),
    ("the Ministry of Defence of Ukraine", None, "UKRGOV", "military"),
    ("spokesman for the Russian foreign ministry", None, "RUSGOV", "government"),
    ("Iran's Revolutionary Guards", None, "IRNMIL", "military"),
    ("Lebanon's Hezbollah", None, "LBNREB", "armed_group"),
    ("leaders of Hamas", None, "PSEREB", "armed_group"),
    ("Rwandan-backed M23 rebels", None, "CODREB", "armed_group"),
    ("the Trump administration", date(2026, 1, 1), "USAGOV", "leader"),
    ("former US president", None, "USACVL", "former"),
    ("Iraqi Shiite militia", None, "IRQUAF", "armed_group"),
    ("Senator Barack Obama", date(2006, 1, 1), "USALEG", "leader"),
    ("Texas National Guard", None, "USAMIL", "military"),
    ("Syrian opposition leader", None, "SYROPP", "party"),
    ("Côte d’Ivoire’s army", None, "CIVMIL", "military"),
    ("Cote d'Ivoire's army", None, "CIVMIL", "military"),
    ("the Élysée", None, "FRAGOV", "government"),
    ("the Elysee", None, "FRAGOV", "government"),
    ("RUSSIA", None, "RUS", "country"),
    ("the U.S.-led coalition", None, "USA", "modifier"),
    ("Secretary of State Antony J. Blinken", date(2022, 3, 1), "USAGOV", "minister"),
    ("the Obama administration", date(2022, 3, 1), "USAGOV", "leader"),
    ("NATO chief", None, "IGOWSTNAT", "body"),
    ("Secretary-General Ban Ki-moon", date(2022, 3, 1), "IGOUNO", "leader"),
    ("UN special envoy for Yemen", None, "IGOUNO", "body"),
    ("head of UK sales", None, "GBR", "country"),
    ("U.N. Secretary-General Antonio Guterres", date(2024, 1, 1), "IGOUNO", "leader"),
]


@pytest.mark.parametrize(("phrase", "on", "code", "form"), RESOLVED)
def test_resolved(index: ActorIndex, phrase: str, on: date | None, code: str, form: str) -> None:
    match = index.resolve(phrase, on)
    assert match is not None
    assert (match.code, match.form) == (code, form)


@pytest.mark.parametrize(
    "phrase", ["troops in Iraq", "forces near Kaliningrad", "the opposition", "senators", "", "Kim"]
)
def test_nobody(index: ActorIndex, phrase: str) -> None:
    assert index.resolve(phrase) is None


@pytest.mark.parametrize("phrase", ["Russian-backed separatists", "pro-Russian separatists", "Turkey-backed rebels"])
def test_a_backer_is_not_the_actor(index: ActorIndex, phrase: str) -> None:
    match = index.resolve(phrase)
    assert match is not None
    assert match.code is None
    assert match.reason
    assert index.find(phrase)[0].form == "modifier"


BY_DATE = [
    ("Volodymyr Zelenskyy", date(2019, 5, 20), "UKRGOV"),
    ("Volodymyr Zelensky", date(2019, 5, 19), None),
    ("Tony Blair", date(2007, 6, 27), "GBRGOV"),
    ("Tony Blair", date(2007, 6, 28), None),
    ("Jens Stoltenberg", date(2010, 1, 1), "NORGOV"),
    ("Jens Stoltenberg", date(2020, 1, 1), "IGOWSTNAT"),
    ("the Taliban", date(2021, 8, 14), "AFGREB"),
    ("the Taliban", date(2021, 8, 15), "AFGGOV"),
    ("Bush", date(2003, 3, 20), "USAGOV"),
]


@pytest.mark.parametrize(("name", "on", "code"), BY_DATE)
def test_offices_have_dates(index: ActorIndex, name: str, on: date, code: str | None) -> None:
    match = index.resolve(name, on)
    assert match is not None
    assert match.code == code
    assert (match.reason is None) == (code is not None)


def test_without_a_date_the_country_must_agree(index: ActorIndex) -> None:
    zelensky, stoltenberg = index.resolve("Volodymyr Zelenskyy"), index.resolve("Jens Stoltenberg")
    assert zelensky and zelensky.code == "UKRGOV"
    assert stoltenberg and stoltenberg.code is None and "several" in (stoltenberg.reason or "")


def test_a_year_in_the_text_dates_an_office(index: ActorIndex) -> None:
    found = index.find("In 2003 Tony Blair sent 45,000 troops to Iraq.", date(2015, 1, 1))
    assert found[0].code == "GBRGOV"


def test_a_surname_needs_a_reason(index: ActorIndex) -> None:
    day = date(2009, 1, 1)
    assert index.find("It was Brown who asked.", day) == []
    assert codes(index.find("Prime Minister Brown asked.", day)) == ["GBRGOV"]
    assert codes(index.find("Gordon Brown spoke, and then Brown left.", day)) == ["GBRGOV", "GBRGOV"]
    assert codes(index.find("British troops will leave, as Brown promised.", day)) == ["GBR", "GBRGOV"]
    assert index.find("The musician Jonathan Bush said so.", date(2005, 1, 1)) == []


AMBIGUOUS = [
    ("Russian troops are still in Georgia.", "Georgia", "GEO"),
    ("He moved from Atlanta to rural Georgia.", "Georgia", "USA"),
    ("The team visited Georgia.", "Georgia", None),
    ("Pyongyang and the rest of Korea celebrated.", "Korea", "PRK"),
    ("Rwanda denied having troops in Congo.", "Congo", "COD"),
    ("Brazzaville said Congo would send police.", "Congo", "COG"),
    ("Guinea closed its border.", "Guinea", "GIN"),
    ("Niger ordered the French to leave.", "Niger", "NER"),
    ("Jordan sent a field hospital.", "Jordan", "JOR"),
    ("Chad sent troops to Darfur.", "Chad", "TCD"),
    ("Washington demanded an answer.", "Washington", "USAGOV"),
    ("Turkey sent tanks to Syria.", "Turkey", "TUR"),
    ("Seoul said the North had fired.", "North", "PRK"),
    ("Sudan rejected the force.", "Sudan", "SDN"),
    ("South Sudan welcomed the force.", "South Sudan", "SSD"),
    ("Dominican troops closed the border with Haiti.", "Dominican troops", "DOM"),
]


@pytest.mark.parametrize(("text", "name", "code"), AMBIGUOUS)
def test_ambiguous_names(index: ActorIndex, text: str, name: str, code: str | None) -> None:
    match = next(m for m in index.find(text) if m.text in (name, name.partition(" ")[0]))
    assert match.code == code
    assert code or match.reason


@pytest.mark.parametrize(
    "text",
    [
        "Michael Jordan scored twice.",
        "We ate roast turkey.",
        "Chad Smith plays drums.",
        "He lives in Moscow, Ind., now.",
        "Denzel Washington starred in it.",
        "She moved north to the South side of town.",
        "JOIN US NOW",
        "The film King Kong opened.",
        "Prime Minister Aziz Akhannouch spoke.",
        "Special Representative Kim spoke.",
        "the guinea pig",
    ],
)
def test_what_only_looks_like_an_actor(index: ActorIndex, text: str) -> None:
    assert index.find(text) == []


def codes(found: list[ActorMatch]) -> list[str | None]:
    return [m.code for m in found]


WORDS = st.sampled_from(
    [
        "Russia",
        "Russia’s",
        "U.S.",
        "the",
        "president",
        "of",
        "Côte d'Ivoire",
        "E\u0301lyse\u0301e",
        "Putin",
        "-backed",
        "\u200f",
        "北京",
        ",",
        "-",
        "'s",
        "\x00",
        "😀",
        "Prime Minister",
        "former",
        "Hamas",
        "in",
        "Georgia",
        "2003",
        "Tony Blair",
        "al-Shabaab",
        "\u0301",
    ]
)


@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=14), st.sampled_from(["", " "]))
def test_offsets_index_the_text(parts: list[str], gap: str) -> None:
    text, index = gap.join(parts), load().actors
    found = index.find(text, DAY)
    assert found == index.find(text, DAY)
    end = 0
    for match in found:
        assert end <= match.start < match.end <= len(text)
        assert text[match.start : match.end] == match.text
        assert match.code or match.reason
        end = match.end
    index.resolve(text, DAY)


def test_cost_is_linear_in_the_text(index: ActorIndex) -> None:
    """Four times the text takes far less than the sixteen times of a quadratic lookup."""
    part = "In Georgia, Gordon Brown and Brown met Bush near Tbilisi, and Congo was named with Korea. "
    small, large = (min(seconds(index, part * n) for _ in range(3)) for n in (400, 1600))
    assert large < 10 * small


def seconds(index: ActorIndex, text: str) -> float:
    start = process_time()
    index.find(text, DAY)
    return process_time() - start
