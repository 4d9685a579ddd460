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
    ],
)
def test_no_demand(text: str) -> None:
    assert asks(text) == [], text
