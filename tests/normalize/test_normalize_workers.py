"""Pages that hang or crash their process end as themselves: the others of the day are read, whatever their number."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from normalize_lake import TEXT, URL, Newsstand, block, html

from troopwatch.normalize import markup, workers
from troopwatch.settings import INCLUDE

DEADLINE = 3


def square(number: int) -> int:
    return number * number


def hang(number: int) -> int:
    """Task 2 loops in C code, which lets no signal through and holds the interpreter's lock."""
    if number == 2:
        re.match(r"(a+)+$", "a" * 60 + "b")
    return number


def crash(number: int) -> int:
    if number == 2:
        os.kill(os.getpid(), signal.SIGSEGV)
    return number


def fail(number: int) -> int:
    raise ValueError(f"number {number}")


@pytest.mark.parametrize("processes", [1, 2])
def test_results_come_in_the_order_of_the_tasks(processes: int) -> None:
    assert list(workers.each(square, range(20), processes, DEADLINE)) == [n * n for n in range(20)]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_task_that_hangs_in_c_is_given_up_and_the_others_are_done(processes: int) -> None:
    lost = workers.Lost("timed_out", f"it was not done after {DEADLINE} seconds")
    assert list(workers.each(hang, range(5), processes, DEADLINE)) == [0, 1, lost, 3, 4]


def test_a_task_that_crashes_its_process_takes_nobody_along() -> None:
    zero, one, two, three, four = workers.each(crash, range(5), 1, 60)
    assert (zero, one, three, four) == (0, 1, 3, 4)
    assert isinstance(two, workers.Lost) and two.rule == "unreadable"


ONLY_ONCE = """
import math, os
if "BEGUN" in os.environ:
    raise RuntimeError("the main module is run again")
os.environ["BEGUN"] = "1"
from troopwatch.normalize import workers
print(list(workers.each(math.sqrt, [1, 4], 1, 60)))
"""


def test_processes_do_not_run_the_main_module_again_which_is_airflow_in_its_tasks(tmp_path: Path) -> None:
    script = tmp_path / "airflow"
    script.write_text(ONLY_ONCE, encoding="utf-8")
    around = os.environ | {"PYTHONPATH": str(INCLUDE)}
    command = [sys.executable, str(script)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=around, timeout=60)
    assert (done.stdout.strip(), done.stderr) == ("[1.0, 2.0]", "")


ON_CELERY = """
import os
import billiard
from troopwatch.normalize import workers

def work():
    print(list(workers.each(abs, [-1, 2], 1, 60)), flush=True)
    os._exit(0)

if __name__ == "__main__":
    forked = billiard.get_context("fork").Process(target=work)
    forked.daemon = True
    forked.start()
    forked.join()
"""


def test_a_task_on_a_celery_worker_has_processes_too(tmp_path: Path) -> None:
    script = tmp_path / "on_celery.py"
    script.write_text(ON_CELERY, encoding="utf-8")
    around = os.environ | {"PYTHONPATH": str(INCLUDE)}
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, env=around, check=False, timeout=120
    )
    assert done.stdout == "[1, 2]\n", done.stderr


def test_what_work_raises_is_raised() -> None:
    with pytest.raises(ValueError, match="number 0"):
        list(workers.each(fail, range(5), 1, 60))


def test_a_page_that_takes_too_long_is_quarantined_and_the_day_goes_on(
    stand: Newsstand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Newsstand, "settings", stand.settings.model_copy(update={"page_seconds": DEADLINE, "processes": 1})
    )
    stand.capture("pages", *[(f"{URL}-{n}", block(html(TEXT + f"<p>Number {n}.</p>"))) for n in range(3)])
    paragraph = "<p>" + "<b>word</b> <i>and</i> " * (markup.MAX_INLINE // 2) + "</p>"
    stand.capture("pages", (f"{URL}-slow", block(html(paragraph * 90))))
    counts = stand.run()
    assert (counts["documents"], counts["quarantined"]) == (3, 1)
    assert [(row["rule"], row["url"]) for row in stand.quarantine] == [("timed_out", f"{URL}-slow")]


def test_one_process_and_two_write_the_same_bytes(stand: Newsstand, monkeypatch: pytest.MonkeyPatch) -> None:
    stand.capture("pages", *[(f"{URL}-{n}", block(html(TEXT + f"<p>Number {n}.</p>"))) for n in range(9)])
    stand.capture("pages", (URL, block("")))
    prints = []
    for processes in (1, 2):
        settings = stand.settings.model_copy(update={"processes": processes})
        monkeypatch.setattr(Newsstand, "settings", settings)
        stand.run()
        prints.append(stand.prints())
    assert prints[0] == prints[1]
