"""Where a row comes from: the dictionary entries that its words were read by, and what stands over its trigger."""

from collections.abc import Iterator
from typing import Any

from troopwatch.detect import hedging, lexicon, rows
from troopwatch.detect.demands import content_model
from troopwatch.detect.names.actors import ActorMatch
from troopwatch.detect.reading import patterns
from troopwatch.detect.reading.parse import lemma
from troopwatch.detect.reading.parsed import Parsed, Span

Row = dict[str, Any]
LISTS = {
    "deployments": (("deployment", "verbs"), ("deployment", "nouns")),
    "demands": (("demand", "verbs"), ("demand", "nouns"), ("demand", "modals")),
}
CODES = ("force_owner_code", "demander_code", "addressee_code", "speaker_code", "on_side_of_code", "against_code")


def spans(p: Parsed, row: Row) -> list[tuple[str, Span]]:
    """The named spans of a row with offsets into the sentence, places among them."""
    base, found = p.sentence.start, []
    for name in rows.SPANS:
        if row.get(f"{name}_start") is not None:
            start, end = row[f"{name}_start"] - base, row[f"{name}_end"] - base
            found.append((name, Span(start, end, p.text[start:end])))
    for place in row.get("places") or []:
        start, end = place["start"] - base, place["end"] - base
        found.append((f"place {place['role']}", Span(start, end, p.text[start:end])))
    return found


def marked(p: Parsed, row: Row) -> str:
    """The sentence with the row's spans in brackets, each with its name: "[trigger: sent]"."""
    inside = [(name, s) for name, s in spans(p, row) if 0 <= s.start < s.end <= len(p.text)]
    opening = [(s.start, 1, -s.end, f"[{name}: ") for name, s in inside]
    closing = [(s.end, 0, -s.start, "]") for _, s in inside]
    out, at = "", 0
    for place, _, _, words in sorted(opening + closing):
        out, at = out + p.text[at:place] + words, place
    return out + p.text[at:]


def entries(p: Parsed, table: str, row: Row) -> Iterator[str]:
    """The entries behind a row, a line each: where they stand and what they are."""
    yield from _trigger(p, table, row)
    named = spans(p, row)
    for name, s in named:
        if name == "force":
            yield from _words_of_force(p, s)
        if name == "content":
            yield from _acts(s)
    yield from _actors(p, row, [s for _, s in named])
    for name, s in named:
        if name.startswith("place"):
            yield from (f"places: {x.text!r} is {x.country} ({x.kind}, {x.entry})" for x in p.places_in(s))
    yield from _over(p, named)


def _trigger(p: Parsed, table: str, row: Row) -> Iterator[str]:
    """The entry that the rule names behind its last colon; of several, the one whose particle follows the trigger."""
    term = row["rule"].removesuffix("/denied").rsplit(":", 1)[-1]
    after = {t.lower_ for t in p.doc if t.idx >= row["trigger_end"] - p.sentence.start}
    for stem, part in LISTS[table]:
        known = [e for e in lexicon.entries(stem, part) if e["term"] == term]
        apt = [e for e in known if after.intersection(e.get("particle", ()))]
        for entry in (apt or [e for e in known if "particle" not in e] or known)[:1]:
            facts = ", ".join(f"{k} {v}" for k, v in entry.items() if k not in ("term", "example"))
            yield f"lexicon/{stem}.yaml {part}: {term!r} ({facts})"


def _words_of_force(p: Parsed, s: Span) -> Iterator[str]:
    for token in p.tokens(s.start, s.end):
        for part in ("nouns", "modifiers"):
            entry = lexicon.by_term("forces", part).get(lemma(token) if part == "nouns" else token.lower_)
            if entry is not None:
                yield f"lexicon/forces.yaml {part}: {entry['term']!r} ({entry.get('type', 'no type of its own')})"


def _acts(s: Span) -> Iterator[str]:
    learned = content_model.guess(s.text)
    yield f"content model: {learned.kind} (lead {learned.lead:.1f}, by {', '.join(learned.words) or 'no known word'})"
    for _, entry in patterns.matches("content", "types", s.text):
        yield f"lexicon/content.yaml types: {entry['term']!r} ({entry['type']})"


def _actors(p: Parsed, row: Row, named: list[Span]) -> Iterator[str]:
    """The actors in the row's spans, and those anywhere that its codes come from."""
    codes = {str(row[c])[:3] for c in CODES if row.get(c)}
    here = [m for m in p.actors if _in_any(m, named) or (m.code or "")[:3] in codes]
    known = {(m.code or "")[:3] for m in here}
    left = [m for m in p.left_actors if (m.code or "")[:3] in codes - known]
    for where, matches in (("", here), (" (in the sentence before)", left)):
        for m in matches:
            yield f"actors: {m.text!r} is {m.code or m.reason} ({m.form}, {m.entry}){where}"
    if p.voice and p.voice[:3] in codes - known:
        yield f"source: its voice is {p.voice}"


def _in_any(match: ActorMatch, named: list[Span]) -> bool:
    return any(match.start < s.end and match.end > s.start for s in named)


def _over(p: Parsed, named: list[tuple[str, Span]]) -> Iterator[str]:
    """What stands over the trigger and tells how real it is."""
    trigger = next((s for name, s in named if name == "trigger"), None)
    tokens = p.tokens(trigger.start, trigger.end) if trigger else []
    if not tokens:
        return
    standing = hedging.standing(p, tokens[0])
    over = [token for _, token in standing.effects] + [s.head for s in standing.speakers]
    for token in dict.fromkeys(over):
        entry = lexicon.by_term("status", "over").get(lemma(token))
        if entry is not None:
            yield f"lexicon/status.yaml over: {token.text!r} ({entry['effect']})"
