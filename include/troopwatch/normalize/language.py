"""The language of a text; its model is loaded once in a process."""

import py3langid

_SAMPLE = 1000
"""Characters that decide: more change nothing and cost time."""


def detect(text: str) -> str:
    """ISO 639-1 code."""
    return str(py3langid.classify(text[:_SAMPLE])[0])
