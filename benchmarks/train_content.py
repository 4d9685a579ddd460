"""Train the content model: include/codebook/content/phrases.yaml in, weights.json beside it (see model_card.md).

Softmax regression with an L2 penalty, fitted by L-BFGS: convex, so that the same phrases give the same model but for
the last digits, which rounding takes away. A feature of one phrase only is left out: it could only be recited.
"""

import json
from collections import Counter

import numpy as np
import yaml
from numpy.typing import NDArray
from rich.console import Console
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from troopwatch.detect.demands.content_model import FOLDER
from troopwatch.detect.demands.content_words import features

PENALTY = 0.1
STEPS = 150
DIGITS = 2
Matrix = NDArray[np.float64]


def phrases() -> dict[str, list[str]]:
    """The training phrases by type."""
    found: dict[str, list[str]] = yaml.safe_load((FOLDER / "phrases.yaml").read_text(encoding="utf-8"))
    return found


def table(texts: list[str]) -> tuple[csr_matrix, list[str]]:
    """A row for each text, a column for each feature that two texts share."""
    seen = [features(text) for text in texts]
    times = Counter(name for found in seen for name in found)
    names = sorted(name for name, n in times.items() if n > 1)
    column = {name: i for i, name in enumerate(names)}
    cells = [(row, column[name], x) for row, found in enumerate(seen) for name, x in found.items() if name in column]
    rows, columns, values = zip(*cells, strict=True)
    return csr_matrix((values, (rows, columns)), shape=(len(texts), len(names))), names


def fit(seen: csr_matrix, wanted: Matrix) -> tuple[Matrix, Matrix]:
    """Weights (features x types) and biases; `wanted` is one-hot (texts x types)."""
    size, kinds = seen.shape[1], wanted.shape[1]

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        weights, bias = flat[: size * kinds].reshape(size, kinds), flat[size * kinds :]
        scores = seen @ weights + bias
        scores -= scores.max(axis=1, keepdims=True)
        likely = np.exp(scores)
        likely /= likely.sum(axis=1, keepdims=True)
        wrong = likely - wanted
        cost = -np.log(likely[wanted > 0] + 1e-12).sum() + PENALTY / 2 * (weights * weights).sum()
        return float(cost), np.concatenate([(seen.T @ wrong + PENALTY * weights).ravel(), wrong.sum(axis=0)])

    start = np.zeros(size * kinds + kinds)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return best[: size * kinds].reshape(size, kinds), best[size * kinds :]


def main() -> None:
    by_type = phrases()
    kinds = list(by_type)
    texts = [text for kind in kinds for text in by_type[kind]]
    wanted = np.eye(len(kinds))[[i for i, kind in enumerate(kinds) for _ in by_type[kind]]]
    seen, names = table(texts)
    weights, bias = fit(seen, wanted)
    model = {
        "types": kinds,
        "bias": bias.round(DIGITS).tolist(),
        "weights": {name: row.round(DIGITS).tolist() for name, row in zip(names, weights, strict=True)},
    }
    lines = [f"{json.dumps(name)}: {json.dumps(row, separators=(',', ':'))}" for name, row in model["weights"].items()]
    head = f'{{"types": {json.dumps(kinds)},\n"bias": {json.dumps(model["bias"])},\n"weights": {{\n'
    (FOLDER / "weights.json").write_text(head + ",\n".join(lines) + "\n}}\n", encoding="utf-8")
    Console().print(f"{len(texts)} phrases, {len(names)} features")


if __name__ == "__main__":
    main()
