"""What a store, or Amazon's library on the way to it, complains of: whether that passes, and else what to do."""

import re

from troopwatch.errors import HopelessError
from troopwatch.lake import LakeError

KEYS = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to keys that may list, read, write and delete there"
NO_BUCKET = "NO_SUCH_BUCKET"
HOPELESS = {
    NO_BUCKET: "there is no such bucket: make it, or correct TROOPWATCH_DATA or TROOPWATCH_S3_ENDPOINT",
    r"ACCESS_DENIED|SIGNATURE|ACCESS_KEY|AccessKey|CREDENTIALS|TOKEN|HTTP status 40[13]": KEYS,
    r"TOO_SKEWED|TimeTooSkewed": "the clocks of this machine and of the store differ: set this one",
    r"HTTP status (301|307|308|400)": "the bucket is elsewhere: set AWS_DEFAULT_REGION to its region",
    r"resolve host|RESOURCE_NOT_FOUND|HTTP status 4(04|05|11)": "no object store answers there: "
    "correct TROOPWATCH_S3_ENDPOINT",
}
"""What trying again does not mend: how it is told, and what to do."""
PASSING = "is TROOPWATCH_S3_ENDPOINT right, and is the store up?"
LONGEST = 300
"""Characters of the library's own words that are repeated."""


class StoreError(LakeError):
    """The store does not do what it is asked for at the moment: a task tries again."""


class NoStoreError(HopelessError):
    """The store cannot be used as it is set; the message says what to do."""


def explained(what: str, said: str) -> StoreError | NoStoreError:
    """The error to raise where `what` failed. Keys are in no message of the library, but for their names."""
    words = " ".join(said.split())[:LONGEST]
    for told, todo in HOPELESS.items():
        if re.search(told, said):
            return NoStoreError(f"{what}: {todo} ({words})")
    return StoreError(f"{what}: {PASSING} ({words})")
