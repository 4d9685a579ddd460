"""Sentences of the real corpora, drawn by chance, labelled by the codebook and kept by reference, without their words.

A line of `fresh_a.jsonl`, `fresh_b.jsonl` or `fresh_c.jsonl` names a source, a day and a document, says where in it a
sentence stands (`start`, `end`) and the one before it (`left`), with their sha256, and holds the sentence's records.
A span of a record is `[start, end]`, offsets into the sentence, or `{"left": [start, end]}`, into the one before it.
Two of three (in the third set five of six) were drawn for a military or a demanding word, the others from all the rest;
most hold no record. The third set was labelled before detection had read any of it.

    PYTHONPATH=include .venv/bin/python tests/detect/gold/fresh.py fresh_a > fresh_a.gold.jsonl
"""

import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from troopwatch import normalize, scrape, settings
from troopwatch.lake import Lake
from troopwatch.tables import LAKE

Item = dict[str, Any]
Texts = Mapping[tuple[str, str, str], Sequence[str]]

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SPANS = ("trigger", "force_text", "count_text", "demander_text", "addressee_text", "content_text", "speaker_text")

_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9])|\n+")
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Sen|Rep|Gov|Prof|St|No|vs|Jr|Sr|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec"
    r"|[A-Za-z](?:\.[A-Za-z])*)\.$"
)


class NotThereError(LookupError):
    """A sentence that its document holds no longer; the message names it."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Where sentences start and end, by the simple rule they were drawn with."""
    spans, start = [], 0
    for end, breaks in [*((m.end(), m.group()) for m in _END.finditer(text)), (len(text), "\n")]:
        piece = text[start:end]
        if not breaks.startswith("\n") and _ABBREVIATION.search(piece):
            continue
        if piece.strip():
            spans.append((end - len(piece.lstrip()), start + len(piece.rstrip())))
        start = end
    return spans


def references(name: str) -> list[Item]:
    return [json.loads(line) for line in Path(__file__).with_name(f"{name}.jsonl").read_text("utf-8").splitlines()]


def plain(url: str) -> str:
    """An address without what its cleaning may change: the scheme, and slashes that stand together."""
    return re.sub(r"/+", "/", url.partition("://")[2].rstrip("/"))


def documents(wanted: Iterable[tuple[str, str]], data: Path) -> Texts:
    """The texts of sources' days by source, day and address. Raises FileNotFoundError where there are no corpora."""
    here = settings.load().model_copy(update={"data": data})
    if not here.corpus.is_dir():
        raise FileNotFoundError(f"no captures in {here.corpus}: set TROOPWATCH_CORPUS")
    pairs, texts = sorted(set(wanted)), defaultdict(list)
    for source, day in pairs:
        scrape.run(date.fromisoformat(day), source, here, NOW)
    for day in sorted({day for _, day in pairs}):
        normalize.run(date.fromisoformat(day), here)
        for row in Lake(data).rows(LAKE["documents"], date.fromisoformat(day)):
            for address in {plain(row["canonical_url"]), plain(row["url"])}:
                texts[row["source"], day, address].append(row["text"])
    return texts


def locate(reference: Item, texts: Sequence[str]) -> tuple[str, str]:
    """The sentence before, and the sentence. Raises NotThereError where no version of the document holds them."""
    before, here = slice(*(reference["left"] or (0, 0))), slice(reference["start"], reference["end"])
    candidates = [(text[before], text[here]) for text in texts]
    for text in texts:  # where the offsets have moved
        candidates += pairwise(["", *(text[a:b] for a, b in sentences(text))])
    for left, sentence in candidates:
        if (digest(sentence), digest(left)) == (reference["sha256"], reference["left_sha256"]):
            return left, sentence
    raise NotThereError(f"{reference['id']}: {reference['url']} of {reference['day']} holds its sentence no longer")


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def in_words(record: Item, sentence: str, left: str) -> Item:
    """A record with its spans as words, and `trigger_nth` where the trigger's words repeat."""

    def words(span: Any) -> str | None:
        return span and (left[slice(*span["left"])] if isinstance(span, dict) else sentence[slice(*span)])

    made = record | {name: words(record[name]) for name in SPANS if name in record}
    if "places" in record:
        made["places"] = [place | {"text": words(place["text"])} for place in record["places"]]
    nth = 1 + len(re.findall(rf"(?<!\w){re.escape(made['trigger'])}(?!\w)", sentence[: record["trigger"][0]]))
    return made | {"trigger_nth": nth} if nth > 1 else made


MOST_LOST = 6
"""Items of a set that may be found no more: extraction changes, and with it where a text is cut."""


def rebuild(name: str, data: Path) -> list[Item]:
    """The items of a set with all their words, but for a few whose text has changed since they were labelled.

    Raises NotThereError where more than MOST_LOST have, and FileNotFoundError as `documents` does.
    """
    lines, found, lost = references(name), [], []
    texts = documents(((line["source"], line["day"]) for line in lines), data)
    for line in lines:
        try:
            found.append(item(line, texts.get((line["source"], line["day"], plain(line["url"])), [])))
        except NotThereError as error:
            lost.append(str(error))
    if len(lost) > MOST_LOST:
        raise NotThereError("; ".join(lost))
    return found


def item(line: Item, texts: Sequence[str]) -> Item:
    left, sentence = locate(line, texts)
    records = {t: [in_words(record, sentence, left) for record in line[t]] for t in ("deployments", "demands")}
    return {"id": line["id"], "doc_date": line["doc_date"], "left_context": left, "text": sentence} | records


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.writelines(json.dumps(i, ensure_ascii=False) + "\n" for i in rebuild(sys.argv[1], Path(folder)))
