"""What analysts are told to run, run on the demo's days: every question, the notebook, the code of reading.md."""

import ast
import importlib.util
import json
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
import queries_page
from e2e_days import NEWSROOM_DAYS

from troopwatch.publish import exports
from troopwatch.publish.exports.questions import Question, all_of
from troopwatch.settings import ROOT

QUESTIONS = {question.path.stem: question for question in all_of()}
RECORD = re.compile(r"(\w+_)?record_(id|of_\w+)")
NO_FIGURES = {
    "15_days_without_data",
    "16_what_the_gates_saw",
    "20_what_was_set_aside",
    "21_actors_in_many_roles",
    "22_what_changed_and_why",
}
"""Answers about what the tables know: their rows are days, checks, captures and actors, and no claim of anybody's."""
READING = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
BLOCKS = dict(enumerate(re.findall(r"```python\n(.*?)```", READING, re.S)))


@pytest.fixture(scope="module")
def demo(demo_days: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo's lake in data-demo, and the downloads of its newest edition in downloads."""
    home = tmp_path_factory.mktemp("demo")
    data = shutil.copytree(demo_days, home / "data-demo")
    exports.write(data / "published" / "troopwatch.duckdb", home / "downloads", {"edition": 8})
    return home


@pytest.fixture
def database(demo: Path) -> Path:
    return demo / "data-demo" / "published" / "troopwatch.duckdb"


def rows(database: Path, name: str) -> list[dict[str, Any]]:
    columns, found = queries_page.answer(database, QUESTIONS[name])
    return [dict(zip(columns, row, strict=True)) for row in found]


def test_the_page_is_fresh(database: Path) -> None:
    page = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    assert page == queries_page.markdown(database), "run `make docs`"


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_answer_is_the_same_each_time(database: Path, name: str) -> None:
    """However many threads answer: the order of rows is said to the last column."""
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("SET threads = 1; SET preserve_insertion_order = false; SET TimeZone = 'UTC'")
        assert connection.sql(QUESTIONS[name].sql).fetchall() == queries_page.answer(database, QUESTIONS[name])[1]


@pytest.mark.parametrize("name", sorted(set(QUESTIONS) - NO_FIGURES))
def test_every_answer_leads_to_its_evidence(database: Path, name: str) -> None:
    """By its id to a mention with its sentence and capture, or by doc_id to the article."""
    with duckdb.connect(str(database), read_only=True) as connection:
        kept = {
            i
            for (i,) in connection.sql(
                "SELECT record_id FROM deployments UNION SELECT record_id FROM demands"
            ).fetchall()
        }
        kept |= {i for (i,) in connection.sql("SELECT doc_id FROM articles").fetchall()}
    ids = [
        [value for key, value in row.items() if RECORD.fullmatch(key) or key == "doc_id"]
        for row in rows(database, name)
    ]
    assert all(row for row in ids), "a row without a column that leads on"
    assert {i for row in ids for i in row if i} <= kept


def test_most_questions_have_an_answer_in_the_demo(database: Path) -> None:
    silent = {name for name in QUESTIONS if not rows(database, name)}
    nobody = {"03_where_speakers_disagree", "08_announced_and_not_yet_there"}
    assert silent <= nobody | {"16_what_the_gates_saw", "19_answers_to_demands"}


def test_rival_figures_stand_side_by_side(database: Path) -> None:
    found = rows(database, "02_figures_over_time")
    said = {(row["speaker_text"].lower(), row["count_min"], row["count_max"]) for row in found}
    assert {("the pentagon", 11000, 12000), ("the white house", 3000, None)} <= said
    assert rows(database, "03_where_speakers_disagree") == [], "8,000 in Kursk do not dispute 11,000 in Russia"


def test_a_denial_is_in_no_answer_about_what_is_there(database: Path) -> None:
    denied = {row["record_id"] for row in rows(database, "07_denied_and_by_whom")}
    assert len(denied) == 3
    figures = rows(database, "02_figures_over_time")
    assert denied.isdisjoint(row[f"{bound}_record_id"] for row in figures for bound in ("lowest", "highest"))
    assert denied.isdisjoint({row["record_id"] for row in rows(database, "13_who_said_it_first")})


def test_days_that_were_not_run_are_no_zeros(database: Path) -> None:
    unknown = {row["day"] for row in rows(database, "15_days_without_data") if row["outcome"] == "not_run"}
    first, last = min(NEWSROOM_DAYS).toordinal(), max(NEWSROOM_DAYS).toordinal()
    assert {day.toordinal() for day in unknown} == set(range(first, last)) - {day.toordinal() for day in NEWSROOM_DAYS}


def test_the_notebook_runs_from_top_to_bottom(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cell by cell in one namespace, as a kernel would; a cell that ends in an expression shows something."""
    notebook = json.loads((ROOT / "docs" / "notebook.ipynb").read_text(encoding="utf-8"))
    (demo / "docs").mkdir(exist_ok=True)
    monkeypatch.chdir(demo / "docs")
    names: dict[str, Any] = {}
    shown = [_run_cell("".join(c["source"]), names) for c in notebook["cells"] if c["cell_type"] == "code"]
    assert len(shown) >= 6 and all(len(value) for value in shown if hasattr(value, "columns"))
    assert names["chart"].to_dict()["layer"]
    assert "11,000 to 12,000" in set(names["evidence"]["count_text"]) and names["evidence"]["warc_file"].all()


def _run_cell(source: str, names: dict[str, Any]) -> Any:
    """Execute a cell; the value of its last expression, which a notebook would show."""
    tree = ast.parse(source)
    assert isinstance(tree.body[-1], ast.Expr), "a cell that shows nothing"
    last = ast.Expression(tree.body.pop().value)
    exec(compile(tree, "cell", "exec"), names)  # noqa: S102 - our own notebook
    return eval(compile(last, "cell", "eval"), names)  # noqa: S307 - our own notebook


@pytest.mark.parametrize("number", BLOCKS)
def test_the_code_of_the_reading_page_runs(demo: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each block by itself, in a folder that has both the DuckDB file and the downloads."""
    for needed in re.findall(r"^import (\w+)", BLOCKS[number], re.M):
        if not importlib.util.find_spec(needed):
            pytest.skip(f"{needed} is not installed: it is no dependency of ours")
    monkeypatch.chdir(demo / "downloads")
    names: dict[str, Any] = {}
    exec(BLOCKS[number], names)  # noqa: S102 - our own page
    frames = {name: value for name, value in names.items() if hasattr(value, "shape")}
    assert frames and all(frame.shape[0] for frame in frames.values())


def test_what_the_reading_page_tells_a_shell_to_run_works_in_the_folder_of_an_edition(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the Python module, in place of DuckDB's own command: its words of SQL, and the file that it is given."""
    section = READING.split("## DuckDB's command line")[1].split("\n## ")[0]
    words = re.findall(r'^    duckdb [^"\n]*"([^"]+)"', section, re.M)
    words += [Path(demo / "downloads" / name).read_text("utf-8") for name in re.findall(r"< (\S+)", section)]
    monkeypatch.chdir(demo / "downloads")
    shutil.copytree(".", "../000011")
    assert len(words) == 4
    for sql in words:
        with duckdb.connect(
            ":memory:" if "ATTACH" in sql else "troopwatch.duckdb", read_only="ATTACH" not in sql
        ) as it:
            it.execute(sql)


def test_the_questions_are_many_and_each_is_one(database: Path) -> None:
    assert len(QUESTIONS) >= 15
    assert len({question.words for question in QUESTIONS.values()}) == len(QUESTIONS)
    assert all(isinstance(question, Question) and question.words.endswith("?") for question in QUESTIONS.values())
