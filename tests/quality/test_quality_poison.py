"""Each kind of check finds the row that breaks it, at its severity, and nothing else does."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from quality_rows import (
    DAY,
    SEEN,
    TEXT,
    Newsday,
    demand,
    deployment,
    document,
    fetch,
    ledger,
    made,
    quarantined,
    reading,
    tallied,
    write_specs,
)

from troopwatch.quality import engine
from troopwatch.quality.engine import validate
from troopwatch.quality.model import Row
from troopwatch.quality.suites import GATES
from troopwatch.settings import Settings

GATE_OF = {name: gate for gate in GATES.values() for name in gate.judged}

Make = Callable[..., Row]

# Each: the table with the row, what is done to it, and the checks that then fail, the warnings among them in brackets.
POISON: dict[str, tuple[str, Make, Row, str]] = {
    "NULL where a value must be": ("documents", document, {"title": None, "outlet": None}, "not_null"),
    "a row of another day": ("documents", document, {"day": DAY - timedelta(days=1)}, "day"),
    "an unknown value": ("fetches", fetch, {"role": "advert"}, "role.values"),
    "a code of another form": (
        "deployments",
        deployment,
        {"force_owner_code": "North Korea"},
        "force_owner_code.pattern",
    ),
    "a number below its least": ("fetches", fetch, {"status": 7}, "limits"),
    "a number above its most": ("deployments", deployment, {"confidence": 1.5}, "limits"),
    "no number at all": ("demands", demand, {"confidence": float("nan")}, "limits"),
    "a row of a source that was not tried": ("quarantine", quarantined, {"source": "brief"}, "tried"),
    "published after the capture": (
        "documents",
        document,
        {"published_at": SEEN + timedelta(hours=25)},
        "published_in_time",
    ),
    "a precision of no time": ("documents", document, {"published_at": None}, "publication_is_whole"),
    "half of a text lost": ("documents", document, {"text": TEXT[:20], "characters": 20}, "digest"),
    "a wrong length": ("documents", document, {"characters": len(TEXT.encode())}, "length"),
    "a failure of no kind": ("fetches", fetch, {"outcome": "failed"}, "failure_is_named"),
    "an unchanged page that repeats nothing": (
        "fetches",
        fetch,
        {"outcome": "unchanged", "warc_file": None},
        "bytes_are_named",
    ),
    "stored bytes that lie nowhere": ("fetches", fetch, {"payload_sha256": None}, "bytes_are_named"),
    "a page that became nothing": (
        "fetches",
        fetch,
        {"warc_offset": 7, "url": "https://wire.example/x"},
        "[accounted_for]",
    ),
    "a mention of no document": ("deployments", deployment, {"doc_id": "doc-9"}, "document quote spans"),
    "a quote that stands elsewhere": ("demands", demand, {"sentence": "Seoul demanded nothing."}, "quote"),
    "offsets in bytes": ("deployments", deployment, {"count_start": 45, "count_end": 57}, "spans"),
    "an offset without its words": ("demands", demand, {"speaker_start": 3}, "spans"),
    "offsets turned around": ("demands", demand, {"content_start": 60, "content_end": 50}, "spans"),
    "offsets beyond the text": ("demands", demand, {"content_end": 5000}, "spans"),
    "a trigger outside the sentence": (
        "demands",
        demand,
        {"trigger_text": "talks", "trigger_start": TEXT.index("talks"), "trigger_end": TEXT.index("talks") + 5},
        "trigger_in_sentence",
    ),
    "evidence of another capture": ("demands", demand, {"warc_offset": 5}, "evidence"),
    "a time that ends before it starts": (
        "demands",
        demand,
        {"event_time_from": DAY, "event_time_to": DAY - timedelta(days=1)},
        "event_time",
    ),
    "a range turned around": ("deployments", deployment, {"count_min": 12000}, "count_range"),
    "a place that is not in the text": (
        "deployments",
        deployment,
        {
            "places": [
                {
                    "text": "Kursk",
                    "start": 3,
                    "end": 8,
                    "country": "Russia",
                    "geonameid": None,
                    "role": "at",
                    "disputed": False,
                }
            ]
        },
        "spans places",
    ),
    "a demand about no deployment": ("demands", demand, {"deployment_record_id": "f" * 40}, "deployment"),
    "a reading that counts wrongly": ("readings", reading, {"deployments": 2}, "mentions_add_up"),
    "a reading of no document": ("readings", reading, {"doc_id": "doc-9"}, "document mentions_add_up"),
    "mentions in an unread text": ("readings", reading, {"outcome": "other_language"}, "possible"),
    "more parsed than there is": ("readings", reading, {"gated": 4}, "possible"),
}


def failures(newsday: Newsday, table: str) -> dict[str, Row]:
    """What fails in a table's suite, by the check's name within it."""
    (suite,) = (s for s in GATE_OF[table].suites(newsday.around()) if s.table == table)
    return {f["check_id"].removeprefix(f"{table}."): f for f in validate(suite) if not f["passed"]}


def named(finding: Row) -> list[str]:
    """What identifies the rows that a finding names, and nothing else of them."""
    keys = json.loads(finding["examples"])
    return [str(key.get("record_id") or key.get("doc_id") or key["url"]) for key in keys]


def spoiled(table: str) -> dict[str, Row]:
    """The table's spoiled rows by what was done to them: each is of a document of its own."""
    kinds = [(kind, make, changes) for kind, (of, make, changes, _) in POISON.items() if of == table]
    return {kind: make(number, **changes) for number, (kind, make, changes) in enumerate(kinds, start=1)}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Row]]:
    """What fails, by table, where all spoiled rows of a table stand in it at once, and one that is right."""
    found = {}
    for table in sorted({of for of, *_ in POISON.values()}):
        folder, rows = tmp_path_factory.mktemp(table), list(spoiled(table).values())
        write_specs(folder)
        newsday = Newsday(Settings(sources=folder), made(len(rows) + 1))
        newsday.rows[table][: len(rows)] = rows
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(engine, "EXAMPLES", 99)
            found[table] = failures(newsday, table)
    return found


@pytest.mark.parametrize("kind", POISON)
def test_a_spoiled_row_is_found_and_named(found: dict[str, dict[str, Row]], kind: str) -> None:
    table, _, _, expected = POISON[kind]
    row = spoiled(table)[kind]
    name = row.get("record_id") or row.get("doc_id") or row["url"]
    objecting = {check: f for check, f in found[table].items() if name in named(f)}
    assert " ".join(f"[{n}]" if f["severity"] == "warning" else n for n, f in objecting.items()) == expected
    assert all(f["observed"] and f["rows_failed"] == len(named(f)) for f in objecting.values())


def test_nothing_but_the_spoiled_rows_is_found(found: dict[str, dict[str, Row]]) -> None:
    for table, checks in found.items():
        names = {row.get("record_id") or row.get("doc_id") or row["url"] for row in spoiled(table).values()}
        assert {name for finding in checks.values() for name in named(finding)} == names


def test_a_document_without_a_reading_is_found(newsday: Newsday) -> None:
    del newsday.rows["readings"][0]
    (suite,) = (s for s in GATES["mentions"].suites(newsday.around()) if s.table == "documents")
    (finding,) = validate(suite)
    assert (finding["check_id"], finding["passed"], finding["severity"]) == ("documents.is_read", False, "critical")
    assert json.loads(finding["examples"]) == [{"source": "wire", "doc_id": "doc-1"}]


def test_a_doubled_key_is_found_but_not_among_rows_without_a_capture(newsday: Newsday) -> None:
    newsday.rows["documents"].append(newsday.rows["documents"][0])
    assert list(found := failures(newsday, "documents")) == ["key"]
    assert found["key"]["rows_failed"] == 2
    refused = fetch(9, outcome="refused_by_robots", captured_at=None, warc_offset=None)
    newsday.rows["fetches"] += [refused, refused]
    assert not failures(newsday, "fetches")


def test_an_added_column_is_found(newsday: Newsday) -> None:
    (suite,) = (s for s in GATES["mentions"].suites(newsday.around()) if s.table == "readings")
    object.__setattr__(suite, "columns", [*suite.columns, "mood"])
    (finding,) = (f for f in validate(suite) if not f["passed"])
    assert finding["check_id"] == "readings.columns"
    assert "mood" in finding["observed"]


def test_only_the_first_failing_rows_are_named(newsday: Newsday) -> None:
    newsday.rows["quarantine"] = [quarantined(n, rule="whim") for n in range(8)]
    finding = failures(newsday, "quarantine")["rule.values"]
    assert finding["rows_failed"] == 8
    assert [key["url"] for key in json.loads(finding["examples"])] == [f"https://wire.example/{n}" for n in range(5)]
    assert finding["observed"] == "seen: 'whim'"


VOLUMES: dict[str, tuple[dict[str, list[Row]], str]] = {
    "silent where it usually speaks": ({"documents": []}, "floor"),
    "more than it ever brings": ({"documents": [document(n) for n in range(4)]}, "[ceiling]"),
    "failed": ({"ledger": [ledger(outcome="failed", reason="503")]}, "[outcome] nothing"),
    "no data, but documents": ({"ledger": [ledger(outcome="no_data", reason="-")]}, "[outcome] responses no_data"),
    "captured, but nothing stored": ({"ledger": [ledger(requests=0, responses=0)], "fetches": []}, "responses"),
    "a ledger that counts wrongly": ({"ledger": [ledger(failures=1, requests=4)]}, "fetches"),
    "a ledger that counts kinds wrongly": ({"ledger": [ledger(failed_http=1)]}, "fetches"),
    "requests that ended in no way": ({"ledger": [ledger(requests=4)]}, "requests"),
    "a source without a spec": (
        {"ledger": [ledger(source="old", requests=0, responses=0, outcome="failed")]},
        "[outcome] [source]",
    ),
    "most pages fall": ({"quarantine": [quarantined(n) for n in range(8)]}, "half_fell [many_fell]"),
    "a quarter of the pages fall": (
        {
            "documents": [document(n, text_sha256=f"{n:064x}") for n in range(9)],
            "quarantine": [quarantined(n) for n in range(10, 13)],
        },
        "[ceiling] [many_fell]",
    ),
    "most pages fall, but few were asked for": ({"quarantine": [quarantined(n) for n in range(7)]}, ""),
    "most pages are lost": (
        {"fetches": [fetch(n) for n in range(1, 13)], "ledger": [ledger(requests=12, responses=12)]},
        "half_fell [many_fell]",
    ),
}


@pytest.mark.parametrize("kind", VOLUMES)
def test_volumes_are_held_to_spec_and_ledger(newsday: Newsday, kind: str) -> None:
    changes, expected = VOLUMES[kind]
    newsday.rows |= changes
    newsday.rows["tallies"] = tallied(newsday.rows)
    found = failures(newsday, "ledger")
    assert " ".join(f"[{n}]" if f["severity"] == "warning" else n for n, f in found.items()) == expected
    assert all(
        json.loads(f["examples"]) == [{"source": changes.get("ledger", [{"source": "wire"}])[0]["source"]}]
        for f in found.values()
    )
