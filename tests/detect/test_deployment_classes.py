"""Classes of sentences about deployments: each in a few words of its own, and what looks like one and is none."""

from datetime import date
from typing import Any

import pytest

from troopwatch.detect.document import Document, find

DAY = date(2024, 5, 1)


def rows(text: str) -> list[dict[str, Any]]:
    return find(Document("example", text, DAY)).deployments


# text, owner's country, phase, countries of the places
DEPLOYMENTS = [
    # arms of service, weapons by type, ships by name
    ("Six Norwegian F-35s touched down at Keflavik on Monday.", "NOR", "under_way", ["ISL"]),
    ("Britain sent HMS Trent to Guyana after Venezuela's threats.", "GBR", "under_way", ["GUY"]),
    ("Madrid ordered the frigate Blas de Lezo to the Black Sea.", "ESP", "ordered", []),
    ("Australian sappers are clearing roads around Lae after the quake.", "AUS", "present", ["PNG"]),
    ("Israel's 98th Division has crossed from Gaza to the Lebanese border.", "ISR", "under_way", ["PSE"]),
    ("Burundi pulled the last of its men out of Baidoa.", "BDI", "withdrawn", ["SOM"]),
    # verbs that no list knows
    ("Ethiopian armour has trundled into Somalia's Gedo region.", "ETH", "under_way", ["SOM"]),
    ("Kenyan soldiers swarmed into Kismayo on Friday.", "KEN", "under_way", ["SOM"]),
    # what a force is said to be
    ("Two Danish corvettes are due in Toulon on Friday.", "DNK", "planned", ["FRA"]),
    ("Three Danish transport planes are on their way to Niamey.", "DNK", "under_way", ["NER"]),
    ("A Rwandan battalion is already camped beside the airport in Bangui.", "RWA", "present", ["CAF"]),
    # asked for, weighed, ruled out
    ("Chad's president asked France for 600 more soldiers for the north of Chad.", "FRA", "considered", ["TCD"]),
    ("Seoul is thinking about sending its destroyer to the Gulf of Oman.", "KOR", "considered", []),
    ("Italy's defence minister ruled out ground troops for Libya.", "ITA", "planned", ["LBY"]),
    # out and home
    ("Chad is to pull the last 300 of its troops out of Kidal by Easter.", "TCD", "withdrawal_planned", ["MLI"]),
    ("A Greek frigate has left Piraeus for the Red Sea.", "GRC", "under_way", ["GRC"]),
    ("Niger threw out the 400 American soldiers stationed at Agadez.", "USA", "withdrawn", ["NER"]),
    # the host as the place
    ("Latvia hosts a Canadian battle group.", "CAN", "present", ["LVA"]),
    # presence
    ("Kigali denies that its soldiers are on Congolese soil.", "RWA", "present", ["COD"]),
    ("Togo has between 700 and 800 soldiers across the border in Burkina Faso.", "TGO", "present", ["BFA"]),
]


@pytest.mark.parametrize(("text", "owner", "phase", "where"), DEPLOYMENTS, ids=[d[0] for d in DEPLOYMENTS])
def test_deployments(text: str, owner: str, phase: str, where: list[str]) -> None:
    (row,) = rows(text)
    found = sorted({x["country"] for x in row["places"] if x["country"]})
    assert ((row["force_owner_code"] or "")[:3], row["phase"], found) == (owner, phase, where)


def test_forces_of_two_nations_are_two_rows() -> None:
    found = rows("Peruvian marines and Chilean paratroopers are training together near Antofagasta.")
    assert [r["force_owner_code"] for r in found] == ["PERMIL", "CHLMIL"]


NONE = [
    "India said it struck camps used by militants near Muzaffarabad.",
    "The council condemned the use of force in Myanmar.",
    "Air defences in Odesa managed to take out Russian drones.",
    "Mexican soldiers took money from a house in Culiacan.",
    "Argentina's air force is to get a dozen F-16s from Denmark.",
    "An American man has travelled to Sweden to find his mother.",
    "Israel says it is clearing out Hamas militants from Rafah.",
    "The British army spent 40 million pounds on boots in Leeds.",
    "Bedouin families have long resisted forced relocation by Israel to the towns of the Negev.",
    "China objects to forced transfers of American know-how.",
    "The incident could serve Russia as a pretext for military escalation in Ukraine.",
    "The American president's early departure from a summit in Hanoi worried China.",
]


@pytest.mark.parametrize("text", NONE)
def test_no_deployments(text: str) -> None:
    assert rows(text) == []


def test_the_forces_of_a_state_that_is_no_more_belong_to_history() -> None:
    assert rows("Latvians lived through decades of Soviet occupation.")[0]["tense_class"] == "historical"


@pytest.mark.parametrize(
    ("text", "force", "count"),
    [
        ("On March 3, French soldiers entered Gao.", "French soldiers", None),
        ("In 2012, Syrian forces withdrew from Idlib.", "Syrian forces", None),
        ("On 3 May 2013 French soldiers entered Gao.", "French soldiers", None),
        ("Since 2014 Russian troops have been in Crimea.", "Russian troops", None),
        ("In June, 2,000 French soldiers entered Gao.", "2,000 French soldiers", 2000),
        ("On Sept. 29, 2023, 1,200 Azeri troops entered Stepanakert.", "1,200 Azeri troops", 1200),
        ("In 2012, 300 Syrian soldiers withdrew from Idlib.", "300 Syrian soldiers", 300),
    ],
)
def test_a_date_before_a_force_is_no_count(text: str, force: str, count: int | None) -> None:
    row = rows(text)[0]
    assert (row["force_text"], row["count_min"]) == (force, count)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ankara opposes the presence of American troops in Syria.", "asserted"),
        ("The group opposes the Israeli military occupation of the West Bank.", "asserted"),
        ("Paris refused to deploy troops in Libya.", "refused"),
    ],
)
def test_who_opposes_what_is_there_does_not_deny_it(text: str, status: str) -> None:
    assert rows(text)[0]["status"] == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Putin might then use it to send in Russian troops.", "hypothetical"),
        ("Turkey may try to keep its soldiers in Idlib.", "hypothetical"),
        ("We have yet to see any withdrawal of Russian forces from the border.", "negated"),
        ("Russia has yet to withdraw its troops from Georgia.", "negated"),
        ("France has decided to send troops to Niger.", "asserted"),
    ],
)
def test_what_may_be_and_what_is_yet_to_come(text: str, status: str) -> None:
    assert rows(text)[0]["status"] == status
