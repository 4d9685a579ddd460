"""The files of include/queries: a question and one statement each, which a file without rows answers as well."""

from pathlib import Path

import duckdb
import pytest
from exports_file import make

from troopwatch.publish.exports.questions import all_of

QUESTIONS = {question.path.stem: question for question in all_of()}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("empty") / "empty.duckdb")


def test_they_are_numbered_without_gaps() -> None:
    assert [int(name[:2]) for name in QUESTIONS] == list(range(1, len(QUESTIONS) + 1))


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_file_asks_one_question_and_has_one_statement(name: str) -> None:
    question = QUESTIONS[name]
    text = question.path.read_text(encoding="utf-8")
    assert text.startswith("-- ") and question.words.endswith("?")
    assert "--" not in question.sql and ";" not in question.sql.replace("'; '", "").replace("';'", "")
    assert len(duckdb.extract_statements(text)) == 1
    assert all(len(line) <= 120 for line in text.splitlines()) and text.endswith("\n")


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_file_without_rows_answers_it(name: str, empty: Path) -> None:
    with duckdb.connect(str(empty), read_only=True) as connection:
        found = connection.sql(QUESTIONS[name].sql)
        assert len(set(found.columns)) == len(found.columns)
        assert found.fetchall() == []
