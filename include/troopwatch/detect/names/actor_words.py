"""The small words that actors are composed with: `actors/words.yaml`."""

from pathlib import Path

from pydantic import ValidationError

from troopwatch.detect.names.actor_specs import CodebookError, Spec, parsed


class Words(Spec):
    """Sets of lower-case words, except for names."""

    modifiers: frozenset[str]
    """May stand between a demonym and an office: Russian *deputy* foreign minister."""
    former: frozenset[str]
    suffixes: frozenset[str]
    """After a hyphen: the actor only qualifies what follows (Russian-*backed*)."""
    prefixes: frozenset[str]
    """Before a hyphen: *pro*-Russian."""
    leading: frozenset[str]
    """Those suffixes whose actor owns what follows (US-*led* forces)."""
    links: frozenset[str]
    """Between an office and its state: president *of*."""
    locatives: frozenset[str]
    """Before a name that is only where something is."""
    seated: frozenset[str]
    """Offices named by their seat: the *government* in Kyiv. First words of entries in roles.yaml."""
    speaking: frozenset[str]
    """Offices that speak *for* a state; an envoy for Yemen is not Yemen's. First words of entries in roles.yaml."""
    vague: frozenset[str]
    """Offices that are one of a body or an organ, never of a state: *head* of UK sales."""
    personal: frozenset[str]
    """Organs named by their holder: Putin's *spokesman*. First words of entries in roles.yaml."""
    sentence_words: frozenset[str]
    """Words capitalised only because a sentence begins with them, and titles."""
    common_surnames: frozenset[str]
    """Surnames that are also frequent names: alone they need their country in the text."""
    never_alone: frozenset[str]
    """Surnames that are also words or months: usable only after a title or the full name."""
    us_states: frozenset[str]
    """After a comma they tell that the name before is a town in the United States."""


def read_words(path: Path) -> Words:
    """The words of the file. Raises CodebookError naming file and field."""
    try:
        return Words.model_validate(parsed(path))
    except ValidationError as error:
        raise CodebookError(f"{path.name}: {error}") from None
