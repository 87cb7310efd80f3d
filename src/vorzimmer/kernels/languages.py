"""Scores the language of many texts: py3langid's own tables in a compiled loop.

The reference is the library itself (``LanguageIdentifier.classify``); the tests hold
this loop to it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled

Numbers = NDArray[Any]


def surest(texts: Sequence[str], identifier: Any) -> Iterator[tuple[int, float]]:  # noqa: ANN401 - the library has no types
    """Yield for each text the likeliest class and its probability.

    Args:
        texts: To judge; of an empty one the probability is 0.
        identifier: A ``LanguageIdentifier`` with ``norm_probs``.
    """
    tables = _tables(identifier)
    scores = np.zeros(len(identifier.nb_classes), dtype=np.float32)
    counts = np.zeros(identifier.nb_ptc.shape[0], dtype=np.int32)
    for text in texts:
        if not text:
            yield 0, 0.0
            continue
        prepared = text.lower() if text.isupper() else text
        raw = unicodedata.normalize("NFC", prepared).encode(errors="surrogatepass")
        read = np.frombuffer(raw, dtype=np.uint8)
        moves, rows, outputs, weights, priors = tables
        yield _surest(read, moves, rows, outputs, weights, priors, counts, scores)


@lru_cache(maxsize=2)
def _tables(identifier: Any) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers]:  # noqa: ANN401 - as above
    """Return the library's tables as arrays: moves, rows, outputs, weights, priors."""
    return (
        np.asarray(identifier.tk_nextmove, dtype=np.uint32),
        np.asarray(identifier.tk_row, dtype=np.uint32),
        np.asarray(identifier.tk_output, dtype=np.int32),
        np.ascontiguousarray(identifier.nb_ptc, dtype=np.float32),
        np.asarray(identifier.nb_pc, dtype=np.float32),
    )


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
