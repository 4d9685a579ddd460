"""The codebook's worked examples, row by row."""

from datetime import date

import pytest
from detect_reading import asks, count, has, moves, nothing, one, read, where


def test_withdrawal_demanded_by_two() -> None:
    found = read(
        "South Korea and Canada have demanded the withdrawal of North Korean troops aiding Russia "
        "in its war against Ukraine."
    )
    assert [r["demander_code"] for r in found.demands] == ["KOR", "CAN"]
    assert len({r["group_id"] for r in found.demands}) == 1
    for row in found.demands:
        has(
            row,
            addressee_code="PRK",
            addressee_implied=True,
            content_type="withdraw_forces",
            strength="demand",
            concerns_deployment=True,
        )
        assert row["deployment_record_id"] == found.deployments[0]["record_id"]
    row = one(found.deployments)
    has(row, force_text="North Korean troops", force_owner_code="PRKMIL", on_side_of_code="RUS", against_code="UKR")
    has(row, phase="present", status="asserted", places=[])


def test_part_of_a_force() -> None:
    whole, part = moves(
        "There are approximately 10,000 North Korean troops in Russia, "
        "of which 8,000 are poised for combat in Ukraine, "
        "the Pentagon said."
    )
    assert count(whole) == (10000, 10000, True)
    has(
        whole,
        count_scope="total_in_place",
        phase="present",
        status="asserted",
        speaker_code="USAMIL",
        activity="posture",
    )
    assert where(whole) == [("Russia", "RUS", "in")]
    assert count(part) == (8000, 8000, False)
    has(part, count_scope="subset", phase="planned", activity="combat", force_owner_code="PRKMIL")
    assert where(part) == [("Ukraine", "UKR", "to")]


def test_denial_by_the_owner() -> None:
    row = one(moves("Russia denied that it had deployed up to 5,000 soldiers along the border with Ukraine."))
    has(row, force_owner_code="RUS", status="denied", speaker_code="RUS", speaker_is_party=True, against_code=None)
    assert count(row) == (None, 5000, True)
    assert where(row) == [("the border with Ukraine", None, "along")]


def test_accusation() -> None:
    row = one(moves("The Kremlin accused NATO of massing forces near Kaliningrad."))
    has(row, force_owner_code="IGOWSTNAT", status="alleged", speaker_code="RUSGOV", unit_type="unspecified")
    assert where(row) == [("Kaliningrad", "RUS", "near")]


def test_refusal_with_two_kinds_of_people() -> None:
    first, second = moves("Germany has refused to send peacekeepers or instructors to Iraq.")
    for row in (first, second):
        has(row, force_owner_code="DEU", phase="planned", status="refused")
        assert where(row) == [("Iraq", "IRQ", "to")]
    assert (first["unit_type"], second["unit_type"]) == ("peacekeepers", "advisers_trainers")


def test_conditional_demand() -> None:
    row = one(
        asks("The Taliban said it will not begin talks until the prisoner release takes place.", on=date(2020, 3, 1))
    )
    has(
        row,
        demander_code="AFGREB",
        addressee_code=None,
        content_type="release_or_return_persons",
        form="conditional",
        strength="demand",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Egyptian ambassador summoned over raid; minister called his counterpart to discuss the crisis.",
        "Three South Korean soldiers were killed in Helmand.",
        '"Bring our boys home," one reader commented.',
    ],
)
def test_no_row(text: str) -> None:
    nothing(text)


def test_senator_and_president() -> None:
    found = read("U.S. Senator Dale Frost urged the president to bring the troops home from Syria.")
    has(
        one(found.demands),
        demander_code="USALEG",
        addressee_code="USAGOV",
        strength="urge",
        content_type="withdraw_forces",
    )
    row = one(found.deployments)
    has(row, force_owner_code="USAMIL", phase="present", status="asserted")
    assert where(row) == [("Syria", "SYR", "in")]


def test_willing_if_asked() -> None:
    found = read(
        "Australia is willing to withdraw its troops from Iraq if asked to do so by the interim Iraqi government."
    )
    row = one(found.deployments)
    has(row, force_owner_code="AUS", phase="withdrawal_planned", status="hypothetical")
    assert where(row) == [("Iraq", "IRQ", "from")]
    has(
        one(found.demands),
        demander_code="IRQGOV",
        addressee_code="AUS",
        content_type="withdraw_forces",
        strength="ask",
        status="hypothetical",
    )


# The rulings (codebook 8) and the guide (codebook 2)
