"""Demands by class of construction, each with sentences of our own; and what looks like one and is none."""

import pytest
from detect_reading import asks, has, moves, nothing, one


@pytest.mark.parametrize(
    ("text", "demander", "addressee"),
    [
        ("Turkish Cyprus aside, Ankara gave Athens a week to recall its frigate.", "TURGOV", "GRCGOV"),
        ("The junta in Niger gave French diplomats 48 hours to leave Niamey.", "NERGOV", "FRAGOV"),
        ("Hamas was given a week to answer the proposal.", None, "PSEREB"),
        ("Warsaw issued Minsk with an ultimatum: close the camps or lose the rail link.", None, "BLRGOV"),
    ],
)
def test_a_time_limit_is_an_ultimatum(text: str, demander: str | None, addressee: str) -> None:
    has(one(asks(text)), strength="ultimatum", demander_code=demander, addressee_code=addressee)


@pytest.mark.parametrize(
    ("text", "demander", "addressee"),
    [
        ("Belarus threatened to cut the gas unless Warsaw reopens the crossing.", "BLR", "POLGOV"),
        ("Manila will drop the case only if Beijing pulls back its coastguard.", "PHLGOV", "CHNGOV"),
        ("No deal will be signed before the prisoners are home, Hamas said.", "PSEREB", None),
        ("Ankara made ratification conditional on Stockholm extraditing dozens of exiles.", "TURGOV", "SWEGOV"),
        ("Lebanon's speaker ruled out any vote unless a president is agreed first.", "LBNLEG", None),
    ],
)
def test_conditions(text: str, demander: str, addressee: str | None) -> None:
    row = one(asks(text))
    has(row, form="conditional", status="asserted", demander_code=demander, addressee_code=addressee)


@pytest.mark.parametrize(
    ("text", "demander", "addressee"),
    [
        ('"Get out of Syria," Iran\'s foreign minister told the Americans.', "IRNGOV", "USA"),
        ('"Stop bombing hospitals," Ireland\'s president urged Israel.', "IRLGOV", "ISR"),
        ('"Stop the bombing!" protesters in London chanted.', "GBRCVL", None),
    ],
)
def test_quoted_commands(text: str, demander: str, addressee: str | None) -> None:
    row = one(asks(text))
    has(row, form="imperative_quote", status="asserted", demander_code=demander, addressee_code=addressee)


@pytest.mark.parametrize(
    ("text", "response", "responder"),
    [
        ("The African Union's demand that Mali's junta hold elections was brushed aside.", "rejected", None),
        ("Oslo's request to Moscow for access to the fishing grounds has gone unanswered.", "ignored", None),
        ("Lithuania rejected Minsk's demand for the return of two defectors.", "rejected", "LTU"),
        ("Israel bowed to Iran's demand for the release of the prisoners.", "accepted", "ISR"),
    ],
)
def test_answers(text: str, response: str, responder: str | None) -> None:
    has(one(asks(text)), response=response, responder_code=responder)


@pytest.mark.parametrize(
    ("text", "demander"),
    [
        ("Thousands marched through Bamako on Friday demanding the departure of French soldiers.", "MLICVL"),
        ("Brussels protesters demanded a halt to the bombing of Beirut.", "BELCVL"),
        ("Bolivia's miners blocked the roads to demand that the president resign.", "BOLLAB"),
    ],
)
def test_a_crowd_is_of_the_country_where_it_stands(text: str, demander: str) -> None:
    has(one(asks(text)), demander_code=demander, demander_kind="crowd_union")


def test_two_on_each_side_make_four_rows() -> None:
    rows = asks("The foreign ministers of Germany and France called on both Kyiv and the separatists to hold fire.")
    pairs = [(r["demander_code"], r["addressee_code"]) for r in rows]
    assert pairs == [("DEUGOV", "UKRGOV"), ("DEUGOV", "UKRSEP"), ("FRAGOV", "UKRGOV"), ("FRAGOV", "UKRSEP")]


@pytest.mark.parametrize(
    ("text", "owner", "country"),
    [
        ("Athens again called on Ankara to take its soldiers home from Cyprus.", "TURGOV", "CYP"),
        ("Damascus wants Ankara's soldiers gone from Idlib.", "TURMIL", "SYR"),
        ("Kenyan MPs Demand Exit of British Troops From Nanyuki", "GBRMIL", "KEN"),
    ],
)
def test_who_is_told_to_leave_is_there(text: str, owner: str, country: str) -> None:
    row = one(moves(text))
    has(row, phase="present", status="asserted")
    assert row["force_owner_code"][:3] == owner[:3]
    assert [x["country"] for x in row["places"]] == [country]


@pytest.mark.parametrize(
    "text",
    [
        "The firm gave its customers until Friday to claim a refund.",
        "He will not retire until he wins the cup.",
        '"Keep going," he told himself.',
        "The film will not open until the strike ends.",
        "Ministers were asked to arrive at nine.",
        'Mali described the outcome as an "end to the old order".',
        "The general pleaded guilty to theft.",
        "Demand for flats in Lisbon has soared.",
        "Markets fell before a looming deadline for lawmakers to agree on a budget.",
    ],
)
def test_what_is_no_demand(text: str) -> None:
    nothing(text)
