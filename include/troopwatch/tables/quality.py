"""What the gates saw: a row for every check of a day."""

import pyarrow as pa

from troopwatch.tables.model import Column, Stage, Table, day, flag, flat, number, one_of, text, whole
from troopwatch.tables.scrape import DAY, SOURCE

GATES = "documents mentions history edition"

checks = Table(
    "checks",
    Stage.QUALITY,
    "A row for every expectation that was checked on a day's partition.",
    flat(
        DAY,
        one_of("gate", "which gate", GATES),
        text("table_name", "table that was checked"),
        text("check_id", "name of the check, unique within its gate"),
        text("meaning", "what is expected, in words"),
        one_of(
            "severity",
            "critical closes the gate; warning is printed in the report; info is kept",
            "critical warning info",
        ),
        flag("passed", "the expectation was met"),
        whole("rows_checked", "rows that were looked at"),
        whole("rows_failed", "rows that broke it"),
        text("observed", "what was seen", null=True),
        text("waived_by", "who waived the failure, why and until when: it closes nothing then", null=True),
        text("examples", "keys of the first rows that broke it, as JSON", null=True),
    ),
    key=("day", "gate", "check_id"),
)

JUDGED = pa.struct(
    [pa.field("file", pa.string(), nullable=False), pa.field("sha256", pa.string(), nullable=False)],
)

verdicts = Table(
    "verdicts",
    Stage.QUALITY,
    "A row for every gate of a day: open or closed, and exactly which bytes it judged.",
    flat(
        DAY,
        one_of("gate", "which gate", GATES),
        flag("is_open", "no critical check failed"),
        text(
            "closed_by",
            "the critical checks that failed, and an approval waited for, separated by semicolons",
            null=True,
        ),
        Column(
            "judged",
            pa.list_(JUDGED),
            "the partition files that were judged, with their digests",
        ),
    ),
    key=("day", "gate"),
)

measures = Table(
    "measures",
    Stage.QUALITY,
    "A row for every figure of a source's day that is held against the source's own last 28 days, with its bounds.",
    flat(
        DAY,
        SOURCE,
        text("measure", "name of the figure; what it is stands in the meaning of its check"),
        number("value", "the figure"),
        whole("rows", "articles, mentions or sentences that it stands on"),
        whole("days", "open days of the last 28 that have the figure; for volumes, of the same kind of weekday"),
        number("median", "its median on those days", null=True),
        number("mad", "its median absolute deviation on those days", null=True),
        number("low", "least value that is usual; NULL: there is no such bound, or too few days", null=True),
        number("high", "largest value that is usual; NULL: as above", null=True),
    ),
    key=("day", "source", "measure"),
)

held = Table(
    "held",
    Stage.QUALITY,
    "A row for every mention that broke a rule and is held back from editions, until a later run of its day passes.",
    flat(
        DAY,
        SOURCE,
        text("table_name", "table that it is held back from"),
        text("record_id", "the mention"),
        text("doc_id", "the document that it is of", null=True),
        text("rule", "the checks that it failed, separated by semicolons"),
        text("detail", "what was seen", null=True),
        text("row", "the mention as it was found, as JSON"),
    ),
    key=("day", "table_name", "source", "record_id"),
)

waivers = Table(
    "waivers",
    Stage.QUALITY,
    "A row for every failed check of a day that a person has waived: it stays failed, and closes nothing.",
    flat(
        DAY,
        one_of("gate", "which gate", GATES),
        text("check_id", "the check that failed"),
        text("name", "name of the waiver: its file in include/waivers"),
        text("pattern", "the checks that it waives"),
        text("source", "the source that it is for; NULL: any", null=True),
        day("since", "first day that it waives; NULL: any", null=True),
        day("until", "last day that it waives"),
        text("who", "who waived it"),
        text("why", "why"),
    ),
    key=("day", "gate", "check_id"),
)
