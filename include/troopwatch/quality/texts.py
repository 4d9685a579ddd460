"""What the articles of a source show on a day when its pages, or what reads them, have gone wrong altogether."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from troopwatch.quality.around import Around
from troopwatch.quality.model import Meaning, Row, Severity

ENOUGH = 5
"""Articles of a source from which on a share of them means something."""
MOST = 0.5
"""Share that closes the gate: most of what would be published is then wrong."""
MANY = 0.1
"""Share of garbled texts that is worth a warning."""
GARBLED = re.compile("\ufffd|Ã[\u0080-\u00bf]|â€[\u0098-\u009d\u2018-\u201d™œ\u009d]|Â[\u00a0-\u00bf]|ï¿½")
"""What UTF-8 becomes where it is read as Latin-1, and the sign for what cannot be read."""
FEW = 3
"""Such places in a text that may be somebody's slip."""


def _own(row: Row, around: Around) -> list[Row]:
    return [each for each in around.tables["documents"] if each["source"] == row["source"]]


def _share(row: Row, around: Around, bad: Callable[[Sequence[Row]], int], most: float, words: str) -> str | None:
    documents = _own(row, around)
    found = bad(documents) if len(documents) >= ENOUGH else 0
    return f"{row['source']}: {found} of {len(documents)} {words}" if found > most * len(documents) else None


def _shared(name: str) -> Callable[[Sequence[Row]], int]:
    """How many articles have a value that another address of the source has too."""

    def count(documents: Sequence[Row]) -> int:
        pairs = {(each[name], each["canonical_url"]) for each in documents}
        often = Counter(value for value, _ in pairs)
        return sum(often[each[name]] > 1 for each in documents)

    return count


def _garbled(documents: Sequence[Row]) -> int:
    return sum(len(GARBLED.findall(each["text"] or "")) >= FEW for each in documents)


def _texts(row: Row, around: Around) -> str | None:
    return _share(row, around, _shared("text_sha256"), MOST, "articles have the text of another address")


def _articles(row: Row, around: Around) -> str | None:
    return _share(row, around, _shared("article_id"), MOST, "articles have the article_id of another address")


def _half_garbled(row: Row, around: Around) -> str | None:
    return _share(row, around, _garbled, MOST, "texts are garbled")


def _many_garbled(row: Row, around: Around) -> str | None:
    return _share(row, around, _garbled, MANY, "texts are garbled")


TEXTS = (
    Meaning("own_texts", f"of {ENOUGH} or more articles of a source most have a text of their own", _texts),
    Meaning("own_articles", f"of {ENOUGH} or more articles of a source most are articles of their own", _articles),
    Meaning("half_garbled", f"at most {MOST:.0%} of {ENOUGH} or more texts are garbled", _half_garbled),
    Meaning(
        "many_garbled", f"at most {MANY:.0%} of {ENOUGH} or more texts are garbled", _many_garbled, Severity.WARNING
    ),
)
