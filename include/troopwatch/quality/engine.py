"""Great Expectations, held to what is needed of it: a suite in, a row for every check out.

Importing it takes seconds, and pandas half a second: the first validation of a process does it, and nothing else.
"""

import json
import logging
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from threading import Lock
from typing import Any

from troopwatch.quality.model import Check, Row, Suite

EXAMPLES = 5
"""Failing rows that are named in `observed` and `examples`."""
LONGEST = 160
"""Code points of one observed value."""
_ONE_AT_A_TIME = Lock()  # Great Expectations keeps what it validates in one place for all threads of a process


Examined = tuple[Row, Sequence[int]]
"""A row of `checks` without day and gate, and the numbers of the rows that failed it."""


def validate(suite: Suite) -> list[Row]:
    """Put a suite's rows to its checks; rows of `checks` without day and gate, in the order of the checks."""
    return [finding for finding, _ in examine(suite)]


def examine(suite: Suite) -> list[Examined]:
    """The same, each with the rows that failed; none of them where a check is not about single rows."""
    with _ONE_AT_A_TIME:
        return _examine(suite)


def _examine(suite: Suite) -> list[Examined]:
    frame = _frame(suite)
    # Finding out which rows failed costs twice as much as finding out whether one did, and most often none did.
    failed = {id_ for id_, result in _results(suite, frame, suite.checks, "BOOLEAN_ONLY").items() if not result.success}
    details = _results(suite, frame, [c for c in suite.checks if c.id in failed], "COMPLETE") if failed else {}
    return [_finding(suite, frame, check, details.get(check.id)) for check in suite.checks]


def _frame(suite: Suite) -> Any:
    """The rows as Python objects: pandas' own types would turn an integer beside a NULL into a float."""
    pandas = import_module("pandas")
    columns = {name: [row.get(name) for row in suite.rows] for name in suite.columns} | dict(suite.objections)
    return pandas.DataFrame({name: pandas.Series(values, dtype=object) for name, values in columns.items()})


def _results(suite: Suite, frame: Any, checks: Sequence[Check], depth: str) -> dict[str, Any]:
    """Great Expectations' results by the id of the check: it gives them in an order of its own."""
    library = _library()
    expectations = [
        getattr(library.expectations, c.expectation)(
            **_arguments(c, suite), severity=str(c.severity), meta={"id": c.id}
        )
        for c in checks
    ]
    made = library.ExpectationSuite(name=suite.table, expectations=expectations)
    with _quiet():
        validated = (
            _batches()
            .get_batch({"dataframe": frame})
            .validate(made, result_format=depth, expectation_parameters=dict(suite.parameters))
        )
    return {result.expectation_config.meta["id"]: result for result in validated.results}


def _arguments(check: Check, suite: Suite) -> dict[str, Any]:
    """The frame has the objections beside the table's columns: what says which columns there are must allow them."""
    arguments = dict(check.arguments)
    if check.expectation == "ExpectTableColumnsToMatchOrderedList":
        arguments["column_list"] = [*arguments["column_list"], *suite.objections]
    return arguments


def _finding(suite: Suite, frame: Any, check: Check, result: Any | None) -> Examined:
    """A row of `checks`; `result` is what was found where the check failed."""
    found = result.result if result else {}
    failing: list[int] = found.get("unexpected_index_list") or []
    examples: list[Row] = [{name: suite.rows[n].get(name) for name in suite.key} for n in failing[:EXAMPLES]]
    row = {
        "table_name": suite.table,
        "check_id": check.id,
        "meaning": check.meaning,
        "severity": str(check.severity),
        "passed": result is None,
        "rows_checked": len(suite.rows),
        "rows_failed": len(failing) or (len(suite.rows) if result else 0),
        "observed": (_mishap(result) or _observed(suite, frame, check, failing)) if result else None,
        "waived_by": None,
        "examples": json.dumps(examples, ensure_ascii=False, default=str) if examples else None,
    }
    return row, failing


def _mishap(result: Any) -> str | None:
    """What kept a check from being made at all; such a check has failed."""
    told = result.exception_info
    mishaps = [told] if "raised_exception" in told else told.values()
    return next((f"not checked: {m['exception_message']}"[:LONGEST] for m in mishaps if m["raised_exception"]), None)


def _observed(suite: Suite, frame: Any, check: Check, failing: Sequence[int]) -> str:
    """What was seen in the rows that failed, in words."""
    column = check.arguments.get("column")
    if column in suite.objections:
        return "; ".join(dict.fromkeys(str(frame[column][n])[:LONGEST] for n in failing[:EXAMPLES]))
    if column in suite.columns:
        return "seen: " + ", ".join(dict.fromkeys(repr(frame[column][n])[:LONGEST] for n in failing[:EXAMPLES]))
    if "ignore_row_if" in check.arguments:
        return f"{len(failing)} rows share their key with another"
    return f"seen: {', '.join(suite.columns)}"


@contextmanager
def _quiet() -> Iterator[None]:
    """Without two warnings that Great Expectations 1.24 calls forth and that nobody here can act on."""
    with warnings.catch_warnings():
        # It imports the names under which Python once had the parts of `re`.
        warnings.filterwarnings("ignore", message="module 'sre_(constants|parse)' is deprecated")
        # It looks for patterns in a way in which pandas expects no groups in them.
        warnings.filterwarnings("ignore", message="This pattern .* has match groups")
        yield


@cache
def _library() -> Any:
    os.environ["GX_ANALYTICS_ENABLED"] = "False"  # it would report every validation to its makers
    logging.getLogger("great_expectations").setLevel(logging.WARNING)  # it tells of every context that it makes
    with _quiet():
        library = import_module("great_expectations")
        import_module("great_expectations.expectations")
    return library


@cache
def _batches() -> Any:
    """Where frames go in: a context that writes no files, made once for a process."""
    context = _library().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    asset = context.data_sources.add_pandas("troopwatch").add_dataframe_asset("rows")
    return asset.add_batch_definition_whole_dataframe("all")
