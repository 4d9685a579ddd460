"""Runs that begin with a later stage, and the line that every step leaves in its log."""

import logging
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

import newsroom
from troopwatch import begin, days, lines, quality
from troopwatch.begin import CannotBeginError
from troopwatch.flow import LeftOut, Run
from troopwatch.lake import Lake, LakeError
from troopwatch.publish import PublishError
from troopwatch.quality import GateClosedError
from troopwatch.quality.verdicts import WAITS
from troopwatch.scrape.tally import NothingScrapedError
from troopwatch.settings import Settings
from troopwatch.tables import PUBLISHED

DAYS = [date(2024, 10, 31), date(2024, 11, 1)]
DAY = DAYS[1]
WORDS = "narae_wire, harbour_courier"
NAMES = ["harbour_courier", "narae_wire"]


def take_all(run: Run) -> None:
    """The steps in the order of the DAG, those that are left out included."""
    for source in ["sources", *NAMES]:
        _take(run, "sources" if source == "sources" else "scrape", None if source == "sources" else source)
    _take(run, "tally", NAMES)
    for step in ("normalize", "judge_documents", "detect", "judge_mentions", "judge_history"):
        _take(run, step)
    candidate = _take(run, "aggregate")
    _take(run, "judge_edition", candidate)
    _take(run, "publish", candidate)


def _take(run: Run, step: str, what: object = None) -> str | None:
    try:
        made = run.take(step, what)
    except LeftOut:
        return None
    return made if isinstance(made, str) else None


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A data folder with two days in it, and the log of the second."""
    data, told = tmp_path_factory.mktemp("whole"), list[str]()
    handler = logging.Handler()
    handler.emit = lambda record: told.append(record.getMessage())
    logger = logging.getLogger("troopwatch.flow")
    level = logger.level
    logger.setLevel(logging.INFO)
    for day in DAYS:
        now = days.end(day) + timedelta(minutes=30)
        if day == DAY:
            logger.addHandler(handler)
        with newsroom.serve(lambda now=now: now) as served:
            take_all(run_of(data, day, connect_to=served.connect_to))
    logger.removeHandler(handler)
    logger.setLevel(level)
    return data, told


def run_of(data: Path, day: date = DAY, first: str = "scrape", now: datetime | None = None, **rest: str) -> Run:
    settings = Settings(data=data, pause=0, **rest)
    return Run(day, settings, now or days.end(day) + timedelta(minutes=30), WORDS, first)


@pytest.fixture
def data(whole: tuple[Path, list[str]], tmp_path: Path) -> Path:
    """A copy of both days, with the times of their files."""
    return Path(shutil.copytree(whole[0], tmp_path / "data"))


def files(data: Path, *stages: str) -> dict[str, tuple[bytes, int]]:
    """Bytes and time of writing of the stages' files."""
    found = (p for stage in stages for p in (data / stage).rglob("*.*") if p.is_file())
    return {str(p.relative_to(data)): (p.read_bytes(), p.stat().st_mtime_ns) for p in found}


def content(data: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(data / "published" / "troopwatch.duckdb"), read_only=True) as connection:
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in PUBLISHED}


def pages(data: Path) -> dict[str, bytes]:
    return {str(p.relative_to(data)): p.read_bytes() for p in (data / "published").rglob("*.html")}


def test_every_step_leaves_one_line_of_what_went_in_and_out_and_was_set_aside(whole: tuple[Path, list[str]]) -> None:
    named, *told = whole[1]
    assert named == f"sources of {DAY}: {NAMES}"
    titles = [line.split(": ")[0].removesuffix(f" of {DAY}") for line in told]
    scraped = ["scrape harbour_courier", "scrape narae_wire", "tally"]
    judged = ["normalize", "judge documents", "detect", "judge mentions", "judge history"]
    judged += ["aggregate", "judge edition", "publish"]
    assert titles == scraped + judged
    assert all(" in: " in line and "; out: " in line and "; set aside: " in line for line in told)
    assert all("0 requests" not in line and "0 responses" not in line for line in told[:3])
    assert f"normalize of {DAY}: in: " in told[3] and " read; out: " in told[3] and " quarantined" in told[3]
    assert "in: 2 days; out: " in told[8] and "set aside: 0 days left out" in told[8]
    assert "out: 1 editions, 1 reports" in told[10]


def test_a_line_says_why_something_was_set_aside() -> None:
    counts = {"read": 9, "documents": 7, "quarantined": 2, "stubs": 1, "quarantined_empty": 2}
    assert lines.line("normalize", None, DAY, counts) == (
        f"normalize of {DAY}: in: 9 read; out: 7 documents; set aside: 2 quarantined (empty 2); 1 stubs"
    )


def test_every_step_of_a_day_has_its_stage_and_its_line() -> None:
    assert set(begin.STAGE_OF) - {"sources"} == set(lines.FLOWS) - {"poll", "retain", "heal"}
    assert set(begin.STAGE_OF.values()) == set(begin.STAGES)
    assert all(hasattr(Run, step) for step in [*begin.STAGE_OF, *lines.FLOWS])


@pytest.mark.parametrize("first", begin.STAGES[1:])
def test_a_run_from_a_later_stage_touches_nothing_before_it_and_ends_the_same(data: Path, first: str) -> None:
    kept = begin.STAGES[: begin.STAGES.index(first)]
    before, were, shown = files(data, *kept), content(data), pages(data)
    take_all(run_of(data, first=first))
    assert files(data, *(stage for stage in kept if stage != "aggregate")) == {
        name: file for name, file in before.items() if not name.startswith("aggregate")
    }
    assert content(data) == were and pages(data) == shown


def test_detecting_anew_makes_the_mentions_anew(data: Path) -> None:
    made = data / "detect" / "deployments" / f"day={DAY}" / "all.parquet"
    were = made.read_bytes()
    made.unlink()
    take_all(run_of(data, first="detect"))
    assert made.read_bytes() == were


@pytest.mark.parametrize(
    ("gone", "first", "words"),
    [
        ([], "nowhere", "'nowhere' is no stage to begin with"),
        (["scrape/ledger"], "normalize", "it was never scraped, begin with scrape"),
        (["normalize", "scrape/ledger"], "detect", "it was never scraped, begin with scrape"),
        (["normalize"], "detect", "it was never normalized, begin with normalize"),
        (["quality"], "detect", "not judged by the documents gate; begin with normalize"),
        (["detect"], "aggregate", "it was never read for mentions, begin with detect"),
        (["normalize", "detect"], "publish", "it was never normalized, begin with normalize"),
        (["quality/verdicts"], "aggregate", "not judged by the documents gate"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_a_run_that_has_nothing_to_begin_with_says_where_to_begin(
    data: Path, gone: list[str], first: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    for folder in gone:
        shutil.rmtree(data / folder)
    step = "detect" if first == "nowhere" else first
    with pytest.raises(CannotBeginError, match=words):
        begin.check(DAY, first, Lake(data))
    if first in begin.STAGES:
        with pytest.raises(CannotBeginError, match=words):
            run_of(data, first=first).take(step)
        assert words in caplog.messages[0]


def test_publishing_alone_needs_an_edition_that_holds_the_day(data: Path) -> None:
    shutil.rmtree(data / "published")
    with pytest.raises(PublishError, match="no edition was made yet: begin with aggregate"):
        run_of(data, first="publish").take("publish")


def test_publishing_alone_puts_up_the_newest_candidate_that_was_let_through(data: Path) -> None:
    candidate = run_of(data, first="aggregate").take("aggregate")
    run_of(data, first="publish").take("publish")
    assert Path(candidate).exists(), "it was not judged, so the published file stays"
    run_of(data, first="aggregate").take("judge_edition", candidate)
    run_of(data, first="publish").take("publish")
    assert not Path(candidate).exists()


def test_a_day_that_cannot_be_fetched_again_says_so_first(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    day, late = date(2022, 3, 1), days.end(DAY) + timedelta(days=9)
    caplog.set_level(logging.INFO)
    with pytest.raises(LeftOut, match="no data: a feed serves only the present: 2022-03-01 cannot be fetched again"):
        run_of(data, day, now=late).take("scrape", "narae_wire")
    assert "cannot be fetched again" in caplog.messages[0]
    assert run_of(data, day, now=late).take("tally", ["narae_wire"])["sources_no_data"] == 1


def test_sources_that_were_killed_hold_back_no_other_but_all_of_them_the_day(data: Path) -> None:
    assert run_of(data).take("tally", [*NAMES, "killed"])["sources_killed"] == 1
    for names, words in ((["killed"], "none of 1 sources"), (None, "are not known")):
        with pytest.raises(NothingScrapedError, match=words):
            run_of(data).take("tally", names)


@pytest.mark.parametrize("error", [LakeError("full\nand more"), GateClosedError(DAY, "documents", [])])
def test_the_first_line_of_a_failed_step_says_why(
    data: Path, error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(_: Run) -> None:
        raise error

    monkeypatch.setattr(Run, "detect", failing)
    with pytest.raises(type(error)):
        run_of(data).take("detect")
    assert caplog.messages == [f"detect of {DAY}: {str(error).splitlines()[0].strip()}"]


WAITING = f"history gate closed: {WAITS}"


def wait(run: Run) -> None:
    replace(run, approval=True).take("judge_history")


@pytest.mark.parametrize(
    ("close", "why"),
    [(wait, WAITING), (Run.hold, WAITING), (Run.reject, "mentions gate closed: a person rejected the day")],
)
def test_a_day_without_a_persons_yes_is_in_no_edition_until_it_is_judged_again(
    data: Path, close: Callable[[Run], None], why: str
) -> None:
    close(run_of(data, first="aggregate"))
    other = run_of(data, DAYS[0], first="aggregate").take("aggregate")
    with duckdb.connect(other, read_only=True) as connection:
        said = connection.execute("SELECT DISTINCT outcome, reason FROM coverage WHERE day = ?", [DAY]).fetchall()
    assert said == [("closed", why)]
    with pytest.raises(PublishError, match=f"its gate is not open: {why}"):
        run_of(data).publish()
    for step in ("judge_mentions", "judge_history"):
        run_of(data, first="detect").take(step)
    assert quality.is_open(DAY, Lake(data)) == (True, None)


def test_an_approved_day_is_open_as_if_nobody_had_been_asked(data: Path) -> None:
    before = {name: made for name, (made, _) in files(data, "quality").items()}
    wait(run_of(data))
    run_of(data, DAYS[0]).take("judge_history")
    assert quality.is_open(DAY, Lake(data)) == (False, WAITING), "another day's run is nobody's yes"
    run_of(data).approve()
    assert {name: made for name, (made, _) in files(data, "quality").items()} == before
