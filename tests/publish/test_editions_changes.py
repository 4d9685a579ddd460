"""What each edition changed: adds up, says why, and is no longer than a reader needs."""

import pytest
from publish_editions import NEXT, OTHER, SENTENCE, both, day, lines, of_newest, reconcile, told
from publish_house import House
from publish_samples import DAY, covered, deployment

from troopwatch.publish import PublishError
from troopwatch.publish.editions import changes


def test_changes_add_up_over_all_editions(house: House) -> None:
    first, second = told(SENTENCE), told(OTHER, doc_id="b" * 40, day=NEXT)
    house.publish(DAY, day(first))
    house.publish(NEXT, both(day(first), day(second, which=NEXT)), serial=2)
    assert {line[:3] for line in of_newest(house)} == {
        (table, "added", "new_day")
        for table in ("articles", "deployments", "troop_claims", "coverage", "quality_checks")
    }
    house.publish(NEXT, day(first), serial=3)
    assert ("articles", "removed", "gate_closed", 1) in of_newest(house)
    reconcile(house)
    assert lines(house, "SELECT added, changed, removed FROM editions ORDER BY edition") == [
        (5, 0, 0),
        (5, 0, 0),
        (0, 0, 5),
    ]


def test_a_late_article_and_a_correction_are_told_apart(house: House) -> None:
    first = told(SENTENCE)
    late = told(OTHER, doc_id="b" * 40, article_id="c" * 40, warc_offset=9)
    house.publish(DAY, day(first))
    house.publish(DAY, day(first, late), serial=2)
    assert ("deployments", "added", "late_article", 1) in of_newest(house)
    corrected = told(
        "There are 500 North Korean troops in Russia.", doc_id="d" * 40, article_id=first["article_id"], warc_offset=7
    )
    house.publish(DAY, day(first, late, corrected), serial=3)
    assert ("articles", "added", "correction", 1) in of_newest(house)
    assert ("deployments", "added", "correction", 1) in of_newest(house)
    reconcile(house)


def test_the_same_capture_read_otherwise_is_new_rules(house: House) -> None:
    first = told(SENTENCE)
    house.publish(DAY, day(first))
    (row,) = day(first)["deployments"]
    newer = row | {"extractor_version": "2.0", "count_min": 300}
    house.publish(DAY, day(first, deployments=[newer], troop_claims=[]), serial=2)
    listed = lines(
        house,
        "SELECT column_name, old, new, reason, rows FROM changes WHERE table_name = 'deployments' AND key IS NOT NULL",
    )
    assert listed == [("count_min", None, "300", "new_rules", 1)]
    again = told(SENTENCE, doc_id="e" * 40)
    house.publish(DAY, day(again), serial=3)
    assert {("articles", "added", "new_rules", 1), ("articles", "removed", "new_rules", 1)} <= of_newest(house)
    reconcile(house)


def test_a_gate_that_opens_or_closes_is_the_reason(house: House) -> None:
    closed = [covered("narae_wire", "closed", reason="documents gate closed: ledger.floor")]
    house.publish(DAY, day(told(SENTENCE)))
    house.publish(DAY, day(coverage=closed), serial=2)
    assert {("articles", "removed", "gate_closed", 1), ("coverage", "changed", "gate_closed", 1)} <= of_newest(house)
    house.publish(DAY, day(told(SENTENCE)), serial=3)
    assert ("deployments", "added", "gate_opened", 1) in of_newest(house)
    reconcile(house)


def test_a_day_that_another_run_met_on_its_way_is_new_when_it_comes(house: House) -> None:
    waiting = [covered("narae_wire", "closed", reason="not judged by the mentions gate")]
    house.publish(DAY, day(coverage=waiting))
    house.publish(DAY, day(told(SENTENCE)), serial=2)
    assert ("articles", "added", "new_day", 1) in of_newest(house)


def test_a_large_re_detection_is_counted_in_full_and_listed_in_part(house: House) -> None:
    one, many = told(SENTENCE), changes.LISTED + 50
    rows = [deployment(one, SENTENCE, record_id=f"{n:040x}") for n in range(many)]
    house.publish(DAY, day(one, deployments=rows, troop_claims=[]))
    newer = [row | {"extractor_version": "2.0", "phase": "withdrawn"} for row in rows]
    house.publish(DAY, day(one, deployments=newer, troop_claims=[]), serial=2)
    assert of_newest(house) == {("deployments", "changed", "new_rules", many)}
    assert lines(house, "SELECT count(*) FROM changes WHERE edition = 2 AND key IS NOT NULL") == [(changes.LISTED,)]
    assert lines(house, "SELECT rows FROM changes WHERE edition = 2 AND key IS NULL") == [(50,)]
    versions = [row | {"extractor_version": "3.0"} for row in newer]
    house.publish(DAY, day(one, deployments=versions, troop_claims=[]), serial=3)
    assert lines(house, "SELECT key, rows FROM changes WHERE edition = 3") == [(None, many)], (
        "nothing to look at in any"
    )


def test_changes_that_do_not_add_up_are_not_published(house: House) -> None:
    house.publish(DAY, day(told(SENTENCE)))
    before, twice = house.snapshot(), told(OTHER, doc_id="b" * 40)
    with pytest.raises(PublishError, match="changes of articles do not add up"):
        house.publish(DAY, day(twice) | {"articles": [twice, twice]}, serial=2)
    assert house.snapshot() == before
