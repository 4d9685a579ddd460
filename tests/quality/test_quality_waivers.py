"""A waived failure stays a failure, closes nothing, and says who let it through; a wrong waiver stops the gate."""

from pathlib import Path

import pytest
from quality_days import Weeks, nth, usual
from quality_rows import DAY, Newsday, ledger

from troopwatch.quality import GateClosedError, is_open, judge, judge_history
from troopwatch.quality.waivers import WaiverError, load
from troopwatch.tables import LAKE

WORDS = {"who": "Kim Lee, news desk", "why": "The wire is on strike."}


@pytest.fixture
def folder(newsday: Newsday, tmp_path: Path) -> Path:
    newsday.settings = newsday.settings.model_copy(update={"waivers": tmp_path / "waivers"})
    newsday.settings.waivers.mkdir()
    return newsday.settings.waivers


def waive(folder: Path, name: str = "strike", **keys: object) -> None:
    lines = [f"{key}: {value}" for key, value in (WORDS | keys).items() if value is not None]
    (folder / f"{name}.yaml").write_text("\n".join(lines))


def floor_broken(newsday: Newsday) -> None:
    newsday.rows["documents"] = []
    newsday.rows["ledger"] = [ledger(requests=1, responses=1)]
    newsday.rows["fetches"] = newsday.rows["fetches"][:1]
    newsday.rows["fetches"][0] |= {"role": "listing"}
    newsday.rows["quarantine"] = []
    newsday.rows["tallies"] = [newsday.rows["tallies"][0] | dict.fromkeys(("read", "found", "documents"), 0)]
    newsday.rows["tallies"][0] |= {"set_aside": 1, "quarantined": 0}
    newsday.write()


def test_a_waived_failure_closes_nothing_and_says_who_let_it_through(newsday: Newsday, folder: Path) -> None:
    floor_broken(newsday)
    with pytest.raises(GateClosedError):
        judge(DAY, "documents", newsday.settings)
    waive(folder, check="ledger.floor", source="wire", until=DAY)
    assert judge(DAY, "documents", newsday.settings)["warnings"] == 1
    assert newsday.verdict("documents")["is_open"]
    check = newsday.checks("documents")["ledger.floor"]
    assert (check["passed"], check["severity"]) == (False, "critical")
    assert check["waived_by"] == f"Kim Lee, news desk, until {DAY}: The wire is on strike."
    (row,) = newsday.lake.rows(LAKE["waivers"], DAY)
    assert (row["name"], row["check_id"], row["source"], row["until"]) == ("strike", "ledger.floor", "wire", DAY)
    (folder / "strike.yaml").unlink()
    with pytest.raises(GateClosedError):
        judge(DAY, "documents", newsday.settings)
    assert newsday.lake.rows(LAKE["waivers"], DAY) == []


@pytest.mark.parametrize(
    "keys",
    [
        {"check": "ledger.ceiling", "source": "wire", "until": DAY},
        {"check": "ledger.floor", "source": "brief", "until": DAY},
        {"check": "ledger.floor", "source": "wire", "until": "2024-10-17"},
        {"check": "ledger.floor", "since": "2024-10-19", "until": "2024-10-20"},
    ],
    ids=["another check", "another source", "over", "not yet"],
)
def test_a_waiver_of_something_else_waives_nothing(newsday: Newsday, folder: Path, keys: dict[str, object]) -> None:
    floor_broken(newsday)
    waive(folder, **keys)
    with pytest.raises(GateClosedError, match=r"ledger\.floor"):
        judge(DAY, "documents", newsday.settings)


def test_a_failure_of_two_sources_is_not_waived_for_one(newsday: Newsday, folder: Path) -> None:
    floor_broken(newsday)
    brief = newsday.settings.sources / "test" / "brief.yaml"
    brief.write_text(brief.read_text().replace("floor: 0", "floor: 1"))
    newsday.rows["ledger"].append(ledger(source="brief", requests=0, responses=0))
    newsday.rows["tallies"].append(newsday.rows["tallies"][0] | {"source": "brief", "set_aside": 0})
    newsday.write()
    waive(folder, check="ledger.*", source="wire", until=DAY)
    with pytest.raises(GateClosedError, match=r"ledger\.floor"):
        judge(DAY, "documents", newsday.settings)


def test_history_can_be_waived_for_a_source(newsday: Newsday, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda _: None)
    weeks = Weeks(newsday.settings)
    weeks.fill(range(14))
    weeks.write(14, usual(14) | {name: [] for name in ("documents", "deployments", "demands", "readings")})
    with pytest.raises(GateClosedError, match=r"history\.silence\.wire"):
        judge_history(nth(14), weeks.settings)
    waive(folder, check="history.silence.*", source="wire", until=nth(14))
    assert judge_history(nth(14), weeks.settings)["warnings"] == 2, "the volume itself is warned of as well"
    assert is_open(nth(14), weeks.lake) == (True, None)
    assert [row["check_id"] for row in weeks.lake.rows(LAKE["waivers"], nth(14))] == ["history.silence.wire"]
    waive(folder, check="history.silence.*", source="wire", until=nth(13))
    with pytest.raises(GateClosedError):
        judge_history(nth(14), weeks.settings)


WRONG = {
    "not a mapping": ("- check: x", "a waiver has keys and values"),
    "no yaml": ("check: [", "strike.yaml"),
    "a key too many": ("mood: bad", "mood"),
    "no day": ("until: soon", "until"),
    "until before since": ("since: 2024-10-20\nuntil: 2024-10-19", "it is before since"),
    "everything": ("check: '*'", "check"),
    "for everybody for ever": ("source:", "source or since"),
    "an unknown source": ("source: wires", "no source is called 'wires'"),
    "nobody": ("who: ''", "who"),
    "no reason": ("why:", "why"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_waiver_is_a_clear_error(newsday: Newsday, folder: Path, kind: str) -> None:
    words, said = WRONG[kind]
    right = {"check": "ledger.floor", "source": "wire", "until": str(DAY)} | WORDS
    keys = {line.partition(":")[0] for line in words.splitlines()}
    lines = [f"{key}: {value}" for key, value in right.items() if key not in keys]
    (folder / "strike.yaml").write_text(words if kind in {"not a mapping", "no yaml"} else "\n".join([*lines, words]))
    newsday.write()
    with pytest.raises(WaiverError, match=said) as caught:
        judge(DAY, "documents", newsday.settings)
    assert "strike.yaml" in str(caught.value)


def test_the_project_comes_without_waivers_and_without_a_wrong_one() -> None:
    assert load(Path(__file__).parents[2] / "include" / "waivers", []) == []
