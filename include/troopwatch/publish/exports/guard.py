"""Text from the web that a spreadsheet must not run: CSV has no types, so a cell that begins with = is a formula there.

Such a cell gets an apostrophe in front, as OWASP advises on CSV injection. So does what stands after a semicolon, a tab
or a line break: a spreadsheet that takes those for the end of a cell would begin a new one there. What counts is the
first character behind quotes, spaces and characters that are not seen, and apostrophes are among these: that is why
`plain` gives back exactly what `guarded` was given, whatever it was.
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

FORMULA = "[=+@＝＋－＠-]"
"""What formulas begin with, the wide forms of Japanese and Chinese keyboards too."""
SKIPPED = (
    r"[\x00-\x08\x0b\x0c\x0e-\x20'"
    '"'
    "\u0085\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]*"
)
"""What spreadsheets or people may strip before they look; no character that ends a cell, so that a look is short."""
BREAK = "[;\\t\\r\\n]"
_START = rf"(?:'*[\t\r\n]|{SKIPPED}{FORMULA})"
_RISKY = re.compile(rf"^(?={_START})|(?<={BREAK})(?={SKIPPED}{FORMULA})")
_GUARDED = re.compile(rf"^'(?={_START})|(?<={BREAK})'(?={SKIPPED}{FORMULA})")
_FOUND = rf"^{_START}|{BREAK}{SKIPPED}{FORMULA}"
"""The same without a look around, which the search in whole columns does not know."""


def is_risky(words: str) -> bool:
    """Whether a spreadsheet might take the text, or a part of it, for a formula."""
    return _RISKY.search(words) is not None


def guarded(words: str) -> str:
    """The text with an apostrophe wherever a formula might begin."""
    return _RISKY.sub("'", words)


def plain(words: str) -> str:
    """What `guarded` was given."""
    return _GUARDED.sub("", words)


def guarded_column(column: pa.Array) -> pa.Array:
    """A column of texts, each guarded: only the few that need it leave Arrow."""
    risky = pc.fill_null(pc.match_substring_regex(column, _FOUND), False)
    if not pc.any(risky).as_py():
        return column
    return pc.replace_with_mask(column, risky, pa.array([guarded(words) for words in column.filter(risky).to_pylist()]))
