"""Makes the deadlines' reference known to Airflow, which reads it back from its database by name."""

from airflow.plugins_manager import AirflowPlugin

from operations.deadlines import RunMade


class TroopwatchDeadlines(AirflowPlugin):
    """Registers the reference."""

    name = "troopwatch_deadlines"
    deadline_references = [RunMade]  # noqa: RUF012 - as Airflow declares it
