"""The codebook's worked examples and rulings, row by row."""

from datetime import date
from typing import Any

import pytest

from troopwatch.detect.document import Document, Found, find

Row = dict[str, Any]
DAY = date(2024, 11, 1)


def read(text: str, on: date = DAY, voice: str | None = None) -> Found:
    return find(Document("ruling", text, on, voice))


def moves(text: str, **more: Any) -> list[Row]:
    return read(text, **more).deployments


def asks(text: str, **more: Any) -> list[Row]:
    return read(text, **more).demands


def one(rows: list[Row]) -> Row:
    assert len(rows) == 1, [(r["trigger_text"], r["rule"]) for r in rows]
    return rows[0]


def has(row: Row, **expected: Any) -> None:
    assert {k: row[k] for k in expected} == expected


def where(row: Row) -> list[tuple[str, str | None, str]]:
    return [(x["text"], x["country"], x["role"]) for x in row["places"]]


def count(row: Row) -> tuple[int | None, int | None, bool | None]:
    return row["count_min"], row["count_max"], row["count_approx"]


def nothing(text: str, **more: Any) -> None:
    found = read(text, **more)
    assert [r["rule"] for r in found.deployments + found.demands] == []


# The ten worked examples (codebook 7)


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


def test_1_a_deployment_only_asked_for() -> None:
    has(
        one(moves("Somalia urged Kenya to send 500 soldiers to Mogadishu.")),
        phase="considered",
        status="hypothetical",
        force_owner_code="KEN",
    )


def test_2_activity_needs_a_purpose() -> None:
    assert one(moves("France sent 500 soldiers to Mali."))["activity"] == "posture"
    assert one(moves("France sent 500 soldiers to Mali to train the army."))["activity"] == "training_advice"
    assert one(moves("Kherson was occupied by Russian soldiers."))["activity"] == "combat"


def test_3_we_is_nobody_unless_the_source_has_a_voice() -> None:
    text = "We call on Russia to withdraw its troops from Georgia."
    assert one(asks(text))["demander_code"] is None
    assert one(asks(text, voice="FRAGOV"))["demander_code"] == "FRAGOV"


def test_4_withdrawal_of_a_state_without_a_noun_for_the_force() -> None:
    row = one(moves("The Israeli withdrawal from Gaza went on."))
    has(row, force_text=None, unit_type="unspecified", force_owner_code="ISRMIL")
    nothing("The president has no exit strategy.")
    nothing("The Russian withdrawal from the treaty was known.")


def test_6_plans_do_not_demand_and_pressing_is_urging() -> None:
    nothing("The budget calls for more spending.")
    assert one(asks("Kenya pressed Somalia to hold elections."))["strength"] == "urge"


def test_7_a_ceasefire_concerns_no_deployment() -> None:
    assert one(asks("Egypt demanded a ceasefire in Gaza."))["concerns_deployment"] is False
    assert one(asks("Egypt demanded that Hamas disarm."))["concerns_deployment"] is True


def test_8_two_addressees_two_rows_two_acts_one() -> None:
    assert [r["addressee_code"] for r in asks("Egypt urged Israel and Jordan to hold talks.")] == ["ISR", "JOR"]
    has(one(asks("Egypt urged Israel to release prisoners and to lift the blockade.")),
        content_type="release_or_return_persons", content_type_2="lift_sanctions_or_restrictions")  # fmt: skip


def test_9_ones_own_troops_are_not_demanded_back() -> None:
    found = read("Washington wants its troops out of Niger.")
    assert found.demands == []
    has(one(found.deployments), phase="withdrawal_planned", force_owner_code="USAMIL")


def test_10_who_demands_is_the_speaker() -> None:
    has(
        one(moves("Moldova demanded that Russia withdraw its troops from Tiraspol.")),
        speaker_code="MDA",
        phase="present",
        status="asserted",
    )


def test_11_alleged_by_one_side_and_denied_by_the_other() -> None:
    first, second = moves("Kyiv said 12,000 North Korean soldiers were in Kursk, which Moscow denied.")
    has(first, status="alleged", speaker_code="UKRGOV", group_id=second["group_id"])
    has(second, status="denied", speaker_code="RUSGOV")


def test_12_a_unit_counts_one() -> None:
    row = one(moves("Italy moved a battalion to Latvia."))
    assert count(row) == (1, 1, False)
    has(row, count_unit="units", echelon="battalion")


def test_13_sent_is_under_way_and_mustered_is_ordered() -> None:
    assert one(moves("France sent 500 soldiers to Mali."))["phase"] == "under_way"
    assert one(moves("Israel mustered 500 reservists."))["phase"] == "ordered"


def test_14_drills_and_capabilities_are_none() -> None:
    nothing("The two states held joint exercises in May.")
    nothing("The army has 30,000 soldiers.")


def test_15_plans_lie_in_the_future() -> None:
    assert one(moves("France will send 500 soldiers to Mali."))["tense_class"] == "future"
    assert one(moves("France sent 500 soldiers to Mali in 1994."))["tense_class"] == "historical"


def test_17_kinds_of_force() -> None:
    kinds = {
        "Russian forces": "unspecified",
        "500 soldiers": "troops",
        "ground forces": "troops",
        "Patriots": "equipment_only",
        "three warships": "naval",
        "special forces": "special_forces",
        "500 reservists": "reservists",
    }
    assert {k: one(moves(f"Norway saw that Russia had moved {k} to Pechenga."))["unit_type"] for k in kinds} == kinds


def test_19_a_second_mention_gets_no_row() -> None:
    one(moves("France sent 500 soldiers to Mali, and the soldiers arrived."))


def test_increment_and_total() -> None:
    more, total = moves("Japan sent another 500 soldiers to Iraq, bringing the total to 3,000.")
    has(more, count_scope="increment", count_min=500)
    has(total, count_scope="total_in_place", count_min=3000, phase="present")


def test_coalitions_are_rows_of_one_group() -> None:
    rows = moves("French, British and Danish soldiers arrived in Tallinn.")
    assert [r["force_owner_code"] for r in rows] == ["FRAMIL", "GBRMIL", "DNKMIL"]
    assert len({r["group_id"] for r in rows}) == 1
    assert len({r["record_id"] for r in rows}) == 3


def test_a_no_is_not_a_deployment() -> None:
    assert one(moves("There are no French soldiers in Mali."))["status"] == "negated"
    assert one(moves("France has not sent soldiers to Mali."))["status"] in ("negated", "denied")
    assert one(moves("France will not send soldiers to Mali."))["status"] == "refused"


def test_weapons_given_away_are_aid() -> None:
    nothing("Norway sent fighter jets to Ukraine.")
    assert one(moves("Germany deployed a Patriot battery to Poland."))["unit_type"] == "air_defence_missile"


@pytest.mark.parametrize(
    "text",
    [
        "Troops of fans deployed a strategy in the stadium.",
        "An army of lobbyists moved into the capital.",
        "The Salvation Army sent soup to Mali.",
        "Demand for oil rose in China.",
        "Investors demanded a premium from the bank.",
        "The company asked customers to pay.",
        "What we really need is a serious debate.",
        "Ukraine deserves the support of all.",
        "Should Canada consider a presence there?",
        "The ministry did not reply to a request for comment.",
        "The two leaders agreed they should work together.",
        "Netanyahu ordered strikes.",
    ],
)
def test_traps(text: str) -> None:
    nothing(text)


def test_orders_between_bodies_only() -> None:
    assert one(asks("A court in Kenya ordered the government to release the editor."))["strength"] == "order"
    assert asks("The Kenyan president ordered the Kenyan army to patrol the streets.") == []


def test_answers() -> None:
    row = one(asks("The call for the withdrawal of Ethiopian troops was rejected by Asmara."))
    has(row, response="rejected", responder_code="ERIGOV", demander_code=None, addressee_code="ETH")


def test_ultimatum_has_a_code_of_its_own() -> None:
    row = one(asks("Turkey demanded that Syria withdraw its forces from Idlib by Nov. 20 or face war."))
    has(row, strength="ultimatum", cameo_code="139", deadline_date=date(2024, 11, 20))


def test_protest_and_unknown_nationality() -> None:
    has(
        one(asks("Protesters in Nairobi demanded that the president resign.")),
        demander_kind="crowd_union",
        content_type="leadership_change",
    )
    nothing("Analysts urged patience.")


def test_nested_demands_are_hypothetical() -> None:
    outer, inner = asks("Ireland urged the European Union to demand a ceasefire in Gaza.")
    has(outer, status="asserted", demander_code="IRL")
    has(inner, status="hypothetical", demander_code="IGOEUREEC")
