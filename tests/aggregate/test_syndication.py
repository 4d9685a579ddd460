"""Copies of one text: found across outlets and days, in any order of days, and nothing folded that only looks alike."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from random import Random
from typing import Any

import pytest
from aggregate_lake import Days, Row

from newsroom.content import outlets
from troopwatch.normalize.signatures import signature

MON, TUE, WED = (date(2024, 10, n) for n in (14, 15, 16))
FORCE = {"force_owner_code": "PRKMIL", "phase": "present", "status": "asserted"}
GROUPS = "SELECT doc_id, syndication_id FROM articles ORDER BY ALL"
SYLLABLES = ["ba", "re", "ki", "lo", "mun", "ta", "ves", "ori", "pal", "den", "shu", "gar"]


def words(random: Random, count: int) -> str:
    """A text that nobody wrote: invented words in sentences of twelve."""
    made = ["".join(random.choices(SYLLABLES, k=3)) for _ in range(count)]
    return ". ".join(" ".join(made[at : at + 12]) for at in range(0, count, 12)) + "."


def story(seed: str, count: int = 360) -> str:
    return words(Random(seed), count)


def sentences(text: str) -> list[str]:
    return text.split(". ")


def cut(text: str, share: float) -> str:
    """The beginning of a text, as a paper with little room prints it."""
    whole = sentences(text)
    return ". ".join(whole[: max(1, int(share * len(whole)))])


def edited(text: str, random: Random, share: float) -> str:
    """A text as a desk edits it: some words replaced in a share of its sentences, one in eight dropped, two added."""
    kept = [line for line in sentences(text) if random.random() > 0.125]
    lines = [_reworded(line, random) if random.random() < share else line for line in kept]
    return ". ".join([lines[0], words(random, 24), *lines[1:]])


def _reworded(line: str, random: Random) -> str:
    return " ".join(word if random.random() < 0.65 else words(random, 1) for word in line.split())


def doc(name: str, text: str, outlet: str = "", at: time = time(9), **more: Any) -> Row:
    """A document of a source and outlet of its own, unless said otherwise, published on Monday."""
    named = {"doc_id": name, "article_id": name, "source": f"source_{name.lower()}", "outlet": outlet or f"The {name}"}
    published = {"published_at": datetime.combine(MON, at, UTC), "published_precision": "minute"}
    return named | published | {"characters": len(text), "signature": signature(text)} | more


def test_one_wire_text_in_forty_outlets_is_forty_mentions_and_one_independent_source(made: Days) -> None:
    wire, random = story("wire"), Random(1)
    copies = [doc(f"copy{n}", edited(wire, random, 0.2), at=time(10, n)) for n in range(39)]
    made.add(MON, doc("wire", wire), *copies[:20], each=(FORCE,))
    made.add(TUE, *copies[20:], each=(FORCE,))
    assert {origin for _, origin in made.ask(GROUPS)} == {"wire"}
    assert made.ask("SELECT DISTINCT syndicated_from FROM articles") == [("The wire",)]
    figures = "SELECT day, mentions, articles, sources, independent_sources FROM daily_deployments ORDER BY day"
    assert made.ask(figures) == [(MON, 21, 21, 21, 1), (TUE, 19, 19, 19, 1)]


def test_five_texts_of_ones_own_are_one_independent_source_and_a_second_outlet_is_another(made: Days) -> None:
    own = [doc(f"own{n}", story(f"own{n}"), outlet="The Post") for n in range(5)]
    made.add(MON, *own, doc("other", story("other")), each=(FORCE,))
    assert made.ask("SELECT articles, independent_sources FROM daily_deployments") == [(6, 2)]
    assert all(name == origin for name, origin in made.ask(GROUPS))


def test_days_in_any_order_give_the_same_content(tmp_path: Path) -> None:
    wire, random = story("wire"), Random(2)
    days = {
        MON: [doc("wire", wire), doc("alone", story("alone"))],
        TUE: [doc("copy", edited(wire, random, 0.2), at=time(12)), doc("wire", wire)],
        WED: [doc("late", cut(wire, 0.5), at=time(15)), doc("early", edited(wire, random, 0.2), at=time(3))],
    }
    seen = []
    for number, order in enumerate(([MON, TUE, WED], [WED, TUE, MON], [TUE, WED, MON])):
        made = Days(tmp_path / str(number))
        for day in order:
            made.add(day, *days[day], each=(FORCE,))
        tables = ("articles", "deployments", "daily_deployments", "coverage")
        seen.append([made.ask(f"FROM {name} ORDER BY ALL") for name in tables])
    assert seen[0] == seen[1] == seen[2]
    assert dict(made.ask(GROUPS)) == dict.fromkeys(("copy", "early", "late", "wire"), "early") | {"alone": "alone"}


def test_a_day_that_closes_gives_its_copies_back_to_the_next_that_had_the_text(made: Days) -> None:
    made.add(MON, doc("wire", story("wire")))
    made.add(TUE, doc("copy", story("wire"), at=time(12)))
    made.judge(MON, closed="ledger.floor")
    assert made.ask(GROUPS) == [("copy", "copy")]


def test_a_round_up_of_two_stories_joins_one_and_does_not_make_the_two_one(made: Days) -> None:
    one, two = story("one", 300), story("two", 200)
    made.add(MON, doc("one", one), doc("two", two), doc("round-up", f"{one} {two}", at=time(20)))
    assert made.ask(GROUPS) == [("one", "one"), ("round-up", "one"), ("two", "two")]


def test_a_date_alone_does_not_make_a_copy_the_original(made: Days) -> None:
    midnight = {"at": time(0), "published_precision": "day"}
    seen = {"captured_at": datetime.combine(TUE, time(1), UTC)}
    made.add(MON, doc("wire", story("wire"), at=time(9), **seen), doc("copy", story("wire"), **midnight, **seen))
    assert dict(made.ask(GROUPS)) == {"copy": "wire", "wire": "wire"}


def test_versions_of_an_article_are_one_text_however_much_it_was_rewritten(made: Days) -> None:
    first, second = doc("v1", story("first")), doc("v2", story("second"), at=time(12), article_id="v1")
    made.add(MON, first, second, doc("copy", cut(story("second"), 0.7), at=time(14)))
    assert made.ask(GROUPS) == [("copy", "v1"), ("v1", "v1"), ("v2", "v1")]


@pytest.mark.parametrize(
    ("one", "other", "outlet"),
    [
        (story("a", 30), story("a", 30), ""),
        (story("a", 90) + story("formula", 60), story("b", 90) + story("formula", 60), ""),
        (story("a", 200) + story("formula", 200), story("b", 200) + story("formula", 200), "The Post"),
        (story("a", 600) + story("quote", 120), story("b", 200) + story("quote", 60), ""),
    ],
    ids=["too short to tell", "short with a formula", "daily reports of one outlet", "the same speech quoted"],
)
def test_what_only_looks_alike_is_not_folded(made: Days, one: str, other: str, outlet: str) -> None:
    made.add(MON, doc("one", one, outlet), doc("other", other, outlet, at=time(12)))
    assert made.ask(GROUPS) == [("one", "one"), ("other", "other")]


def test_an_outlet_that_prints_its_own_text_again_has_printed_one(made: Days) -> None:
    made.add(MON, doc("one", story("a"), "The Post"))
    made.add(TUE, doc("again", story("a") + words(Random(3), 12), "The Post", at=time(12)))
    assert made.ask(GROUPS) == [("again", "one"), ("one", "one")]


def test_a_text_carried_a_thousand_times_is_one_and_costs_no_square(made: Days) -> None:
    text = story("wire")
    held = [doc(f"c{n:04}", text, at=time(n // 60, n % 60)) for n in range(1000)]
    made.add(MON, *held)
    assert made.ask("SELECT syndication_id, count(*) FROM articles GROUP BY ALL") == [("c0000", 1000)]


def test_the_newsrooms_copies_are_found_and_no_other(made: Days) -> None:
    pages = [(outlet, page) for outlet in outlets() for page in outlet.pages if page.paragraphs]
    names = [f"{outlet.name}/{page.day}/{page.slug}" for outlet, page in pages]
    held = [
        doc(name, "\n\n".join(page.paragraphs), outlet.title, source=outlet.name, published_at=page.published)
        for name, (outlet, page) in zip(names, pages, strict=True)
    ]
    made.add(MON, *held)
    said = {name: page.syndicated_from for name, (_, page) in zip(names, pages, strict=True) if page.syndicated_from}
    assert len(said) == 4
    assert {name: origin for name, origin in made.ask(GROUPS) if name != origin} == said


EDITS = {
    "a tenth left out": (0.995, lambda text, random: cut(text, 0.9)),
    "a third left": (0.95, lambda text, random: cut(text, 0.35)),
    "a fifth of the sentences reworded": (0.97, lambda text, random: edited(text, random, 0.2)),
    "a third of the sentences reworded": (0.95, lambda text, random: edited(text, random, 0.33)),
}


@pytest.mark.parametrize("kind", EDITS)
def test_edited_copies_are_found_and_no_other_text_is_taken_for_one(made: Days, kind: str) -> None:
    least, edit = EDITS[kind]
    random = Random(kind)
    stories = {f"s{n}": story(f"{n}", 200 + 5 * n) for n in range(100)}
    copies = {f"{name}-copy{n}": edit(text, random) for name, text in stories.items() for n in range(2)}
    originals = [doc(name, text) for name, text in stories.items()]
    made.add(MON, *originals, *(doc(name, text, at=time(12)) for name, text in copies.items()))
    found = dict(made.ask(GROUPS))
    wrong = [name for name, origin in found.items() if name.partition("-")[0] != origin.partition("-")[0]]
    recall = sum(found[name] == name.partition("-")[0] for name in copies) / len(copies)
    assert wrong == [] and recall >= least, f"recall {recall:.3f}"
