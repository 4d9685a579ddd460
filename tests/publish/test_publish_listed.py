"""The landing page lists every edition, however many there are."""

import json

from lxml import html as lxml_html
from publish_house import House

from troopwatch.publish import html, index
from troopwatch.publish.editions import shelf


def editions(house: House, many: int) -> None:
    """So many kept editions, ten a month, each with a page."""
    for number in range(1, many + 1):
        folder = shelf.folder(house.published, number)
        folder.mkdir(parents=True)
        year, month = divmod(number // 10, 12)
        made = f"{2020 + year}-{month + 1:02d}-08T01:30:00+00:00"
        folder.joinpath("edition.json").write_text(json.dumps({"made_at": made, "days": [], "reason": "<i>new</i>"}))
        folder.joinpath("index.html").touch()


def test_every_edition_has_its_link_by_the_month_it_was_made_in(house: House) -> None:
    editions(house, 130)
    found = index.editions(house.published)
    assert [title for title, _ in found[:2]] == ["February 2021", "January 2021"]
    assert [one.number for _, same in found for one in same] == list(range(130, 0, -1))
    part = html.environment().from_string(
        "{% import 'days.html' as part %}"
        "{% for title, same in found %}{{ part.editions(title, same, loop.first) }}{% endfor %}"
    )
    page = lxml_html.document_fromstring(part.render(found=found))
    assert len(page.xpath("//a[starts-with(@href, 'editions/')]")) == 130
    assert [bool(month.get("open") is not None) for month in page.find_class("month")] == [True] + [False] * 13
    assert not page.xpath("//i")
