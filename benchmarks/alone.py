"""Detection in a process of its own: what a file of documents costs a worker in seconds and in memory.

`python benchmarks/alone.py DOCS.jsonl PRED.jsonl` prints seconds (imports left out) and the peak of memory in MB.
"""

import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from troopwatch.detect import files
from troopwatch.detect.document import Document, find
from troopwatch.settings import INCLUDE

LARGE = "The rain fell on the town and nobody minded it much. " * 18 + "France sent 500 soldiers to Mali.\n\n"
HARD = {"5 MB of text": LARGE * 5_100, "a sentence of 20,000 words": "France sent troops to Mali and " * 3_400}
"""Texts that a worker must bear."""

STATUS = Path("/proc/self/status")


@dataclass(frozen=True)
class Cost:
    """Seconds, and the peak of resident memory in MB."""

    seconds: float
    peak: float


def cost(texts: list[Document], folder: Path) -> Cost:
    """The cost of detection on these texts; the mentions are left in `folder`/pred.jsonl."""
    lines = [json.dumps({"article_id": t.doc_id, "text": t.text}) for t in texts]
    (folder / "docs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, __file__, str(folder / "docs.jsonl"), str(folder / "pred.jsonl")]
    around = {"PYTHONPATH": str(INCLUDE)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=around)  # noqa: S603  # this file
    seconds, peak = done.stdout.split()
    return Cost(float(seconds), float(peak))


def peak() -> float:
    """The peak of this process in MB; where Linux tells it, of this program alone and not of what started it."""
    if STATUS.exists():
        line = next(x for x in STATUS.read_text(encoding="ascii").splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> None:
    """Read one file into the other and print what it cost."""
    find(Document("first", "France sent 500 soldiers to Mali."))
    began = perf_counter()
    files.convert(Path(sys.argv[1]), Path(sys.argv[2]), progress=lambda lines: lines)
    sys.stdout.write(f"{perf_counter() - began} {peak()}")


if __name__ == "__main__":
    main()
