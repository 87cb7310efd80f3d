"""The text model: how much the words of a note speak for each kind; pure.

A linear model over n-grams of bytes and of words, trained on our own notes by
``tools/train_classifier.py``; docs/reference/model-card.md says on which, and how well
it does. Names, numbers, links, addresses and placeholders are masked first.
"""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from math import sqrt
from typing import TYPE_CHECKING

from vorzimmer.kernels import plain_ngrams
from vorzimmer.kernels.plain_ngrams import COLUMNS, NAME, hash_of
from vorzimmer.model import Kind
from vorzimmer.text import normalise

if TYPE_CHECKING:
    from types import ModuleType

    from vorzimmer.kernels.masking import Bytes, Numbers, RoleTable
    from vorzimmer.kernels.ngrams import Weights

# So many bytes read by plain Python take as long as loading the compiled loops does.
_WORTH_LOADING = 150_000
_MOST_QUOTED = 6  # words between blanks
_SHORTEST_NAME = 2
_ROLES = {
    "greets": plain_ngrams.GREETS,
    "is_title": plain_ngrams.IS_TITLE,
    "stays": plain_ngrams.STAYS,
    "parts": plain_ngrams.PARTS,
}


@dataclass(frozen=True, slots=True)
class Scale:
    """Makes points of a sum of weights: ``offset + factor · sum / √n``, in nats.

    Attributes:
        kind: For which kind.
        offset: Points of a note whose weights add up to nothing.
        factor: Points of one weight.
        share: How many of the training notes are of the kind, 0..1.
    """

    kind: Kind
    offset: float
    factor: float
    share: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much the words of one note speak for each kind.

    Attributes:
        points: By kind, in nats: by how much the note raises the log-odds of the
            kind over its share among the training notes.
    """

    points: Mapping[Kind, float]
    _line: bytes = field(repr=False)
    _classifier: Classifier = field(repr=False, compare=False)

    def has_words_for(self, kind: Kind) -> bool:
        """Return whether any words speak for a kind; cheap where the note does."""
        # What adds up to more than nothing has a part that does.
        offset = self._classifier.offset(kind)
        return self.points[kind] > offset or self.words_for(kind) is not None

    def words_for(self, kind: Kind) -> tuple[int, int] | None:
        """Return where the words stand in the normal form that speak most for it."""
        return self._classifier.words_for(kind, self._line)


class Classifier:
    """Reads notes; the compiled loops are loaded when there is much to read."""

    def __init__(
        self, scales: Sequence[Scale], weights: bytes, roles: Mapping[int, int]
    ) -> None:
        """Take a trained model.

        Args:
            scales: One for each kind, in the order of the columns.
            weights: ``COLUMNS`` signed bytes for each bucket.
            roles: What a word around a name does, by its hash.
        """
        self.scales = tuple(scales)
        self.roles = roles
        self._weights = memoryview(weights).cast("b")
        self._columns = {scale.kind: at for at, scale in enumerate(scales)}
        self._offsets = [each.offset for each in scales]
        self._factors = [each.factor for each in scales]
        self._read_plainly = 0

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that the model knows."""
        return tuple(self._columns)

    def offset(self, kind: Kind) -> float:
        """Return the points of a note whose weights add up to nothing."""
        return self.scales[self._columns[kind]].offset

    def read(
        self,
        normal_forms: Sequence[str],
        *,
        names: Sequence[Collection[str]] | None = None,
    ) -> list[Likeness | None]:
        """Return the likeness of each note; ``None`` where there is nothing to read.

        Args:
            normal_forms: Notes as ``text.normalise`` returns them.
            names: For each note, words of names to mask (``words_of_name``).
        """
        hidden = (
            normal_forms
            if names is None
            else [hide(*each) for each in zip(normal_forms, names, strict=True)]
        )
        lines = [line.encode("utf-8", "replace") for line in hidden]
        return self._likenesses(lines, self._add_up(lines))

    def read_hidden(
        self, hidden: Bytes, starts: Numbers
    ) -> tuple[list[list[float]], list[int]]:
        """Return the points of many notes, and of how many n-grams they are.

        Args:
            hidden: Normal forms in UTF-8 with names hidden, one behind the other.
            starts: Where each begins; last, where the last one ends.
        """
        self._read_plainly = _WORTH_LOADING + 1
        compiled = self._compiled
        sums = compiled.ngrams.add_up(hidden, starts, compiled.roles, compiled.weights)
        points = compiled.ngrams.points(sums, self._offsets, self._factors)
        return points.tolist(), sums[:, COLUMNS].tolist()

    def likenesses(
        self,
        lines: Iterable[bytes],
        points: Iterable[Sequence[float]],
        counts: Iterable[int],
    ) -> list[Likeness | None]:
        """Return what ``read_hidden`` found, note by note.

        Args:
            lines: Normal forms in UTF-8 with names hidden.
            points: Of each.
            counts: Of how many n-grams; of none, there is no likeness.
        """
        kinds = self.kinds
        return [
            Likeness(dict(zip(kinds, row, strict=True)), line, self) if count else None
            for line, row, count in zip(lines, points, counts, strict=True)
        ]

    def words_for(self, kind: Kind, read: bytes) -> tuple[int, int] | None:
        """Return where the words stand in a line that speak most for a kind."""
        column = self._columns[kind]
        if self.is_compiled:
            start, end = self._compiled.ngrams.strongest(
                self._compiled.ngrams.as_bytes(read),
                self._compiled.roles,
                self._compiled.weights,
                column,
                _MOST_QUOTED,
            )
        else:
            start, end = plain_ngrams.strongest(
                read, self.roles, self._weights, column=column, most=_MOST_QUOTED
            )
        if start >= end:
            return None
        first = len(read[:start].decode("utf-8", "ignore"))
        return first, first + len(read[start:end].decode("utf-8", "ignore"))

    def _add_up(self, lines: Sequence[bytes]) -> Sequence[Sequence[int]]:
        if not self.is_compiled:
            self._read_plainly += sum(map(len, lines))
        if not self.is_compiled:
            return [
                plain_ngrams.add_up(line, self.roles, self._weights) for line in lines
            ]
        compiled = self._compiled
        sums: list[list[int]] = compiled.ngrams.add_up(
            *compiled.ngrams.joined(lines), compiled.roles, compiled.weights
        ).tolist()
        return sums

    def _likenesses(
        self, lines: Iterable[bytes], sums: Iterable[Sequence[int]]
    ) -> list[Likeness | None]:
        return [
            self._likeness(line, row) if row[COLUMNS] else None
            for line, row in zip(lines, sums, strict=True)
        ]

    def _likeness(self, line: bytes, row: Sequence[int]) -> Likeness:
        root = sqrt(row[COLUMNS])
        points = {
            scale.kind: scale.offset + scale.factor * total / root
            for scale, total in zip(self.scales, row, strict=False)
        }
        return Likeness(points, line, self)

    @property
    def is_compiled(self) -> bool:
        """Whether so much was read that the compiled loops are in use."""
        return self._read_plainly > _WORTH_LOADING

    @cached_property
    def _compiled(self) -> _Compiled:
        return _Compiled(self._weights, self.roles)


class _Compiled:
    """The compiled loops with the model in the form that they take."""

    ngrams: ModuleType
    weights: Weights
    roles: RoleTable

    def __init__(self, weights: memoryview, roles: Mapping[int, int]) -> None:
        # Half a second, so not for a few notes.
        from vorzimmer.kernels import masking, ngrams  # noqa: PLC0415 - numba

        self.ngrams = ngrams
        self.weights = ngrams.packed_weights(weights)
        self.roles = masking.role_table(roles)


def words_of_name(name: str | None) -> tuple[str, ...]:
    """Return the words of a person's name that are masked in a note."""
    return tuple(
        word
        for word in normalise(name or "").replace("-", " ").split()
        if len(word.rstrip(".")) >= _SHORTEST_NAME
    )


def hide(normal_form: str, names: Iterable[str]) -> str:
    """Return the normal form with each letter of these names masked."""
    for name in names:
        if name in normal_form:
            normal_form = re.sub(
                rf"(?<!\w){re.escape(name)}(?!\w)", chr(NAME) * len(name), normal_form
            )
    return normal_form


def shipped_roles() -> dict[int, int]:
    """Return what the words around names do, by their hash."""
    text = (files("vorzimmer") / "model_data" / "roles.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return {
        hash_of(word.encode()): role
        for key, role in _ROLES.items()
        for word in table[key].split()
    }


@cache
def shipped_classifier() -> Classifier:
    """Return the model that comes with the package."""
    return load_classifier()


def load_classifier() -> Classifier:
    """Return the model that comes with the package, read anew."""
    folder = files("vorzimmer") / "model_data"
    table = tomllib.loads((folder / "model.toml").read_text("utf-8"))
    scales = [
        Scale(Kind(each["kind"]), each["offset"], each["factor"], each["share"])
        for each in table["kind"]
    ]
    weights = zlib.decompress((folder / "weights.zlib").read_bytes())
    return Classifier(scales, weights, shipped_roles())
