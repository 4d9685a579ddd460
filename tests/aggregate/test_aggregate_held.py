"""What the mentions gate holds back is in no table of mentions, in no count, and in the quarantine with its reason."""

from datetime import date

from aggregate_lake import Days, record_id, row

from troopwatch.tables import LAKE

DAY = date(2024, 10, 17)
BROKEN = record_id({"doc_id": "a"}, 1)


def hold(made: Days, *record_ids: str) -> None:
    """Let the gate hold back these deployments of the day."""
    told = {"table_name": "deployments", "doc_id": "a", "rule": "deployments.offsets", "detail": "seen", "row": "{}"}
    made.lake.replace(LAKE["held"], DAY, [row("held", DAY, record_id=one, **told) for one in record_ids])
    made.judge(DAY)


def test_a_row_that_is_held_back_is_counted_nowhere_but_in_the_quarantine(made: Days) -> None:
    made.add(DAY, "a", forces=({}, {}))
    hold(made, BROKEN)
    assert made.ask("SELECT record_id FROM deployments") == [(record_id({"doc_id": "a"}, 0),)]
    assert made.ask("SELECT deployments FROM articles UNION ALL SELECT deployments FROM coverage") == [(1,), (1,)]
    found = made.ask("SELECT day, table_name, record_id, doc_id, rule, detail, warc_offset FROM quarantine")
    assert found == [(DAY, "deployments", BROKEN, "a", "deployments.offsets", "seen", 1)]


def test_a_later_run_that_passes_releases_it(made: Days) -> None:
    made.add(DAY, "a", forces=({}, {}))
    hold(made, BROKEN)
    assert made.ask("SELECT count(*) FROM deployments") == [(1,)]
    hold(made)
    assert made.ask("SELECT count(*) FROM deployments") == [(2,)]
    assert made.ask("SELECT count(*) FROM quarantine") == [(0,)]
