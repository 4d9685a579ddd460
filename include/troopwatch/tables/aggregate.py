"""The published file: what analysts query. Each table is made by the SQL file of its name."""

from collections.abc import Iterable
from dataclasses import replace

from troopwatch.tables import analysis, detect, quality, scrape
from troopwatch.tables.model import Column, Stage, Table, code, day, flag, flat, one_of, text, whole
from troopwatch.tables.normalize import documents

DAY = scrape.DAY


def published(table: Table, *, name: str, meaning: str, without: tuple[str, ...] = ()) -> Table:
    """A lake table as it stands in the published file."""
    columns = tuple(c for c in table.columns if c.name not in without)
    key = tuple(k for k in table.key if k not in {"day", "source"}) if "doc_id" in table.names else table.key
    return Table(name, Stage.AGGREGATE, meaning, columns, key)


SYNDICATION = text(
    "syndication_id",
    "the text it is a copy or a version of, across outlets and days: doc_id of the earliest article that has it",
)

_articles = published(
    documents,
    name="articles",
    meaning="A row for every version of an article, at its first capture. Full texts stay in the lake.",
    without=("text", "voice", "signature"),
)
SYNDICATED_FROM = text("syndicated_from", "outlet of that earliest article: its own where the text is first seen there")
articles = replace(
    _articles,
    columns=flat(
        _articles.columns,
        day("first_day", "first day on which this version was captured"),
        day("last_day", "last day on which it was captured"),
        whole("days_captured", "days on which it was captured", minimum=1),
        SYNDICATION,
        SYNDICATED_FROM,
        day("gone_on", "first day on which its page, captured before, was not there any more", null=True),
        one_of("reading", "whether the text was read for mentions", "read other_language"),
        whole("deployments", "deployment rows in it"),
        whole("demands", "demand rows in it"),
    ),
)


LONGEST_QUOTE = 300
"""Characters of a published sentence at most."""
QUOTE = text(
    "sentence",
    f"the quote: the sentence as it stands in the text, at most {LONGEST_QUOTE} characters: of a longer one the "
    "words around the trigger",
)


def _mentions(table: Table, meaning: str, *more: Column | Iterable[Column]) -> Table:
    """A table of mentions with what its articles are copies of, so that one text is not taken for many voices."""
    made = published(table, name=table.name, meaning=meaning)
    columns = (QUOTE if c.name == QUOTE.name else c for c in made.columns)
    folded = (analysis.CLAIM_DATE, analysis.STANDING, analysis.CLAIM_ID)
    return replace(made, columns=flat(columns, SYNDICATION, SYNDICATED_FROM, *more, folded))


deployments = _mentions(
    detect.deployments,
    "A row for every mention of a deployment, at the first capture of its article's version (codebook 1.3).",
    *analysis.PLACED,
)
demands = _mentions(
    detect.demands,
    "A row for every mention of a demand, at the first capture of its article's version (codebook 1.4).",
)

coverage = Table(
    "coverage",
    Stage.AGGREGATE,
    "A row for every source and day between its first and last run: what was captured, or that there are no data.",
    flat(
        DAY,
        scrape.SOURCE,
        one_of(
            "outcome",
            "as in the ledger; not_run: the day was never run; closed: captured, but the day's gate is closed",
            "captured no_data failed not_run closed",
        ),
        text("reason", "why there are no data, why it failed, or which check closed the gate", null=True),
        (replace(c, null=True, meaning=f"{c.meaning}; NULL: no data") for c in scrape.COUNTS),
        whole(
            "articles",
            "articles found in the responses, each once, before any is refused: pages, or items of feeds; of an open "
            "day the sum of kept and quarantined; NULL: no data",
            null=True,
        ),
        whole(
            "kept",
            "documents made of them that stand in this file: 0 where the gate is closed; NULL: no data",
            null=True,
        ),
        whole("documents", "documents made of them; 0 is a measured zero, NULL means no data", null=True),
        whole("new_documents", "documents that no earlier day had; NULL: no data", null=True),
        whole("quarantined", "pages and items that became no document; NULL: no data", null=True),
        whole("deployments", "deployment rows in the day's documents; NULL: no data", null=True),
        whole("demands", "demand rows in the day's documents; NULL: no data", null=True),
    ),
    key=("day", "source"),
)

FIGURE = (
    whole("mentions", "rows of mentions", minimum=1),
    whole("articles", "articles they stand in", minimum=1),
    whole("sources", "sources of those articles", minimum=1),
    whole(
        "independent_sources",
        "outlets that had the texts of those articles first: a text that 40 outlets carry counts for one",
        minimum=1,
    ),
)

daily_deployments = Table(
    "daily_deployments",
    Stage.AGGREGATE,
    "Mentions of deployments by first capture, owner, place country, phase, status and standing; never summed "
    "over status or standing: only 'present' is there now.",
    flat(
        DAY,
        code("force_owner_code", "whose forces"),
        text("place_country", "country of a place named with it; NULL: none is named or resolved", null=True),
        replace(detect.deployments["phase"]),
        replace(detect.deployments["status"]),
        analysis.STANDING,
        FIGURE,
    ),
    key=("day", "force_owner_code", "place_country", "phase", "status", "standing"),
)

daily_demands = Table(
    "daily_demands",
    Stage.AGGREGATE,
    "Mentions of demands by day of first capture, demander, addressee, content, status and standing; never summed over "
    "status or standing.",
    flat(
        DAY,
        code("demander_code", "who demands"),
        code("addressee_code", "of whom"),
        replace(detect.demands["content_type"]),
        replace(detect.demands["status"]),
        analysis.STANDING,
        FIGURE,
    ),
    key=("day", "demander_code", "addressee_code", "content_type", "status", "standing"),
)

_CLAIMED = (
    "force_owner_code force_text unit_type places phase status tense_class activity count_text count_min count_max "
    "count_approx count_scope count_unit speaker_text speaker_code sentence outlet canonical_url published_at "
    "captured_at doc_id warc_file warc_offset"
)
troop_claims = Table(
    "troop_claims",
    Stage.AGGREGATE,
    "A row for every figure of persons with who claims it: rival figures stand side by side, never averaged.",
    flat(
        replace(detect.deployments["record_id"]),
        DAY,
        day("claim_date", "date of the claim: publication where known, else capture"),
        flag("claim_date_is_published", "claim_date is the date of publication"),
        text("claimed_by", "the speaker, or the outlet where it speaks for itself"),
        (deployments[name] for name in _CLAIMED.split()),
    ),
    key=("record_id",),
)

quality_checks = published(
    quality.checks,
    name="quality_checks",
    meaning="A row for every check of every day: what the gates saw before anything was published.",
)

waivers = published(
    quality.waivers,
    name="waivers",
    meaning="A row for every failed check of a day that a person has waived: who, why and until when.",
)

meta = Table(
    "meta",
    Stage.AGGREGATE,
    "Facts about this file, one a row.",
    (text("key", "name of the fact"), text("value", "the fact", null=True), text("meaning", "what it says")),
    key=("key",),
)
