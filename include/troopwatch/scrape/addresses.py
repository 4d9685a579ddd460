"""Addresses as listings and redirects give them: anybody's words until they have been read as a browser reads them."""

import ada_url

LONGEST = 8000
"""Characters of an address; what is longer is an attack or a mistake."""
_PLAIN = frozenset(map(chr, range(0x21, 0x7F)))


def clean(words: str) -> str:
    """An address that stays the same in a header, a file and a table. Raises ValueError where the words are none.

    A plain one is kept to the letter. Line breaks within are dropped and other characters escaped, as browsers do.
    """
    address = words.strip().translate({9: None, 10: None, 13: None})
    if len(address) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST} characters")
    parsed = ada_url.URL(address)
    return address if _PLAIN.issuperset(address) else str(parsed.href)


def shown(words: str) -> str:
    """The start of words that are no address, on one line and fit for a row."""
    return " ".join(words.split())[:200].encode("utf-8", "replace").decode()
