"""Addresses: the one a reader can open, and the key that all variants of it have in common."""

import re
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

import ada_url

_ID = 16
"""Hexadecimal digits of an id: 64 bits, far from a collision among all articles of many years."""

_CACHE = re.compile(
    r"https?://(?:(?:www\.)?(?:google\.[a-z.]{2,6}|bing\.com)/amp|[^/?#]+\.cdn\.ampproject\.org/[a-z])/(s/)?(?=[^/?#]+\.)",
    re.IGNORECASE,
)
_VARIANT_HOSTS = frozenset({"www", "m", "mobile", "amp"})
_SUFFIX = re.compile(r"[^.]+|(?:ac|co|com|edu|gob|gov|go|in|mil|ne|net|nom|or|org|re)\.[a-z]{2}|[\d.]+|\[.*")
"""What is no site by itself, so that m.co.kr keeps its m."""
_FILES = re.compile(
    r"/(?:index|default)\.(?:html?|shtml|xhtml|php|aspx?|jsp|cfm)$|/amp(?:\.html)?$|\.amp(?=\.html$|$)|/$|^/amp(?=/)"
)
_SESSION = re.compile(r";jsessionid=[^/]*", re.IGNORECASE)
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

# Only what is known to name a way in and never an article: short names such as cid, uid and eid do both.
_FAMILIES = ("utm_", "mtm_", "pk_", "hsa_", "vero_", "oly_", "itm_", "at_", "ns_", "guce_", "piwik_", "matomo_", "wt.")
_NAMES = (
    "fbclid gclid dclid yclid ysclid twclid msclkid ttclid gbraid wbraid gclsrc gad_source li_fat_id igsh "
    "igshid mc_cid mc_eid mkt_tok _ga _gl _hsenc _hsmi __s __source __twitter_impression ncid cmpid ocid cvid "
    "smid smtyp s_kwcid s_cid xtor tpcc ftag dicbo soc_src soc_trk guccounter spm sr_share intcmp intcid "
    "ref_src ref_url refsrc referer referrer amp_js_v amp_gsa usqp sharetype feedtype feedname"
)
_TRACKERS = frozenset(_NAMES.split())
_WAYS_IN = frozenset(
    {"ref", "source", "src", "from", "via", "cmp", "ico", "campaign", "medium", "partner", "share", "rss"}
)
"""These too, where their value holds no digit: ?source=rss is a way in, ?source=8817 may be an article."""
_AMP = frozenset({"", "1", "true", "yes"})


class NoUrlError(ValueError):
    """Words that are no http(s) address."""


def canonical(url: str) -> str:
    """An address as browsers parse it, without trackers and fragment; it still opens. Raises NoUrlError.

    Applied twice it changes nothing.
    """
    parsed = _parsed(url)
    parsed.hash = ""
    pieces = parsed.search.removeprefix("?").replace("&amp;", "&").split("&")
    parsed.search = "&".join(piece for piece in pieces if piece and not _is_noise(*_pair(piece)))
    return str(parsed.href)


def key(url: str) -> str:
    """What all variants of an article's address have in common, in the form of an address. Raises NoUrlError.

    Folded are http and https, www., mobile and AMP hosts, AMP paths and caches, default ports, index pages, trailing
    slashes, fragments, trackers and the order of parameters. All other parameters stay: they tell articles apart.
    Applied twice it changes nothing.
    """
    parsed = _parsed(_uncached(url.strip()))
    port = f":{parsed.port}" if parsed.port not in ("", "80", "443") else ""
    # Latin-1 keeps every byte as it is: a Korean page may write its parameters in EUC-KR.
    pairs = parse_qsl(parsed.search.removeprefix("?").replace("&amp;", "&"), keep_blank_values=True, encoding="latin-1")
    kept = sorted((pair for pair in pairs if not _is_noise(*pair)), key=lambda pair: pair[0])
    query = f"?{urlencode(kept, encoding='latin-1')}" if kept else ""
    return f"https://{_host(parsed.hostname)}{port}{_path(parsed.pathname)}{query}"


def of_page(url: str, stated: str | None) -> str:
    """A page's address: what its <link rel=canonical> says where that is on the same site, else its own.

    A canonical that leads to the front page is a template's mistake and not believed. Raises NoUrlError for `url`.
    """
    own = canonical(url)
    if not stated:
        return own
    try:
        said = canonical(ada_url.URL(stated.strip(), base=own).href)
        same_site, front = site(said) == site(own), key(ada_url.URL("/", base=said).href)
    except ValueError:
        return own
    return said if same_site and (key(said) != front or key(own) == front) else own


def site(url: str) -> str:
    """The host as a reader names it: without www. and the like."""
    return urlsplit(key(url)).hostname or ""


def article_id(url: str) -> str:
    """The same for all variants of an article's address. Raises NoUrlError."""
    return sha256(key(url).encode()).hexdigest()[:_ID]


def doc_id(article: str, title: str | None, text: str) -> str:
    """One version of an article. The parts are separated by NUL, which none of them can hold."""
    return sha256(f"{article}\0{title or ''}\0{text}".encode()).hexdigest()[:_ID]


def _parsed(url: str) -> ada_url.URL:
    try:
        parsed = ada_url.URL(url.strip())
    except ValueError as error:
        raise NoUrlError(f"{url[:200]!r} is no address") from error
    if parsed.protocol not in ("http:", "https:") or not parsed.hostname:
        raise NoUrlError(f"{url[:200]!r} is no http address")
    return parsed


def _uncached(url: str) -> str:
    """The address that an AMP cache serves a copy of."""
    while cached := _CACHE.match(url):
        url = f"http{'s' if cached[1] else ''}://{url[cached.end() :]}"
    return url


def _host(host: str) -> str:
    """A host without labels of variants: m.outlet.example, en.m.outlet.example."""
    labels = host.rstrip(".").split(".")
    for place in range(len(labels) - 2, -1, -1):
        rest = ".".join(labels[place + 1 :])
        if labels[place] in _VARIANT_HOSTS and not _SUFFIX.fullmatch(rest):
            del labels[place]
    return ".".join(labels)


def _path(path: str) -> str:
    folded = re.sub("/{2,}", "/", _SESSION.sub("", _ESCAPE.sub(_unescaped, path)))
    while (shorter := _FILES.sub("", folded)) != folded:
        folded = shorter
    return folded or "/"


def _unescaped(escape: re.Match[str]) -> str:
    """A character that needs no escape as itself, any other escape in capitals."""
    character = chr(int(escape[1], 16))
    return character if character in _PLAIN else escape[0].upper()


def _pair(piece: str) -> tuple[str, str]:
    return next(iter(parse_qsl(piece, keep_blank_values=True, encoding="latin-1")), ("", ""))


def _is_noise(name: str, value: str) -> bool:
    """Whether a parameter says how a reader came or which variant he wants, and not which article."""
    low, said = name.lower().removeprefix("amp;"), value.lower()
    if low in _TRACKERS or low.startswith(_FAMILIES):
        return True
    if low in _WAYS_IN:
        return not re.search(r"\d", said)
    return (low == "amp" and said in _AMP) or (low in {"output", "outputtype"} and said == "amp")
