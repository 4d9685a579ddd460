"""The lake and the published files in an object store: a step works in a folder of its own, and what it does goes up.

<cache>/kept/          what this machine has read of the store or put there, each object in its last version
<cache>/views/NAME/    what one step has at hand: links to that; NAME.lock is held for as long as the process lives
<cache>/locks/         the locks of all steps on this machine
<cache>/remembered/    what is known of files that have not changed: every view's .cache
"""

from troopwatch.mirror.showcase import shown
from troopwatch.mirror.steps import mirrored
from troopwatch.mirror.troubles import NoStoreError, StoreError
from troopwatch.mirror.work import name_of, path_of

__all__ = ["NoStoreError", "StoreError", "mirrored", "name_of", "path_of", "shown"]
