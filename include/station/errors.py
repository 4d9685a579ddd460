"""What goes wrong in a way that the person at the shell can mend."""


class StationError(RuntimeError):
    """The message says what is wrong and what to do about it."""
