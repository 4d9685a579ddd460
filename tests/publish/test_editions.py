"""Editions: numbered, whole, never written to again, with changes that add up and say why."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb
import publish_days as made
import pytest
from lxml import html as lxml_html
from publish_editions import NEXT, SENTENCE, both, day, lines, told
from publish_house import NOW, House, build
from publish_samples import DAY, Row, at

from troopwatch import publish
from troopwatch.lake import LakeError
from troopwatch.publish import PublishError, contents, renewal, standing
from troopwatch.publish.editions import content, seal, shelf


def test_a_publication_is_a_numbered_edition_with_all_that_tells_of_it(house: House) -> None:
    house.publish(DAY, made.busy())
    (one,) = house.editions()
    assert (one.number, one.folder.name, one.made_at) == (1, "000001", NOW)
    assert {"edition.json", "index.html", "changes.csv", "SHA256SUMS", "troopwatch.duckdb"} <= {
        path.name for path in one.folder.iterdir()
    }
    assert one.reports.keys() == {DAY}
    assert json.loads((house.published / "status.json").read_bytes())["edition"] == 1
    row = lines(house, "SELECT edition, made_at, days, reason, content, added FROM editions")
    assert row == [(1, NOW, [DAY], "new_day", one.content.digest, one.content.rows)]


def test_every_file_of_an_edition_has_its_digest_and_may_not_be_written_to(house: House) -> None:
    house.publish(DAY, made.busy())
    folder = house.editions()[0].folder
    named = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert named.keys() == files.keys() - {"SHA256SUMS"}
    assert {name: sha256(files[name].read_bytes()).hexdigest() for name in named} == named
    assert {path.stat().st_mode & 0o777 for path in files.values()} == {0o444}
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=True)


def test_the_same_rows_again_are_no_edition_and_change_no_byte(house: House) -> None:
    house.publish(DAY, made.busy())
    before = house.snapshot()
    counts = house.publish(DAY, made.busy(), serial=2)
    assert (counts["editions"], counts["files_swapped"]) == (0, 0)
    after = house.snapshot()
    assert {name for name in after if after[name] != before.get(name)} == {"status.json"}, "it has the serial number"


def test_an_edition_is_never_written_to_again(house: House) -> None:
    house.publish(DAY, made.busy())
    before = {name: content for name, content in house.snapshot().items() if name.startswith("editions/000001")}
    house.publish(NEXT, both(made.quiet(), at(NEXT, made.busy()) | {"articles": []}), serial=2)
    house.judged(DAY, closed="documents gate closed: ledger.floor")
    publish.refresh_standing(house.settings)
    after = house.snapshot()
    assert {name: after[name] for name in before} == before
    assert [one.number for one in house.editions()] == [1, 2]


def test_content_depends_on_rows_and_on_nothing_else(house: House, tmp_path: Path) -> None:
    rows = dict(made.busy())
    turned = {name: list(reversed(list(found))) for name, found in rows.items()}
    one, other = (seal.content_of(build(tmp_path / f"{n}.duckdb", tables)) for n, tables in enumerate((rows, turned)))
    assert one == other and one.digest == other.digest
    changed = seal.content_of(build(tmp_path / "3.duckdb", rows | {"demands": []}))
    assert {name for name in content.CONTENT if changed.tables[name] != one.tables[name]} == {"demands"}


def test_hostile_words_stay_words_on_the_page_and_in_the_csv(house: House) -> None:
    hostile = '=HYPERLINK("https://evil.example")<script>alert(1)</script>'
    one = told(SENTENCE)
    (row,) = day(one)["deployments"]
    house.publish(DAY, day(one))
    house.publish(DAY, day(one, deployments=[row | {"unit_name": hostile}]), serial=2)
    folder = house.editions()[-1].folder
    page = lxml_html.document_fromstring((folder / "index.html").read_bytes())
    assert not page.xpath("//script") and hostile in page.text_content()
    assert (
        "'=HYPERLINK" in (folder / "changes.csv").read_text()
        and ",=HYPERLINK" not in (folder / "changes.csv").read_text()
    )


def test_the_page_of_an_edition_has_what_changed_and_leads_to_its_reports(house: House) -> None:
    one = told(SENTENCE)
    (row,) = day(one)["deployments"]
    house.publish(DAY, day(one))
    house.publish(DAY, day(one, deployments=[row | {"phase": "withdrawn"}]), serial=2)
    folder = house.editions()[-1].folder
    page = lxml_html.document_fromstring((folder / "index.html").read_bytes())
    words = " ".join(page.text_content().split())
    assert "Edition 2" in words and "phase" in words and "withdrawn" in words and "new rules" in words
    for link in page.xpath("//main//a/@href"):
        assert (folder / link).is_file(), link
    report = lxml_html.document_fromstring((folder / "reports" / f"{DAY}" / "index.html").read_bytes())
    assert "As it stood in edition 2" in report.text_content()
    assert "As it stood in" not in house.report().read_text()


def test_a_full_disk_makes_no_edition(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.publish(DAY, made.busy())
    before = house.snapshot()
    house.judged(NEXT)
    candidate = house.candidate(2, made.quiet())

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(LakeError, match="No space left on device; what is published is intact"):
        house.run([NEXT], candidate)
    assert house.snapshot() == before


def test_what_was_taken_away_from_what_is_up_is_put_back(house: House) -> None:
    house.publish(DAY, made.busy())
    before = house.snapshot()
    (house.published / shelf.DATABASE).write_bytes(b"damaged")
    shutil.rmtree(house.published / "reports")
    counts = house.publish(DAY, made.busy(), serial=2)
    after = house.snapshot()
    assert counts["editions"] == 0
    assert {name: after[name] for name in before if name != "status.json"} == {
        name: found for name, found in before.items() if name != "status.json"
    }


def test_an_edition_without_its_file_is_a_clear_error(house: House) -> None:
    house.publish(DAY, made.busy())
    (house.editions()[0].folder / shelf.DATABASE).unlink()
    with pytest.raises(PublishError, match=r"000001/troopwatch\.duckdb is gone: bring it back"):
        house.publish(DAY, made.quiet(), serial=2)


def many_days(count: int, title: str) -> tuple[list[date], Mapping[str, list[Row]]]:
    """Days of one article each, whose titles begin with these words."""
    wanted = [date(2024, 1, 1 + n) if n < 31 else date(2024, 2, n - 30) for n in range(count)]
    rows = [
        day(told(title.format(n), day=which, doc_id=f"{n:040x}", article_id=f"{n:040x}", warc_offset=n), which=which)
        for n, which in enumerate(wanted)
    ]
    return wanted, both(*rows)


def outdated(house: House) -> list[str]:
    return json.loads((house.published / "status.json").read_bytes())["outdated"]


def test_reports_that_new_rows_contradict_are_healed_the_newest_first_and_the_others_marked(house: House) -> None:
    wanted, rows = many_days(32, "There are {} troops in Russia.")
    for each in wanted:
        house.judged(each)
    house.run(wanted, house.candidate(1, rows))
    _, other = many_days(32, "There are {} troops in Kursk.")
    counts = house.run([wanted[-1]], house.candidate(2, other))
    assert counts["reports"] == 1 + renewal.HEALED
    assert outdated(house) == [str(each) for each in wanted[:3]]
    assert all("Outdated." in house.report(each).read_text() for each in wanted[:3])
    assert "Outdated." not in house.report(wanted[3]).read_text()
    assert standing.read(house.published).outdated == tuple(wanted[:3])
    counts = publish.heal(house.settings, NOW)
    assert (counts["reports"], counts["editions"], counts["files_swapped"]) == (3, 1, 0)
    assert outdated(house) == [] and "Outdated." not in house.report(wanted[0]).read_text()
    assert publish.heal(house.settings, NOW)["editions"] == 0
    with duckdb.connect(str(house.published / shelf.DATABASE), read_only=True) as connection:
        assert connection.execute(
            "SELECT edition, added + changed + removed FROM editions WHERE edition = 3"
        ).fetchall() == [(3, 0)]


def test_a_report_carries_the_fingerprint_that_it_is_known_by(house: House) -> None:
    house.publish(DAY, made.busy())
    assert len(contents.carried(house.report()) or "") == 64
