"""Normalizing pages of one's own: files and WARC records in, a line a page out."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from normalize_lake import NOON, URL, block, html

from troopwatch import captures, responses
from troopwatch.normalize import files
from troopwatch.settings import Settings

NOW = datetime(2024, 10, 20, tzinfo=UTC)
HEAD = (
    f"<title>Soldiers leave | Outlet</title><link rel='canonical' href='{URL}'><meta name='author' content='By Dee Oh'>"
    "<meta property='article:published_time' content='2024-10-18T09:00:05+09:00'>"
)


def lines(*inputs: Path) -> list[dict[str, Any]]:
    target = inputs[0].parent / "articles.jsonl"
    files.convert(inputs, target, Settings(processes=1), NOW)
    return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def test_a_saved_page_is_a_line_named_like_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "b.page.html.gz").write_bytes(gzip.compress(html(head=HEAD).encode()))
    (folder / "a.html").write_text(html(head="<title>x</title>"))
    (folder / "notes.txt").write_text("no page")
    first, second = lines(folder)
    assert (first["article_id"], first["published_at"], first["authors"]) == ("a", None, [])
    assert second | {"text": "", "method_version": ""} == {
        "article_id": "b.page",
        "url": None,
        "canonical_url": URL,
        "title": "Soldiers leave",
        "text": "",
        "authors": ["Dee Oh"],
        "published_at": "2024-10-18T00:00:05Z",
        "published_precision": "second",
        "published_origin": "meta",
        "language": "en",
        "is_stub": False,
        "method": "trafilatura_fast",
        "method_version": "",
    }
    assert second["text"].count("\n\n") == 5


def test_records_of_a_warc_file_are_lines_with_their_addresses(tmp_path: Path) -> None:
    path = tmp_path / "pages.warc.gz"
    with captures.writing(path) as writer:
        writer.write(captures.Record(URL, NOON, block(html())))
        writer.write(captures.Record(URL + "-2", NOON, block("", status=404)))
    path.write_bytes(path.read_bytes() + b"\x1f\x8b torn")
    first, second, third = lines(path)
    assert (first["url"], first["published_at"], first["published_precision"]) == (URL, "2024-10-18", "day")
    assert (second["article_id"], second["rule"]) == (URL + "-2", "not_ok")
    assert third["rule"] == "damaged_record"


@pytest.mark.parametrize(
    ("name", "body", "rule"),
    [
        ("torn.html.gz", gzip.compress(html().encode())[:-20], "unreadable"),
        ("no.html.gz", b"no gzip", "unreadable"),
        ("bomb.html.gz", gzip.compress(b" " * (responses.MAX_BODY + 1)), "too_large"),
        ("empty.html", b"", "empty"),
        ("pdf.html", b"%PDF-1.7", "not_html"),
    ],
)
def test_a_file_that_is_no_page_is_a_line_with_the_reason(tmp_path: Path, name: str, body: bytes, rule: str) -> None:
    (tmp_path / name).write_bytes(body)
    (line,) = lines(tmp_path / name)
    assert (line["article_id"], line["rule"]) == (name.partition(".")[0], rule)
    assert line["reason"]


def test_an_input_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(files.InputError, match="nowhere"):
        lines(tmp_path / "nowhere")
