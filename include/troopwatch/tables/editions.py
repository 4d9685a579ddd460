"""What is published as an edition, and what each edition changed: filled when one goes up, never by the aggregate."""

from dataclasses import replace

import pyarrow as pa

from troopwatch.tables import scrape
from troopwatch.tables.model import Column, Stage, Table, flat, one_of, text, whole
from troopwatch.tables.normalize import SHA256

REASONS = "new_day gate_opened gate_closed waiver correction late_article new_rules"
"""Why rows change, the strongest first: what a row's own article or day does not say follows from the strongest."""

NUMBER = whole("edition", "number of the edition, from 1", minimum=1)
REASON = one_of(
    "reason",
    "new_day: a day published for the first time, and what follows from it; gate_opened, gate_closed: a day let in or "
    "taken out; waiver: a day let in by a waiver, or no more; correction: another text of a known article; "
    "late_article: an article captured for a day that was published; new_rules: the same captures read otherwise",
    REASONS,
)

editions = Table(
    "editions",
    Stage.AGGREGATE,
    "A row for every edition: what was published, when, and from which inputs, code and codebook.",
    flat(
        NUMBER,
        Column("made_at", pa.timestamp("us", tz="UTC"), "when it was published, by the clock of its run (UTC)"),
        Column("days", pa.list_(pa.date32()), "days whose runs published it"),
        replace(REASON, meaning="the strongest reason of its changes; new_rules where only pages changed"),
        text("schema_version", "version of its tables and columns"),
        text("codebook_version", "version of its dictionaries"),
        text("code", "digest of the code that made it", pattern=SHA256),
        text("codebook", "digest of its dictionaries", pattern=SHA256),
        text("inputs", "digest of its inputs: the lake's files, source specs and waivers", pattern=SHA256),
        text("content", "digest of all tables but editions and changes", pattern=SHA256),
        whole("rows", "rows of all tables but editions and changes"),
        whole("added", "rows that the edition before did not have"),
        whole("changed", "rows that it had with other values"),
        whole("removed", "rows that it had and this one has not"),
    ),
    key=("edition",),
)

changes = Table(
    "changes",
    Stage.AGGREGATE,
    "What each edition changed. The sum of `rows` is exact: over all editions, added less removed is what a table has.",
    flat(
        NUMBER,
        text("table_name", "the table"),
        one_of("what", "what happened to the row", "added changed removed"),
        REASON,
        replace(scrape.DAY, null=True, meaning="day of the row; NULL: it has none"),
        text("key", "key of the row, as JSON; NULL: several rows that are not listed one by one", null=True),
        text("column_name", "column that has another value; NULL: the whole row, or several rows", null=True),
        text("old", "its value before, at most 300 characters; NULL: none, or not listed", null=True),
        text("new", "its value now, at most 300 characters; NULL: none, or not listed", null=True),
        whole("rows", "rows that this line stands for; 0 for further columns of a row that has a line already"),
    ),
    key=("edition", "table_name", "what", "reason", "day", "key", "column_name"),
)
