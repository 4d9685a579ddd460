"""A store that is set wrongly, that is down, or that breaks off: who has to do what, and nothing that is secret."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from mirror_house import DAY, Bucket, run_of

from troopwatch import settings
from troopwatch.errors import HopelessError
from troopwatch.flow import Run
from troopwatch.mirror import NoStoreError, StoreError
from troopwatch.mirror.store import Store
from troopwatch.settings import ROOT, SettingError, Settings

HIDDEN = "wJalrXUtnFEMI-a-secret"


def sweep(at: Settings) -> None:
    run_of(at).sweep()


@contextmanager
def answering(status: int, wait: float = 0, body: bytes = b"") -> Iterator[str]:
    """Something on loopback that answers every request alike; its address."""
    done = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            done.wait(wait)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_HEAD = do_PUT = do_POST = do_DELETE = do_GET  # noqa: N815 - names of http.server

        def log_message(self, *_: object) -> None:
            """Nothing on standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        done.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("name", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_a_wrong_key(bucket: Bucket, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, HIDDEN)
    with pytest.raises(NoStoreError, match="set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to keys that") as caught:
        sweep(bucket.settings())
    assert name == "AWS_ACCESS_KEY_ID" or HIDDEN not in str(caught.value)


def test_a_bucket_that_is_not_there(bucket: Bucket) -> None:
    with pytest.raises(NoStoreError, match="s3://nobodys-bucket/lake.*make it, or correct TROOPWATCH_DATA"):
        sweep(bucket.settings(data="s3://nobodys-bucket/lake"))


def test_what_cannot_be_mended_by_trying_again_is_hopeless_and_what_passes_is_not() -> None:
    assert issubclass(NoStoreError, HopelessError), "Airflow does not try it again"
    assert not issubclass(StoreError, HopelessError)


def test_nobody_answers_there(bucket: Bucket) -> None:
    with pytest.raises(StoreError, match="is TROOPWATCH_S3_ENDPOINT right, and is the store up"):
        sweep(bucket.settings(s3_endpoint="http://127.0.0.1:9"))


@pytest.mark.parametrize("status", [500, 503])
def test_a_store_that_fails_is_asked_again_later(bucket: Bucket, status: int) -> None:
    told = f"HTTP status {status}|SLOW_DOWN|SERVICE|INTERNAL"
    with answering(status) as address, pytest.raises(StoreError, match=told):
        sweep(bucket.settings(s3_endpoint=address))


def test_a_store_that_says_nothing_is_given_up(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("troopwatch.mirror.store.ATTEMPTS", 1)
    with answering(200, wait=60) as address, pytest.raises(StoreError):
        sweep(bucket.settings(s3_endpoint=address))


def test_something_else_answers_there(bucket: Bucket) -> None:
    message = "no object store answers there: correct TROOPWATCH_S3_ENDPOINT"
    with answering(404, body=b"<html>Not found</html>") as address, pytest.raises(NoStoreError, match=message):
        sweep(bucket.settings(s3_endpoint=address))


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATA", "s3://"),
        ("DATA", "s3://Bucket"),
        ("DATA", f"s3://key:{HIDDEN}@bucket/lake"),
        ("DATA", "s3://bucket/../lake?x=1"),
        ("S3_ENDPOINT", "store.example:9000"),
        ("S3_ENDPOINT", f"https://key:{HIDDEN}@store.example"),
    ],
)
def test_a_wrong_address_is_named_and_no_secret_in_it(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(f"TROOPWATCH_{variable}", value)
    with pytest.raises(SettingError, match=f"TROOPWATCH_{variable}") as caught:
        settings.load()
    assert HIDDEN not in str(caught.value)


def test_an_address_is_taken_as_it_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TROOPWATCH_DATA", "s3://bucket/news/lake/")
    monkeypatch.setenv("TROOPWATCH_CACHE", str(tmp_path))
    loaded = settings.load()
    assert (loaded.data, loaded.address, loaded.is_elsewhere) == (tmp_path, "s3://bucket/news/lake", True)
    monkeypatch.setenv("TROOPWATCH_DATA", str(tmp_path))
    assert (settings.load().address, settings.load().is_elsewhere) == (f"file://{tmp_path}", False)


def test_a_shell_says_it_in_a_line_and_prints_no_secret(bucket: Bucket, tmp_path: Path) -> None:
    around = os.environ | {
        "PYTHONPATH": str(ROOT / "include"),
        "TROOPWATCH_DATA": "s3://nobodys-bucket/lake",
        "TROOPWATCH_CACHE": str(tmp_path / "cache"),
    }
    command = [sys.executable, "-m", "troopwatch", "publish", "--date", str(DAY), "edition-000001.duckdb"]
    done = subprocess.run(command, capture_output=True, text=True, env=around, check=False)
    assert done.returncode == 1 and "make it, or correct TROOPWATCH_DATA" in done.stderr
    assert "Traceback" not in done.stderr and bucket.served.secret not in done.stdout + done.stderr


def test_what_is_not_what_was_put_is_noticed(bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, path = Store(bucket.settings().store or "", bucket.served.endpoint), tmp_path / "file"
    path.write_bytes(b"what is put")
    head = Store._head

    def overwritten(self: Store, key: str) -> object:
        bucket.put(key, b"what is not")
        return head(self, key)

    monkeypatch.setattr(Store, "_head", overwritten)
    with pytest.raises(StoreError, match="is not what was put there"):
        store.put(path, "published/index.html")


def test_a_large_object_is_verified_by_reading_it_back(bucket: Bucket, tmp_path: Path) -> None:
    store, path = Store(bucket.settings().store or "", bucket.served.endpoint), tmp_path / "large"
    path.write_bytes(os.urandom(1 << 20) * 25)
    version = store.put(path, "large")
    assert "-" in version.tag, "it went up in parts, so its ETag is no digest"
    with (tmp_path / "read").open("w+b") as file:
        assert store.fetch("large", file) == version
    assert (tmp_path / "read").read_bytes() == path.read_bytes()


def test_an_object_that_is_replaced_while_it_is_read_is_read_whole(bucket: Bucket, tmp_path: Path) -> None:
    """Readers take what is published while it is published anew, over and over."""
    store = Store(bucket.settings().store or "", bucket.served.endpoint)
    files = [tmp_path / str(n) for n in range(3)]
    for n, path in enumerate(files):
        path.write_bytes(bytes([n + 1]) * (1_000_000 + n))
    store.put(files[0], "published/troopwatch.duckdb")
    stop, seen = threading.Event(), set[bytes]()

    def read() -> None:
        while not stop.is_set():
            with (tmp_path / "read").open("w+b") as file:
                try:
                    store.fetch("published/troopwatch.duckdb", file)
                except StoreError:
                    continue  # replaced over and over: said, and not passed off as whole
                file.seek(0)
                seen.add(file.read())

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(40):
        store.put(files[n % 3], "published/troopwatch.duckdb")
    stop.set()
    reader.join()
    assert seen and seen <= {path.read_bytes() for path in files}


def test_a_folder_needs_no_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("troopwatch.mirror.work.Store", None)
    Run(DAY, Settings(data=tmp_path), run_of(Settings(data=tmp_path)).now).sweep()
    assert (tmp_path / "published" / "status.json").exists()
