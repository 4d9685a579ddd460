"""Classes of news sentences: forces seen, let in, turned back, pleaded for, spoken of by a pronoun only."""

from datetime import date
from typing import Any

import pytest

from troopwatch.detect.document import Document, find

DAY = date(2024, 11, 1)


def rows(text: str) -> list[dict[str, Any]]:
    return find(Document("x", text, DAY)).deployments


@pytest.mark.parametrize(
    ("text", "phase", "status", "country"),
    [
        ("Six Chilean frigates have begun drills off Callao.", "present", "asserted", "PER"),
        ("Two dozen Malian soldiers were spotted in Kidal on Sunday.", "present", "asserted", "MLI"),
        ("A convoy of Kenyan troops based in Kismayo was hit by a landslide.", "present", "asserted", "SOM"),
        ("Spain has moved 400 members of its army to Melilla.", "under_way", "asserted", "ESP"),
        ("Oslo denied that Norwegian soldiers had set foot in Libya.", "under_way", "denied", "LBY"),
        ("Forty Serbian military advisers work in Niamey, according to a source.", "present", "alleged", "NER"),
        (
            "Portugal is ready to send 200 soldiers to Mozambique if Maputo asks for them.",
            "considered",
            "hypothetical",
            "MOZ",
        ),
        ("France is ready to send a frigate to Beirut.", "planned", "asserted", "LBN"),
        ("No Danish units are heading for Estonia.", "under_way", "negated", "EST"),
    ],
)
def test_one_row(text: str, phase: str, status: str, country: str) -> None:
    (row,) = rows(text)
    assert (row["phase"], row["status"]) == (phase, status)
    assert country in {x["country"] for x in row["places"]}


def test_what_is_called_a_lie_is_denied_by_who_calls_it_so() -> None:
    both = rows("Khartoum says 2,000 Chadian soldiers are camped around Geneina, a claim that N'Djamena calls a lie.")
    assert [r["status"] for r in both] == ["alleged", "denied"]


def test_a_pronoun_is_the_one_force_of_the_sentence_before() -> None:
    first, second = rows("Uganda has flown 90 soldiers to Juba. They will be based in Yei until June.")
    assert second["force_text"] == "They" and second["force_owner_code"] == first["force_owner_code"] == "UGA"


@pytest.mark.parametrize(
    "text",
    [
        "Two rockets landed near the gates of a hospital in Haifa.",
        "The photograph was taken by the Israeli army in Gaza.",
        "Nurses were sent to Bamako. They will be based in a school.",
        "The Dutch army assembled a team of scholars in Delft.",
    ],
)
def test_no_row(text: str) -> None:
    assert not rows(text)
