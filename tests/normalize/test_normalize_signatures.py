"""Signatures: a pure function of the words, and the same on every machine."""

from hashlib import sha256

import numpy as np
import pytest

from troopwatch.normalize.signatures import signature
from troopwatch.tables.normalize import SIGNATURE_NUMBERS

WORDS = [f"word{n}" for n in range(200)]


def test_it_is_pinned() -> None:
    made = signature(" ".join(WORDS))
    assert made is not None and len(made) == 4 * SIGNATURE_NUMBERS
    assert sha256(made).hexdigest() == "c7b2d51184192de04b066633df64790b6832434b9398621ef753a933cec7b794", (
        "what is stored in lakes cannot be compared with this any more: a major version of the tables"
    )


def test_case_spaces_and_punctuation_do_not_matter() -> None:
    plain = " ".join(WORDS)
    assert signature(plain) == signature("\n\n".join(f"“{word.upper()}”," for word in WORDS))


@pytest.mark.parametrize(("words", "is_signed"), [(0, False), (3, False), (32, False), (33, True), (20_000, True)])
def test_a_text_of_a_few_words_has_none(words: int, is_signed: bool) -> None:
    assert (signature(" ".join(f"w{n}" for n in range(words))) is not None) == is_signed


def test_a_few_words_said_again_and_again_are_few_words() -> None:
    assert signature("the same five words again " * 500) is None


def test_common_numbers_estimate_common_words() -> None:
    whole, half = signature(" ".join(WORDS)), signature(" ".join(WORDS[:100]))
    shared = np.frombuffer(whole or b"", "<u4") == np.frombuffer(half or b"", "<u4")
    assert abs(shared.mean() - 0.5) < 0.15
