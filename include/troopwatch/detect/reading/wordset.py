"""Closed sets of English words that the grammar rules name themselves; the codebook's own words are in its lexicon."""


def words(listed: str) -> frozenset[str]:
    """The words of a line as a set."""
    return frozenset(listed.split())


def singular(word: str) -> str:
    """The singular of a regular English plural in lower case, and of those in -men; any other word as it is."""
    if word.endswith("men"):
        return word[:-3] + "man"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
