"""Documents in, rows out, one JSON object a line."""

import io
import json
from datetime import UTC, date, datetime

from troopwatch.detect.document import Document, find
from troopwatch.detect.jsonl import Reader, when, write


def test_reads_documents_and_notes_what_is_none() -> None:
    reader = Reader([
        '{"article_id": "a", "published_at": "2024-11-01", "text": "x", "more": 1}\n',
        "\n",
        "{nonsense\n",
        '{"article_id": "b", "published_at": null, "text": "y"}\n',
        '{"article_id": 7, "text": "y"}\n',
        '["a"]\n',
        '{"article_id": "c", "text": "z", "voice": "FRAGOV"}',
    ])  # fmt: skip
    found = list(reader)
    assert found == [Document("a", "x", date(2024, 11, 1)), Document("b", "y"), Document("c", "z", None, "FRAGOV")]
    assert [e.split(":")[0] for e in reader.errors] == ["line 3", "line 5", "line 6"]


def test_dates_are_never_guessed() -> None:
    assert when("2024-11-01T10:00:00Z") == datetime(2024, 11, 1, 10, tzinfo=UTC)
    assert when("10/11/2024") is when("2004/2005") is when(None) is when(1730000000) is None


def test_writes_rows_with_iso_dates() -> None:
    out = io.StringIO()
    document = Document("a", "France sent 500 soldiers to Mali on Oct. 24.", date(2024, 11, 1))
    assert write([("a", find(document))], out) == (1, 0)
    (row,) = json.loads(out.getvalue())["deployments"]
    assert row["doc_date"] == "2024-11-01"
    assert row["event_time_from"] == "2024-10-24"


def test_a_lone_surrogate_does_not_stop_it() -> None:
    (document,) = Reader(['{"article_id": "a", "text": "France sent \\ud800 500 soldiers to Mali."}'])
    out = io.StringIO()
    assert write([("a", find(document))], out)[0] == 1
    out.getvalue().encode()
