"""The house rules of docs/choices.md, held: layout, imports, sizes, DAG files, SQL, generated docs, sources."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import yaml

from troopwatch import dictionary, sources
from troopwatch.aggregate import ddl
from troopwatch.settings import CODEBOOK, INCLUDE, ROOT, SQL, Settings
from troopwatch.tables import LAKE, PUBLISHED

PACKAGE = INCLUDE / "troopwatch"
STAGES = {"scrape", "normalize", "detect", "aggregate", "publish"}
GROUND = {
    "errors",
    "tables",
    "settings",
    "days",
    "lake",
    "captures",
    "responses",
    "sources",
    "encoding",
    "syndicated",
    "stored",
    "remembered",
    "sql",
}
MAY_IMPORT = {
    "errors": set(),
    "tables": set(),
    "sql": set(),
    "settings": {"errors"},
    "days": {"errors"},
    "sources": {"errors", "tables"},
    "lake": {"days", "tables"},
    "remembered": set(),
    "captures": {"lake"},
    "stored": {"lake"},
    "responses": {"captures"},
    "encoding": set(),
    "syndicated": set(),
    "dictionary": {"tables"},
    "health": GROUND | {"quality"},
    "retention": GROUND | {"publish", "quality"},
    "upkeep": GROUND | {"health", "quality"},
    "mirror": {"days", "errors", "lake", "settings", "tables"},
    "pages": GROUND | {"health", "mirror", "publish", "quality"},
    "begin": GROUND | {"quality"},
    "lines": set(),
    "notices": {"errors", "lines", "settings"},
    "quality": GROUND,
    **{stage: GROUND | {"quality"} for stage in STAGES},
    "rebuild": GROUND | {"aggregate", "publish"},
    "steps": GROUND | STAGES | {"mirror", "quality", "rebuild", "retention", "upkeep", "begin", "lines"},
    "flow": {"begin", "days", "lines", "settings", "steps"},
    "trial": GROUND | {"scrape", "normalize"},
    "asking": GROUND | {"flow", "trial"},
    "__main__": GROUND | STAGES | {"quality", "flow", "dictionary", "asking"},
}
PYTHON = sorted(p for folder in ("include", "dags", "plugins", "benchmarks") for p in (ROOT / folder).rglob("*.py"))
CODE = [*PYTHON, *sorted((ROOT / "tests").rglob("*.py"))]


def rooms_imported(path: Path) -> set[str]:
    """The rooms of the package that a file imports, as `sources` in `troopwatch.sources`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("troopwatch.")}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "troopwatch":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {a.name for a in node.names}
    return found


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down_only(path: Path) -> None:
    room = room_of(path)
    if room != "__init__":
        assert rooms_imported(path) - {room} <= MAY_IMPORT[room]


def test_nothing_below_the_dags_knows_airflow() -> None:
    knowing = [p for p in PACKAGE.rglob("*.py") if re.search(r"^\s*(from|import) airflow", p.read_text("utf-8"), re.M)]
    assert knowing == []


def test_nothing_but_settings_reads_the_environment() -> None:
    reading = [
        p.name
        for p in PACKAGE.rglob("*.py")
        if re.search(r"os\.(environ(?!\[[^]]+\] = )|getenv)", p.read_text("utf-8"))
    ]
    assert reading == []


def test_no_clock_is_read_below_the_dags() -> None:
    clocks = r"datetime\.now|\.utcnow|date\.today|time\.time\(|pendulum\.now"
    reading = [room_of(p) for p in PACKAGE.rglob("*.py") if re.search(clocks, p.read_text("utf-8"))]
    assert sorted(reading) == ["__main__", "asking"]


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 250


def test_functions_are_short() -> None:
    lengths = sorted(
        node.end_lineno - node.lineno + 1
        for path in PYTHON
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    )
    assert lengths[len(lengths) // 2] < 12


@pytest.mark.parametrize("path", sorted((ROOT / "dags").glob("*.py")), ids=lambda p: p.name)
def test_dag_files_are_thin_and_idle_at_import(path: Path, tmp_path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 60
    shown = f"import sys, runpy; runpy.run_path({str(path)!r}); print(*[m for m in sys.modules if 'troopwatch' in m])"
    around = {"PYTHONPATH": str(INCLUDE), "AIRFLOW_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True, env=around)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded <= {"troopwatch", "troopwatch.errors"}, "parsing a DAG file must not load the stages"


def test_every_ignore_says_why() -> None:
    bare = re.compile(r"#\s*(noqa|type: ignore)(:\s*[A-Z0-9, ]+|\[[a-z-, ]+\])?\s*$", re.M)
    assert [str(p) for p in CODE if bare.search(p.read_text(encoding="utf-8"))] == []


def test_every_published_table_has_its_sql_file_and_no_file_is_left_over() -> None:
    assert {path.stem for path in SQL.glob("*.sql")} == set(PUBLISHED)


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_table_can_be_made_as_it_is_said(name: str) -> None:
    with duckdb.connect() as connection:
        connection.execute("ATTACH ':memory:' AS edition")
        for statement in ddl.create(PUBLISHED[name]):
            connection.execute(statement)
        made = connection.sql(f"SELECT * FROM edition.{name}").to_arrow_table().schema
    assert [f.name for f in made] == PUBLISHED[name].names


@pytest.mark.parametrize("table", [*LAKE.values(), *PUBLISHED.values()], ids=lambda t: f"{t.stage}.{t.name}")
def test_every_table_and_column_says_what_it_means(table: object) -> None:
    assert table.meaning and all(c.meaning for c in table.columns)
    assert set(table.key) <= set(table.names)
    assert len(set(table.names)) == len(table.names)


def test_the_data_dictionary_is_fresh() -> None:
    assert (ROOT / "docs" / "data_dictionary.md").read_text(encoding="utf-8") == dictionary.markdown(), (
        "run `make docs`"
    )


def test_every_source_is_valid() -> None:
    assert len(sources.load(Settings().sources)) >= 7


@pytest.mark.parametrize("path", sorted(CODEBOOK.rglob("*.yaml")), ids=lambda p: p.stem)
def test_every_dictionary_is_yaml(path: Path) -> None:
    assert yaml.safe_load(path.read_text(encoding="utf-8"))


def test_the_lock_names_no_index_and_pins_every_direct_dependency() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    direct = re.findall(r"^([a-z0-9-]+==\S+)$", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M)
    assert "://" not in lock
    assert [pin for pin in direct if not re.search(rf"^{re.escape(pin)}(\s|$)", lock, re.M)] == []


def test_every_direct_dependency_has_its_reason() -> None:
    choices = (ROOT / "docs" / "choices.md").read_text(encoding="utf-8").lower()
    direct = re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M)
    assert [name for name in direct if f"`{name}`" not in choices] == []


def test_the_makefile_prints_its_targets() -> None:
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [
        t for t in ["setup", "demo", "day", "detect", "test", "check", "bench", "clean"] if f"make {t} " not in shown
    ] == []


def test_the_project_speaks_of_itself_alone() -> None:
    words = re.compile(r"/work/|/root/|farm-|pypi\.org|\.library", re.I)
    texts = [*CODE, *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "include").rglob("*.yaml")]
    me = Path(__file__)
    assert [str(p) for p in texts if p != me and words.search(p.read_text(encoding="utf-8"))] == []
