"""Closed sets of English words that the grammar rules name themselves; the codebook's own words are in its lexicon."""


def words(listed: str) -> frozenset[str]:
    """The words of a line as a set."""
    return frozenset(listed.split())
