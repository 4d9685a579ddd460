"""Clean text, and addresses as keys: properties that hold for any input."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from troopwatch import encoding
from troopwatch.normalize import markup, text, urls
from troopwatch.normalize.outcome import RefusedError

WORDS = st.text(st.characters(codec=None), max_size=200)


@given(WORDS)
@example("a\u200b\u0301 e\n\n\n \u0301x\r\n\x85y\u2028z\ud800")
def test_cleaning_twice_changes_nothing(words: str) -> None:
    once = text.clean(words)
    assert text.clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once.encode().decode() == once
    assert all(c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"} for c in once)
    assert all(part == " ".join(part.split()) != "" for part in once.split("\n\n") if once)


@given(WORDS)
def test_a_line_is_one_line_of_bounded_length(words: str) -> None:
    found = text.line(words)
    assert found is None or ("\n" not in found and 0 < len(found) <= text.LONGEST_LINE and found == found.strip())


@given(st.binary(max_size=400), st.sampled_from(["", "text/html; charset=utf-16", "text/html; charset=base64"]))
def test_any_bytes_decode(body: bytes, kind: str) -> None:
    encoding.decode(body, kind).encode("utf-8", "surrogatepass")


@given(st.text(max_size=300))
@example("Élysée: «CAFÉ» à Âge, Ã son tour; NÃO — ‘Â’")
def test_right_text_is_not_taken_for_doubly_encoded(words: str) -> None:
    assert (
        encoding.decode(words.encode("utf-8", "replace"))
        == words.encode("utf-8", "replace").decode().removeprefix("\ufeff")
        or encoding.undouble(words) != words
    )


@given(st.text(alphabet="<>/pdivbr &;abé\"'=!-\x00 ", max_size=300))
def test_any_markup_gives_paragraphs_or_a_refusal(html: str) -> None:
    try:
        text.clean(markup.paragraphs(markup.parse(html)))
    except RefusedError as refused:
        assert refused.refusal.rule == "unreadable"


HOSTS = st.from_regex(r"(www\.|m\.)?[a-z]{1,9}\.(com|co\.kr|example)(:80|:8080)?", fullmatch=True)
PATHS = st.text(max_size=60)


@given(st.sampled_from(["http", "https", "HTTP"]), HOSTS, PATHS)
@example("http", "a.example", "//x?a=&amp;utm_source=b&b=2&a=1#f")
@example("http", "a.example", "/a/../%2e%2e/b//c/?q=%E4%B8%AD&&=")
def test_a_canonical_address_is_its_own(scheme: str, host: str, path: str) -> None:
    try:
        found = urls.canonical(f"{scheme}://{host}/{path}")
    except urls.NoUrlError:
        return
    assert urls.canonical(found) == found
    assert urls.site(found) == urls.site(found.lower())


@pytest.mark.parametrize(
    "variant",
    [
        "http://outlet.example/story?b=2&a=1",
        "HTTP://Outlet.Example:80/story?a=1&b=2",
        "http://outlet.example/story/?a=1&b=2#comments",
        "http://outlet.example/x/../story?a=1&utm_source=rss&b=2&fbclid=z",
        " http://outlet.example//story?a=1&b=2\n",
    ],
)
def test_variants_of_an_address_are_one(variant: str) -> None:
    assert urls.canonical(variant).replace("/story/?", "/story?") == "http://outlet.example/story?a=1&b=2"


def test_parameters_that_tell_articles_apart_stay() -> None:
    assert urls.canonical("http://o.example/view.do?nttId=1") != urls.canonical("http://o.example/view.do?nttId=2")


@pytest.mark.parametrize(
    "words", ["", "no address", "/story", "javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.c"]
)
def test_what_is_no_web_address_is_refused(words: str) -> None:
    with pytest.raises(urls.NoUrlError):
        urls.canonical(words)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("https://www.outlet.example/right", "https://www.outlet.example/right"),
        ("/right?utm_medium=x", "http://outlet.example/right"),
        ("http://other.example/right", "http://outlet.example/story"),
        ("http://outlet.example/", "http://outlet.example/story"),
        ("javascript:void(0)", "http://outlet.example/story"),
        ("http://[broken", "http://outlet.example/story"),
        (None, "http://outlet.example/story"),
    ],
)
def test_a_canonical_link_counts_on_the_same_site(stated: str | None, expected: str) -> None:
    assert urls.of_page("http://outlet.example/story", stated) == expected
