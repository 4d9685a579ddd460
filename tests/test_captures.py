"""WARC files: readable by others, exact, and honest about damage."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from troopwatch import captures, responses
from troopwatch.captures import Damage, Record
from troopwatch.responses import UnreadableResponseError

NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)


def http(body: bytes, *headers: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html", *headers, "", ""]).encode() + body


def written(path: Path, *blocks: bytes) -> list[int]:
    with captures.writing(path) as writer:
        return [writer.write(Record(f"http://a.example/{n}", NOON, block)) for n, block in enumerate(blocks)]


def test_what_was_written_is_read_byte_for_byte_and_from_any_offset(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    blocks = [http(b"one"), http(bytes(range(256)) * 100), http(b"")]
    offsets = written(path, *blocks)
    read = list(captures.read(path))
    assert [r.block for r in read if isinstance(r, Record)] == blocks
    assert [r.offset for r in read] == offsets
    for offset, block in zip(offsets, blocks, strict=True):
        again = captures.read_at(path, offset)
        assert isinstance(again, Record) and again.block == block and again.captured_at == NOON


def test_another_library_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    written(path, http(b"one"), http(b"two"))
    with path.open("rb") as file:
        found = [(r.rec_headers["WARC-Target-URI"], r.content_stream().read()) for r in ArchiveIterator(file)]
    assert found == [("http://a.example/0", b"one"), ("http://a.example/1", b"two")]


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        written(tmp_path / name, http(b"one"), http(b"two"))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@given(cut=st.integers(min_value=0, max_value=900))
def test_a_truncated_file_loses_only_what_is_cut(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    path = tmp_path_factory.mktemp("warc") / "x.warc.gz"
    offsets = written(path, http(b"one " * 50), http(b"two " * 50), http(b"three " * 50))
    whole = path.read_bytes()
    path.write_bytes(whole[:cut])
    ends = [*offsets[1:], len(whole)]
    read = list(captures.read(path))
    records = [r for r in read if isinstance(r, Record)]
    assert len(records) >= sum(end <= cut for end in ends)
    assert all(r.block.endswith(b" ") for r in records)
    if cut not in (0, *ends) and cut < len(whole):
        assert any(isinstance(r, Damage) for r in read), "a loss has to show"


def test_an_altered_record_is_damage_and_its_neighbours_stay(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    written(path, http(b"one"), http(b"two"), http(b"three"))
    path.write_bytes(gzip.decompress(path.read_bytes()).replace(b"two", b"TWO"))
    kinds = [type(r).__name__ for r in captures.read(path)]
    assert kinds == ["Record", "Damage", "Record"]


@pytest.mark.parametrize("content", [b"", b"no warc", b"\x1f\x8b\x08garbage", gzip.compress(b"text" * 500, mtime=0)])
def test_what_is_no_warc_yields_no_record(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    assert not [r for r in captures.read(path) if isinstance(r, Record)]
    assert isinstance(captures.read_at(path, 0), Damage)


def test_content_encodings_are_undone() -> None:
    packed = http(gzip.compress(b"hello"), "Content-Encoding: gzip")
    response = responses.of(Record("http://a.example/", NOON, packed))
    assert (response.status, response.body, response.headers["content-type"]) == (200, b"hello", "text/html")


def test_a_bomb_is_refused_without_being_unpacked_whole() -> None:
    bomb = http(gzip.compress(b"\0" * (responses.MAX_BODY + 1)), "Content-Encoding: gzip")
    with pytest.raises(UnreadableResponseError, match="larger than"):
        responses.of(Record("http://a.example/", NOON, bomb))


@pytest.mark.parametrize("block", [b"", b"\r\n\r\n", b"nonsense", http(b"no gzip", "Content-Encoding: gzip")])
def test_a_block_that_is_no_response_is_an_error(block: bytes) -> None:
    with pytest.raises(UnreadableResponseError):
        responses.of(Record("http://a.example/", NOON, block))
