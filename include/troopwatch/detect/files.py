"""Detection from a shell: a file of documents in, a file of mentions out."""

import io
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from troopwatch.detect import jsonl
from troopwatch.detect.document import Document, Found, find_all
from troopwatch.lake import replacing

Tell = Callable[[Document], None]
Progress = Callable[[Iterable[bytes]], Iterable[bytes]]


@dataclass(frozen=True)
class Converted:
    """What was read and found; `errors` name the lines that are no documents."""

    documents: int
    deployments: int
    demands: int
    errors: list[str]


def convert(source: Path, target: Path, progress: Progress, tell: Tell | None = None) -> Converted:
    """Write the mentions of every document of `source`, in order; `target` is replaced whole or not at all.

    `progress` wraps the lines; `tell` is called with each document once it is read. Raises OSError where `source`
    cannot be read, LakeError for a `target` that cannot be written.
    """
    with source.open("rb") as file, replacing(target) as out:
        reader = jsonl.Reader(progress(file))
        waiting: deque[Document] = deque()
        count = 0

        def documents() -> Iterator[Document]:
            nonlocal count
            for document in reader:
                waiting.append(document)
                count += 1
                yield document

        def answers() -> Iterator[tuple[str, Found]]:
            for found in find_all(documents()):
                document = waiting.popleft()
                if tell is not None:
                    tell(document)
                yield document.doc_id, found

        text = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
        deployments, demands = jsonl.write(answers(), text)
        text.flush()
        text.detach()
    return Converted(count, deployments, demands, reader.errors)
