"""Which articles are copies of one text: found over all days at once, from the signatures of their texts.

Documents stand in the order in which their texts came out. Each is traced to at most one earlier document, the most
alike of those that are alike enough; the first of such a chain names the group. A round-up that holds two wire texts
therefore joins one of them and never makes the two one. What is alike is the same for any order of runs.
"""

from collections.abc import Iterator

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from troopwatch.tables.normalize import SIGNATURE_NUMBERS

NEAREST = 32
"""Earlier documents of one bucket that a document is compared with, beside the bucket's first."""
ALIKE = 0.2
"""Least share of common runs of words: a paper that prints the first fifth of a wire text is still found."""
CONTAINED = 0.4
"""Least share of the shorter text that stands in the longer one, beyond a formula of FORMULA characters."""
FORMULA = 150
"""Two texts may have a legal notice or a quote of that length in common and be two all the same."""
CERTAIN = 0.9
"""Share from which any two texts are one."""
CONTAINED_OWN = 0.8
"""Least share for two texts of one outlet: its daily reports share their formulas, and are news all the same."""
CHUNK = 1 << 16
SCHEMA = pa.schema([("doc_id", pa.string()), ("syndication_id", pa.string())])

# A date without a time is the day's end, or else a copy with a date alone would always come before its original.
DOCUMENTS = """
SELECT doc_id, article_id, outlet, characters, signature
FROM lake.documents
QUALIFY row_number() OVER (PARTITION BY doc_id ORDER BY day, captured_at, source) = 1
ORDER BY
    CASE published_precision
        WHEN 'day' THEN least(captured_at, published_at + INTERVAL 1 DAY)
        ELSE coalesce(published_at, captured_at)
    END,
    doc_id
"""

Numbers = NDArray[np.int64]


def attach(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `lake.syndication` readable: doc_id and syndication_id, which is the doc_id of the group's earliest text."""
    connection.register("arrow_syndication", _table(connection.sql(DOCUMENTS).to_arrow_table()))
    connection.execute("CREATE VIEW lake.syndication AS SELECT * FROM arrow_syndication")


def _table(documents: pa.Table) -> pa.Table:
    ids = documents["doc_id"].to_pylist()
    roots = _roots(_parents(documents))
    return pa.table([ids, [ids[root] for root in roots]], schema=SCHEMA)


def _roots(parents: Numbers) -> list[int]:
    """The start of each one's chain; a parent always stands before its child."""
    roots: list[int] = []
    for at, parent in enumerate(parents.tolist()):
        roots.append(at if parent == at else roots[parent])
    return roots


def _parents(documents: pa.Table) -> Numbers:
    """For each document the earlier one that it is traced to, or itself; a version is traced to the first version."""
    first = _first_versions(documents["article_id"].to_pylist())
    parents = first.copy()
    earlier, later = _copies(documents, first)
    parents[later] = earlier
    return parents


def _first_versions(articles: list[str]) -> Numbers:
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(article, at) for at, article in enumerate(articles)], dtype=np.int64)


def _copies(documents: pa.Table, first: Numbers) -> tuple[Numbers, Numbers]:
    """Pairs of an original and its copy, a copy once: the most alike of its originals, the earliest of equals."""
    stored = documents["signature"].to_pylist()
    signed = np.flatnonzero([signature is not None for signature in stored])
    matrix = np.frombuffer(b"".join(stored[at] for at in signed), dtype="<u4").reshape(-1, SIGNATURE_NUMBERS)
    earlier, later = _candidates(matrix)
    alike = _alike(matrix, earlier, later)
    earlier, later = signed[earlier], signed[later]
    is_copy = (first[later] == later) & (first[earlier] != later) & _is_copy(documents, earlier, later, alike)
    earlier, later, alike = earlier[is_copy], later[is_copy], alike[is_copy]
    best_first = np.lexsort((earlier, -alike, later))
    children, at = np.unique(later[best_first], return_index=True)
    return earlier[best_first][at], children


def _candidates(matrix: NDArray[np.uint32]) -> tuple[Numbers, Numbers]:
    """Pairs of rows that agree in two neighbouring numbers: of those alike by a third, 998 in 1000."""
    count = len(matrix)
    found = np.empty(0, dtype=np.int64)
    for band in matrix.view("<u8").T if count else ():
        found = np.unique(np.concatenate([found, *(one * count + other for one, other in _neighbours(band))]))
    return found // max(count, 1), found % max(count, 1)


def _neighbours(keys: NDArray[np.uint64]) -> Iterator[tuple[Numbers, Numbers]]:
    """Pairs of positions with equal keys, the earlier one first: each with the nearest before it and with the first."""
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    for step in range(1, NEAREST + 1):
        same = np.flatnonzero(ranked[step:] == ranked[:-step])
        if not len(same):
            return
        yield order[same], order[same + step]
    far = same + NEAREST
    yield order[np.searchsorted(ranked, ranked[far])], order[far]


def _alike(matrix: NDArray[np.uint32], earlier: Numbers, later: Numbers) -> NDArray[np.float64]:
    """The estimated share of common runs of each pair."""
    chunks = (slice(at, at + CHUNK) for at in range(0, len(earlier), CHUNK))
    shares = [(matrix[earlier[chunk]] == matrix[later[chunk]]).mean(axis=1) for chunk in chunks]
    return np.concatenate([np.empty(0), *shares])


def _is_copy(documents: pa.Table, earlier: Numbers, later: Numbers, alike: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether enough of the shorter text stands in the longer one."""
    characters = documents["characters"].to_numpy()
    outlets = np.array(documents["outlet"].to_pylist(), dtype=object)
    one, other = characters[earlier], characters[later]
    shorter = np.minimum(one, other)
    contained = alike * (one + other) / ((1 + alike) * shorter)
    needed = np.minimum(CONTAINED + (1 - CONTAINED) * FORMULA / shorter, CERTAIN)
    needed = np.where(outlets[earlier] == outlets[later], np.maximum(needed, CONTAINED_OWN), needed)
    result: NDArray[np.bool_] = (alike >= ALIKE) & (contained >= needed)
    return result
