"""Scores the language of many texts: py3langid's own tables in a compiled loop.

The reference is the library itself (``LanguageIdentifier.classify``); the tests hold
this loop to it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled
from vorzimmer.language_tables import Tables

Numbers = NDArray[Any]


def surest(texts: Sequence[str], tables: Tables) -> Iterator[tuple[int, float]]:
    """Yield for each text the likeliest class and its probability.

    Args:
        texts: To judge; of an empty one the probability is 0.
        tables: Those of a ``LanguageIdentifier`` with ``norm_probs``.
    """
    _, moves, rows, outputs, weights, priors = tables
    scores = np.zeros(len(priors), dtype=np.float32)
    counts = np.zeros(len(weights), dtype=np.int32)
    for text in texts:
        if not text:
            yield 0, 0.0
            continue
        prepared = text.lower() if text.isupper() else text
        raw = unicodedata.normalize("NFC", prepared).encode(errors="surrogatepass")
        read = np.frombuffer(raw, dtype=np.uint8)
        yield _surest(read, moves, rows, outputs, weights, priors, counts, scores)


@compiled
def _surest(  # noqa: PLR0913, PLR0917 - a compiled loop takes its tables one by one
    text: Numbers,
    moves: Numbers,
    rows: Numbers,
    outputs: Numbers,
    weights: Numbers,
    priors: Numbers,
    counts: Numbers,
    scores: Numbers,
) -> tuple[int, float]:
    met = np.empty(len(text), dtype=np.int64)
    count = 0
    state = np.uint32(0)
    for byte in text:
        state = moves[(np.int64(rows[state]) << 8) + byte]
        feature = outputs[state]
        if feature >= 0:
            if counts[feature] == 0:
                met[count] = feature
                count += 1
            counts[feature] += 1
    if count == 0:
        return 0, 1.0 / len(priors)
    scores[:] = priors
    for at in range(count):
        feature = met[at]
        times = np.float32(np.log1p(np.float32(counts[feature])))
        # Written out: as a whole, each product would be an array of its own.
        for language in range(len(scores)):
            scores[language] += times * weights[feature, language]
        counts[feature] = 0
    temperature = 1.0 / np.sqrt(np.float64(len(text)))
    best = np.argmax(scores)
    total = 0.0
    for score in scores:
        total += np.exp((score - scores[best]) * temperature)
    return int(best), 1.0 / total


def compile_all() -> None:
    """Compile the loop; run once at set-up."""
    table = np.zeros(256, dtype=np.uint32)
    one = np.zeros(1, dtype=np.float32)
    _surest(
        np.frombuffer(b"a", dtype=np.uint8),
        table,
        np.zeros(1, dtype=np.uint32),
        np.zeros(1, dtype=np.int32),
        np.zeros((1, 1), dtype=np.float32),
        one,
        np.zeros(1, dtype=np.int32),
        one.copy(),
    )
