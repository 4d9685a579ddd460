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

FAILURES = {
    "http": "the server answered with an error",
    "connection": "no connection, or it broke off",
    "timeout": "no complete answer in time",
    "limit": "not asked for: the visit's deadline or number of pages was reached",
    "content": "what came, or the address itself, cannot be read",
}
"""Why an address brought nothing usable."""

COUNTED = {
    "stored": "responses",
    "unchanged": "unchanged",
    "gone": "gone",
    "copied": "copied",
    "refused_by_robots": "refused_by_robots",
    "failed": "failures",
}
"""Which column of the ledger counts an outcome of fetches."""

COUNTS = (
    whole("requests", "addresses that the source led to, robots.txt included, but for those that it forbids"),
    whole("responses", "responses stored"),
    whole("unchanged", "addresses that answered that nothing has changed since an earlier capture"),
    whole("gone", "pages that were captured before and are not there any more"),
    whole("copied", "WARC files elsewhere whose captures of the day were copied"),
    whole("refused_by_robots", "addresses not asked for because robots.txt forbids them"),
    whole("failures", "addresses that brought no usable response"),
    *(whole(f"failed_{name}", f"of these: {words}") for name, words in FAILURES.items()),
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
        COUNTS,
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
        one_of("role", "what the address was asked for; archive: a WARC file elsewhere", "robots listing page archive"),
        one_of(
            "outcome",
            "how it ended; unchanged: the server says that the capture at warc_file and warc_offset still stands; "
            "gone: HTTP 404 or 410 for a page that was captured before; copied: its captures have rows of their own",
            "stored unchanged gone copied refused_by_robots failed",
        ),
        one_of(
            "failure",
            "the kind of failure: " + "; ".join(f"{n}: {w}" for n, w in FAILURES.items()),
            " ".join(FAILURES),
            null=True,
        ),
        whole("status", "HTTP status", null=True, minimum=100),
        text(
            "reason", "why it failed or was not asked for; of a stored one, how its row came to be made anew", null=True
        ),
        whole(
            "after_days",
            "days since the page's first capture, after which it is asked for again; 0: for the first time",
            null=True,
        ),
        instant("listed_at", "time of publication that the feed or sitemap gives with the address", null=True),
        whole("bytes", "size of the body as served", null=True),
        text("payload_sha256", "digest of the body as served", null=True, pattern=r"^[0-9a-f]{64}$"),
        instant(
            "captured_at",
            "when the visit that brought the answer began; of captures made elsewhere, their WARC-Date",
            null=True,
        ),
        text(
            "warc_file",
            "WARC file with the response, or with the one that it repeats, from the root of the data folder",
            null=True,
        ),
        whole("warc_offset", "where its record starts in that file, in bytes", null=True),
    ),
    key=("day", "source", "url", "captured_at", "warc_offset"),
)
