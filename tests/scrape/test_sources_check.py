"""`sources check`: what an outlet shows when it is asked, against servers on loopback, good and bad."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from scrape_helpers import Answer, feed, page, server

import newsroom
from troopwatch.scrape.listings import Item
from troopwatch.scrape.sample import Sample
from troopwatch.settings import INCLUDE, ROOT, Settings
from troopwatch.sources import load
from troopwatch.trial import canary, verdict

NOW = datetime(2024, 10, 21, 20, tzinfo=UTC)
DATES = [f"Mon, 21 Oct 2024 {hour:02}:00:00 GMT" for hour in range(8, 14)]
STORY = "".join(
    f"<p>On day {n} the ministry said that about {n}00 soldiers had left the northern base for the border.</p>"
    for n in range(2, 10)
)


PAGE = page(f"<html><head><title>Soldiers leave</title></head><article>{STORY}</article></html>".encode())


def outlet(host: str, told: str = DATES[0], **more: Answer) -> dict[str, Answer]:
    """The paths of an outlet whose feed names four stories; `more` replaces what its name stands for."""
    links = [f"http://{host}/{n}" for n in range(4)]
    answers = {"/list": feed(*links, published=told)} | {f"/{n}": PAGE for n in range(4)}
    return answers | {f"/{name}": answer for name, answer in more.items()}


CANARY_FIELDS = set(next(iter(canary.expected().values()))) - {"url"}
SHUT = {"/robots.txt": page(b"User-agent: *\nDisallow: /\n")}
HIDDEN = {"/robots.txt": page(b"User-agent: *\nDisallow: /0\nDisallow: /1\nDisallow: /2\n")}
OUTLETS = {
    "good": outlet("good.example"),
    "shut": outlet("shut.example") | SHUT,
    "hidden": outlet("hidden.example") | HIDDEN,
    "undated": outlet("undated.example", told="no date"),
    "empty": outlet("empty.example", list=feed()),
    "garbled": outlet("garbled.example")
    | {f"/{n}": page(b"<html><body>Enable JavaScript</body></html>") for n in (0, 1, 2)},
    "no_feed": outlet("no_feed.example", list=page(b"<html><body>Welcome</body></html>")),
    "gone": {},
}
SPEC = "name: {0}\ntitle: {0}\nkind: feed\nurl: http://{0}.example/list\narticles: {{floor: {1}, ceiling: 90}}\n"


def check(*words: str, sources: Path, connect_to: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "troopwatch", "sources", "check", *words]
    around = {"PYTHONPATH": str(INCLUDE), "PATH": "/usr/bin", "COLUMNS": "220", "TROOPWATCH_NOW": NOW.isoformat()}
    around |= {"TROOPWATCH_SOURCES": str(sources), "TROOPWATCH_CONNECT_TO": connect_to, "TROOPWATCH_PAUSE": "0"}
    around |= {"TROOPWATCH_DATA": str(sources / "data")}
    return subprocess.run(command, capture_output=True, text=True, env=around, cwd=ROOT, check=False)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.CompletedProcess[str], Path]]:
    """All outlets tried in one command; one more, `dead`, whose port nobody listens on."""
    folder = tmp_path_factory.mktemp("sources")
    (folder / "tried").mkdir()
    with ExitStack() as running:
        routes = []
        for name, answers in OUTLETS.items():
            connect_to, _ = running.enter_context(server(answers))
            routes.append(connect_to.replace("*", name))
        for name in [*OUTLETS, "dead"]:
            (folder / "tried" / f"{name}.yaml").write_text(SPEC.format(name, 0))
        routes.append("dead.example=127.0.0.1:9")
        yield check("tried", "--json", sources=folder, connect_to=" ".join(routes)), folder


@pytest.fixture
def trials(checked: tuple[subprocess.CompletedProcess[str], Path]) -> dict[str, dict[str, Any]]:
    return {trial["name"]: trial for trial in json.loads(checked[0].stdout)}


def test_one_that_failed_is_exit_code_1_and_nothing_is_written(
    checked: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    done, folder = checked
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert not (folder / "data").exists()


def test_a_good_outlet_has_no_complaints(trials: dict[str, dict[str, Any]]) -> None:
    good = trials["good"]
    assert good["failures"] == good["warnings"] == []
    assert (good["reachable"], good["robots"], good["items"]) == (True, "none", 4)
    assert (good["texts"], good["parsed"], good["dated"], good["stubs"], good["canary"]) == (4, 4, 4, 0, None)


@pytest.mark.parametrize(
    ("name", "reachable", "robots", "complaint"),
    [
        ("dead", False, "unknown", "listing: its robots.txt cannot be had"),
        ("gone", False, "unknown", "listing: HTTP 404"),
        ("shut", False, "forbids", "listing: robots.txt forbids it"),
        ("hidden", True, "in part", "1 of 4 texts could be read; not_ok: robots.txt forbids it"),
        ("undated", True, "none", "0 of 4 texts have a date"),
        ("empty", True, "none", "its listing names nothing"),
        ("garbled", True, "none", "1 of 4 texts could be read; too_short"),
        ("no_feed", True, "none", "listing: it is neither RSS nor Atom"),
    ],
)
def test_what_is_wrong_with_an_outlet_is_said(
    trials: dict[str, dict[str, Any]], name: str, reachable: bool, robots: str, complaint: str
) -> None:
    (failure,) = trials[name]["failures"]
    assert failure.startswith(complaint)
    assert (trials[name]["reachable"], trials[name]["robots"]) == (reachable, robots)


def test_the_demo_outlets_of_all_kinds_pass_and_the_table_says_so() -> None:
    with newsroom.serve(lambda: NOW) as served:
        done = check("demo", "--pages", "3", sources=INCLUDE / "sources", connect_to=served.connect_to)
        pages = [visit for visit in served.visits if visit.host == "narae.example"]
    assert done.returncode == 0, done.stdout + done.stderr
    for word in ("name", "reachable", "robots", "items", "parsed", "dated", "canary", "a day", "expected", "verdict"):
        assert word in done.stdout
    for name in ("hanbit_ministry", "harbour_courier", "kalda_brief", "narae_wire", "tarnford_post"):
        (line,) = [line for line in done.stdout.splitlines() if f" {name} " in line]
        assert " ok " in line and " yes " in line and " as it was " in line
    assert len(pages) == 2 + 3, "robots.txt, the listing, and as many pages as were asked for"


@pytest.mark.parametrize(
    ("served", "changed"),
    [
        ("<html><body>Enable JavaScript</body></html>", CANARY_FIELDS),
        (
            f"<html><head><title>Soldiers leave</title></head><article>{STORY}</article></html>",
            CANARY_FIELDS - {"is_stub"},
        ),
    ],
    ids=["no article", "another article"],
)
def test_a_canary_that_is_read_otherwise_fails_its_source(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, served: str, changed: set[str]
) -> None:
    (tmp_path / "tarnford_post.html").write_text(served)
    was = canary.expected()["tarnford_post"]
    source = load(Settings().sources)["tarnford_post"]
    assert canary.differences(source) == []
    monkeypatch.setattr(canary, "CANARIES", tmp_path)
    monkeypatch.setattr(canary, "expected", lambda: {"tarnford_post": was})
    assert changed >= set(canary.differences(source) or ()) >= {"title", "paragraphs"}
    (failure,) = (words for words in verdict.of(source, Sample(broken="-"), NOW).failures if "canary" in words)
    assert failure.startswith("its canary page is read otherwise than it was: ") and "paragraphs, " in failure


def test_without_names_those_of_a_run_are_tried(tmp_path: Path) -> None:
    done = check(sources=tmp_path, connect_to="")
    assert done.returncode == 2 and "no source and no group is called 'demo'" in done.stderr


def test_a_volume_below_the_floor_fails(tmp_path: Path) -> None:
    (tmp_path / "tried").mkdir()
    (tmp_path / "tried" / "slow.yaml").write_text(SPEC.format("slow", 5))
    items = "".join(
        f"<item><link>http://slow.example/{n}</link><pubDate>{n + 10} Oct 2024 10:00:00 GMT</pubDate></item>"
        for n in range(4)
    )
    listing = page(f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode())
    with server(outlet("slow.example", list=listing)) as (connect_to, asked):
        done = check("slow", "--pages", "1", sources=tmp_path, connect_to=connect_to)
    assert done.returncode == 1
    assert "slow: 1.0 items a day are fewer than the floor, 5" in done.stdout
    assert asked == ["/robots.txt", "/list", "/3"], "the newest page is the sample"


@pytest.mark.parametrize(
    ("hours_ago", "expected"),
    [
        ([], None),
        ([1.0], None),
        ([0, 12, 24], 2.0),
        ([0, 12, 24, 24 * 400], 2.0),
        ([0, 0, 0], 48.0),
        ([-5, 0, 12, 24], 2.0),
    ],
    ids=["none", "one", "three", "one pinned for a year", "all at once", "one from the future"],
)
def test_the_usual_volume_is_counted_by_the_items_dates(hours_ago: list[float], expected: float | None) -> None:
    items = [Item(f"http://x.example/{n}", NOW - timedelta(hours=h)) for n, h in enumerate(hours_ago)]
    assert verdict.per_day([*items, Item("http://x.example/undated", None)], NOW) == expected
