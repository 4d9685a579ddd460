"""Any text costs what its length costs, and never more: the work is counted, not timed."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from detect_rows import check
from spacy.tokens import Doc

import alone
from troopwatch.detect.document import Document, find, find_all
from troopwatch.detect.reading import gate, parse, sentences

NEWS = Document("news", "Norway sent 300 soldiers to Latvia. Egypt urged Israel to leave Gaza.")
ENDLESS = {
    "20,000 words": "France sent troops to Mali and " * 3_400,
    "one noun": "troops " * 4_000,
    "a list": "troops, " * 4_000,
    "one word": "demanded" * 4_000,
    "brackets": "(" * 20_000 + "troops",
    "stops": "troops." * 4_000,
    "quotation marks": '"troops ' * 4_000,
    "digits": "1,000" * 4_000 + " troops",
    "marks": "troops" + "\u0301" * 20_000,
}
WORKER = 1_000
"""Megabytes that a worker may take."""


class Spy:
    """Counts what the parser is given."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.lengths: list[int] = []
        real = parse.parse

        def counted(texts: Iterable[str]) -> Iterator[Doc]:
            return real(self._count(t) for t in texts)

        monkeypatch.setattr(parse, "parse", counted)

    def _count(self, text: str) -> str:
        self.lengths.append(len(text))
        return text


@pytest.mark.parametrize("name", ENDLESS)
def test_no_sentence_without_an_end_reaches_the_parser_whole(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    spy = Spy(monkeypatch)
    check(ENDLESS[name], find(Document("long", ENDLESS[name])))
    assert max(spy.lengths) <= sentences.LONGEST
    assert sum(spy.lengths) <= len(ENDLESS[name])


def test_twice_the_text_is_twice_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    spy, looked = Spy(monkeypatch), list[int]()
    real = gate.passes
    monkeypatch.setattr(gate, "passes", lambda text: looked.append(len(text)) or real(text))
    work = []
    for times in (1, 2, 4):
        spy.lengths.clear()
        looked.clear()
        find(Document("large", alone.LARGE * 20 * times))
        work.append((sum(spy.lengths), sum(looked)))
    assert [tuple(n / times for n in w) for w, times in zip(work, (1, 2, 4), strict=True)] == [work[0]] * 3


def test_hard_texts_cost_no_other_document_its_rows() -> None:
    hard = [Document(name, text) for name, text in ENDLESS.items()]
    found = list(find_all([NEWS, *hard, NEWS]))
    assert found[0] == found[-1] == find(NEWS)


def test_five_megabytes_and_twenty_thousand_words_fit_a_worker(tmp_path: Path) -> None:
    rain = alone.LARGE.replace("France sent 500 soldiers to Mali.", "Nobody went out.")
    large = rain * 2_600 + "France sent 500 soldiers to Mali.\n\n" + rain * 2_600
    assert len(large) > 5_000_000
    took = alone.cost([NEWS, Document("large", large), Document("long", ENDLESS["20,000 words"]), NEWS], tmp_path)
    lines = [json.loads(line) for line in (tmp_path / "pred.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [len(line["deployments"]) for line in lines[:2]] == [1, 1] and lines[0] == lines[-1]
    assert took.peak < WORKER
