"""Classes of demands that news puts in more than one way, each with sentences of our own and with what is no demand."""

import pytest
from detect_reading import asks, has, one


@pytest.mark.parametrize(
    ("text", "demander", "addressee"),
    [
        ("A federal judge ordered the Pentagon to reopen the base.", "USAJUD", "USAMIL"),
        ("A court in Nairobi instructed the electoral commission to publish the roll.", "KENJUD", "KENGOV"),
        ("Ankara insists that the Wagner fighters withdraw from Syria.", "TURGOV", "RUSUAF"),
        ("The Polish foreign minister told parliament that Belarus must free the poet.", "POLGOV", "BLR"),
        ("The Norwegian envoy told reporters that Israel must open the crossing.", "NORGOV", "ISR"),
    ],
)
def test_who_asks_whom(text: str, demander: str, addressee: str) -> None:
    has(one(asks(text)), demander_code=demander, addressee_code=addressee)


def test_a_crowd_of_no_known_country_has_only_its_sector() -> None:
    assert one(asks("Protesters demanded the release of the prisoners."))["demander_code"] == "---CVL"


def test_who_answers_together_was_asked_together() -> None:
    rows = asks("Rabat and Algiers rejected the French president's call for talks.")
    assert {row["addressee_code"] for row in rows} == {"MARGOV", "DZAGOV"}


def test_a_force_told_to_go_is_told_to_withdraw() -> None:
    assert one(asks("Mali asked the French soldiers to go."))["content_type"] == "withdraw_forces"


@pytest.mark.parametrize(
    "text",
    [
        "The Swedish ambassador was called in for a protest.",
        "Moldova and Ukraine have asked to join.",
        "In June she challenged a Texas law that would close the clinics.",
        "The lawyers asked a federal appeals court to overturn the ruling.",
        "Rebels pushed towards the capital in a battle for control of the country.",
        "The Japanese minister said Japan needs to widen its watch of the sea.",
        "It requires Israeli soldiers to carry a telephone.",
        "The reporter asked the minister directly about the leak.",
        "Asked whether the Syrian opposition should have the money, the American envoy said there was time.",
        "You will have to ask the Iranian government whether it likes the plan.",
        "Kyiv asked Berlin what it would take to send the tanks.",
        "The Zambian mine told the Lusaka Post that it owes the village nothing.",
        "Israel insists it needs to look into every lorry.",
        "We want to see Ukraine win the war, the Danish minister said.",
        "This is the Europe that we want to see.",
        "The museum lists its calls for papers.",
        "The president's budget request for next year helps Ukraine.",
        "Those years in office demanded a lot of the Norwegian minister.",
        "What do you think the Ukrainian president should do now?",
        "We have spoken of this before, but the Russian bank has lost much.",
    ],
)
def test_no_demand(text: str) -> None:
    assert asks(text) == [], text


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("The Danish minister wants to see Iran free the two sailors.", "IRN"),
        ("Kyiv asked Berlin to say when the tanks would come.", "DEUGOV"),
        ("The Finnish envoy told Moscow to hand over the list.", "RUSGOV"),
    ],
)
def test_beside_them_what_is_a_demand(text: str, addressee: str) -> None:
    assert one(asks(text))["addressee_code"] == addressee


@pytest.mark.parametrize(
    ("left", "text", "demander"),
    [
        ("The ministers spoke of the hunger in Yemen.", "They urged an immediate end to the fighting.", None),
        ("Yemen spoke of its hungry at the meeting.", "It urged an immediate end to the fighting.", "YEM"),
    ],
)
def test_a_pronoun_stands_for_the_subject_of_the_sentence_before(left: str, text: str, demander: str | None) -> None:
    assert one(asks(f"{left} {text}"))["demander_code"] == demander


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("The Ukrainian president made a plea for the aid that keeps up Ukraine's defence.", None),
        ("Kyiv demanded the withdrawal of Russian forces.", "RUS"),
        (
            "The group called on Wednesday for supporters to gather over the British premier's handling of the war.",
            None,
        ),
    ],
)
def test_who_alone_could_do_it_is_no_owner_of_anything(text: str, addressee: str | None) -> None:
    assert [row["addressee_code"] for row in asks(text)] in ([addressee], [])
