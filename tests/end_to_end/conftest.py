"""The demo's eight days, run once for all tests, by whichever process comes first."""

import os
from pathlib import Path

import pytest
from e2e_days import NEWSROOM_DAYS, run_newsroom
from filelock import FileLock


@pytest.fixture(scope="session")
def demo_days(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake of all eight days, each published before the next. Shared: a test that writes copies it first."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base  # beside those of the other processes
    with FileLock(shared / "demo_days.lock"):
        if not (shared / "demo_days").exists():
            run_newsroom(shared / "demo_days_begun", NEWSROOM_DAYS)
            (shared / "demo_days_begun").rename(shared / "demo_days")
    return shared / "demo_days"
