"""Who may demand: the kind of a demander, and whether a demand between these two is political (codebook 2.2)."""

from troopwatch.detect import lexicon
from troopwatch.detect.demands import content
from troopwatch.detect.reading.parsed import Parsed, Span
from troopwatch.detect.reading.wordset import words
from troopwatch.detect.referents.naming import PERSONAL_FORMS, Who

BY_SECTOR = {
    "REB": "armed_group",
    "UAF": "armed_group",
    "SEP": "armed_group",
    "PTY": "party_opposition",
    "OPP": "party_opposition",
    "JUD": "court",
    "NGO": "ngo",
    "LAB": "crowd_union",
    "BUS": "company",
    "CVL": "crowd_union",
    "EDU": "individual_private",
    "MED": "individual_private",
    "HLH": "individual_private",
    "REL": "individual_office",
    "LEG": "individual_office",
}
BESIDE_THE_STATE = ("REB", "UAF", "SEP", "OPP", "PTY", "NGO", "MED", "BUS", "LAB", "CVL")
"""Sectors that are not the state's own."""
POLITICAL = words("state igo armed_group party_opposition court ngo crowd_union individual_office")


def kind(w: Who | None) -> str:
    """The codebook's kind of a demander."""
    if w is None or (w.code is None and w.head in OURS):
        return "unattributed"
    role = lexicon.by_term("roles", "roles").get(w.head)
    if w.code and w.code.startswith("IGO"):
        return str(role["kind"]) if role and role["kind"] == "individual_office" and w.form in PERSONAL_FORMS else "igo"
    if role:
        return str(role["kind"])
    if w.form in PERSONAL_FORMS:
        return "individual_office"
    if w.code:
        sector = w.code[3:6]
        return BY_SECTOR.get(sector, "state")
    return "individual_private" if w.head and w.span.text[:1].isupper() else "unattributed"


def is_barred(w: Who | None) -> bool:
    """Readers, markets, things: they make no demand."""
    return w is not None and w.code is None and w.head in lexicon.terms("roles", "never")


def is_actor(w: Who | None) -> bool:
    """A state, international body, armed group, or one of its offices."""
    if w is None:
        return False
    if w.code:
        return w.code[3:6] not in ("CVL", "BUS", "MED", "EDU", "HLH") or w.code.startswith("IGO")
    role = lexicon.by_term("roles", "roles").get(w.head)
    return (
        bool(role) and role["kind"] in ("state", "igo", "armed_group", "court", "party_opposition", "individual_office")
        if role
        else False
    )


def is_political(p: Parsed, text: Span | None, sides: list[Who | None]) -> bool:
    """Whether an actor is named, or an act of politics: "calls for papers" is neither."""
    if any(kind(w) in POLITICAL for w in sides) or p.actors:
        return True
    return text is not None and bool(content.listed(text.text))


def is_demand(demander: Who | None, addressee: Who | None, content_type: str, *, weak: bool, act: bool) -> bool:
    """Whether it is a demand in the codebook's sense: who asks, of whom, and about what; `act`: a clause says it."""
    if is_barred(demander):
        return False
    asks = kind(demander)
    to_actor, grave = is_actor(addressee), content_type in MILITARY
    if demander is not None and demander.head in OURS and demander.code is None:
        return to_actor or (not weak and grave)
    nameless = demander is None and addressee is not None and addressee.code is None
    private = addressee is not None and not to_actor
    if weak and (_is_public(demander) or ((nameless or private) and not grave)):
        return False
    if asks in POLITICAL and (demander is None or demander.code or asks != "state" or to_actor):
        political = content_type != "other" or to_actor or (act and is_actor(demander))
        return political if weak or (asks == "crowd_union" and not (demander and demander.code)) else True
    return to_actor or (grave and not weak and asks not in ("company", "individual_private"))


def _is_public(w: Who | None) -> bool:
    """As in "Americans want": a people that is asked, not one that demands."""
    return w is not None and w.form in ("demonym", "people") and w.span.text.endswith("s")


OURS = words("we our us they he she i his her their it its")
MILITARY = words(
    "withdraw_forces ceasefire_or_halt_military_action disarm release_or_return_persons "
    "deploy_or_provide_forces meet_negotiate_mediate lift_sanctions_or_restrictions leadership_change"
)
