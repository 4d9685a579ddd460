"""What the tasks need, loaded once by the process that forks them: each would spend five seconds and more on it.

Airflow imports a module of this name where it finds one: only schedulers and workers have it on their path.
"""

import great_expectations.expectations

from troopwatch import flow
from troopwatch.detect import codebook
from troopwatch.detect.reading import parse

__all__: list[str] = []
"""Airflow's settings take nothing from here."""

LOADED = (great_expectations.expectations, flow, codebook.load(), parse.model())
