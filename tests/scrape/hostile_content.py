"""What is inside: listings, pages, encodings, and WARC files made elsewhere."""

from hostile_bombs import gzip_bomb, packed, warc_record
from hostile_case import MIB, Case, at, feed, html, listing, reply

_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "lollollol">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
_QUADRATIC = '<!DOCTYPE x [<!ENTITY a "' + "x" * 100_000 + '">]>'
_OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b SYSTEM "http://127.0.0.1/">]>'
_TYPE = b"Content-Type: text/html"
_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def sitemap(body: str, head: str = "") -> bytes:
    return f"{head}<urlset>{body}</urlset>".encode()


def many(start: bytes, piece: bytes, end: bytes, size: int = 15 * MIB) -> bytes:
    return start + piece * (size // len(piece)) + end


def refused(name: str, what: str, reason: str, body: bytes, kind: str = "feed") -> Case:
    return Case(name, what, "failed", reason, role="listing", kind=kind, answers=listing(body))


def page(name: str, what: str, becomes: str, body: bytes, *headers: bytes, says: str = "") -> Case:
    return Case(name, what, becomes=becomes, says=says, answers=at(reply(body, *(headers or (_TYPE,)))))


def text(name: str, what: str, becomes: str, says: str, body: bytes) -> Case:
    """A feed whose items carry their texts: it is stored, and what it says is normalize's to judge."""
    return Case(name, what, becomes=becomes, says=says, role="listing", content="feed", answers=listing(body))


_ATTRIBUTES = b"<rss><item " + b" ".join(b'a%x=""' % n for n in range(1_500_000)) + b"/></rss>"
_ITEM = b"<rss><item><link>http://site.example/item</link><description>Words of an article.</description>"
LISTINGS = [
    refused("entity bomb in a feed", "entities that multiply (billion laughs)", "amplification",
            feed("http://site.example/&a9;", head=_LAUGHS)),
    refused("entity bomb in UTF-16", "the same in UTF-16", "amplification",
            feed("http://site.example/&a9;", head=_LAUGHS).decode().replace('<?xml version="1.0"?>', "").encode("utf-16")),
    refused("one long entity, often", "an entity of 100 kB, 100,000 times", "amplification", feed("&a;" * 100_000, head=_QUADRATIC)),
    refused("entity bomb in a sitemap", "entities that multiply", "amplification", sitemap("<url><loc>&a9;</loc></url>", _LAUGHS), "sitemap"),
    refused("entity bomb in an attribute", "entities that multiply in an attribute", "amplification",
            sitemap("<url a='&a9;'/>", _LAUGHS), "sitemap"),
    refused("external entity in a sitemap", "entities that lead to files and hosts: they are not opened", "not defined",
            sitemap("<url><loc>http://site.example/&a;&b;</loc></url>", _OUTSIDE), "sitemap"),
    Case("external entity in a feed", "the same in a feed: they are not opened, and leave nothing behind", becomes="document",
         answers=listing(feed("http://site.example/page&a;&b;", "http://site.example/good", head=_OUTSIDE)) | at(reply(html()))),
    refused("nested feed", "300,000 nested elements", "Excessive depth", feed("<a>" * 300_000)),
    refused("nested sitemap", "300,000 nested elements", "Excessive depth", sitemap("<a>" * 300_000), "sitemap"),
    refused("feed of 100,000 items", "a feed of 100,000 items", "more than 50000 items",
            feed(*(f"http://site.example/{n}" for n in range(100_000)))),
    refused("sitemap of 16 MB of elements", "four million empty elements", "600000 elements", many(b"<urlset><url>", b"<a/>", b"</url></urlset>"), "sitemap"),
    refused("sitemap of 16 MB and a smiley", "the same with one character that makes Python take four bytes for each", "600000 elements",
            many("<urlset><url>\U0001f600".encode(), b"<a/>", b"</url></urlset>"), "sitemap"),
    refused("feed of attributes", "1.5 million attributes on one element", "a tag of more than", _ATTRIBUTES),
    refused("references without end", "15 MB of &", "references, more than", many(b"<rss><item>", b"&", b"</item></rss>")),
    Case("feed of comments", "two million comments and no item: no error, a measured zero", role="listing",
         answers=listing(many(b"<rss><item>", b"<!---->", b"</item></rss>"))),
    Case("sitemap index of itself", "an index that names itself: it is asked for once, and names no page", role="listing", kind="sitemap",
         answers=listing(b"<sitemapindex><sitemap><loc>http://site.example/list</loc></sitemap></sitemapindex>")),
    refused("author without end", "an author of 10 MB that slow patterns choke on", "Text node too long",
            many(b"<rss><item><author>", b"a", b"</author></item></rss>")),
    refused("junk as a feed", "16 MB of <", "neither RSS nor Atom", b"<" * 16_000_000),
]  # fmt: skip

TEXTS = [
    text("entity bomb in a feed of texts", "entities that multiply", "not_a_feed", "declares entities of its own", feed("&a9;", head=_LAUGHS)),
    text("entity in a feed of texts in UTF-16", "an entity, where a search for its bytes finds none", "not_a_feed", "declares entities of its own",
         feed("&a;", head=_OUTSIDE).decode().replace('<?xml version="1.0"?>', "").encode("utf-16")),
    text("100,000 items with texts", "a feed of 100,000 items", "too_large", "tags, more than 300000", feed(*(f"http://site.example/{n}" for n in range(100_000)))),
    text("10,000 items with texts", "a feed of 10,000 items", "too_large", "10000 items, more than", feed(*(f"http://site.example/{n}" for n in range(10_000)))),
    text("nested feed of texts", "290,000 nested elements", "too_large", "Excessive depth", feed("<a>" * 290_000)),
    text("attributes in a feed of texts", "1.5 million attributes on one element", "too_large", "a tag of more than", _ATTRIBUTES),
    text("references", "15 MB of &", "too_large", "references, more than", many(b"<rss><item>", b"&", b"</item></rss>")),
    text("author of 9 MB", "an author that slow patterns choke on: he is cut", "document", "", many(_ITEM + b"<author>", b"a ", b"</author></item></rss>", 9 * MIB)),
    text("text of 9 MB", "a text that no article has", "too_large", "characters, more than", many(_ITEM + b"<description>", b"a ", b"</description></item></rss>", 9 * MIB)),
    text("text of 16 MB", "a text that the parser does not take", "too_large", "Text node too long", many(_ITEM + b"<description>", b"a ", b"</description></item></rss>")),
    text("300,000 tags in a text", "elements that would cost time each", "too_large", "tags, more than", many(_ITEM + b"<description><![CDATA[", b"<p>x", b"]]></description></item></rss>")),
    text("16 MB of text and a smiley", "items of 100 kB, with one character that makes Python take four bytes for each", "too_large", "characters, more than",
         many(_ITEM + "<description>\U0001f600".encode(), b"a " * 50_000 + b"<br/>", b"</description></item></rss>")),
    text("names of items that leave", "an item whose link and id want to leave their folder", "no_link", "../../etc/passwd",
         b"<rss><item><link>../../etc/passwd</link><guid isPermaLink='false'>../../../x</guid><description>Words.</description></item></rss>"),
    text("page as a feed of texts", "HTML where a feed is expected", "not_a_feed", "neither RSS nor Atom", html()),
]  # fmt: skip

PAGES = [
    page("nested page", "300,000 nested tags", "too_large", html(b"<div>" * 300_000), says="tags"),
    page("deep page", "90,000 nested tags, below the limit: what is deeper than a parser goes is lost", "too_short", html(b"<div>" * 90_000), says="A brigade leaves"),
    page("title of 1 MB", "a title of a million characters, which is cut", "document", html(head=b"<title>" + b"T" * 1_000_000 + b"</title>")),
    page("NUL and control characters", "NUL, escape and other control characters amid the text", "document",
         html(b"<p>The \x00mini\x00stry \x1b[31mof \x07defence\x08 moved a brigade to the border on Tuesday.</p>"), says="defence moved"),
    page("all NUL", "a page of NULs", "not_html", bytes(MIB), says="no HTML tag stands in it"),
    page("wrong encoding", "windows-1252 that says it is UTF-16", "document", html("<p>The café said – no.</p>".encode("cp1252")),
         b"Content-Type: text/html; charset=utf-16", says="café"),
    page("double encoding", "UTF-8 encoded twice", "document",
         html("<p>The café’s owner said ‘no’ to the café.</p>".encode().decode("cp1252").encode()), says="The café’s owner said ‘no’ to the café."),
    page("double encoding, everywhere", "16 MB of characters that were encoded twice: each costs a copy to mend", "no_text",
         many(b"<html><title>", "â€™".encode(), b"</title></html>"), says="no article text found"),
    page("mixed encodings", "UTF-8 with windows-1252 in between", "document",
         html("<p>The café, the naïve, the Łódź and the façade said no.</p>".encode() + b"<p>The caf\xe9 replied on Tuesday.</p>"),
         says="café replied"),
    page("encoding that is none", "base64 named as a charset", "document", html(), b"Content-Type: text/html; charset=base64"),
    page("page called a picture", "HTML that says it is a PNG", "not_html", html(), b"Content-Type: image/png", says="image/png"),
    page("picture called a page", "a PNG that says it is HTML", "not_html", b"\x89PNG\r\n\x1a\n" + bytes(5000), says="it is binary"),
    page("archive called a page", "a ZIP with ../ names that says it is HTML", "not_html", b"PK\x03\x04" + b"../../etc/passwd" * 99, says="it is binary"),
    page("slow patterns", "dates and authors of 200 kB that catastrophic patterns choke on", "document",
         html(b'<div class="byline">By ' + b"a " * 100_000 + b"</div><time datetime='" + b"2024-" * 40_000 + b"'></time>",
              b'<meta name="author" content="' + b"by " * 60_000 + b'"><meta name="date" content="' + b"1" * 200_000 + b'">')),
    page("JSON-LD of 20 MB", "a script of 20 MB", "too_large", html(head=b'<script type="application/ld+json">{"a":"' + b"x" * (20 * MIB) + b'"}</script>'), says="larger than 16777216 bytes"),
    page("JSON-LD of 7 MB", "a script of 7 MB, which is not read", "document", html(head=b'<script type="application/ld+json">{"a":"' + b"x" * (7 * MIB) + b'"}</script>')),
    page("nested JSON-LD", "a million opening brackets", "document", html(head=b'<script type="application/ld+json">' + b"[" * 1_000_000 + b"</script>")),
    Case("page of 50 MB", "a page of 50 MB", "failed", "larger than", answers=at(reply(html(b"x" * (50 * MIB))))),
    page("entity bomb in a page", "a page with a DTD whose entities multiply", "document", _LAUGHS.encode() + html(b"<p>&a9;</p>")),
]  # fmt: skip

FILES = [
    Case("names that leave", "a record whose address wants to leave its folder", becomes="no_link", says="'../../../../etc/passwd' is no address",
         warc=lambda: packed(warc_record(b"../../../../etc/passwd", _OK + html(), b"WARC-Filename: ../../x"))),
    Case("file address", "a record of file:///etc/passwd", becomes="no_link", says="is no http address",
         warc=lambda: packed(warc_record(b"file:///etc/passwd", _OK + html()))),
    Case("bomb of zeros after a record", "a gzip member of a record and 1 GiB of zeros", becomes="document", besides="no further record can be read: Invalid WARC header",
         warc=lambda: packed(warc_record(b"http://site.example/page", _OK + html()), zeros=1024)),
    Case("record of 1 GiB", "a record that says it has a gibibyte, and has", "failed", "it is larger than 67108864 bytes", besides="no further record can be read: Invalid WARC header",
         warc=lambda: packed(warc_record(b"http://site.example/page", _OK, length=1 << 30), zeros=1024)),
    Case("header of 1 GiB", "a record whose header does not end", "failed", "Maximum header length exceeded",
         warc=lambda: packed(b"WARC/1.0\r\nWARC-Type: response\r\nX: ", zeros=1024, fill=b"y")),
    Case("headers of 1 GiB", "a record whose headers do not end", "failed", "Maximum header length exceeded",
         warc=lambda: packed(b"WARC/1.0\r\nWARC-Type: response\r\n", zeros=60, fill=b"X: y\r\n")),
    Case("bomb in a record", "a record whose body is a bomb", becomes="too_large", says="larger than 16777216 bytes",
         warc=lambda: packed(warc_record(b"http://site.example/page", _OK[:-2] + b"Content-Encoding: gzip\r\n\r\n" + gzip_bomb()))),
    Case("bomb in the transfer", "the same as Transfer-Encoding", becomes="too_large", says="larger than 16777216 bytes",
         warc=lambda: packed(warc_record(b"http://site.example/page", _OK[:-2] + b"Transfer-Encoding: gzip\r\n\r\n" + gzip_bomb()))),
    Case("no WARC", "a gzip file of something else", "failed", "Invalid WARC header", warc=lambda: packed(b"hello " * 9000)),
]  # fmt: skip

CASES = [*LISTINGS, *TEXTS, *PAGES, *FILES]
