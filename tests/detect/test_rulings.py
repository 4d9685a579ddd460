"""The codebook's rulings, each with sentences of our own."""

from datetime import date

import pytest
from detect_reading import asks, count, has, moves, nothing, one, read


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


def test_from_names_the_place_that_is_left_and_nobody_who_is_asked() -> None:
    row = one(asks("Norway and Chile have demanded the withdrawal of Malian soldiers from Benin.")[:1])
    has(row, demander_code="NOR", addressee_code="MLI", content_type="withdraw_forces", addressee_implied=True)


def test_who_only_talks_of_a_force_does_not_own_it() -> None:
    row = one(moves("Madrid's spy agency spoke of 700 troops shipped to Latvia."))
    has(row, force_owner_code=None, count_min=700)


def test_sending_home_is_withdrawing() -> None:
    row = one(asks("Peru demanded that Chad send the Malian soldiers home."))
    has(row, content_type="withdraw_forces", addressee_code="TCD")
