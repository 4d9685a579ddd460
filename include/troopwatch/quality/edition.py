"""The gate of an edition: the candidate DuckDB file against `tables`, and its tables against each other."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb

from troopwatch import lake as lakes
from troopwatch import sources
from troopwatch.lake import Lake, LakeError
from troopwatch.quality import candidate as c
from troopwatch.quality import engine
from troopwatch.quality.candidate import Candidate, Words
from troopwatch.quality.folds import FOLDS
from troopwatch.quality.model import Meaning, Row, Severity
from troopwatch.quality.suites import of_rows
from troopwatch.quality.sums import SUMS
from troopwatch.quality.verdicts import GateClosedError, critical, forget_refusals, refuse_edition
from troopwatch.settings import Settings
from troopwatch.tables import PUBLISHED, Table


def judge_edition(day: date, database: Path, settings: Settings) -> list[Row]:
    """Judge a candidate file that nobody writes to any more, made by the run of `day`; rows of `checks`.

    A gate that opens leaves a mark beside the file, without which it is not published. Only one that closes leaves a
    trace in the lake, for the standing: what the file holds depends on all days, and a day's partition on its own day
    alone. The next edition that passes takes it back, whichever day's run made it.

    What is counted is counted by DuckDB, so that large tables do not matter. Raises GateClosedError where a critical
    check failed, LakeError where the file cannot be read, SourceError for a wrong source spec.
    """
    known, lake = set(sources.load(settings.sources)), Lake(settings.data)
    mark_of(database).unlink(missing_ok=True)
    try:
        digest = lakes.fingerprint(database)
        with duckdb.connect(str(database), read_only=True) as connection:
            findings = _findings(Candidate(connection), known)
    except (duckdb.Error, OSError) as error:
        raise LakeError(f"{database} cannot be read ({error}): run the aggregate stage again") from error
    found = [{"gate": "edition"} | finding for finding in findings]
    if failures := critical(found):
        refuse_edition(day, lake, failures)
        raise GateClosedError(day, "edition", failures)
    forget_refusals(lake)
    with lakes.replacing(mark_of(database)) as file:
        file.write(digest.encode())
    return found


def mark_of(database: Path) -> Path:
    """Where it is said that a candidate has passed: a file that holds its sha256."""
    return database.with_name(f"{database.name}.judged")


def has_passed(database: Path) -> bool:
    """Whether a candidate, exactly as it is, was let through."""
    mark = mark_of(database)
    return mark.exists() and mark.read_text(encoding="ascii", errors="replace") == lakes.fingerprint(database)


def _findings(candidate: Candidate, known: set[str]) -> list[Row]:
    """The shape first; rows and sums only where it is right, for otherwise they could not be asked for."""
    tables: list[Row] = [{"table": name} for name in sorted(PUBLISHED.keys() | candidate.names)]
    findings = engine.validate(of_rows("tables", tables, ["table"], SHAPE, candidate))
    if critical(findings):
        return findings
    rows = of_rows("rows", tables, ["table"], ROWS, candidate)
    sums = of_rows("sums", [{"sources": known}], [], [*(s.meaning() for s in (*SUMS, *FOLDS)), KNOWN], candidate)
    return [*findings, *engine.validate(rows), *engine.validate(sums)]


def _said(row: Row, candidate: Candidate) -> str | None:
    if row["table"] not in PUBLISHED:
        return f"{row['table']} is said nowhere"
    return None if row["table"] in candidate.names else f"{row['table']} is missing"


def _of_table(objection: Callable[[Table, Candidate], str | None]) -> Callable[[Row, Candidate], str | None]:
    """An objection to a table that is there and is one of ours; `said` objects to the others."""

    def of_row(row: Row, candidate: Candidate) -> str | None:
        words = None if _said(row, candidate) else objection(PUBLISHED[row["table"]], candidate)
        return f"{row['table']}: {words}" if words else None

    return of_row


def _columns(table: Table, candidate: Candidate) -> str | None:
    seen = list(candidate.types(table.name))
    return None if seen == table.names else f"has {', '.join(seen)}"


def _types(table: Table, candidate: Candidate) -> str | None:
    return _difference(candidate.expected_types(table), candidate.types(table.name))


def _comments(table: Table, candidate: Candidate) -> str | None:
    return _difference({"": table.meaning} | {c.name: c.meaning for c in table.columns}, candidate.comments(table.name))


def _difference(expected: Words, seen: Words) -> str | None:
    return ", ".join(f"{name} {seen[name]!r}".strip() for name in seen if seen[name] != expected.get(name)) or None


def _not_null(table: Table, candidate: Candidate) -> str | None:
    return ", ".join(candidate.broken(table, c.nulls(table))) or None


def _values(table: Table, candidate: Candidate) -> str | None:
    rules = c.strays(table)
    return ", ".join(candidate.broken(table, rules) if rules else ()) or None


def _key(table: Table, candidate: Candidate) -> str | None:
    doubled = candidate.doubled(table)
    return f"{doubled} rows have the key of another" if doubled else None


def _known(row: Row, candidate: Candidate) -> str | None:
    seen = {name for (name,) in candidate.ask("SELECT DISTINCT source FROM coverage")}
    return ", ".join(sorted(seen - row["sources"])) or None


SHAPE: tuple[Meaning[Candidate], ...] = (
    Meaning("said", "the file has the tables that are said, and no other", _said),
    Meaning("columns", "every table has its columns, in order", _of_table(_columns)),
    Meaning("types", "every column has its type", _of_table(_types)),
    Meaning("comments", "every table and column says what it means", _of_table(_comments)),
)

ROWS: tuple[Meaning[Candidate], ...] = (
    Meaning("not_null", "every column that must have a value has one", _of_table(_not_null)),
    Meaning("values", "columns have the values, forms and limits that are said", _of_table(_values)),
    Meaning("key", "no two rows of a table have the same key", _of_table(_key)),
)

KNOWN: Meaning[Candidate] = Meaning("sources", "every source in coverage has a spec still", _known, Severity.INFO)
