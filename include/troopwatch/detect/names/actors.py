"""Who is meant: names of states, organs, office-holders, bodies and groups in a text, as actor codes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from troopwatch.detect.names.actor_compose import MODIFIER, PERSONAL, Composer, Piece
from troopwatch.detect.names.actor_context import Context
from troopwatch.detect.names.actor_data import Dictionary
from troopwatch.detect.names.actor_entries import Reading, Term, read_person, read_plain, usable_surname
from troopwatch.detect.names.actor_tokens import tokenize


@dataclass(frozen=True)
class ActorMatch:
    """One actor in a text: its span in code points, code and dictionary entry.

    `form` is that of the entry (country, demonym, capital, government, leader, military ...), `modifier` where the
    name only qualifies another ("Russian-backed"), `former` for a former office-holder. `code` is None with a `reason`
    where the dictionaries know the name but not whom it means here.
    """

    start: int
    end: int
    text: str
    code: str | None
    form: str
    entry: str
    reason: str | None


class ActorIndex:
    """The actor dictionaries, ready for lookup."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._words = dictionary.words
        self._terms = dictionary.terms
        self._roles = dictionary.roles
        self._composer = Composer(dictionary.roles, dictionary.role_ends, dictionary.words)
        self._names = dictionary.names

    def find(self, text: str, on: date | None = None) -> list[ActorMatch]:
        """All actors named in `text` published `on` that day, left to right, longest first, none overlapping."""
        tokens = tokenize(text)
        hits = list(self._terms.scan(text, tokens))
        if not hits:
            return []
        context = Context(text, tokens, on, self._words.sentence_words)
        pieces = list(self._pieces(context, hits))
        return [self._match(context, piece) for piece in self._composer.compose(context, pieces)]

    def resolve(self, phrase: str, on: date | None = None) -> ActorMatch | None:
        """The actor that a noun phrase stands for: "North Korean troops" is PRK, "troops in Iraq" is nobody."""
        found = [m for m in self.find(phrase, on) if not self._is_only_where(phrase, m)]
        own = [m for m in found if m.form != MODIFIER or self._leads(phrase, m)]
        if own or not found:
            return own[0] if own else None
        first = found[0]
        reason = f"only qualifies another actor: {first.text}"
        return ActorMatch(first.start, first.end, first.text, None, first.form, first.entry, reason)

    def role(self, phrase: str) -> str | None:
        """The sector of the last office or organ in a phrase without a state: "the prime minister" is GOV."""
        tokens = tokenize(phrase)
        hits = [payload for _, _, payload in self._roles.scan(phrase, tokens)]
        return hits[-1].sector if hits else None

    def _pieces(self, context: Context, hits: Iterable[tuple[int, int, Term]]) -> Iterator[Piece]:
        for i, j, term in hits:
            reading = None if term.ignored else self._read(context, i, j, term)
            if reading:
                yield Piece.of(i, j, reading)

    def _read(self, context: Context, i: int, j: int, term: Term) -> Reading | None:
        if context.shouted and context.tokens[i].norm == "US" and j == i + 1:
            return None
        if term.rule:
            reading = term.rule.read(context, i, j)
        elif term.entries:
            reading = read_plain(term.entries, context.on)
        else:
            return self._read_person(context, i, j, term)
        if reading is None or self._is_american_town(context, j, reading):
            return None
        named_after = reading.form in ("capital", "place_of_origin") and self._in_a_name(context, i, j)
        return None if named_after else reading

    def _in_a_name(self, context: Context, i: int, j: int) -> bool:
        """Whether a capital is part of an unknown name: Jack London, Paris Hilton, Kyiv Independent."""
        if context.name_after(j) and not self._known_at(context, j):
            return True
        return context.name_before(i) and not self._names_end_before(context, i)

    def _known_at(self, context: Context, j: int) -> bool:
        known = self._roles.longest(context.text, context.tokens, j) or self._terms.longest(
            context.text, context.tokens, j
        )
        return known is not None

    def _read_person(self, context: Context, i: int, j: int, term: Term) -> Reading | None:
        title = self._composer.title(context, i)
        if j == i + 1 and self._is_other_person(context, i, j, title is not None):
            return None
        persons = term.persons + usable_surname(term, context, i, title, self._names)
        return read_person(persons, context, title) if persons else None

    def _is_other_person(self, context: Context, i: int, j: int, titled: bool) -> bool:
        """Whether one name alone is part of a longer one: Hunter Biden, Prime Minister Aziz Akhannouch."""
        if context.name_after(j) and not self._known_at(context, j):
            return True
        return not titled and context.name_before(i) and not self._names_end_before(context, i)

    def _names_end_before(self, context: Context, i: int) -> bool:
        """Whether the capitalised word before word `i` belongs to a term of its own (Russia's Putin, US Rice)."""
        return self._terms.longest(context.text, context.tokens, i - 1) is not None

    def _is_american_town(self, context: Context, j: int, reading: Reading) -> bool:
        tokens, text = context.tokens, context.text
        if reading.country == "USA" or j >= len(tokens) or text[tokens[j - 1].end : tokens[j].start] != ", ":
            return False
        return any(" ".join(t.norm for t in tokens[j : j + n]) in self._words.us_states for n in (1, 2))

    def _match(self, context: Context, piece: Piece) -> ActorMatch:
        start, end = context.tokens[piece.i].start, context.tokens[piece.j - 1].end
        form = piece.form
        return ActorMatch(start, end, context.text[start:end], piece.code, form, piece.entry, piece.reason)

    def _is_only_where(self, phrase: str, match: ActorMatch) -> bool:
        before = [t.norm.lower() for t in tokenize(phrase) if t.end <= match.start and t.norm.lower() != "the"]
        return bool(before) and before[-1] in self._words.locatives and match.form not in PERSONAL

    def _leads(self, phrase: str, match: ActorMatch) -> bool:
        after = next((t.norm.lower() for t in tokenize(phrase) if t.start > match.end), "")
        return phrase[match.end : match.end + 1] != " " and after in self._words.leading
