"""Addresses: where names lead, schemes, and words that are no address."""

from hostile_case import LINK, SITE, Case, at, feed, html, listing, reply, to

_PRIVATE = {
    "loopback": "127.0.0.1",
    "this network": "0.0.0.0",  # noqa: S104 -- an address that must be refused
    "private (10/8)": "10.1.2.3",
    "private (172.16/12)": "172.16.0.1",
    "private (192.168/16)": "192.168.1.1",
    "carrier-grade NAT": "100.64.0.1",
    "link-local": "169.254.10.10",
    "cloud metadata": "169.254.169.254",
    "multicast": "224.0.0.1",
    "broadcast": "255.255.255.255",
    "6to4 relay": "192.88.99.1",
    "IPv6 loopback": "::1",
    "IPv6 unspecified": "::",
    "IPv6 link-local": "fe80::1",
    "IPv6 site-local": "fec0::1",
    "IPv6 unique local": "fd00:ec2::254",
    "IPv6 multicast": "ff02::1",
    "IPv4-mapped loopback": "::ffff:127.0.0.1",
    "IPv4-mapped metadata": "::ffff:169.254.169.254",
    "IPv4-compatible loopback": "::127.0.0.1",
    "6to4 around loopback": "2002:7f00:1::1",
    "Teredo": "2001:0:7f00:1::1",
    "NAT64 around private": "64:ff9b::a01:203",
    "NAT64, local use": "64:ff9b:1::a01:203",
}
_WRITTEN = {
    "as a number": ("2130706433", "2130706433 - is not a canonical IPv4 address"),
    "in hexadecimal": ("0x7f.1", "127.0.0.1 is not a public address"),
    "in octal": ("0177.0.0.1", "0177.0.0.1 - is not a canonical IPv4 address"),
    "in brackets": ("[::1]", "::1 is not a public address"),
    "mapped, in brackets": ("[::ffff:169.254.169.254]", "::ffff:a9fe:a9fe is not a public address"),
}
_OTHER = [
    "file:///etc/passwd",
    "ftp://site.example/x",
    "gopher://site.example/x",
    "data:text/html,x",
    "javascript:alert(1)",
]

RESOLVED = [
    Case(f"name of {what}", f"the host of a link resolves to {ip} ({what})", "failed", f"{ip} is not a public address",
         link="http://evil.example/page", names={"evil.example": (ip,)})
    for what, ip in _PRIVATE.items()
]  # fmt: skip
REDIRECTED = [
    Case(f"redirect to {what}", f"a page redirects to a host that resolves to {ip} ({what})", "failed",
         f"{ip} is not a public address", answers=at(to("http://evil.example/")), names={"evil.example": (ip,)})
    for what, ip in _PRIVATE.items()
]  # fmt: skip
LITERAL = [
    Case(f"loopback {what}", f"a link to http://{host}/ ({what})", "failed", reason, link=f"http://{host}/")
    for what, (host, reason) in _WRITTEN.items()
]
SCHEMES = [
    Case(f"redirect to {url.partition(':')[0]}", f"a page redirects to {url}", "failed", "only http and https are fetched",
         answers=at(to(url)))
    for url in _OTHER
]  # fmt: skip
OTHERS = [
    Case("other schemes listed", "a feed lists addresses of other schemes: they are no items", becomes="document",
         answers=listing(feed(*_OTHER, LINK, "http://site.example/good")) | at(reply(html()))),
    Case("rebinding", "a host resolves to a public address first, and to metadata when it is asked for a second port",
         "failed", "169.254.169.254 is not a public address", link="http://evil.example/page",
         answers=at(to("http://evil.example:8080/x")), names={"evil.example": (SITE, "169.254.169.254")}),
    Case("redirect loop", "two pages redirect to each other", "failed", "more than 5 redirects",
         answers=at(to("/back")) | {"/back": to("/page")}),
    Case("redirect to itself with more", "each redirect makes its address longer", "failed", "more than 5 redirects",
         answers={"/page" + "/x" * n: to("/page" + "/x" * (n + 1)) for n in range(9)}),
    Case("address of 100 kB", "a link of 100,000 characters", "failed", "longer than 8000 characters",
         link=LINK + "x" * 100_000),
    Case("redirect of 100 kB", "a Location of 100,000 characters", "failed", "more than 8190 bytes", answers=at(to("/" + "x" * 100_000))),
    Case("redirect of 8,100 characters", "a Location just below the limit of headers", "failed", "longer than 8000",
         answers=at(to("/" + "x" * 8_100))),
    Case("CRLF in Location", "a Location with encoded line breaks and a header behind them: they stay encoded", "failed",
         "HTTP 404", answers=at(to("/x%0d%0aSet-Cookie:%20a=b"))),
    Case("bare CR in Location", "a Location with a bare carriage return", "failed", "Missing expected LF after header value", answers=at(to("/x\rHost: other"))),
    Case("climbing address", "a link with /../ that wants to leave its folder", becomes="document",
         link="http://site.example/../../../../etc/../page",
         answers=at(reply(html())) | {"/../../../../etc/../page": reply(html())}),
    Case("encoded climbing address", "the same percent-encoded, with a NUL", becomes="document",
         link="http://site.example/..%2f..%2fetc%2fpasswd%00",
         answers={"/..%2F..%2Fetc%2Fpasswd%00": reply(html())}),
    Case("no address", "a link whose host is no host", "failed", "no address", link="http://[x/"),
]  # fmt: skip

CASES = [*RESOLVED, *REDIRECTED, *LITERAL, *SCHEMES, *OTHERS]
