"""The learned content types: a linear model over the words of what is demanded (include/codebook/content)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from troopwatch.detect.demands.content_words import features
from troopwatch.settings import CODEBOOK

FOLDER = CODEBOOK / "content"


@dataclass(frozen=True)
class Guess:
    """The likeliest type, by how much it leads the second (in log odds), and the words that spoke for it most."""

    kind: str
    lead: float
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def _model() -> Mapping[str, Any]:
    """The weights as the training script leaves them. Raises OSError where they are not there."""
    found: Mapping[str, Any] = json.loads((FOLDER / "weights.json").read_text(encoding="utf-8"))
    return found


def guess(text: str) -> Guess:
    """The type of a demanded act by the model alone."""
    model = _model()
    kinds: list[str] = model["types"]
    scores = list(model["bias"])
    votes: dict[str, list[float]] = {}
    for name, x in features(text).items():
        if (weights := model["weights"].get(name)) is None:
            continue
        votes[name] = [x * w for w in weights]
        scores = [s + v for s, v in zip(scores, votes[name], strict=True)]
    best, second = sorted(range(len(kinds)), key=lambda i: (-scores[i], i))[:2]
    spoke = sorted((n for n in votes if votes[n][best] > 0), key=lambda n: (-votes[n][best], n))
    return Guess(kinds[best], scores[best] - scores[second], tuple(spoke[:3]))
