"""Words that lead to places, or stand for one: prepositions with their roles, borders, common nouns."""

import re

from spacy.tokens import Token

from troopwatch.detect.reading.wordset import words

ROLES = {
    "in": "in inside within across throughout on at over",
    "to": "to into onto toward towards for",
    "from": "from",
    "near": "near around outside off beside opposite above below behind",
    "along": "along",
    "via": "through via",
}
ROLE = {word: role for role, words in ROLES.items() for word in words.split()}
BORDER = re.compile(
    r"\b(?:borders?|frontiers?|front ?lines?|boundary|boundaries|(?:demarcation|contact|cease-?fire|green|blue) line|"
    r"line of (?:contact|control|demarcation|separation))\b",
    re.I,
)
SIDE_STATED = re.compile(r"\bwithin\b", re.I)
VAGUE = words(
    "country region area areas region's territory border borders frontier town city village there abroad "
    "overseas home capital island peninsula streets province provinces coast ground valley strip enclave zone "
    "south north east west nation state states flank theater theatre hospital hospitals base bases city "
    "cities soil waters airspace towns villages ports port road airport compound camp camps kibbutz building states "
    "embassy"
)
"""Common nouns that are places though no gazetteer has them."""

PARTS = words(
    "part parts side outskirts suburb suburbs centre center rest heart edge edges position positions building "
    "location locations site sites bank banks shore shores corner waters airspace soil heights hills mountains "
    "airstrip airfield interior border drive flight walk ride reach range "
    "distance sight striking gates runway districts hinterland mouth entrance approaches foot"
)
"""Nouns that stand for a part of the place that follows them."""

REACHES = ("drive", "flight", "walk", "ride", "reach", "range", "distance", "sight")
"""As in "within an hour's drive of the city"."""

ASTRAY = ("off", "around", "along", "through", "over", "across", "near", "past")
"""Prepositions that the tree may take for a part of the verb."""

COMPASS = words("north south east west northeast northwest southeast southwest outside")
POINTING = words(
    "country nation territory town city village capital strip enclave area zone province island peninsula "
    "state there soil"
)
"""What stands for a place named before."""

LED_TO = re.compile(
    r"\b(?:in|of|to|from|into|near|inside|across|at|for)(?:\s+the)?\s+(?:\w+(?:ern|west|east)\s+)?$", re.I
)


def is_time(part: Token) -> bool:
    return bool(
        re.fullmatch(
            r"(?:19|20)\d\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|"
            r"August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.?|weeks?|days?|months?|years?|time",
            part.text,
            re.I,
        )
    )
