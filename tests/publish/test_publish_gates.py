"""Only what the gates let through goes up, and what they refuse later is said on the page itself."""

import json
from datetime import date

import publish_days as made
import pytest
from lxml import html as lxml_html
from publish_house import House
from publish_samples import DAY, at

from troopwatch import days, publish, quality
from troopwatch.flow import Run
from troopwatch.lake import LakeError
from troopwatch.publish import PublishError
from troopwatch.quality import GateClosedError
from troopwatch.tables import LAKE

NEXT = date(2024, 11, 5)
REASON = "documents gate closed: ledger.floor"


def run(house: House, day: date = NEXT) -> Run:
    return Run(day, house.settings, days.end(day))


def stale_since(house: House) -> str | None:
    return json.loads((house.published / "status.json").read_text())["stale_since"]


@pytest.mark.parametrize("mark", [None, "0" * 64, "\xff"])
def test_a_candidate_that_was_not_let_through_does_not_go_up(house: House, mark: str | None) -> None:
    house.publish(DAY, made.quiet())
    house.judged(NEXT)
    before = house.snapshot()
    candidate = house.candidate(2, made.busy())
    quality.mark_of(candidate).unlink()
    if mark:
        quality.mark_of(candidate).write_text(mark, encoding="latin-1")
    with pytest.raises(PublishError, match=r"edition-000002\.duckdb was not let through by the edition gate"):
        house.run([NEXT], candidate)
    assert house.snapshot() == before
    assert candidate.exists()


def test_a_candidate_that_changed_after_it_was_let_through_does_not_go_up(house: House) -> None:
    house.judged(DAY)
    candidate = house.candidate(1, made.busy())
    candidate.write_bytes(candidate.read_bytes() + b" ")
    with pytest.raises(PublishError, match="not let through"):
        house.run([DAY], candidate)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ("never run", "2024-11-05 cannot be published: it was never run"),
        ("running", "2024-11-05 cannot be published, for its gate is not open: not judged by the documents gate"),
        ("closed", f"2024-11-05 cannot be published, for its gate is not open: {REASON}"),
    ],
)
def test_a_day_that_is_not_open_gets_no_report(house: House, state: str, message: str) -> None:
    house.publish(DAY, made.quiet())
    if state == "running":
        house.tried(NEXT)
    if state == "closed":
        house.judged(NEXT, closed=REASON)
    before, candidate = house.snapshot(), house.candidate(2, made.busy())
    with pytest.raises(PublishError, match=message):
        house.run([DAY, NEXT], candidate)
    assert house.snapshot() == before and candidate.exists()


def test_a_report_whose_gate_closes_later_says_so_until_it_opens_again(house: House) -> None:
    house.publish(DAY, made.busy())
    house.publish(NEXT, at(NEXT, made.quiet()), serial=2)
    before = house.report(DAY).read_bytes()
    house.judged(DAY, closed="documents gate closed: <b>ledger</b>")
    publish.refresh_standing(house.settings)
    (banner,) = house.page(DAY).find_class("banner")
    assert " ".join(banner.text_content().split()).startswith("Withdrawn. The gate of this day has closed since")
    assert "Reason: documents gate closed: <b>ledger</b>" in banner.text_content()
    assert stale_since(house) is None and not house.page(NEXT).find_class("banner")
    house.judged(DAY)
    publish.refresh_standing(house.settings)
    assert house.report(DAY).read_bytes() == before


def test_a_day_that_runs_again_is_not_called_withdrawn(house: House) -> None:
    house.publish(DAY, made.busy())
    house.lake.replace(LAKE["verdicts"], DAY, [])
    publish.refresh_standing(house.settings)
    assert b"Withdrawn" not in house.report(DAY).read_bytes()


@pytest.mark.parametrize("name", ["2024-10-23-backup", "2024-13-45", "old"])
def test_a_folder_of_another_name_is_left_alone(house: House, name: str) -> None:
    page = house.published / "reports" / name / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("kept by hand")
    house.publish(DAY, made.busy())
    assert house.report().exists() and page.read_text() == "kept by hand"


def test_days_that_were_begun_and_left_are_named(house: House) -> None:
    house.tried(date(2024, 11, 1))
    house.publish(DAY, made.busy())
    house.tried(NEXT)
    standing = publish.refresh_standing(house.settings)
    assert standing == publish.Standing(1, DAY, None, None, (date(2024, 11, 1),), edition=1)
    assert json.loads((house.published / "status.json").read_text())["unfinished"] == ["2024-11-01"]
    index = lxml_html.document_fromstring((house.published / "index.html").read_bytes())
    words = " ".join(index.body.text_content().split())
    assert "1 earlier day is not finished." in words and "2024-11-01no report not finished" in words
    assert "1 later day is not published yet." in words


def test_a_status_of_before_is_still_read(house: House) -> None:
    house.publish(DAY, made.busy())
    (house.published / "status.json").write_text(
        '{"latest": "2024-11-04", "reason": null, "serial": 7, "stale_since": null}'
    )
    assert publish.refresh_standing(house.settings).serial == 7


def test_a_refused_edition_makes_the_page_stale_at_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.publish(DAY, made.busy())
    house.judged(NEXT)
    candidate = house.candidate(2, made.quiet())  # without comments on its columns
    with pytest.raises(GateClosedError):
        run(house).judge_edition(str(candidate))
    assert stale_since(house) == "2024-11-05"
    assert "edition gate closed: " in house.page(DAY).find_class("banner")[0].text_content()
    with pytest.raises(PublishError, match="its gate is not open: edition gate closed"):
        house.run([NEXT], candidate)


@pytest.mark.parametrize("error", [GateClosedError(NEXT, "mentions", []), LakeError("a file is damaged")])
def test_a_gate_that_closes_or_cannot_read_tells_the_readers(
    house: House, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def judge(*_: object) -> None:
        house.judged(NEXT, closed=REASON)
        raise error

    house.publish(DAY, made.busy())
    monkeypatch.setattr(quality, "judge", judge)
    with pytest.raises(type(error)):
        run(house).judge_mentions()
    assert stale_since(house) == "2024-11-05"


def test_upkeep_tells_the_readers_what_a_crashed_run_did_not(house: House) -> None:
    house.publish(DAY, made.busy())
    house.judged(NEXT, closed=REASON)
    assert stale_since(house) is None
    run(house).sweep()
    assert stale_since(house) == "2024-11-05"
