"""A text's signature: a few numbers by which a copy of it is known, without the text itself.

MinHash over runs of words: the share of numbers that two signatures have in common estimates the share of runs that
their texts have in common (Jaccard). Which texts are copies is decided when an edition is made, over all days.
"""

import re
import struct

from rensa import RMinHash

from troopwatch.tables.normalize import SIGNATURE_NUMBERS

FEWEST = 30
"""Runs below which a text is not signed: what is that short is alike by its formula and not by its origin."""
SEED = 20_240_229
_WORD = re.compile(r"\w+")


def signature(text: str) -> bytes | None:
    """128 unsigned 32-bit numbers, little-endian: the same for the same words in any case and punctuation.

    None for a text of fewer than 33 words.
    """
    words = _WORD.findall(text.casefold())
    # Four words: unrelated articles share almost no such run, and a copy with a word changed loses only four.
    runs = set(map(" ".join, zip(words, words[1:], words[2:], words[3:], strict=False)))
    if len(runs) < FEWEST:
        return None
    made = RMinHash(num_perm=SIGNATURE_NUMBERS, seed=SEED)
    made.update(list(runs))
    return struct.pack(f"<{SIGNATURE_NUMBERS}I", *made.digest())
