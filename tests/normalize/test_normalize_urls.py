"""Addresses: one key for all variants of an article's, another for every other article, and an address that opens."""

import string
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from troopwatch import captures, responses
from troopwatch.normalize import feeds, urls
from troopwatch.normalize.outcome import Article

WORD = st.text(string.ascii_lowercase, min_size=3, max_size=9).filter(
    lambda word: word not in {"amp", "index", "default"}
)
PAIRS = st.dictionaries(
    st.sampled_from(["id", "p", "story", "nttId", "no", "cid", "eid", "gallery", "b"]), st.integers(0, 9999), max_size=3
)
HOSTS = st.builds("{}.{}".format, WORD, st.sampled_from(["com", "co.kr", "example", "net"]))
TRACKERS = st.sampled_from(["utm_source=x", "fbclid=a1", "ref=rss", "amp=1", "amp", "outputType=amp", "xtor=AL-1"])


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, str, dict[str, int]]:
    """Host, path and parameters of an article."""
    host, path, pairs = draw(HOSTS), draw(st.lists(WORD, min_size=1, max_size=4)), draw(PAIRS)
    return host, "/" + "/".join(path), pairs


@st.composite
def variants(draw: st.DrawFn, host: str, path: str, pairs: dict[str, int]) -> str:
    """One way to write an article's address."""
    scheme = draw(st.sampled_from(["http", "https", "HTTPS"]))
    front = draw(st.sampled_from(["", "www.", "WWW.", "m.", "mobile.", "amp.", "www.m."]))
    port = draw(st.sampled_from(["", ":443" if scheme.lower() == "https" else ":80"]))
    way = draw(st.sampled_from(["", "/amp", "/amp/", ".amp", "/", "/index.html", "/index.php", "//", "/x/..", "/./"]))
    start = draw(st.sampled_from(["", "/amp"]))
    query = draw(st.permutations([f"{n}={v}" for n, v in pairs.items()] + draw(st.lists(TRACKERS, max_size=2))))
    asked, fragment = ("?" + "&".join(query) if query else ""), draw(st.sampled_from(["", "#top"]))
    cache = draw(st.sampled_from(["", "https://www.google.com/amp/s/", "https://a-b.cdn.ampproject.org/c/s/"]))
    begin = cache or f"{scheme}://"
    return f"{begin}{front}{draw(st.sampled_from([host, host.upper()]))}{port}{start}{path}{way}{asked}{fragment}"


@given(st.data(), articles())
def test_all_variants_of_an_address_have_one_key(data: st.DataObject, article: tuple[str, str, dict[str, int]]) -> None:
    host, path, pairs = article
    plain = f"https://{host}{path}" + "".join(f"{'?&'[n > 0]}{k}={pairs[k]}" for n, k in enumerate(sorted(pairs)))
    assert urls.key(plain) == plain
    variant = data.draw(variants(*article))
    assert urls.key(variant) == plain
    assert urls.article_id(variant) == urls.article_id(plain)


@given(articles(), articles(), st.data())
def test_two_articles_never_have_one_key(
    one: tuple[str, str, dict[str, int]], other: tuple[str, str, dict[str, int]], data: st.DataObject
) -> None:
    assume(one != other)
    assert urls.key(data.draw(variants(*one))) != urls.key(data.draw(variants(*other)))


@given(st.sampled_from(["http", "https", "HTTP"]), HOSTS, st.text(max_size=60))
@example("http", "a.example", "//x?a=&amp;utm_source=b&b=2&a=1#f")
@example("http", "a.example", "/a/../%2e%2e/b//c/?q=%E4%B8%AD&&=")
@example("https", "www.m.amp.com", "amp/index.html/amp/%61mp?%61mp=1&q=%b0%a1&=&;;jsessionid=1")
@example("http", "www.google.com", "amp/s/www.google.com/amp/o.example/amp")
def test_folding_twice_changes_nothing(scheme: str, host: str, path: str) -> None:
    for fold in (urls.key, urls.canonical):
        try:
            found = fold(f"{scheme}://{host}/{path}")
        except urls.NoUrlError:
            return
        assert fold(found) == found
    assert urls.key(urls.canonical(f"{scheme}://{host}/{path}")) == urls.key(f"{scheme}://{host}/{path}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://o.example/view.do?nttId=1", "http://o.example/view.do?nttId=2"),
        ("http://o.example/?p=1", "http://o.example/?p=2"),
        ("http://o.example/story?123", "http://o.example/story?124"),
        ("http://o.example/story?ref=8817", "http://o.example/story?ref=8818"),
        ("http://o.example/list?word=%B0%A1", "http://o.example/list?word=%B0%A2"),
        ("http://o.example/a%2Fb", "http://o.example/a/b"),
        ("http://o.example/Story", "http://o.example/story"),
        ("http://o.example/index.php?id=1", "http://o.example/index.php?id=2"),
        ("http://o.example:8080/story", "http://o.example:8081/story"),
        ("http://m.co.kr/story", "http://amp.co.kr/story"),
        ("http://en.m.o.example/story", "http://ko.m.o.example/story"),
        ("http://o.example/amplify", "http://o.example/lify"),
    ],
)
def test_what_tells_articles_apart_stays(one: str, other: str) -> None:
    assert urls.key(one) != urls.key(other)


def test_a_canonical_address_still_opens() -> None:
    asked = "http://M.o.example:8080//Story/amp/?b=2&a=%b0&utm_source=x&amp;ref=rss#top"
    assert urls.canonical(asked) == "http://m.o.example:8080//Story/amp/?b=2&a=%b0"


def test_addresses_of_real_pages_have_a_key_each(corpus: Path) -> None:
    records = [r for r in captures.read(corpus / "news_pages.warc.gz") if isinstance(r, captures.Record)]
    assert len(records) == len({urls.key(record.url) for record in records}) == 131
    assert all(urls.key(urls.canonical(record.url)) == urls.key(record.url) for record in records)


def test_releases_of_a_real_feed_have_a_key_each(corpus: Path) -> None:
    links: set[str] = set()
    for file in sorted((corpus / "state_dept_feed").glob("*.warc.gz"))[::8]:
        for record in captures.read(file):
            assert isinstance(record, captures.Record)
            found = feeds.items(responses.of(record), record.captured_at)
            links |= {article.url for article in found if isinstance(article, Article)}
    assert len(links) > 100
    assert len({urls.key(link) for link in links}) == len(links)


@pytest.mark.parametrize(
    "words", ["", "no address", "/story", "javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.c"]
)
def test_what_is_no_web_address_is_refused(words: str) -> None:
    with pytest.raises(urls.NoUrlError):
        urls.canonical(words)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("https://www.outlet.example/right", "https://www.outlet.example/right"),
        ("/right?utm_medium=x", "http://outlet.example/right"),
        ("http://other.example/right", "http://outlet.example/story"),
        ("http://outlet.example/", "http://outlet.example/story"),
        ("javascript:void(0)", "http://outlet.example/story"),
        ("http://[broken", "http://outlet.example/story"),
        (None, "http://outlet.example/story"),
    ],
)
def test_a_canonical_link_counts_on_the_same_site(stated: str | None, expected: str) -> None:
    assert urls.of_page("http://outlet.example/story", stated) == expected
