"""Downloads that cannot be made end as an error that names what to do, and never as some of them."""

from pathlib import Path
from typing import Any

import duckdb
import pytest
from exports_file import EDITION, make
from xlsxwriter.exceptions import FileCreateError

from troopwatch.lake import LakeError
from troopwatch.publish import exports
from troopwatch.publish.edition import PublishError
from troopwatch.publish.exports import package, workbook


def test_formats_that_do_not_agree_are_an_error() -> None:
    same = {"meta": 3, "demands": 2}
    package.check_equal({"duckdb": same, "csv": dict(same), "xlsx": {"meta": 3}}, left_out={"demands"})
    with pytest.raises(PublishError, match="rows of demands: .*'csv': 1"):
        package.check_equal({"duckdb": same, "csv": same | {"demands": 1}}, left_out=set())
    with pytest.raises(PublishError, match="rows of demands: .*'xlsx': None"):
        package.check_equal({"duckdb": same, "xlsx": {"meta": 3}}, left_out=set())


def test_a_file_without_a_table_is_an_error(tmp_path: Path) -> None:
    make(tmp_path / "x.duckdb")
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        connection.execute("DROP TABLE demands")
    with pytest.raises(PublishError, match="cannot be read .*demands"):
        exports.write(tmp_path / "x.duckdb", tmp_path / "out", EDITION)


def test_a_folder_that_cannot_be_written_to_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "csv").write_text("in the way", encoding="utf-8")
    with pytest.raises(LakeError, match="cannot write the downloads to .*what is published is intact"):
        exports.write(make(tmp_path / "x.duckdb"), tmp_path, EDITION)


@pytest.mark.parametrize("full", [OSError(28, "No space left on device"), FileCreateError("No space left on device")])
def test_a_full_disk_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full: Exception) -> None:
    def fail(*_: Any) -> None:
        raise full

    monkeypatch.setattr(workbook, "write", fail)
    with pytest.raises(LakeError, match="No space left on device"):
        exports.write(make(tmp_path / "x.duckdb"), tmp_path, EDITION)
