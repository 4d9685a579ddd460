"""The folder of a station: its secrets, its lock, and what the environment of its processes says."""

import os
import re
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from station import environment, running
from station.environment import MARK
from station.errors import StationError
from station.home import Home
from station.processes import Started
from station.running import Running
from station.starting import Start
from troopwatch.flow import Run
from troopwatch.settings import INCLUDE, Settings
from troopwatch.sources import SourceError


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.prepare()
    return made


def test_secrets_are_made_once_are_long_and_only_their_owner_may_read_them(home: Home) -> None:
    made = home.secrets()
    assert home.secrets() == made
    assert len(made.jwt) >= 64 and len({made.jwt, made.session, made.fernet}) == 3
    assert stat.S_IMODE((home.folder / "secrets.json").stat().st_mode) == 0o600


def test_two_stations_share_no_secret(home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    other.prepare()
    assert not set(vars(home.secrets()).values()) & set(vars(other.secrets()).values())


def test_passwords_are_made_once(home: Home) -> None:
    passwords = home.passwords()
    assert set(passwords) == {"admin", "viewer"} and len(set(passwords.values())) == 2
    assert home.passwords() == passwords
    assert stat.S_IMODE(home.passwords_file.stat().st_mode) == 0o600


def test_a_start_that_was_broken_off_was_none(home: Home) -> None:
    home.passwords()
    assert not home.was_begun
    home.note_begun({"troopwatch_daily"})
    assert home.was_begun and home.switched_on() == {"troopwatch_daily"}


def test_a_folder_that_was_begun_with_the_demo_takes_no_real_sources(home: Home) -> None:
    """Nor the other way round: its Airflow would take the days of one lake for done in the other."""
    home.settle_kind("demo")
    home.settle_kind("real")  # no start has gone well so far
    home.note_begun(set())
    home.settle_kind("real")
    with pytest.raises(StationError, match="begun with real sources.*export TROOPWATCH_HOME=data-up-demo"):
        home.settle_kind("demo")


def test_a_start_looks_at_the_kind_of_its_sources_first(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Start, "_start_all", lambda self: None)
    monkeypatch.setattr(Start, "_lacking", lambda self, password: None)
    Start(home, 0, "world", lambda words: None).run()
    home.note_begun(set())
    assert Start(home, 0, "state_dept_feed", lambda words: None).run()
    with pytest.raises(StationError, match="begun with real sources"):
        Start(home, 0, "narae_wire,world", lambda words: None).run()


def test_what_people_type_is_told_by_the_folder(home: Home) -> None:
    assert home.commands.start == "make up"
    assert Home(home.folder / "data-cluster").commands == ("make cluster", "make cluster-status", "make cluster-down")
    home.ports_file.write_text("{}")
    assert home.commands.start == "make cluster"


def test_a_damaged_file_is_named(home: Home) -> None:
    home.passwords_file.write_text('{"admin": ')
    with pytest.raises(StationError, match=r"passwords\.json is damaged"):
        home.passwords()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StationError, match="file"):
        Home(tmp_path / "file" / "home").prepare()


def test_nobody_else_starts_it_meanwhile(home: Home) -> None:
    with home.alone(), pytest.raises(StationError, match="at work"), Home(home.folder).alone():
        pytest.fail("two were let in")
    with home.alone():
        assert home.folder.exists()


def test_the_station_knows_the_products_settings_and_sources_only() -> None:
    files = [*(INCLUDE / "station").glob("*.py")]
    found = {m for path in files for m in re.findall(r"^(?:from|import) (troopwatch\S*)", path.read_text(), re.M)}
    assert found <= {"troopwatch", "troopwatch.settings", "troopwatch.errors"}
    inward = [
        p for p in (INCLUDE / "troopwatch").rglob("*.py") if re.search(r"^(from|import) station", p.read_text(), re.M)
    ]
    assert inward == []


def test_of_another_airflow_nothing_is_taken_over(home: Home) -> None:
    around = {"AIRFLOW__CORE__DAGS_FOLDER": "/elsewhere", "AIRFLOW_HOME": "/elsewhere", "PATH": "/bin"}
    own = environment.of_station(home, 8080, "postgresql://", "demo", None)
    made = environment.of_process(own, home, around)
    assert "/elsewhere" not in made.values() and made["PATH"] == "/bin"
    assert made[MARK] == str(home.folder) and made["SPT_NOENV"] == "1"


def test_what_somebody_has_set_of_troopwatch_stands(home: Home) -> None:
    own = environment.of_station(home, 8080, "postgresql://", "demo", "*.example=127.0.0.1:1")
    made = environment.of_process(own, home, {"TROOPWATCH_DATA": "/lake", "TROOPWATCH_PAUSE": "3"})
    assert (made["TROOPWATCH_DATA"], made["TROOPWATCH_PAUSE"]) == ("/lake", "3")
    made = environment.of_process(own, home, {"TROOPWATCH_DATA": ""})
    assert made["TROOPWATCH_DATA"] == own["TROOPWATCH_DATA"], "an empty variable is as none"


def test_what_is_invented_lies_in_another_lake_than_real_days(home: Home) -> None:
    demo = environment.of_station(home, 8080, "postgresql://", "demo", "*.example=127.0.0.1:1")
    real = environment.of_station(home, 8080, "postgresql://", "world", None)
    lakes = [own["TROOPWATCH_DATA"] for own in (demo, real)]
    assert lakes == [str(home.folder / "data-demo"), str(home.folder / "data")]
    told = [Start(home, 0, groups, lambda words: None).data for groups in ("narae_wire,world", "world")]
    assert told == lakes, "`make status` names the same ones"


@pytest.mark.parametrize(
    ("groups", "connect_to", "may", "may_not"),
    [
        ("demo", "*.example=127.0.0.1:1", "narae_wire", "world"),
        ("narae_wire,world", "*.example=127.0.0.1:1", "world", "state_dept_feed"),
        ("world", None, "state_dept_feed", "demo"),
        ("state_dept_feed", None, "world", "narae_wire"),
    ],
)
def test_a_run_may_name_no_sources_that_do_not_belong_into_the_lake(
    home: Home, groups: str, connect_to: str | None, may: str, may_not: str
) -> None:
    only = environment.of_station(home, 8080, "postgresql://", groups, connect_to)["TROOPWATCH_ONLY"]
    settings = Settings(only=only, groups=groups)
    for words in (None, may):
        assert Run(date(2022, 2, 2), settings, datetime(2022, 6, 1, tzinfo=UTC), words).sources()
    with pytest.raises(SourceError, match="TROOPWATCH_ONLY"):
        Run(date(2022, 2, 2), settings, datetime(2022, 6, 1, tzinfo=UTC), may_not).sources()


def test_who_watches_airflow_is_passed_on(home: Home) -> None:
    around = {"AIRFLOW__METRICS__STATSD_ON": "True", "AIRFLOW__OPENLINEAGE__NAMESPACE": "desk"}
    made = environment.of_process(environment.of_station(home, 8080, "postgresql://", "demo", None), home, around)
    assert around.items() <= made.items()


def test_a_demo_does_not_take_the_pause_from_other_hosts(home: Home) -> None:
    own = environment.of_station(home, 8080, "postgresql://", "demo", "*.example=127.0.0.1:1")
    assert "TROOPWATCH_PAUSE" not in environment.of_process(own, home, {})


def test_every_setting_of_troopwatch_exists(home: Home) -> None:
    own = environment.of_station(home, 8080, "postgresql://", "demo", "*.example=127.0.0.1:1")
    named = {name.removeprefix("TROOPWATCH_").lower() for name in own if name.startswith("TROOPWATCH_")}
    assert named and named <= set(Settings.model_fields)


def test_only_who_forks_tasks_loads_what_they_need(home: Home) -> None:
    own = environment.of_station(home, 8080, "postgresql://", "demo", None)
    folders = environment.of_forker(own)["PYTHONPATH"].split(os.pathsep)
    assert (Path(folders[-1]) / "airflow_local_settings.py").is_file()
    assert "preload" not in own["PYTHONPATH"]


def test_airflow_listens_on_this_machine_alone_and_asks_who_is_there(home: Home) -> None:
    own = environment.of_station(home, 8080, "postgresql://", "demo", None)
    assert own["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert not any(name.endswith("ALL_ADMINS") for name in own)


def test_what_was_started_is_kept_and_damage_is_as_nothing(home: Home) -> None:
    started = Running(8080, "demo", "/lake", 12.5, {"scheduler": Started(17, 12.0)})
    running.write(home, started)
    assert running.read(home) == started
    for damage in ("{", "[]", "{}", '{"processes": {"scheduler": 1}}'):
        home.running_file.write_text(damage)
        assert running.read(home) is None
