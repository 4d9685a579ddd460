"""The published tables that explain codes and places, and that say what was asked and what was refused."""

from dataclasses import replace

import pyarrow as pa

from troopwatch.tables import normalize, scrape
from troopwatch.tables.analysis import counted
from troopwatch.tables.model import Column, Stage, Table, code, day, flag, flat, one_of, text, whole

COUNTRY = r"^[A-Z]{3}$"

actors = Table(
    "actors",
    Stage.AGGREGATE,
    "A row for every actor of the codebook, and for every other that a mention makes of a state and a sector: what the "
    "codes of all tables mean.",
    flat(
        replace(code("code", "actor code (codebook 1.2)"), null=False),
        text("name", "what it stands for, in words"),
        Column("known_as", pa.list_(pa.string()), "names in the codebook that lead to it, the first of each entry"),
        one_of(
            "kind",
            "state; organ of one; international body; armed group; society: parties, companies, media, persons and "
            "others",
            "state organ body armed_group society",
        ),
        text("country", "its state (ISO 3166-1 alpha-3, or codebook 1.2.4); NULL: none", null=True, pattern=COUNTRY),
        text("sector", "its PLOVER sector; NULL: a state as such, or a body", null=True, pattern=COUNTRY),
        replace(
            code(
                "principal_code", "the code that loose folding takes for it: the state of a state's organ, else itself"
            ),
            null=False,
        ),
        counted("it in any role, speakers included", least=0),
    ),
    key=("code",),
)

places = Table(
    "places",
    Stage.AGGREGATE,
    "A row for every place that a deployment names and that is known. Words that lead to no place and no country (the "
    "border, the region) are in `deployments` alone.",
    flat(
        text("place_id", "a country's code, geonames:<id>, or a place of the codebook as <country>:<name> or <name>"),
        text("name", "its name"),
        one_of("kind", "what it is", "country demonym region city base sea island site"),
        text(
            "country", "its country as GeoNames has it; NULL: it lies in several or in none", null=True, pattern=COUNTRY
        ),
        whole("geonameid", "its GeoNames id; NULL: none is known", null=True),
        Column(
            "latitude",
            pa.float64(),
            "degrees north, its own: only cities have one; NULL for a country or region, whose middle is no place",
            null=True,
            minimum=-90,
            maximum=90,
        ),
        Column("longitude", pa.float64(), "degrees east, likewise", null=True, minimum=-180, maximum=180),
        flag("disputed", "whose it is, is disputed (codebook)"),
        whole("mentions_present", "of its mentions: those whose standing is 'present'"),
        counted("deployments that name it"),
    ),
    key=("place_id",),
)

sources = Table(
    "sources",
    Stage.AGGREGATE,
    "A row for every source that was ever run, as its spec describes it; NULL where the spec is there no more.",
    flat(
        scrape.SOURCE,
        text("title", "as readers know it", null=True),
        text("kind", "how it is read: feed, sitemap or warc", null=True),
        text("home", "country of the outlet (ISO 3166-1 alpha-3)", null=True, pattern=COUNTRY),
        text("language", "ISO 639-1 code of its language", null=True),
        code("voice", "actor that it speaks for, so that its 'we' resolves"),
        whole("floor", "articles of a day, below which the gate closes", null=True),
        whole("ceiling", "articles of a day, above which it warns", null=True),
        day("first_day", "first day on which it was run"),
        day("last_day", "last day on which it was run"),
        whole("days_captured", "days on which something was captured and whose gate is open"),
        counted("deployments and demands in its articles", least=0),
    ),
    key=("source",),
)

quarantine = Table(
    "quarantine",
    Stage.AGGREGATE,
    "A row for everything that was captured on an open day and refused: by which rule, and where the evidence lies.",
    flat(
        scrape.DAY,
        scrape.SOURCE,
        text("table_name", "the table that it would have been a row of"),
        text("rule", "what it fell by"),
        text("detail", "the same in words", null=True),
        text("url", "address that was asked for", null=True),
        replace(normalize.quarantine["captured_at"], null=True),
        replace(normalize.quarantine["warc_file"], null=True),
        replace(normalize.quarantine["warc_offset"], null=True),
        text("item", "which item of a feed; empty for a page", null=True),
        text("doc_id", "the document, where there is one", null=True),
        text("record_id", "the mention, where it is one", null=True),
    ),
    key=("day", "source", "table_name", "url", "captured_at", "warc_offset", "item", "doc_id", "record_id", "rule"),
)
