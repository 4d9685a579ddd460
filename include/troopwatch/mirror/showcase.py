"""What is shown of an object store: a view that a process which only reads keeps, and looks after now and then."""

import atexit
import os
import threading
from functools import lru_cache
from time import monotonic

from troopwatch.mirror import rescue, work
from troopwatch.mirror.scopes import LAKE_FOLDERS, Scope
from troopwatch.settings import Settings

FRESH = 10.0
"""Seconds for which what was found in the store is shown without asking it again."""
SHOWN = Scope((*LAKE_FOLDERS, "published"))


class Showcase:
    """The view of one process. Files in it are replaced whole while pages are made of them."""

    def __init__(self, settings: Settings) -> None:
        self._turns, self._asked = threading.Lock(), -FRESH
        store = work.store_of(settings)
        rescue.all_dead(settings.cache, store)
        opening = work.opened(settings.cache, store)
        self._view = opening.__enter__()
        self.settings = settings.model_copy(update={"data": self._view.folder})
        atexit.register(opening.__exit__, None, None, None)

    def refresh(self) -> None:
        """Bring it up to date, where that was not done just now. Raises StoreError, NoStoreError, LakeError."""
        with self._turns:
            if monotonic() - self._asked >= FRESH:
                self._view.pull(SHOWN)
                self._asked = monotonic()


def shown(settings: Settings) -> Settings:
    """The settings to show something with: `data` is where all is at hand but captures. Nothing may be written there.

    Raises StoreError, NoStoreError, and LakeError where the cache cannot be written to.
    """
    if not settings.is_elsewhere:
        return settings
    case = _of_process(settings, os.getpid())
    case.refresh()
    return case.settings


@lru_cache(maxsize=1)
def _of_process(settings: Settings, _: int) -> Showcase:
    return Showcase(settings)
