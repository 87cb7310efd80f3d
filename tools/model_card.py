"""Writes docs/reference/model-card.md: what the text model is, and how good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, roc_auc_score

from training_text import FOLDS, KINDS, TrainingNote, near_duplicates, stories
from vorzimmer.model import Kind

MODEL = Path(__file__).parent.parent / "src" / "vorzimmer" / "model_data"
NONE = "none"
NAMES = [kind.value for kind in KINDS]
BINS = 10

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_HEAD = """\
# Card of the text model

<!-- Made by tools/train_classifier.py; change text or tool, then: make train -->

## What it is

A linear model: for each of seven kinds, and for none, a logistic regression over hashed
n-grams of two to six bytes inside each word, words and pairs of words; a word that is
said twice counts once. 2^19 buckets, one byte a weight. The softmax of the eight scores
is calibrated, so what speaks for one kind speaks against the others. One more
regression tells advertising and danger, whichever, from all else; its answer and that
of the eight are joined to one number. Of notes of 1,000 bytes or more another one is
asked that in its place, for which an n-gram counts by the logarithm of how often it
occurs (0.5 MB of weights of its own). Names, numbers, links, addresses and placeholders
are masked before reading; of numbers and links their shape is left. It says how much
the words of a note speak for a kind; sender, links and acquaintance are the business of
other [signals](signals.md). It was trained on
[our own text](../explanation/training-text.md) alone.
"""
_LIMITS = """\
## Limits

- It reads German and English. Of a note that is surely in another language, it says
  nothing.
- The training text was written by few hands, so it is not as people write everywhere;
  the figures above hold for such text. [How often screening is right](quality.md) has
  figures on text of others.
- Here all kinds are taken to be equally common; in a real inbox they are not. So the
  signals use how much a note *raises* the odds of a kind over its usual share; the
  usual shares stand in `shares.py`.
- A bare greeting, a single link or an emoji says little, and the model says so.
- It knows words, not facts: an honest security notice reads like a forged one.
"""


def write_card(
    notes: Sequence[TrainingNote],
    probabilities: Floats,
    folds: NDArray[np.int64],
    digest: str,
) -> str:
    """Return the card.

    Args:
        notes: That it was trained on.
        probabilities: Of each note and kind, by a model that has not seen its story.
        folds: On which side of the splits each note stands.
        digest: Of the weights.
    """
    truth = np.array([[kind in note.kinds for kind in KINDS] for note in notes])
    languages = np.array([note.lang for note in notes])
    size = sum(path.stat().st_size for path in MODEL.iterdir()) / 1e6
    parts = [
        _HEAD,
        _data(notes, folds),
        "## How good it is",
        "Every figure is of notes whose story the model had not seen.",
        _by_kind("German and English", truth, probabilities),
        *(
            _by_kind(name, truth[languages == code], probabilities[languages == code])
            for code, name in (("de", "German"), ("en", "English"))
        ),
        _leading(notes, probabilities),
        _reliability(truth, probabilities),
        _LIMITS,
        (
            f"## The files\n\n`src/vorzimmer/model_data`, {size:.1f} MB; digest of the"
            f" weights: `{digest}`.\n"
        ),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _data(notes: Sequence[TrainingNote], folds: NDArray[np.int64]) -> str:
    counted = Counter(
        (kind, note.lang) for note in notes for kind in note.kinds or {NONE}
    )
    rows = [(name, counted[name, "de"], counted[name, "en"]) for name in [*KINDS, NONE]]
    told = stories(notes)
    alike = near_duplicates(notes)
    sides = ", ".join(str(int((folds == fold).sum())) for fold in range(FOLDS))
    across = sum(folds[one] != folds[other] for one, other in alike)
    return "\n\n".join(
        (
            "## Data and splits",
            _table(("kind", "German", "English"), rows),
            (
                f"{len(notes):,} notes that are not blank, in {len(set(told))} stories;"
                " a note may have several kinds. A story stands on one side of a split"
                f" with all its notes, in both languages; the {FOLDS} sides have"
                f" {sides} notes. {len(alike)} pairs of notes are near-duplicates,"
                f" {across} of them across sides."
            ),
        )
    )


def _by_kind(title: str, truth: Flags, probabilities: Floats) -> str:
    figures = np.array(
        [_figures(truth[:, at], probabilities[:, at]) for at in range(len(NAMES))]
    )
    counts = [*truth.sum(axis=0), truth.sum()]
    rows = [
        (name, int(count), *(f"{value:.3f}" for value in values))
        for name, count, values in zip(
            [*NAMES, "mean"],
            counts,
            [*figures, figures.mean(axis=0)],
            strict=True,
        )
    ]
    head = ("kind", "n", "AUC", "avg. precision", "precision", "recall", "F1", "Brier")
    return f"### {title}\n\n{_table((*head, 'calibration error'), rows)}"


def _figures(truth: Flags, chance: Floats) -> tuple[float, ...]:
    called = chance >= 0.5
    right = int((called & truth).sum())
    precision = right / max(1, int(called.sum()))
    recall = right / max(1, int(truth.sum()))
    return (
        roc_auc_score(truth, chance),
        average_precision_score(truth, chance),
        precision,
        recall,
        2 * precision * recall / max(1e-9, precision + recall),
        float(((chance - truth) ** 2).mean()),
        calibration_error(truth, chance),
    )


def calibration_error(truth: Flags, chance: Floats) -> float:
    """Return the expected calibration error over ten bins of equal width."""
    bins = np.minimum((chance * BINS).astype(int), BINS - 1)
    return float(
        sum(
            abs(chance[bins == each].mean() - truth[bins == each].mean())
            * (bins == each).mean()
            for each in np.unique(bins)
        )
    )


def leading(probabilities: Floats) -> list[str]:
    """Return the likeliest kind of each note; none while none is likelier than not."""
    return [
        NAMES[int(row.argmax())] if row.max() >= 0.5 else NONE for row in probabilities
    ]


def _leading(notes: Sequence[TrainingNote], probabilities: Floats) -> str:
    found = leading(probabilities)
    alone = [
        (note, name)
        for note, name in zip(notes, found, strict=True)
        if len(note.kinds) <= 1
    ]
    names = [*NAMES, NONE]
    counted = Counter((_only(note.kinds), name) for note, name in alone)
    rows = [
        (truth, *(counted[truth, name] or "·" for name in names)) for truth in names
    ]
    scores = ", ".join(
        f"{title} {_macro_f1([pair for pair in alone if pair[0].lang in codes]):.3f}"
        for title, codes in (("both", "deen"), ("German", "de"), ("English", "en"))
    )
    return (
        "### The leading kind\n\nNotes of one kind or none; a row is what they are, a"
        " column the likeliest kind, *none* while none is likelier than not.\n\n"
        f"{_table(('is', *names), rows)}\n\nMean F1 over the seven kinds: {scores}."
    )


def _only(kinds: Iterable[Kind]) -> str:
    return next((kind.value for kind in kinds), NONE)


def _macro_f1(pairs: Sequence[tuple[TrainingNote, str]]) -> float:
    scores = []
    for name in NAMES:
        right = sum(_only(note.kinds) == found == name for note, found in pairs)
        either = sum((_only(n.kinds) == name) + (f == name) for n, f in pairs)
        scores.append(2 * right / max(1, either))
    return float(np.mean(scores))


def _reliability(truth: Flags, probabilities: Floats) -> str:
    said, held = probabilities.ravel(), truth.ravel()
    bins = np.minimum((said * BINS).astype(int), BINS - 1)
    rows = [
        (
            f"{each / BINS:.1f}–{(each + 1) / BINS:.1f}",
            int((bins == each).sum()),
            f"{said[bins == each].mean():.2f}",
            f"{held[bins == each].mean():.2f}",
        )
        for each in range(BINS)
    ]
    error = calibration_error(held, said)
    return (
        "### Does it mean what it says?\n\nAll kinds together.\n\n"
        f"{_table(('probability', 'cases', 'said', 'held'), rows)}\n\n"
        f"Expected calibration error: {error:.3f}."
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
