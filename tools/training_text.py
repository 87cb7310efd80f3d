"""Reads our own training text, splits it by scenario, and looks for near-duplicates."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from vorzimmer.classifier import shipped_roles
from vorzimmer.kernels.plain_ngrams import pieces
from vorzimmer.model import Kind
from vorzimmer.text import normalise, words

FOLDER = Path(__file__).parent.parent / "training"
FOLDS = 5
KINDS = (
    Kind.PERSONAL,
    Kind.STANDARD,
    Kind.COLLECTOR,
    Kind.SOLICITATION,
    Kind.RECRUITING,
    Kind.DANGER,
    Kind.ABUSE,
)
# Two notes are near-duplicates when at least this share of their runs of three words
# is common to both, names and numbers masked.
_ALIKE = 0.5
_RUN = 3
# What is made of notes: see ``compounds`` and ``with_gaps``.
_WRAPPED = {Kind.PERSONAL, Kind.SOLICITATION, Kind.RECRUITING, Kind.DANGER}
_LONGEST_MADE, _LONGEST_PHRASE = 700, 200
_GAP_EVERY = 6
_LONG_WORD = re.compile(r"\b[^\W\d_]{5,}\b")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
# A run that so many notes have is everyday language, and finds nothing.
_EVERYDAY = 30


@dataclass(frozen=True, slots=True)
class TrainingNote:
    """One line of the training text; see docs/explanation/training-text.md.

    Attributes:
        id: Unique: file, language and number.
        file: Name of the file without language, e.g. ``"collector"``.
        lang: ``"de"`` or ``"en"``.
        kinds: What the note is; none for ordinary mail.
        scenario: The story that it tells.
        text: The note.
    """

    id: str
    file: str
    lang: str
    kinds: frozenset[Kind]
    scenario: str
    text: str


def read_notes() -> list[TrainingNote]:
    """Return all training notes, in the order of files and lines."""
    return [
        _note(json.loads(line), path.stem.rpartition("_")[0])
        for path in sorted((FOLDER / "notes").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]


def _note(row: dict[str, object], file: str) -> TrainingNote:
    kinds = row["kinds"]
    assert isinstance(kinds, list)  # noqa: S101 - our own file
    return TrainingNote(
        id=str(row["id"]),
        file=file,
        lang=str(row["lang"]),
        kinds=frozenset(Kind(kind) for kind in kinds),
        scenario=str(row["scenario"]),
        text=str(row["text"]),
    )


def scenario_pairs() -> list[tuple[str, str]]:
    """Return German and English names of the same scenario."""
    table = tomllib.loads((FOLDER / "scenarios.toml").read_text("utf-8"))
    return [
        (german, english)
        for pairs in table.values()
        for german, names in pairs.items()
        for english in names
    ]


def stories(notes: Sequence[TrainingNote]) -> list[str]:
    """Return, for each note, the name of its story: scenarios that are told twice.

    Scenarios of the same name are one story, and so are pairs of ``scenarios.toml``.
    """
    parents: dict[str, str] = {}

    def first(name: str) -> str:
        while (parent := parents.get(name, name)) != name:
            name = parent
        return name

    for german, english in scenario_pairs():
        one, other = sorted((first(german), first(english)))
        parents[other] = one
    return [first(note.scenario) for note in notes]


def fold_of(story: str) -> int:
    """Return on which of the ``FOLDS`` sides a story stands, by its name alone."""
    digest = blake2b(story.encode(), digest_size=8, key=b"folds").digest()
    return int.from_bytes(digest, "big") % FOLDS


def compounds(notes: Sequence[TrainingNote]) -> list[TrainingNote]:
    """Return notes with a sentence of a default text before or behind them.

    People wrap what they want into phrases that say nothing. A model that meets such
    phrases in default texts alone takes every note that has one for a default text.
    Both parts stand on the same side of every split, and so does what is made of them.
    """
    told = stories(notes)
    phrases: dict[tuple[str, int], list[str]] = defaultdict(list)
    for note, story in zip(notes, told, strict=True):
        if note.kinds == {Kind.STANDARD}:
            phrases[note.lang, fold_of(story)] += _plain_sentences(note.text)
    made = []
    for note, story in zip(notes, told, strict=True):
        choice = phrases[note.lang, fold_of(story)]
        if _wants_something(note) and choice:
            number = _number_of(note.id)
            phrase = choice[number % len(choice)]
            parts = [note.text, phrase] if number & 1 << 40 else [phrase, note.text]
            made.append(replace(note, id=note.id + "+", text=" ".join(parts)))
    return made


def with_gaps(notes: Sequence[TrainingNote]) -> list[TrainingNote]:
    """Return notes with a placeholder for some of their long words.

    What a note is about changes from one to the next; what it wants does not.
    """
    return [
        replace(note, id=note.id + "-", text=_LONG_WORD.sub(_Gaps(note.id), note.text))
        for note in notes
        if _wants_something(note) or note.kinds == {Kind.STANDARD}
    ]


class _Gaps:
    """Puts a placeholder in place of every sixth long word, where chance wants it."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __call__(self, found: re.Match[str]) -> str:
        number = _number_of(f"{self._key} {found.start()}")
        return "{…}" if number % _GAP_EVERY == 0 else found.group()


def _wants_something(note: TrainingNote) -> bool:
    wanted = note.kinds & _WRAPPED
    return bool(wanted) and note.kinds <= _WRAPPED and len(note.text) <= _LONGEST_MADE


def _plain_sentences(text: str) -> list[str]:
    return [
        sentence
        for sentence in _SENTENCE_END.split(text)
        if len(words(sentence)) >= _RUN and len(sentence) <= _LONGEST_PHRASE
    ]


def _number_of(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")


def near_duplicates(notes: Sequence[TrainingNote]) -> list[tuple[int, int]]:
    """Return pairs of notes that say nearly the same, by their places."""
    runs = [_runs(text) for text in _masked(note.text for note in notes)]
    where: dict[object, list[int]] = defaultdict(list)
    for place, own in enumerate(runs):
        for run in own:
            where[run].append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for places in where.values():
        if len(places) <= _EVERYDAY:
            shared.update(_pairs(places))
    return sorted(
        (one, other)
        for (one, other), count in shared.items()
        if count >= _ALIKE * (len(runs[one]) + len(runs[other]) - count)
    )


def _pairs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    for at, one in enumerate(places):
        for other in places[at + 1 :]:
            yield one, other


def _masked(texts: Iterable[str]) -> Iterator[str]:
    roles = shipped_roles()
    for text in texts:
        found = pieces(normalise(text).encode(), roles)
        yield b" ".join(piece.text for piece in found).decode("utf-8", "replace")


def _runs(masked: str) -> set[tuple[str, ...]]:
    said = words(masked)
    if len(said) < _RUN:
        return {tuple(said)} if said else set()
    return {tuple(said[at : at + _RUN]) for at in range(len(said) - _RUN + 1)}
