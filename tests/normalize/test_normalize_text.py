"""Clean text: properties that hold for any input."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from troopwatch import encoding
from troopwatch.normalize import markup, text
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
