"""One request at a time to a host, with a pause after it, among all the processes that share a data folder."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path

from filelock import AsyncFileLock


@asynccontextmanager
async def turn(data: Path, host: str, pause: float) -> AsyncIterator[None]:
    """Have a host to oneself for a request and the pause that follows it, in seconds; without a pause, do not wait.

    Sources of one host are visited by tasks of their own, which do not know of each other.
    """
    if not pause:
        yield
        return
    folder = data / ".locks" / "hosts"
    folder.mkdir(parents=True, exist_ok=True)
    async with AsyncFileLock(folder / f"{sha256(host.encode()).hexdigest()[:20]}.lock"):
        try:
            yield
        finally:
            await asyncio.sleep(pause)
