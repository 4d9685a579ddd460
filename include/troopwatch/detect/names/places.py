"""Where: countries, regions, seas, bases and cities in a text."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from troopwatch.detect.names.actor_context import Context
from troopwatch.detect.names.actor_tokens import POSSESSIVE, hyphened, spaced, tokenize
from troopwatch.detect.names.place_cities import Place
from troopwatch.detect.names.place_data import Gazetteer, PlaceTerm

# Names that stand by themselves whatever is beside them.
_WIDE = frozenset({"country", "demonym", "sea"})


@dataclass(frozen=True)
class PlaceMatch:
    """One place in a text: its span in code points, ISO3 of its country as GeoNames has it, and its entry.

    `kind` is country, demonym ("Russian soil"), region, city, base, sea, island or site. `country` is None for the high
    seas, for what lies in several countries, and where the name is ambiguous.
    """

    start: int
    end: int
    text: str
    country: str | None
    geonameid: int | None
    disputed: bool
    kind: str
    entry: str


@dataclass(frozen=True)
class _Spot:
    """Words i to j of the text as one place."""

    i: int
    j: int
    place: Place


class PlaceIndex:
    """The places, ready for lookup."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._terms, self._words = gazetteer.terms, gazetteer.words
        self._names, self._rival = gazetteer.names, gazetteer.rival
        self._sentence_words, self._us_states = gazetteer.sentence_words, gazetteer.us_states

    def find(self, text: str) -> list[PlaceMatch]:
        """All places named in `text`, left to right, longest first, none overlapping."""
        tokens = tokenize(text)
        hits = list(self._terms.scan(text, tokens))
        if not hits:
            return []
        context = Context(text, tokens, None, self._sentence_words)
        spots = [s for i, j, term in hits if not term.ignored and (s := self._spot(context, i, j, term))]
        return [_match(context, spot) for spot in self._joined(context, spots)]

    def _spot(self, context: Context, i: int, j: int, term: PlaceTerm) -> _Spot | None:
        place = self._ruled(context, i, j, term) if term.rule else self._largest(context, i, j, term)
        if place is None or (place.kind not in _WIDE and self._is_in_a_name(context, i, j)):
            return None
        end = j if place.kind in _WIDE else self._past_suffix(context, j)
        if end == j and not term.alone:
            return None
        if end > j and place.kind == "city":
            place = replace(place, kind=self._suffix_kind(context, end), geonameid=None)
        return self._directed(context, _Spot(i, end, place))

    def _ruled(self, context: Context, i: int, j: int, term: PlaceTerm) -> Place | None:
        """The country that the words around an ambiguous name speak for."""
        reading = term.rule.read(context, i, j) if term.rule else None
        if reading is None:
            return None
        for place in term.places:
            if reading.country == place.country:
                return place
        return replace(term.places[0], country=reading.country, geonameid=None, entry=reading.entry)

    def _largest(self, context: Context, i: int, j: int, term: PlaceTerm) -> Place:
        """The place of that name whose country the text names, else the largest if it is far larger than the next."""
        first, *others = term.places
        if first.population and self._is_american_town(context, j):
            there = [p for p in term.places if p.country == "USA"]
            return there[0] if there else replace(first, country="USA", geonameid=None)
        if not others or not first.population:
            return first
        own = " ".join(t.norm for t in context.tokens[i:j])
        named = [p for p in term.places if self._is_named(context, p.country, own)]
        if named:
            return named[0]
        rivals = [p for p in others if p.country != first.country and p.population * self._rival > first.population]
        return replace(first, country=None, geonameid=None) if rivals else first

    def _is_named(self, context: Context, country: str | None, own: str) -> bool:
        """Whether the text names the country otherwise than by the name in question (Tripoli is a capital too)."""
        return any(context.says(name) for name in self._names.get(country or "", ()) if name != own)

    def _is_american_town(self, context: Context, j: int) -> bool:
        """Whether a state of the United States follows after a comma: Paris, Texas."""
        tokens = context.tokens
        if j >= len(tokens) or context.text[tokens[j - 1].end : tokens[j].start] != ", ":
            return False
        return any(" ".join(t.norm for t in tokens[j : j + n]) in self._us_states for n in (1, 2))

    def _is_in_a_name(self, context: Context, i: int, j: int) -> bool:
        """Whether the name is part of a person's: Lloyd Austin, General Jackson, Florence Parly."""
        tokens = context.tokens
        if j - i > 1:
            return False
        if i and tokens[i - 1].norm.lower() in self._words.titles:
            return True
        if context.name_after(j) and self._terms.longest(context.text, tokens, j) is None:
            return self._past_suffix(context, j) == j
        return context.name_before(i) and self._terms.longest(context.text, tokens, i - 1) is None

    def _past_suffix(self, context: Context, j: int) -> int:
        tokens, text = context.tokens, context.text
        for n in (2, 1):
            phrase = " ".join(t.norm.lower() for t in tokens[j : j + n])
            known = phrase in self._words.regions or phrase in self._words.sites
            if known and j + n <= len(tokens) and (spaced(text, tokens, j) or hyphened(text, tokens, j)):
                return j + n
        return j

    def _suffix_kind(self, context: Context, end: int) -> str:
        return "region" if context.tokens[end - 1].norm.lower() in self._words.regions else "site"

    def _directed(self, context: Context, spot: _Spot) -> _Spot:
        """Take in the words of direction before a name; what they leave is not the whole country."""
        tokens, i = context.tokens, spot.i
        while spot.place.kind != "demonym" and self._is_direction(context, i):
            # "eastern and southern Ukraine" is one place of the country
            i -= 3 if i > 2 and tokens[i - 2].norm == "and" and self._is_direction(context, i - 2) else 1
        if i == spot.i:
            return spot
        kept = None if spot.place.kind == "country" else spot.place.geonameid
        return _Spot(i, spot.j, replace(spot.place, geonameid=kept))

    def _is_direction(self, context: Context, i: int) -> bool:
        """Whether a word of direction stands directly before word `i`."""
        near = spaced(context.text, context.tokens, i) or hyphened(context.text, context.tokens, i)
        return near and context.tokens[i - 1].norm.lower() in self._words.directions

    def _joined(self, context: Context, spots: list[_Spot]) -> Iterator[_Spot]:
        """Places with their country beside them as one: "Latakia, Syria", "Russia's Kursk region"."""
        last: _Spot | None = None
        for spot in spots:
            if last is None:
                last = spot
            elif one := self._one_of(context, last, spot):
                last = one
            else:
                yield last
                last = spot
        if last:
            yield last

    def _one_of(self, context: Context, a: _Spot, b: _Spot) -> _Spot | None:
        if a.place.country is None or a.place.country != b.place.country:
            return None
        tokens, text = context.tokens, context.text
        comma = a.j == b.i and text[tokens[a.j - 1].end : tokens[b.i].start] == ", "
        if a.place.kind not in _WIDE and b.place.kind == "country":
            return _Spot(a.i, b.j, a.place) if comma else None
        if comma and self._is_american_town(context, a.j):
            return _Spot(a.i, b.j, a.place)
        if a.place.kind in _WIDE and b.place.kind not in _WIDE:
            beside = a.j == b.i and spaced(text, tokens, b.i)
            owned = a.j + 1 == b.i and tokens[a.j].norm == POSSESSIVE
            return _Spot(a.i, b.j, b.place) if beside or owned or self._is_kind_of(context, a.j, b.i) else None
        return None

    def _is_kind_of(self, context: Context, j: int, i: int) -> bool:
        """Whether only "city of" or the like stands between: the Iraqi city of Mosul."""
        between = [t.norm.lower() for t in context.tokens[j:i]]
        kinds = self._words.regions | self._words.sites
        return len(between) > 1 and between[-1] == "of" and " ".join(between[:-1]) in kinds


def _match(context: Context, spot: _Spot) -> PlaceMatch:
    start, end = context.tokens[spot.i].start, context.tokens[spot.j - 1].end
    place = spot.place
    text = context.text[start:end]
    return PlaceMatch(start, end, text, place.country, place.geonameid, place.disputed, place.kind, place.entry)
