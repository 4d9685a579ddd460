"""What goes wrong in a way that trying again cannot mend."""


class HopelessError(Exception):
    """Somebody has to do something first: the message says what is wrong, for whoever reads the task's log."""

    title = "task failed"
    """What a notice about it is called."""
