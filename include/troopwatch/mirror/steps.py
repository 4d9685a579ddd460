"""A step of a run, taken where its files are at hand."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, Self, TypeVar

from troopwatch.mirror.scopes import Errand
from troopwatch.mirror.work import at_hand
from troopwatch.settings import Settings


class Taker(Protocol):
    """Whose step it is: a run of a day."""

    @property
    def day(self) -> date: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def now(self) -> datetime: ...
    def at(self, settings: Settings) -> Self:
        """The same run with other settings."""


T = TypeVar("T", bound=Taker)
P = ParamSpec("P")
R = TypeVar("R")


def mirrored(step: Callable[Concatenate[T, P], R]) -> Callable[Concatenate[T, P], R]:
    """A step that is taken in the data folder, or in a view of the object store that stands for it.

    What it needs is told by its name, and by the source that it is for, its first words, if any. Raises StoreError,
    NoStoreError, and LakeError where the cache cannot be written to.
    """

    @wraps(step)
    def taken(run: T, /, *what: P.args, **more: P.kwargs) -> R:
        about = next((one for one in what if isinstance(one, str)), None)
        with at_hand(Errand(step.__name__, run.day, run.settings, run.now, about)) as settings:
            return step(run.at(settings), *what, **more)

    return taken
