"""What the normalize stage makes of captured bytes: documents, or quarantined rows with a reason."""

import pyarrow as pa

from troopwatch.tables.model import Column, Stage, Table, flag, flat, instant, one_of, text, whole
from troopwatch.tables.scrape import CAPTURE, DAY, SOURCE

SHA256 = r"^[0-9a-f]{64}$"
SIGNATURE_NUMBERS = 128

IDENTITY = (
    text(
        "article_id",
        "the article: the same for all its versions (hash of its address without variants: mobile, AMP, https)",
    ),
    text("doc_id", "one version of the article (hash of article, title and text as captured): what mentions point to"),
)

PUBLISHED = (
    instant("published_at", "when it was published, as far as the page says; never guessed", null=True),
    one_of(
        "published_precision", "how exact that is: an instant, a minute or only a day", "second minute day", null=True
    ),
    one_of("published_origin", "where the page says so", "json_ld meta time script feed sitemap url", null=True),
)

OUTLET = text("outlet", "name of the outlet as a reader knows it")
ADDRESS = text(
    "canonical_url",
    "the article's address, without trackers: the page's own canonical one where it is of the same site",
)

documents = Table(
    "documents",
    Stage.NORMALIZE,
    "A row for every version of an article that was captured on the day, with its full text.",
    flat(
        DAY,
        SOURCE,
        IDENTITY,
        OUTLET,
        ADDRESS,
        text("title", "headline", null=True),
        text("text", "full text, in Unicode NFC, paragraphs separated by an empty line"),
        text("text_sha256", "digest of the text in UTF-8", pattern=SHA256),
        Column(
            "signature",
            pa.binary(),
            f"what copies of the text are known by: MinHash of its runs of words, {SIGNATURE_NUMBERS} 32-bit numbers, "
            "little-endian; NULL for a text too short to be told from its formulas",
            null=True,
        ),
        text("authors", "names of the authors, separated by semicolons", null=True),
        text("language", "ISO 639-1 code, detected from the text", pattern=r"^[a-z]{2,3}$"),
        PUBLISHED,
        text("published_rejected", "a date that the page gives and that cannot be true, with its origin", null=True),
        flag("is_stub", "the page shows only the beginning (paywall, teaser)"),
        whole("characters", "length of the text in code points"),
        whole("boilerplate_removed", "code points cut off the text: what many pages of the source and day have alike"),
        CAPTURE,
        text("voice", "actor that the source speaks for, so that its 'we' resolves", null=True),
        text("method", "how the text was extracted"),
        text("method_version", "version of that method"),
    ),
    key=("day", "source", "doc_id"),
)

quarantine = Table(
    "quarantine",
    Stage.NORMALIZE,
    "A row for every captured page or feed item that did not become a document, and why.",
    flat(
        DAY,
        SOURCE,
        CAPTURE,
        text("item", "which item of a feed; empty for a page"),
        one_of(
            "rule",
            "what it fell by",
            "not_ok empty unreadable too_large not_html not_a_feed no_text too_short no_link timed_out damaged_record",
        ),
        text("detail", "the same in words", null=True),
    ),
    key=("day", "source", "url", "captured_at", "warc_offset", "item"),
)

tallies = Table(
    "tallies",
    Stage.NORMALIZE,
    "A row for every source and day that the ledger has: what was read of the responses that it counts, and what came "
    "of that. A gate holds every sum to the ledger and to the rows of documents and quarantine.",
    flat(
        DAY,
        SOURCE,
        whole("set_aside", "responses that hold no articles: robots.txt, and listings that only lead to pages"),
        whole("read", "all other responses: pages, or the feeds themselves where their items carry the texts"),
        whole("found", "what those held: a page is one, so is every item of a feed, and a feed that cannot be read"),
        whole("repeated", "of these: a version or a refused item that an earlier capture of the day had brought"),
        whole("documents", "of these: rows of documents"),
        whole("quarantined", "of these: rows of quarantine"),
    ),
    key=("day", "source"),
)
