"""Source specs: what they may say, and clear words where they are wrong."""

from datetime import date
from pathlib import Path

import pytest

from troopwatch import sources
from troopwatch.settings import Settings
from troopwatch.sources import Sitemap, SourceError

GOOD = "name: x\ntitle: X\nkind: feed\nurl: http://x.example/rss\narticles: {floor: 0, ceiling: 5}\n"


def spec(tmp_path: Path, text: str, name: str = "x") -> Path:
    path = tmp_path / "group" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_spec_is_read(tmp_path: Path) -> None:
    source = sources.read(spec(tmp_path, GOOD))
    assert source.title == "X" and not source.can_serve(date(2022, 3, 1))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (("kind: feed", "kind: gopher"), "kind"),
        (("title: X", "titel: X"), "titel"),
        (("url: http://x.example/rss", "url: file:///etc/passwd"), "url"),
        (("name: x", "name: y"), "named like its file"),
        (("name: x", "name: ../x"), "name"),
        (("name: x", "name: /tmp/x"), "name"),
        (("name: x", "name: x/../y"), "name"),
        (("ceiling: 5", "ceiling: -1"), "ceiling"),
        (("title: X", "title: [X"), "x.yaml"),
        (("kind: feed\nurl: http://x.example/rss", "kind: warc\nfiles: ../../secret"), "corpus folder"),
        (("kind: feed\nurl: http://x.example/rss", "kind: warc\nfiles: x/{dat}.gz"), "nothing but {day}, {year}"),
        (("kind: feed", "kind: sitemap\narchive: http://x.example/all.xml"), "{day} is missing"),
        (("kind: feed", 'kind: sitemap\narchive: "http://x.example/{month}.xml"'), "{day} is missing"),
        (("kind: feed", 'kind: sitemap\narchive: "http://x.example/{day!r}.xml"'), "may stand in braces"),
        (("kind: feed\nurl: http://x.example/rss", "kind: warc"), "files or listing"),
        (("kind: feed\nurl: http://x.example/rss", "kind: warc\nfiles: a\nlisting: b"), "files or listing"),
        (("kind: feed\nurl: http://x.example/rss", "kind: warc\nlisting: /etc/list"), "corpus folder"),
        (("kind: feed\nurl: http://x.example/rss", "kind: warc\nlisting: list\nroot: ../x"), "corpus folder"),
        (("kind: feed\nurl: http://x.example/rss", "kind: warc\nlisting: list\ncontent: feed"), "hold pages"),
        (("title: X", "title: X\nvoice: nobody"), "voice"),
    ],
)
def test_a_wrong_spec_names_its_file_and_what_is_wrong(tmp_path: Path, change: tuple[str, str], word: str) -> None:
    with pytest.raises(SourceError, match=r"x\.yaml") as error:
        sources.read(spec(tmp_path, GOOD.replace(*change)))
    assert word in str(error.value)


@pytest.mark.parametrize(
    ("pattern", "made", "is_daily"),
    [
        ("http://x.example/{day}.xml", "http://x.example/2022-03-05.xml", True),
        ("http://x.example/{yyyymmdd}.xml", "http://x.example/20220305.xml", True),
        ("http://x.example/{year}/{month}/{dd}.xml", "http://x.example/2022/03/05.xml", True),
        ("http://x.example/{year}/{m}/{d}.xml", "http://x.example/2022/3/5.xml", True),
        ("http://x.example/{year}-{month}.xml", "http://x.example/2022-03.xml", False),
    ],
)
def test_an_archive_is_dated_as_its_outlet_writes_dates(
    tmp_path: Path, pattern: str, made: str, is_daily: bool
) -> None:
    source = sources.read(spec(tmp_path, GOOD.replace("kind: feed", f'kind: sitemap\narchive: "{pattern}"')))
    assert isinstance(source, Sitemap) and source.archive_of(date(2022, 3, 5)) == made
    assert source.has_daily_archive == is_daily and source.can_serve(date(2022, 3, 5))


def test_names_and_groups_choose(tmp_path: Path) -> None:
    spec(tmp_path, GOOD)
    spec(tmp_path, GOOD.replace("name: x", "name: y"), "y")
    assert [s.name for s in sources.choose(tmp_path, "group")] == ["x", "y"]
    assert [s.name for s in sources.choose(tmp_path, "y, x y")] == ["x", "y"]
    for wrong in ("nobody", "", "../group", "*"):
        with pytest.raises(SourceError):
            sources.choose(tmp_path, wrong)


def test_two_sources_of_one_name_are_refused(tmp_path: Path) -> None:
    spec(tmp_path, GOOD)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x.yaml").write_text(GOOD)
    with pytest.raises(SourceError, match="another source"):
        sources.load(tmp_path)


def test_the_projects_own_sources_are_all_there() -> None:
    known = sources.load(Settings().sources)
    assert {"state_dept_feed", "news_pages", "narae_wire", "harbour_courier"} <= set(known)


def test_sources_of_another_kind_are_refused_by_name() -> None:
    folder = Settings().sources
    allowed = sources.choose(folder, "narae_wire", only="demo")
    assert [source.name for source in allowed] == ["narae_wire"]
    with pytest.raises(SourceError, match=r"demo and no other .*TROOPWATCH_ONLY.*: not state_dept_feed$"):
        sources.choose(folder, "narae_wire, state_dept_feed", only="demo")
