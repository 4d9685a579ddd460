"""What a day's pages of a source have in common is cut off their ends; articles lose nothing of their own."""

import random
from copy import deepcopy
from hashlib import sha256
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from normalize_lake import TEXT, URL, Newsstand, block, html, item, rss

from troopwatch.normalize import boilerplate

APPEAL = "Our journalism depends on readers: please give what you can to keep it open to everybody."
LICENCE = "No part of this text may be printed elsewhere without the written consent of this newspaper."
BACKGROUND = "The two countries signed a treaty of mutual defence in June, which both parliaments have passed."


def own(number: int) -> str:
    return " ".join(f"Word{number} told the council about plan {number}{n}." for n in range(12))


def page(number: int, *parts: str, **more: Any) -> dict[str, Any]:
    text = "\n\n".join(parts)
    named = {
        "source": "s",
        "outlet": "o",
        "article_id": f"a{number}",
        "doc_id": f"d{number}",
        "title": f"Title {number}",
    }
    return named | {"text": text, "characters": len(text), "boilerplate_removed": 0} | more


def texts(rows: list[dict[str, Any]]) -> list[str]:
    boilerplate.cut(rows)
    return [row["text"] for row in rows]


def test_appeals_are_cut_off_both_ends_and_the_row_says_so() -> None:
    rows = [page(n, "By Kim Lee", APPEAL, own(n), "Seoul", BACKGROUND, own(-n), LICENCE, "More") for n in range(3)]
    rows.append(page(3, APPEAL, own(3), LICENCE, own(4)))
    boilerplate.cut(rows)
    assert [row["text"].split("\n\n") for row in rows[:3]] == [[own(n), "Seoul", BACKGROUND, own(-n)] for n in range(3)]
    assert rows[3]["text"].split("\n\n") == [own(3), LICENCE, own(4)], "what stands amid a text is its own"
    for row in rows:
        assert row["text_sha256"] == sha256(row["text"].encode()).hexdigest()
        assert row["characters"] == len(row["text"])
        assert row["boilerplate_removed"] > len(APPEAL)
        assert row["doc_id"] == f"d{row['article_id'][1:]}"


def test_what_is_no_boilerplate_stays() -> None:
    two = [page(n, own(n), APPEAL) for n in range(2)]
    rare = [page(n, own(n), APPEAL if n < 3 else own(-n)) for n in range(10)]
    one_title = [page(n, own(n), APPEAL, title="The same") for n in range(4)]
    versions = [page(1, own(n), APPEAL, title=f"Title {n}") for n in range(4)]
    copies = [page(n, own(0), own(1), APPEAL, f"As told to paper {n}.") for n in range(4)]
    forms = [page(n, APPEAL) for n in range(4)]
    bylines = [page(n, "Kim Lee, Minister", own(n)) for n in range(4)]
    others = [page(n, own(n), APPEAL, outlet=f"o{n}") for n in range(4)]
    for rows in (two, rare, one_title, versions, copies, forms, bylines, others):
        assert texts(deepcopy(rows)) == [row["text"] for row in rows]


PARTS = st.lists(st.sampled_from([APPEAL, LICENCE, BACKGROUND, "By Kim Lee", own(1), own(2), own(3)]), min_size=1)


@given(st.lists(PARTS, max_size=8), st.randoms(use_true_random=False))
def test_no_page_is_emptied_and_the_order_does_not_matter(days: list[list[str]], chance: random.Random) -> None:
    rows = [page(n, *parts) for n, parts in enumerate(days)]
    shuffled = deepcopy(rows)
    chance.shuffle(shuffled)
    before = [row["text"] for row in rows]
    after = texts(rows)
    assert all(text and 2 * len(text) >= len(old) and text in old for text, old in zip(after, before, strict=True))
    boilerplate.cut(shuffled)
    assert sorted(shuffled, key=rows.index) == rows


def test_the_stage_cuts_pages_and_leaves_items_of_feeds(stand: Newsstand) -> None:
    stories = [f"<p>{own(n)} {own(n + 20)}</p><p>{own(n + 40)}</p><p>{APPEAL}</p>" for n in range(4)]
    titled = [html(story, f"<title>Story number {n}</title>") for n, story in enumerate(stories)]
    stand.capture("pages", *[(f"{URL}-{n}", block(body)) for n, body in enumerate(titled)])
    stand.capture("feed", ("http://f.example/", block(rss(*[item(f"s{n}", s) for n, s in enumerate(stories)]))))
    assert stand.run()["cut"] == 4
    assert {(row["source"], APPEAL in row["text"]) for row in stand.documents} == {("pages", False), ("feed", True)}
    assert TEXT not in stand.documents[0]["text"]
