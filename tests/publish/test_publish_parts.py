"""The small parts: quotes, names, ranges, links and texts."""

import re
from datetime import UTC, datetime

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup
from publish_days import WIRE
from publish_samples import DAY, WIRE_SENTENCE, deployment

from troopwatch.publish import figures, html, names, quotes
from troopwatch.settings import TEMPLATES


def marked(row: dict[str, object]) -> list[tuple[str, str]]:
    return [(piece.text, piece.mark) for piece in quotes.quote(row).pieces]


def test_the_sentence_is_marked_by_offsets() -> None:
    assert marked(deployment(WIRE, WIRE_SENTENCE, count="400", bounds=(400, 400))) == [
        ("There are ", ""),
        ("400", "count"),
        (" North Korean ", ""),
        ("troops", "trigger"),
        (" in Russia.", ""),
    ]


def test_offsets_count_code_points() -> None:
    sentence = "\U0001f600\u0301 400 troops."
    assert ("troops", "trigger") in marked(deployment(WIRE, sentence, count="400"))


def test_a_span_that_does_not_hold_its_words_is_not_marked() -> None:
    row = deployment(WIRE, WIRE_SENTENCE, count="400") | {"count_start": 1001, "trigger_start": 12}
    assert marked(row) == [(WIRE_SENTENCE, "")]


def test_spans_may_overlap() -> None:
    row = deployment(WIRE, WIRE_SENTENCE, "North Korean troops", count="400 North Korean")
    assert marked(row)[1:3] == [("400 North Korean", "count"), (" troops", "trigger")]


def test_an_endless_sentence_is_cut_around_its_marks() -> None:
    sentence = f"{'x' * 5000} 400 troops {'y' * 5000}"
    found = quotes.quote(deployment(WIRE, sentence, count="400"))
    assert found.cut
    assert sum(len(piece.text) for piece in found.pieces) == quotes.LONGEST
    assert {piece.mark for piece in found.pieces} == {"", "count", "trigger"}


@pytest.mark.parametrize(
    ("low", "high", "about", "unit", "words"),
    [
        (10000, 10000, False, "persons", "10,000"),
        (10000, 10000, True, "persons", "about 10,000"),
        (11000, 12000, False, "persons", "11,000 to 12,000"),
        (None, 5000, True, "persons", "up to 5,000"),
        (2000, None, True, "persons", "at least 2,000"),
        (2, 2, False, "ships", "2 ships"),
        (None, None, None, None, ""),
    ],
)
def test_a_range_in_words(low: int | None, high: int | None, about: bool | None, unit: str | None, words: str) -> None:
    row = deployment(WIRE, WIRE_SENTENCE, count_min=low, count_max=high, count_approx=about, count_unit=unit)
    assert figures.figure(row).range == words


@pytest.mark.parametrize(("origins", "independent"), [(["Narae"] * 3, 1), (["Narae", "Post", "Narae"], 2)])
def test_copies_of_one_text_are_one_independent_source_of_a_figure(origins: list[str], independent: int) -> None:
    row = deployment(WIRE, WIRE_SENTENCE, count="400", bounds=(400, 400))
    row |= {"claimed_by": "the Pentagon", "shelf": "in_place", "title": None, "canonical_url": None, "claim_date": DAY}
    (group,) = figures.groups([row | {"syndicated_from": origin} for origin in origins], DAY)
    (line,) = group.lines
    assert (len(line.evidence), line.independent) == (3, independent)


@pytest.mark.parametrize(
    ("code", "words", "name", "sector"),
    [
        ("PRKMIL", "North Korean", "North Korea", "military"),
        ("RUS", "Moscow", "Russia", ""),
        ("KOR;CAN", None, "South Korea; Canada", ""),
        ("IGOUNO", "the UN", "the UN", "international body"),
        ("IGOUNO", None, "United Nations", "international body"),
        ("IGOXYZ", None, "IGOXYZ", "international body"),
        ("SUNMIL", "Soviet", "Soviet Union", "military"),
        ("XKX", None, "Kosovo", ""),
        ("---CVL", None, "nationality unknown", "civilian"),
        ("QQQGOV", None, "QQQ", "government"),
        (None, "the group", "", ""),
    ],
)
def test_an_actor_has_a_name(code: str | None, words: str | None, name: str, sector: str) -> None:
    assert names.actor(code, words) == names.Actor(name, words or "", sector, code or "")


@pytest.mark.parametrize("url", ["http://a.example/x?y=1&z=2#f", "https://ünïcode.example/ß", "HTTPS://A.example"])
def test_web_addresses_are_links(url: str) -> None:
    assert html.link(url) == url


@pytest.mark.parametrize(
    "url",
    [None, "", "javascript:alert(1)", " https://a.example", "https://a.example/\n", "https://", "http:///x", "https://a@b.example",
     "//a.example", "ftp://a.example", "https://[::1", "https://a.example/\u202e", f"https://a.example/{'x' * 3000}"],
)  # fmt: skip
def test_anything_else_is_no_link(url: str | None) -> None:
    assert html.link(url) is None


def test_what_cannot_be_seen_is_shown() -> None:
    assert html.visible("a\u202eb\x00c\x9bd\u2028e\u00a0f") == "a[U+202E]b[U+0000]c[U+009B]d e f"
    assert html.visible("می\u200cخواهم") == "می\u200cخواهم"


def test_a_time_is_no_more_exact_than_its_source() -> None:
    moment = datetime(2024, 11, 4, 18, 5, 9, tzinfo=UTC)
    assert html.instant(moment, "day") == "2024-11-04"
    assert html.instant(moment, "minute") == "2024-11-04 18:05 UTC"
    assert html.instant(moment, "second") == "2024-11-04 18:05:09 UTC"


def test_templates_escape_everything_whatever_they_are_called() -> None:
    env = html.environment()
    assert env.from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"
    assert env.autoescape("style.css")
    for path in TEMPLATES.rglob("*.*"):
        source = path.read_text(encoding="utf-8")
        assert "|safe" not in source.replace(" ", ""), path
        assert "autoescape" not in source, path
        assert ("<script" in source) == (path.name == "index.html"), path


def test_what_is_missing_is_never_printed_as_nothing() -> None:
    env = html.environment()
    with pytest.raises(UndefinedError):
        env.from_string("{{ nothing }}").render()
    with pytest.raises(TypeError, match="say what is missing"):
        env.from_string("{{ x }}").render(x=None)
    assert env.from_string("{{ x }}").render(x=Markup("<b>")) == "<b>"


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_has_the_contrast_of_wcag_aa(scheme: int) -> None:
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    block = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[scheme]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
    pairs = [(ink, ground) for ink in ("ink", "soft", "link", "accent") for ground in ("page", "card")]
    pairs += [(ink, f"{ink}-bg") for ink in ("good", "warn", "bad")]
    pairs += [(ink, f"{banner}-bg") for ink in ("ink", "soft") for banner in ("good", "warn", "bad")]
    pairs += [(f"s{n}", ground) for n in range(1, 7) for ground in ("page", "card")]
    pairs += [(ink, f"heat-{n}") for ink in ("ink", "link") for n in range(1, 5)]
    for ink, ground in [*pairs, ("ink", "mark"), ("ink", "figure")]:
        low, high = sorted((luminance(colours[ink]), luminance(colours[ground])))
        assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, ground)
