"""What the scrape stage leaves beside the captured bytes: who was asked, and what came back."""

from troopwatch.tables.model import Stage, Table, day, flat, instant, one_of, text, whole

DAY = day("day", "the UTC day the capture belongs to: the day of the run that asked for it")
SOURCE = text("source", "name of the source: its file in include/sources", pattern=r"^[a-z][a-z0-9_]*$")

CAPTURE = (
    text("url", "address that was asked for, as it was asked"),
    instant("captured_at", "when the visit that brought the bytes began; of captures made elsewhere, their WARC-Date"),
    text("warc_file", "WARC file that holds the bytes, from the root of the data folder"),
    whole("warc_offset", "where the record starts in that file, in bytes"),
)

ledger = Table(
    "ledger",
    Stage.SCRAPE,
    "A row for every source and day that was tried, also where nothing came of it.",
    flat(
        DAY,
        SOURCE,
        one_of(
            "outcome",
            "captured: texts of the day are there, or its listing named none; no_data: nothing was captured on that "
            "day and nothing can be fetched now; failed: the source was asked and did not answer usefully",
            "captured no_data failed",
        ),
        text("reason", "why there are no data or why it failed", null=True),
        whole("requests", "addresses that the source led to, robots.txt included, but for those that it forbids"),
        whole("responses", "responses stored"),
        whole("refused_by_robots", "addresses not asked for because robots.txt forbids them"),
        whole("failures", "addresses that brought no usable response"),
        instant("first_captured_at", "time of the first capture", null=True),
        instant("last_captured_at", "time of the last capture", null=True),
    ),
    key=("day", "source"),
)

fetches = Table(
    "fetches",
    Stage.SCRAPE,
    "A row for every address that a source of the day led to, and how it ended.",
    flat(
        DAY,
        SOURCE,
        text("url", "address that was asked for, as it was asked"),
        text("final_url", "where redirects led; NULL where they did not", null=True),
        one_of("role", "what the address was asked for", "robots listing page"),
        one_of("outcome", "how it ended", "stored refused_by_robots failed"),
        whole("status", "HTTP status", null=True, minimum=100),
        text(
            "reason", "why it failed or was not asked for; of a stored one, how its row came to be made anew", null=True
        ),
        instant("listed_at", "time of publication that the feed or sitemap gives with the address", null=True),
        whole("bytes", "size of the body as served", null=True),
        text("payload_sha256", "digest of the body as served", null=True, pattern=r"^[0-9a-f]{64}$"),
        instant(
            "captured_at",
            "when the visit that brought the answer began; of captures made elsewhere, their WARC-Date",
            null=True,
        ),
        text("warc_file", "WARC file with the response, from the root of the data folder", null=True),
        whole("warc_offset", "where its record starts in that file, in bytes", null=True),
    ),
    key=("day", "source", "url", "captured_at", "warc_offset"),
)
