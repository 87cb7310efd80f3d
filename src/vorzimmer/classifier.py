"""The text model: how much the words of a note speak for each kind; pure.

A linear model over n-grams of bytes and of words, trained on our own notes by
``tools/train_classifier.py``; docs/reference/model-card.md says on which, and how well
it does. Names, numbers, links, addresses and placeholders are masked first.
"""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vorzimmer.kernels import plain_counting, plain_ngrams
from vorzimmer.kernels.plain_familiar import is_strange
from vorzimmer.kernels.plain_ngrams import (
    COLUMNS,
    NAME,
    hash_of,
)
from vorzimmer.model import Kind
from vorzimmer.once import once
from vorzimmer.scales import Asked, Scale, Scales, Weighed
from vorzimmer.text import normalise

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from vorzimmer.kernels.loops import Loops
    from vorzimmer.kernels.masking import Bytes, Numbers

# So many bytes read by plain Python take as long as loading the compiled loops does.
_WORTH_LOADING = 150_000
_SHORTEST_NAME = 2
_ALL_COLUMNS = (1 << 2 * COLUMNS) - 1
_ROLES = {
    "greets": plain_ngrams.GREETS,
    "is_title": plain_ngrams.IS_TITLE,
    "stays": plain_ngrams.STAYS,
    "parts": plain_ngrams.PARTS,
}


@dataclass(slots=True)  # not frozen: one a note, which then takes half the time
class Likeness:
    """How much the words of one note speak for each kind.

    Attributes:
        strengths: How strongly they speak for each kind, -1..1, and 0 where they
            say little, or only words for the other side are found.
        either: Log-odds, in nats, that it is of one of ``EITHER``, whichever.
        spans: From where to where the words stand that each strength rests on, in bytes
            of ``line``; ``None`` where they are looked up when somebody asks.
    """

    _points: Sequence[float]
    strengths: Sequence[float]
    either: float
    _line: bytes = field(repr=False)
    _classifier: Classifier = field(repr=False, compare=False)
    spans: Numbers | None = field(default=None, repr=False, compare=False)
    _spans: list[list[int]] = field(default_factory=list, repr=False, compare=False)

    @property
    def points(self) -> Mapping[Kind, float]:
        """By kind, in nats, how far the note raises its log-odds.

        Over the share of the kind in an inbox (``shares.SHARES``). What speaks for one
        kind speaks against the others.
        """
        return dict(zip(self.kinds, self._points, strict=True))

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds, in the order of the columns."""
        return self._classifier.kinds

    @property
    def is_strange(self) -> bool:
        """Whether of its words fewer than half are everyday ones (``foreign``)."""
        return is_strange(self._line, self._classifier.roles)

    @property
    def line(self) -> bytes:
        """What was read: the normal form in UTF-8, with names hidden."""
        return self._line

    @property
    def classifier(self) -> Classifier:
        """Who read it."""
        return self._classifier

    def strength(self, kind: Kind) -> float:
        """Return how strongly the words speak for a kind, or below 0 against it."""
        return self.strengths[self._classifier.column(kind)]

    def words_for(self, kind: Kind, *, against: bool = False) -> tuple[int, int] | None:
        """Return where the words stand in the normal form that speak most for it.

        Args:
            kind: For which kind.
            against: Whether those are meant that speak against it.
        """
        if not self._spans:
            # For all kinds at once: who asks for one asks for the others.
            self._spans.extend(self._classifier.strongest(self._line))
        start, end = self._spans[self._classifier.column(kind) + COLUMNS * against]
        if not end:
            return None
        if self._line.isascii():
            return start, end
        first = len(self._line[:start].decode("utf-8", "ignore"))
        return first, first + len(self._line[start:end].decode("utf-8", "ignore"))


# Where the weights of a model are kept, in the order of ``Weights``.
FILES = ("weights.zlib", "weights_of_long.zlib")


class Weights(NamedTuple):
    """The weights of a trained model: signed bytes.

    Attributes:
        of_all: ``COLUMNS`` for each bucket, for all notes.
        of_long: One for each bucket, for long notes (``kernels.plain_counting``).
    """

    of_all: bytes
    of_long: bytes


class Classifier:
    """Reads notes; the compiled loops are loaded when there is much to read."""

    def __init__(
        self, scales: Scales, weights: Weights, roles: Mapping[int, int]
    ) -> None:
        """Take a trained model.

        Args:
            scales: What to make of sums.
            weights: What to add up.
            roles: What a word around a name does, by its hash.
        """
        self.scales = scales
        self.roles = roles
        self._weights = memoryview(weights.of_all).cast("b")
        self._counted = memoryview(weights.of_long).cast("b")
        self._columns = {kind: at for at, kind in enumerate(scales.kinds)}
        self._read_plainly = 0
        self._quotes = False

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that the model knows."""
        return tuple(self._columns)

    @cached_property
    def that_quotes(self) -> Classifier:
        """The same, for many notes whose words are asked for; uses compiled loops.

        What it finds out about the words of each note while it reads is looked up
        later otherwise, by reading the note once more.
        """
        self.compile()
        other = copy(self)
        other._quotes, other._compiled = True, self._compiled  # noqa: SLF001 - its own
        return other

    def compile(self) -> None:
        """Use the compiled loops from now on: much is to be read."""
        self._read_plainly = _WORTH_LOADING + 1

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
        return self.likenesses(lines, self.scales.weigh(*self._add_up(lines)))

    def read_hidden(self, hidden: Bytes, starts: Numbers) -> tuple[Weighed, list[int]]:
        """Return what many notes add up to, and the numbers of the strange ones.

        These are those that ``Likeness.is_strange`` says it of.

        Args:
            hidden: Normal forms in UTF-8 with names hidden, one behind the other.
            starts: Where each begins; last, where the last one ends.
        """
        self._read_plainly = _WORTH_LOADING + 1
        compiled = self._compiled
        counted = compiled.count_up(hidden, starts)
        if not self._quotes:
            sums, strange = compiled.read(hidden, starts)
            weighed = self.scales.weigh(sums, counted)
        else:
            sums, strange, kept = compiled.read_to_quote(hidden, starts)
            weighed = self.scales.weigh(sums, counted)
            rows = quoted_rows(weighed.strengths)
            spans = compiled.quotes(kept, wanted_rows(weighed.strengths))
            weighed = weighed._replace(spans=spans[np.arange(len(rows))[:, None], rows])
        return weighed, np.flatnonzero(strange).tolist()

    def likenesses(
        self, lines: Sequence[bytes], weighed: Weighed
    ) -> list[Likeness | None]:
        """Return what was weighed, note by note; ``None`` for one without weight.

        Args:
            lines: Normal forms in UTF-8 with names hidden.
            weighed: What they add up to.
        """
        spans = repeat(None, len(lines)) if weighed.spans is None else weighed.spans
        return [
            Likeness(points, strengths, either, line, self, own) if is_read else None
            for line, own, points, strengths, either, is_read in zip(
                lines, spans, *(each.tolist() for each in weighed[:4]), strict=True
            )
        ]

    def column(self, kind: Kind) -> int:
        """Return which column is that of a kind."""
        return self._columns[kind]

    def strongest(self, read: bytes) -> list[list[int]]:
        """Return where the words stand that speak most for and against each column.

        Args:
            read: A note as it was read.
        """
        if not self.is_compiled:
            return plain_ngrams.strongest(read, self.roles, self._weights)
        spans = self._compiled.strongest([read], np.array([_ALL_COLUMNS]))
        found: list[list[int]] = spans[0].tolist()
        return found

    def strongest_in(self, lines: Sequence[bytes], wanted: Numbers) -> Numbers:
        """Return the same of many notes; needs the compiled loops.

        Args:
            lines: Notes as they were read (``Likeness.line``).
            wanted: Of each note, a bit for each row of ``strongest`` that is looked up.
        """
        return self._compiled.strongest(lines, wanted)

    def _add_up(self, lines: Sequence[bytes]) -> tuple[ArrayLike, ArrayLike]:
        """Return the sums of notes, and those of long ones with n-grams counted."""
        if not self.is_compiled:
            self._read_plainly += sum(map(len, lines))
        if not self.is_compiled:
            add_up, count_up = plain_ngrams.add_up, plain_counting.count_up
            return (
                [add_up(line, self.roles, self._weights) for line in lines],
                [count_up(line, self.roles, self._counted) for line in lines],
            )
        compiled = self._compiled
        joined = compiled.joined(lines)
        return compiled.add_up(*joined), compiled.count_up(*joined)

    @property
    def is_compiled(self) -> bool:
        """Whether so much was read that the compiled loops are in use."""
        return self._read_plainly > _WORTH_LOADING

    @cached_property
    def _compiled(self) -> Loops:
        # Half a second, so not for a few notes.
        from vorzimmer.kernels.loops import Loops  # noqa: PLC0415 - numba

        return Loops(self._weights, self._counted, self.roles)


def quoted_rows(strengths: NDArray[np.float64]) -> Numbers:
    """Return which of the rows of ``Classifier.strongest`` each strength rests on."""
    columns = np.arange(strengths.shape[1])
    return np.where(strengths < 0, columns + COLUMNS, columns)


def wanted_rows(strengths: NDArray[np.float64]) -> Numbers:
    """Return of each note a bit for each of these rows, where there is a strength."""
    bits = (strengths != 0) << quoted_rows(strengths)
    return np.asarray(bits.sum(axis=1), np.int64)


def words_of_name(name: str | None) -> tuple[str, ...]:
    """Return the words of a person's name that are masked in a note."""
    words = normalise(name or "").replace("-", " ").split()
    return tuple(
        [
            word
            for word in words
            if len(word if word[-1] != "." else word.rstrip(".")) >= _SHORTEST_NAME
        ]
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
    roles = dict.fromkeys(_everyday_hashes(), plain_ngrams.EVERYDAY)
    for key, role in _ROLES.items():
        roles |= {hash_of(word.encode()): role for word in table[key].split()}
    return roles


def _everyday_hashes() -> Iterator[int]:
    words = (files("vorzimmer") / "model_data" / "everyday.txt").read_text("utf-8")
    return (hash_of(word.encode()) for word in words.split())


@once
def shipped_classifier() -> Classifier:
    """Return the model that comes with the package."""
    return load_classifier()


def load_classifier() -> Classifier:
    """Return the model that comes with the package, read anew."""
    folder = files("vorzimmer") / "model_data"
    table = tomllib.loads((folder / "model.toml").read_text("utf-8"))
    scales = Scales(
        kinds={Kind(name): Scale(**each) for name, each in table["kinds"].items()},
        none=table["none"],
        either=Asked(**table["either"]),
        either_if_long=Asked(**table["either_if_long"]),
    )
    weights = (zlib.decompress((folder / name).read_bytes()) for name in FILES)
    return Classifier(scales, Weights(*weights), shipped_roles())
