"""When a run is late: counted from when it was made, and so queued.

Airflow 3.3.2 has a reference for that too, but a run that is cleared before its deadline has passed then ends in an
error 500 (apache/airflow#70368): no red day could be run again for hours, by a backfill or by hand.
"""

from datetime import UTC, datetime
from typing import Any

from airflow.sdk.definitions.deadline import BaseDeadlineReference


class Queueing(BaseDeadlineReference):
    """The instant at which Airflow makes a run, and asks; people see the name. A run that is cleared keeps its own."""

    def _evaluate_with(self, **_: Any) -> datetime:
        return datetime.now(UTC)
