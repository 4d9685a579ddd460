"""A real object store on loopback, for tests and measurements: JuiceFS's gateway, MinIO's server over a folder.

Starts within a second. Keys are made up anew at each start; whoever talks to it finds them in the AWS_ variables.
"""

import os
import secrets
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyarrow import fs

SERVER = Path(sysconfig.get_path("scripts")) / "juicefs"
USER = "troopwatch"
PATIENCE = 30.0


@dataclass(frozen=True)
class Served:
    """Where the store is, and its key."""

    endpoint: str
    secret: str

    def environment(self) -> dict[str, str]:
        """What a process is told that uses it."""
        return {
            "AWS_ACCESS_KEY_ID": USER,
            "AWS_SECRET_ACCESS_KEY": self.secret,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_REQUEST_CHECKSUM_CALCULATION": "when_required",
            "TROOPWATCH_S3_ENDPOINT": self.endpoint,
        }

    def files(self) -> fs.S3FileSystem:
        """The store as somebody sees it who knows nothing of the mirror."""
        return fs.S3FileSystem(
            access_key=USER,
            secret_key=self.secret,
            scheme="http",
            endpoint_override=self.endpoint.removeprefix("http://"),
            region="us-east-1",
            allow_bucket_creation=True,
            allow_bucket_deletion=True,
            allow_delayed_open=True,
        )


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """A store that keeps what it has in a folder, until the end of the block."""
    database, port, secret = f"sqlite3://{folder}/meta.db", _free_port(), secrets.token_hex(16)
    format_ = [SERVER, "format", "--storage", "file", "--bucket", f"{folder}/objects/", database, "store"]
    subprocess.run(format_, check=True, capture_output=True)  # noqa: S603 - the server's own command
    command = [SERVER, "gateway", "--multi-buckets", "--keep-etag", "--no-banner", "--no-usage-report"]
    command += ["--metrics", f"127.0.0.1:{_free_port()}", "--cache-dir", f"{folder}/cache", database]
    around = os.environ | {"MINIO_ROOT_USER": USER, "MINIO_ROOT_PASSWORD": secret}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*command, f"127.0.0.1:{port}"], env=around, stdout=log, stderr=log)  # noqa: S603 - as above
    try:
        _wait(port, process, folder / "log")
        yield Served(f"http://127.0.0.1:{port}", secret)
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the server takes connections. Raises RuntimeError with its log where it does not."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError(f"the object store does not start: {log.read_text(errors='replace')[-2000:]}")
