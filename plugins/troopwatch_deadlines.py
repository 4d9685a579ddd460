"""Makes the deadlines' reference known to Airflow, which reads it back from its database by name."""

from airflow.plugins_manager import AirflowPlugin

from operations.deadlines import Queueing


class TroopwatchDeadlines(AirflowPlugin):
    """Registers the reference."""

    name = "troopwatch_deadlines"
    deadline_references = [Queueing]  # noqa: RUF012 - as Airflow declares it
