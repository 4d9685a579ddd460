"""The report as a page: whole in one file, readable by anybody, its queries as they stand."""

import re
from datetime import date
from itertools import pairwise

import duckdb
import publish_days as made
import publish_hostile
from lxml import html as lxml_html
from publish_house import House
from publish_samples import DAY, WIRE_SENTENCE, article, check, covered, deployment, of

from troopwatch import publish
from troopwatch.publish import html, index, shelves
from troopwatch.settings import TEMPLATES
from troopwatch.tables import LAKE


def test_the_query_to_try_and_those_of_all_shelves_run(house: House) -> None:
    house.publish(DAY, made.busy())
    with duckdb.connect(str(house.published / "troopwatch.duckdb"), read_only=True) as connection:
        assert len(connection.execute(index.QUERY).fetchall()) == 8
        every = (*shelves.DEPLOYMENTS, *shelves.DEMANDS, *shelves.DISPUTED)
        assert sum(len(connection.execute(shelf.query(DAY)).fetchall()) for shelf in every) == 18


def test_the_page_is_whole_in_one_file(house: House) -> None:
    house.publish(DAY, made.busy())
    page = house.page()
    assert not page.xpath("//script | //link | //img | //iframe | //object | //embed | //form | //@style | //@src")
    assert not re.search(r"url\(|@import|@font-face", page.find(".//style").text)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    (style,) = re.findall("<style>(.*?)</style>", house.report().read_text(encoding="utf-8"), re.DOTALL)
    assert html.digest(style) in policy  # a style sheet that is not the one named would not apply


def test_reading_aids(house: House) -> None:
    house.publish(DAY, made.busy())
    page = house.page()
    assert page.get("lang") == "en"
    assert page.xpath("//a[@class='skip']/@href") == ["#content"]
    assert page.xpath("//main/@id") == ["content"]
    assert all(table.find("caption") is not None for table in page.iterfind(".//table"))
    assert all(head.get("scope") for head in page.iterfind(".//th"))
    levels = [int(h.tag[1]) for h in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")} <= set(ids)


def test_a_claim_without_its_article_still_has_its_evidence(house: House) -> None:
    orphan = article(title="Lost")
    row = deployment(orphan, WIRE_SENTENCE, count="400", bounds=(400, 400))
    house.publish(DAY, of([], [row], [], [covered("narae_wire")], [check("columns")]))
    (link,) = house.page().xpath("//section[@aria-labelledby='deployments']//p[@class='source']//a")
    assert link.get("href") == orphan["canonical_url"]


def test_hostile_texts_are_shown_as_texts(house: House) -> None:
    house.publish(DAY, publish_hostile.hostile())
    house.closed[date(2024, 11, 5)] = "<script>alert(1)</script>"
    house.tried(date(2024, 11, 5))
    house.lake.replace(
        LAKE["verdicts"],
        date(2024, 11, 5),
        [{"day": date(2024, 11, 5), "gate": "documents", "is_open": False, "closed_by": "x", "judged": []}],
    )
    publish.refresh_standing(house.settings)
    for path in (house.report(), house.published / "index.html"):
        page = lxml_html.document_fromstring(path.read_bytes())
        assert not page.xpath("//img | //iframe | //link | //base | //@style | //@*[starts-with(name(), 'on')]")
        scripts = [script.text for script in page.iter("script")]
        assert scripts == ([] if path == house.report() else [(TEMPLATES / "search.js").read_text("utf-8").strip()])
        assert len(page.xpath("//style")) == 1
        assert all(
            href.startswith(("#", "../../", "reports/", "editions", "troopwatch.duckdb"))
            for href in page.xpath("//@href")
        )
        assert "<script>" in page.text_content()
    raw = house.report().read_text(encoding="utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ufeff]", raw)
    assert "[U+202E]" in raw
    assert raw.count("<!-- standing: end -->") == 1
