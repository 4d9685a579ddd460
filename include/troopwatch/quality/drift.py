"""What a source's articles show on a day, against what its spec expects: a changed layout shows here first."""

from collections.abc import Sequence
from statistics import median

from troopwatch.quality.around import Around
from troopwatch.quality.model import Meaning, Row, Severity

FEWEST = 5
"""Articles from which on a day's shares mean something: of fewer, one byline more or less is a large share."""


def shown(documents: Sequence[Row], quarantined: int) -> dict[str, float]:
    """What some documents show, by the names of `sources.Expected`. There is at least one."""
    count = len(documents)
    return {
        "kept": count / (count + quarantined),
        "titled": sum(row["title"] is not None for row in documents) / count,
        "authored": sum(row["authors"] is not None for row in documents) / count,
        "timed": sum(row["published_precision"] in {"second", "minute"} for row in documents) / count,
        "whole": sum(not row["is_stub"] for row in documents) / count,
        "characters": median(row["characters"] for row in documents),
    }


def _drifted(row: Row, around: Around) -> str | None:
    source = around.sources.get(row["source"])
    documents = [each for each in around.tables["documents"] if each["source"] == row["source"]]
    if source is None or len(documents) < FEWEST:
        return None
    seen = shown(documents, around.sizes["quarantine", row["source"]])
    expected = source.expects.model_dump().items()
    low = [f"{name} {seen[name]:.4g}, at least {least:g} expected" for name, least in expected if seen[name] < least]
    return f"{row['source']}: {'; '.join(low)}" if low else None


DRIFT = (
    Meaning(
        "drift",
        f"{FEWEST} or more articles of a source show the fields and lengths that its spec expects",
        _drifted,
        Severity.WARNING,
    ),
)
