"""Why a text gives the rows it gives: each sentence with its rows, or with the step at which it fell out."""

from collections.abc import Iterator
from typing import Any

from troopwatch.detect import codebook
from troopwatch.detect.demands import frames, sayings
from troopwatch.detect.deployments import forces, triggers
from troopwatch.detect.document import Document, read
from troopwatch.detect.reading import gate, parse, sentences
from troopwatch.detect.reading.parsed import Parsed
from troopwatch.detect.reading.sentences import Sentence

Row = dict[str, Any]
SPANS = ("trigger", "force", "count", "demander", "addressee", "content", "speaker")
FACTS = {
    "deployments": "force_owner_code unit_type phase status tense_class activity count_min count_max count_scope",
    "demands": "demander_code demander_kind addressee_code content_type strength form status response",
}


def explain(document: Document) -> str:
    """The whole text, sentence by sentence, for a reader."""
    return "\n".join(line for s in sentences.split(document.text) for line in _sentence(document, s))


def _sentence(document: Document, sentence: Sentence) -> Iterator[str]:
    yield f"[{sentence.start}:{sentence.end}] {sentence.text}"
    words = gate.reasons(sentence.text)
    if not words:
        yield "    no row: the gate knows no word in it"
        return
    yield f"    gate: {', '.join(words)}"
    p = Parsed(sentence, next(parse.parse([sentence.text])), document.day, document.voice)
    yield from _entries(p)
    moves, asks = read(p, document.doc_id)
    for table, rows in (("deployments", moves), ("demands", asks)):
        for row in rows:
            yield from _row(table, row)
    if not moves and not asks:
        yield f"    no row: {_fell_out(p)}"


def _entries(p: Parsed) -> Iterator[str]:
    """What the dictionaries know in the sentence."""
    for a in p.actors:
        yield f"    actor {a.text!r}: {a.code or a.reason} ({a.form}, {a.entry})"
    for x in p.places:
        yield f"    place {x.text!r}: {x.country} ({x.kind}, {x.entry})"
    for c in p.counts:
        yield f"    count {p.text[c.start : c.end]!r}: {c.minimum} to {c.maximum}{' approx.' if c.approx else ''}"


def _row(table: str, row: Row) -> Iterator[str]:
    yield f"    {table}: rule {row['rule']}, confidence {row['confidence']:.2f}, codebook {codebook.load().version}"
    for span in SPANS:
        if row.get(f"{span}_start") is not None:
            yield f"        {span} [{row[f'{span}_start']}:{row[f'{span}_end']}] {row[f'{span}_text']}"
    for x in row.get("places") or []:
        yield f"        place [{x['start']}:{x['end']}] {x['text']}: {x['role']} {x['country']}"
    yield "        " + ", ".join(f"{k} {row[k]}" for k in FACTS[table].split() if row[k] is not None)
    if row["unresolved"]:
        yield f"        unresolved: {row['unresolved']}"


def _fell_out(p: Parsed) -> str:
    """The last step that something of the sentence reached."""
    found = forces.find(p)
    idle = [f.span.text for f in found if triggers.of_force(p, f) is None]
    asked = [f.trigger.text for f in frames.find(list(p.doc)) + sayings.find(p)]
    reasons = []
    if idle:
        reasons.append(f"nothing is said to move or keep {', '.join(idle)}")
    elif found:
        reasons.append("what is said of the force is aid or a second mention")
    if asked:
        reasons.append(f"{', '.join(asked)}: neither who asks nor who is asked, nor the act, is political")
    return "; ".join(reasons) or "no force and no demand in its grammar"
