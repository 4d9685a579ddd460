"""Keeps the logs of a station small: `python -m station.logkeeper FOLDER ...`, a process beside the components.

What a component prints goes to a file that it and all its children hold open for appending, so none of them can turn
it over by itself, and a file that is merely renamed would go on growing. One that is too large is therefore copied to
`NAME.log.1` and emptied where it is, as `logrotate` does with `copytruncate`: who writes to it writes on. A line that
is written in the instant between may be lost. Where this process is killed, logs grow until the next start, no more.
"""

import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

PAUSE = 10.0
"""Seconds between two looks."""
DAY = 86_400


def main(largest: int, kept: int, days: int, folders: list[Path]) -> None:
    """Look for ever. The first of the folders is Airflow's own, whose files go once they are `days` old."""
    while True:
        try:
            look(largest, kept, days, folders)
        except OSError as error:  # removed by somebody else meanwhile, or no room for a copy: the next look may do it
            sys.stderr.write(f"{error}\n")
        time.sleep(PAUSE)


def look(largest: int, kept: int, days: int, folders: list[Path]) -> None:
    for folder in folders:
        for log in too_large(folder, largest):
            turn_over(log, kept)
    if days:
        remove_old(folders[0], time.time() - days * DAY)


def too_large(folder: Path, largest: int) -> Iterator[Path]:
    """Logs of a folder with more bytes than `largest`; PostgreSQL calls its own plain `log`."""
    for path in [*folder.glob("*.log"), folder / "log"]:
        if path.is_file() and not path.is_symlink() and path.stat().st_size > largest:
            yield path


def turn_over(log: Path, kept: int) -> None:
    """Copy a log to `.1`, what was `.1` is `.2` then and so on up to `kept`; the log itself is emptied."""
    for number in range(kept, 1, -1):
        older = _numbered(log, number - 1)
        if older.exists():
            older.replace(_numbered(log, number))
    making = log.with_name(f".{log.name}.making")
    with log.open("r+b") as source, making.open("wb") as copy:
        shutil.copyfileobj(source, copy)
        source.truncate(0)
    if kept:
        making.replace(_numbered(log, 1))
    else:
        making.unlink()


def remove_old(folder: Path, oldest: float) -> int:
    """Remove log files that nobody has written to since `oldest` (seconds since 1970), and folders left empty."""
    old = [path for path in folder.rglob("*.log*") if path.is_file() and path.stat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
        _remove_empty(path.parent, folder)
    return len(old)


def _remove_empty(folder: Path, top: Path) -> None:
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _numbered(log: Path, number: int) -> Path:
    return log.with_name(f"{log.name}.{number}")


if __name__ == "__main__":
    largest, kept, days = map(int, sys.argv[1:4])
    main(largest, kept, days, [Path(word) for word in sys.argv[4:]])
