"""Why a text gives the rows it gives: each sentence with its rows, or with the step at which it fell out."""

from collections.abc import Iterator
from typing import Any

from troopwatch.detect import codebook, lexicon, provenance
from troopwatch.detect.demands import frames, sayings
from troopwatch.detect.document import Document, passes, read
from troopwatch.detect.plain import plain
from troopwatch.detect.reading import gate, parse, sentences, worth
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.sentences import Sentence

Row = dict[str, Any]
FACTS = {
    "deployments": "force_owner_code unit_type phase status tense_class activity count_min count_max count_scope",
    "demands": "demander_code demander_kind addressee_code content_type strength form status response",
}


def explain(document: Document) -> str:
    """The whole text, sentence by sentence, for a reader; safe to print in a terminal."""
    return "\n".join(plain(line) for line in _document(document))


def _document(document: Document) -> Iterator[str]:
    yield f"== {document.doc_id}, {document.day or 'undated'}, codebook {codebook.load().version}"
    for sentence in sentences.split(document.text):
        yield f"[{sentence.start}:{sentence.end}] {sentence.text}"
        yield from _sentence(document, sentence)


def _sentence(document: Document, sentence: Sentence) -> Iterator[str]:
    words = gate.reasons(sentence.text)
    if not words:
        yield "    no row: the gate knows no word in it"
        return
    weighed = worth.held(sentence, document.day, document.voice)
    yield f"    gate: {', '.join(dict.fromkeys(w for w, lacks in weighed if lacks is None)) or ', '.join(words)}"
    if not passes(sentence, document):
        yield "    no row: the gate found too little: " + ("; ".join(f"{w}: {x}" for w, x in weighed if x) or "no rule")
        return
    p = Parsed(sentence, next(parse.parse([sentence.text])), document.day, document.voice)
    moves, asks = read(p, document.doc_id)
    for table, rows in (("deployments", moves), ("demands", asks)):
        for row in rows:
            yield from _row(p, table, row)
    yield from _rest(p, [*moves, *asks])


def _row(p: Parsed, table: str, row: Row) -> Iterator[str]:
    yield f"    {table}: rule {row['rule']}, confidence {row['confidence']:.2f}"
    yield f"        {provenance.marked(p, row)}"
    yield "        " + ", ".join(f"{k} {row[k]}" for k in FACTS[table].split() if row[k] is not None)
    yield from (f"        from {entry}" for entry in dict.fromkeys(provenance.entries(p, table, row)))
    if row["unresolved"]:
        yield f"        unresolved: {row['unresolved']}"


def _rest(p: Parsed, rows: list[Row]) -> Iterator[str]:
    """What fell out, each with the rule that let it fall; for a sentence without any row, at least one reason."""
    made = {row["trigger_start"] - p.sentence.start for row in rows}
    fallen = {(d.text, d.why): d.start for d in p.dropped if d.start not in made}
    reasons = [f"{text!r}: {why}" for (text, why), start in sorted(fallen.items(), key=lambda x: x[1])]
    reasons += [f"{word!r}: {why}" for word, why in _unasked(p, made)]
    if rows:
        yield from (f"    besides, no row: {reason}" for reason in reasons)
    else:
        yield from (f"    no row: {reason}" for reason in reasons or [_nothing(p)])


def _unasked(p: Parsed, made: set[int]) -> Iterator[tuple[str, str]]:
    """Words that ask in the lexicon and put no demand in this tree."""
    framed = {f.trigger.i for f in frames.find(list(p.doc)) + sayings.find(p)}
    for token in p.doc:
        part = "verbs" if token.pos_ in ("VERB", "AUX") else "nouns"
        entry = lexicon.by_term("demand", part).get(token.lemma_.lower())
        if entry is not None and token.i not in framed and token.idx not in made:
            yield token.text, f"frames: {part[:-1]} {entry['term']!r}: nothing, or nothing of its kind, is asked for"


def _nothing(p: Parsed) -> str:
    """Words passed the gate that are no force and no demand as the parser reads them."""
    actors = ", ".join(f"{a.text!r} {a.code or a.reason}" for a in p.actors) or "none"
    return f"the rules see no force and no demand in its grammar (actors known: {actors})"
