"""Publishing by several processes at once: they take turns, and readers find every report and each edition once."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import duckdb
from e2e_days import NEWSROOM_DAYS, content, run_newsroom

import newsroom
from troopwatch import days
from troopwatch.flow import Run
from troopwatch.publish import standing
from troopwatch.publish.editions import shelf
from troopwatch.settings import INCLUDE, Settings

BOTH = NEWSROOM_DAYS[4:6]


def judged_candidate(data: Path) -> str:
    """Both days run up to a candidate that the edition gate has let through; nothing is published."""
    for day in BOTH:
        now = days.end(day) + timedelta(minutes=30)
        with newsroom.serve(lambda now=now: now) as served:
            run = Run(day, Settings(data=data, connect_to=served.connect_to, pause=0), now, "narae_wire")
            run.until_detected()
    candidate = run.aggregate()
    run.judge_edition(candidate)
    return candidate


def test_two_processes_that_publish_at_once_take_turns(tmp_path: Path) -> None:
    data = tmp_path / "data"
    candidate = judged_candidate(data)
    around = os.environ | {"TROOPWATCH_DATA": str(data), "PYTHONPATH": str(INCLUDE)}
    commands = [[sys.executable, "-m", "troopwatch", "publish", str(data / candidate), "--date", str(d)] for d in BOTH]
    running = [subprocess.Popen(c, env=around, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) for c in commands]
    said = [process.communicate(timeout=120)[1].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    published = data / "published"
    assert standing.reports(published).keys() == set(BOTH)
    assert [one.number for one in shelf.kept(published)] == [1, 2], "the second brings its report alone"
    with duckdb.connect(str(published / "troopwatch.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT edition FROM editions ORDER BY 1").fetchall() == [(1,), (2,)]
    assert not list(published.rglob(".*")), "nothing half-done is left"
    run_newsroom(tmp_path / "plain", BOTH, "narae_wire")
    assert content(data) == content(tmp_path / "plain")
