"""The day's sum: what the ledger counts as stored was read, and what was read ended in a row or had come before."""

from troopwatch.quality.around import Around
from troopwatch.quality.meanings import TRIED
from troopwatch.quality.model import Meaning, Row


def _tallied(row: Row, around: Around) -> str | None:
    return None if row["source"] in around.tallied else f"{row['source']}: nothing says what became of its captures"


def _of_the_ledger(row: Row, around: Around) -> str | None:
    stored = around.ledger.get(row["source"], {}).get("responses", 0)
    if row["read"] + row["set_aside"] == stored:
        return None
    return f"{row['source']}: {stored} stored by the ledger, {row['read']} read and {row['set_aside']} set aside"


def _of_the_fetches(row: Row, around: Around) -> str | None:
    told = around.told[row["source"]]
    if row["source"] not in around.sources or told == row["read"]:
        return None
    return f"{row['source']}: {told} stored responses hold articles, {row['read']} were read"


def _a_page_is_one(row: Row, around: Around) -> str | None:
    source = around.sources.get(row["source"])
    if source is None or source.content != "page" or row["found"] == row["read"]:
        return None
    return f"{row['source']}: {row['read']} pages were read, {row['found']} found"


def _found(row: Row, _: Around) -> str | None:
    ended = row["documents"] + row["quarantined"] + row["repeated"]
    if ended == row["found"]:
        return None
    return (
        f"{row['source']}: {row['found']} found, but {row['documents']} documents, {row['quarantined']} quarantined "
        f"and {row['repeated']} repeated make {ended}"
    )


def _rows(row: Row, around: Around) -> str | None:
    there = {"documents": "documents", "quarantined": "quarantine"}
    found = {column: around.sizes[table, row["source"]] for column, table in there.items()}
    wrong = [f"{row[column]} {column} said, {n} rows" for column, n in found.items() if n != row[column]]
    return f"{row['source']}: {', '.join(wrong)}" if wrong else None


TALLIED = Meaning("tallied", "of every source it is said what became of its captures", _tallied)

TALLIES = (
    TRIED,
    Meaning("ledger", "what was read and what was set aside are what the ledger counts as stored", _of_the_ledger),
    Meaning("fetches", "all stored responses that hold articles were read, and nothing else", _of_the_fetches),
    Meaning("pages", "a page is one article, or one refused", _a_page_is_one),
    Meaning("found", "all that was found is a document, is quarantined, or had come before", _found),
    Meaning("rows", "there are as many documents and quarantined rows as are said", _rows),
)
