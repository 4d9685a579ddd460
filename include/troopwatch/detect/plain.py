"""Text of the web in a terminal: what could steer it is shown, never sent."""


def plain(text: str) -> str:
    """One line without control characters, escape sequences, bidirectional marks and half surrogates.

    White space of any kind becomes a space; everything else that is not printable is written as its escape.
    """
    return "".join(c if c.isprintable() else " " if c.isspace() and c not in BREAKS else _escape(c) for c in text)


BREAKS = "\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"
"""White space that some terminals and pagers act upon."""


def _escape(c: str) -> str:
    return c.encode("unicode_escape").decode("ascii")
