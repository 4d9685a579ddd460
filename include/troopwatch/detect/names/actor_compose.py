"""From names to actors: a state's name or demonym with an office, a title with a person, an office "of" a state."""

from dataclasses import dataclass

from troopwatch.detect.names.actor_context import Context
from troopwatch.detect.names.actor_entries import IGO, Reading, Title
from troopwatch.detect.names.actor_specs import RoleSpec
from troopwatch.detect.names.actor_tokens import POSSESSIVE, hyphened, spaced
from troopwatch.detect.names.actor_trie import TermTrie
from troopwatch.detect.names.actor_words import Words

MODIFIER, FORMER = "modifier", "former"
NATIONAL = frozenset({"country", "demonym", "capital", "place_of_origin"})
PERSONAL = frozenset({"leader", "minister", "official"})
# A country code alone, to which an office adds its sector; the codes of bodies are no countries.
_BARE = 3
_BODIES = frozenset({IGO, "NGO"})
_CIVIL = frozenset({"CVL", "BUS", "EDU", "MED", "REL", "HLH", "LAB", "REF"})


@dataclass(slots=True)
class Piece:
    """Words i to j of the text as one actor in the making."""

    i: int
    j: int
    form: str
    code: str | None
    entry: str
    reason: str | None
    country: str | None
    role: RoleSpec | None = None
    former: bool = False

    @classmethod
    def of(cls, i: int, j: int, reading: Reading) -> "Piece":
        return cls(i, j, reading.form, reading.code, reading.entry, reading.reason, reading.country)


class Composer:
    """Joins the names found in one text with the words around them."""

    def __init__(self, roles: TermTrie[RoleSpec], ends: TermTrie[RoleSpec], words: Words) -> None:
        self._roles, self._ends, self._words = roles, ends, words

    def compose(self, context: Context, pieces: list[Piece]) -> list[Piece]:
        """The actors of the text, left to right, none overlapping."""
        done: list[Piece] = []
        waiting = pieces[::-1]
        while waiting:
            piece = waiting.pop()
            if waiting and self._is_office_of(context, piece, waiting[-1]):
                continue
            floor = done[-1].j if done else 0
            if self._modifies(context, piece):
                piece.form = MODIFIER
            else:
                self._grow(context, piece, waiting, floor)
            done.append(piece)
        return done

    def title(self, context: Context, i: int) -> Title | None:
        """The office that stands directly before the person at word `i`."""
        hit = self._title_at(context, i)
        if hit is None:
            return None
        return Title(" ".join(t.norm.lower() for t in context.tokens[hit[0] : i]), hit[1].sector)

    def _title_at(self, context: Context, i: int) -> tuple[int, RoleSpec] | None:
        if i == 0 or not spaced(context.text, context.tokens, i):
            return None
        hit = self._ends.longest(context.text, context.tokens, i - 1)
        return (hit[0] + 1, hit[1]) if hit and hit[1].kind == "person" else None

    def _is_office_of(self, context: Context, piece: Piece, near: Piece) -> bool:
        """Whether an organ's bare name is here that of another state: the *Congress* of Peru."""
        if piece.form in NATIONAL | PERSONAL or near.form not in NATIONAL or near.country == piece.country:
            return False
        role = self._roles.longest(context.text, context.tokens, piece.i)
        between = [t.norm for t in context.tokens[piece.j : near.i]]
        return role is not None and role[0] == piece.j and between in (["of"], ["of", "the"])

    def _modifies(self, context: Context, piece: Piece) -> bool:
        """Whether the name only qualifies another: Russian-backed, pro-Russian."""
        tokens, text = context.tokens, context.text
        after = hyphened(text, tokens, piece.j) and tokens[piece.j].norm.lower() in self._words.suffixes
        before = hyphened(text, tokens, piece.i) and tokens[piece.i - 1].norm.lower() in self._words.prefixes
        return after or before

    def _grow(self, context: Context, piece: Piece, waiting: list[Piece], floor: int) -> None:
        end = -1
        while piece.j != end:
            end = piece.j
            self._add_role_after(context, piece)
            self._join_next(context, piece, waiting)
        self._add_before(context, piece, floor)
        if piece.former or (piece.i and context.tokens[piece.i - 1].norm.lower() in self._words.former):
            self._retire(piece)

    # -- to the right

    def _add_role_after(self, context: Context, piece: Piece) -> None:
        k, former = self._past_modifiers(context, piece.j)
        hit = self._roles.longest(context.text, context.tokens, k) if k < len(context.tokens) else None
        if hit is None or not self._connected(context, piece.j, k) or self._is_a_name(context, k, hit[1]):
            return
        if self._is_vague(context, piece, k, hit[0]):
            return
        if self._apply(piece, hit[1]):
            piece.j, piece.former = hit[0], piece.former or former

    def _is_vague(self, context: Context, piece: Piece, i: int, j: int) -> bool:
        """Whether the office is one of something still to come: Israel's *chief* ..., *head* of UK ..."""
        vague = j == i + 1 and context.tokens[i].norm.lower() in self._words.vague
        return vague and piece.form in NATIONAL and piece.role is None

    def _is_a_name(self, context: Context, k: int, role: RoleSpec) -> bool:
        """Whether a capital tells that the word is part of a name: South Sudan *People's* Defense Force."""
        capital = context.text[context.tokens[k].start].isupper()
        return capital and not context.headline and not context.shouted and role.sector in _CIVIL

    def _past_modifiers(self, context: Context, j: int) -> tuple[int, bool]:
        tokens, text = context.tokens, context.text
        k, former = j, False
        if k < len(tokens) and tokens[k].norm == POSSESSIVE:
            k += 1
        for _ in range(3):
            if k >= len(tokens) or not (spaced(text, tokens, k) or hyphened(text, tokens, k)):
                break
            word = tokens[k].norm.lower()
            if word not in self._words.modifiers or self._roles.longest(text, tokens, k):
                break
            former |= word in self._words.former
            k += 1
        return k, former

    def _connected(self, context: Context, j: int, k: int) -> bool:
        tokens, text = context.tokens, context.text
        return all(tokens[n].norm == POSSESSIVE or spaced(text, tokens, n) for n in (j, k))

    def _apply(self, piece: Piece, role: RoleSpec) -> bool:
        """Add the office to the actor; False where the two do not make one."""
        if piece.form in PERSONAL and piece.role is None:
            if role.form != "government" and role.words[0] not in self._words.personal:
                return False
            if piece.code is None and piece.country and piece.country not in _BODIES and role.kind == "organ":
                piece.code, piece.reason = f"{piece.country}{role.sector}", None  # the Obama administration, ever since
        elif piece.form == "capital" and piece.country not in _BODIES:
            piece.code, piece.form = f"{piece.country}{role.sector}", role.form
        elif piece.code and (len(piece.code) > _BARE or piece.code in _BODIES):
            if role.kind == "private" and piece.role is None:
                return False
        elif piece.code:
            piece.code, piece.form = piece.code + role.sector, role.form
        piece.role = role
        return True

    def _join_next(self, context: Context, piece: Piece, waiting: list[Piece]) -> None:
        while waiting and waiting[-1].i < piece.j:
            waiting.pop()
        if not waiting:
            return
        near = waiting[-1]
        if near.country and near.country == piece.country and self._adjoins(context, piece, near):
            waiting.pop()
            self._merge(piece, near)

    def _adjoins(self, context: Context, piece: Piece, near: Piece) -> bool:
        tokens, text, k = context.tokens, context.text, piece.j
        if self._modifies(context, near) or not self._connected(context, k, near.i):
            return False
        if tokens[k].norm == POSSESSIVE:
            k += 1
        elif piece.form in PERSONAL and tokens[k].norm == "of":
            k += 2 if k + 1 < near.i and tokens[k + 1].norm == "the" else 1
        return k == near.i and spaced(text, tokens, near.i)

    def _merge(self, piece: Piece, near: Piece) -> None:
        piece.j = near.j
        asserted = near.code is None and piece.role is not None and piece.role.kind == "person"
        plain = near.form in NATIONAL or (piece.code is not None and near.code == piece.code[:_BARE])
        if not asserted and not (plain and piece.code):
            piece.code, piece.form, piece.reason = near.code, near.form, near.reason
            piece.entry, piece.role = near.entry, near.role

    # -- to the left

    def _add_before(self, context: Context, piece: Piece, floor: int) -> None:
        if piece.form in PERSONAL and piece.role is None:
            hit = self._title_at(context, piece.i)
            if hit and hit[0] >= floor:
                piece.i = hit[0]
        while self._add_office_of(context, piece, floor):
            pass

    def _add_office_of(self, context: Context, piece: Piece, floor: int) -> bool:
        """Take in "<office> of [the]" before the actor."""
        tokens, text, k = context.tokens, context.text, piece.i
        if k - 1 > floor and tokens[k - 1].norm == "the":
            k -= 1
        link = tokens[k - 1].norm if k - 1 > floor else ""
        if piece.form == "demonym" and piece.role is None and not tokens[piece.j - 1].norm.endswith("s"):
            return False  # "director of the Bolivian ...": what follows is the noun
        hit = self._ends.longest(text, tokens, k - 2) if link in self._words.links or link == "in" else None
        if hit is None or hit[0] + 1 < floor or not spaced(text, tokens, k - 1) or not spaced(text, tokens, k):
            return False
        if self._is_vague(context, piece, hit[0] + 1, k - 1):
            return False
        seated = piece.form in ("capital", "country") and hit[1].words[0] in self._words.seated
        if (link == "in" and not seated) or (link == "for" and hit[1].words[0] not in self._words.speaking):
            return False
        if not self._apply(piece, hit[1]):
            return False
        piece.i = hit[0] + 1
        return True

    def _retire(self, piece: Piece) -> None:
        """A former office-holder is no longer the office: CCC + CVL."""
        held = piece.form in PERSONAL or (piece.role is not None and piece.role.kind == "person")
        if held and piece.country and piece.country not in _BODIES:
            piece.code, piece.form, piece.reason = f"{piece.country}CVL", FORMER, None
