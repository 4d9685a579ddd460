"""From a table as `tables` says it to the checks of its rows."""

from collections.abc import Iterable, Iterator

from troopwatch.quality.model import Check, Context, Meaning
from troopwatch.tables import Column, Table


def of_table(table: Table) -> list[Check]:
    """What `tables` says about a table: its columns, their values and patterns, its key.

    Which columns have a value, and the limits of numbers, are one check each for the whole table (`meanings.common`):
    Great Expectations takes milliseconds for every check of a column, and most columns have one of these.
    """
    columns = Check(
        f"{table.name}.columns",
        "the columns are those of the table, in its order",
        "ExpectTableColumnsToMatchOrderedList",
        {"column_list": table.names},
    )
    return [columns, *(check for column in table.columns for check in _of_column(table.name, column)), *_key(table)]


def of_meanings(table: str, meanings: Iterable[Meaning[Context]]) -> list[Check]:
    """The checks that meanings become: their objections, in a column named like the check, are all NULL."""
    return [
        Check(id_ := f"{table}.{m.name}", m.words, "ExpectColumnValuesToBeNull", {"column": id_}, m.severity)
        for m in meanings
    ]


def _of_column(table: str, column: Column) -> Iterator[Check]:
    start, named = f"{table}.{column.name}", {"column": column.name}
    if column.values:
        words, allowed = f"{column.name} is one of: {', '.join(column.values)}", list(column.values)
        yield Check(f"{start}.values", words, "ExpectColumnValuesToBeInSet", named | {"value_set": allowed})
    if column.pattern:
        words, regex = f"{column.name} matches {column.pattern}", {"regex": column.pattern}
        yield Check(f"{start}.pattern", words, "ExpectColumnValuesToMatchRegex", named | regex)


def _key(table: Table) -> Iterator[Check]:
    # As in SQL, NULL equals nothing: an address that was refused twice has two rows without a capture.
    arguments = {"column_list": list(table.key), "ignore_row_if": "any_value_is_missing"}
    words = f"no two rows have the same {', '.join(table.key)}"
    yield Check(f"{table.name}.key", words, "ExpectCompoundColumnsToBeUnique", arguments)
