"""Which notes may name somebody: a quick test, so that few are read word by word.

Words whose ``names.fold`` is equal have the same consonants (``names.sounds``), so a
note names a pair of words only where it has their consonants side by side. Tests hold
it to never missing a name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vorzimmer.kernels.compiled import compiled
from vorzimmer.kernels.hiding import CODES, code_at
from vorzimmer.kernels.ngrams import joined
from vorzimmer.kernels.plain_ngrams import FNV_PRIME, FNV_START, PAIR

Bytes = NDArray[np.uint8]
Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]

_START, _PRIME = np.uint64(FNV_START), np.uint64(FNV_PRIME)
PAIRED, _NOTHING, _ONE = np.uint64(PAIR), np.uint64(0), np.uint64(1)
K, S, X, _APOSTROPHE = 107, 115, 120, 39
# What a character is in a name: no part of it, without a sound of its own, or a
# consonant (its own code). What has several consonants, or is of another script, may be
# anything.
NO_PART, SILENT, ANYTHING = 0, 1, 2
ANYWHERE = -1
_TO_MARK, _LAST_MARK = np.uint64(32), np.uint64((1 << 17) - 1)


class NameTable(NamedTuple):
    """What to look for.

    Attributes:
        words: Hashes of the consonants of single words and of pairs; an open table, in
            which 0 is an empty place.
        marks: 1 for some bits of every hash.
        sounds: What each character is, by its code point.
        is_word: 1 for letters, digits and the underscore.
    """

    words: Hashes
    marks: Bytes
    sounds: Bytes
    is_word: Bytes


@compiled
def is_in(words: Hashes, marks: Bytes, value: np.uint64) -> bool:
    """Return whether a hash is one of a table (``hash_table``)."""
    # Most are ruled out by a mark in the processor's nearest memory.
    if not marks[(value >> _TO_MARK) & _LAST_MARK]:
        return False
    last = np.uint64(len(words) - 1)
    slot = value & last
    while words[slot] != _NOTHING:
        if words[slot] == value:
            return True
        slot = (slot + _ONE) & last
    return False


@compiled
def _goes_on(note: Bytes, at: int, sounds: Bytes, is_word: Bytes) -> bool:
    """Whether a word goes on behind the apostrophe that stands here."""
    stop = len(note)
    if at + 1 >= stop:
        return False
    code, size = code_at(note, at + 1)
    if code >= CODES:
        return True
    if sounds[code] == NO_PART:
        return False
    if code != S:
        return True
    if at + 1 + size >= stop:
        return False
    after, _ = code_at(note, at + 1 + size)
    return after >= CODES or is_word[after] == 1


@compiled
def with_sound(value: np.uint64, last: int) -> np.uint64:
    """Return the hash of a word with one more consonant; 0 is none."""
    return (value ^ np.uint64(last)) * _PRIME if last else value


@compiled
def heard_next(value: np.uint64, last: int, sound: int) -> tuple[np.uint64, int]:
    """Return the hash of a word and its last consonant with one more character.

    Args:
        value: The hash before the last consonant.
        last: That consonant; 0 is none.
        sound: What the character is; without a sound, nothing changes.
    """
    if sound == S and last == K:
        return value, X
    if sound > ANYTHING:
        return with_sound(value, last), sound
    return value, last


@compiled
def _sound_at(
    notes: Bytes, at: int, stop: int, sounds: Bytes, is_word: Bytes
) -> tuple[int, int]:
    """Return what the character here is, where that is no plain letter, and its size.

    An apostrophe inside a word has no sound.
    """
    code, size = code_at(notes, at)
    if code >= CODES:
        return ANYTHING, size
    if code == _APOSTROPHE and _goes_on(notes[:stop], at, sounds, is_word):
        return SILENT, size
    return int(sounds[code]), size


@compiled
def _hear(  # noqa: PLR0913, PLR0917 - the compiler wants arrays
    notes: Bytes,
    start: int,
    stop: int,
    table: NameTable,
    heard: Hashes,
    ends: Numbers,
) -> int:
    """Write the hash of each word, and where the one before it ends.

    Returns:
        How many words there are; or -1 where one may be any.
    """
    # One call a note: a call a word took more than twice the time. And nothing is asked
    # of a letter that cannot be foretold, as whether it is a vowel.
    _, _, sounds, is_word = table
    count, at = 0, start
    ends[0] = start
    value, last, is_inside = _START, 0, False
    while at < stop:
        code, size = int(notes[at]), 1
        sound = int(sounds[code]) if code < 0x80 else ANYTHING
        if sound == ANYTHING or (is_inside and code == _APOSTROPHE):
            sound, size = _sound_at(notes, at, stop, sounds, is_word)
            if sound == ANYTHING:
                return -1
        is_part, has_sound = sound != NO_PART, sound > ANYTHING
        is_x = (sound == S) & (last == K)
        longer = with_sound(value, last)
        # Written at every sign, and kept behind a word.
        heard[count], ends[count + 1] = longer, at
        at += size
        count += is_inside & (not is_part)
        value = longer if has_sound & (not is_x) else value
        value = value if is_part else _START
        sound = X if is_x else sound
        last = sound if has_sound else last
        last = last if is_part else 0
        is_inside = is_part
    heard[count] = with_sound(value, last)
    return count + is_inside


@compiled
def _note_heard(
    heard: Hashes, count: int, table: NameTable, found: Numbers, size: int
) -> int:
    """Write at which words something begins that sounds like what is looked for.

    Returns:
        How many numbers stand in ``found`` then.
    """
    words, marks, _, _ = table
    before = _NOTHING
    for at in range(count):
        value = heard[at]
        if before != _NOTHING and is_in(words, marks, (before * PAIRED) ^ value):
            found[size] = at - 1
            size += 1
        if is_in(words, marks, value):
            found[size] = at
            size += 1
        before = value
    return size


@compiled
def names_heard(
    lines: Bytes, starts: Numbers, table: NameTable
) -> tuple[Numbers, Numbers]:
    """Return behind which places of each note the next word may begin a name, in bytes.

    A note in which any word may be one has ``ANYWHERE``.

    Args:
        lines: Normal forms, one behind the other.
        starts: Where each begins; last, where the last one ends.
        table: What to look for.

    Returns:
        The places; and how many of them there are up to the end of each note, before
        all 0.
    """
    notes = len(starts) - 1
    counts = np.zeros(notes + 1, np.int64)
    longest = np.max(starts[1:] - starts[:-1]) if notes else 0
    heard = np.empty(longest // 2 + 2, np.uint64)
    ends = np.empty(len(heard) + 1, np.int64)
    found = np.empty(len(lines) + 2 * notes, np.int64)
    size = 0
    for note in range(notes):
        first = size
        count = _hear(lines, starts[note], starts[note + 1], table, heard, ends)
        if count < 0:
            found[size] = ANYWHERE
            size += 1
        else:
            size = _note_heard(heard, count, table, found, size)
            for place in range(first, size):
                found[place] = ends[found[place]] - starts[note]
        counts[note + 1] = size
    return found[:size], counts


@compiled
def hashes_of(lines: Bytes, starts: Numbers) -> Hashes:
    """Return the hash of each line."""
    found = np.empty(len(starts) - 1, np.uint64)
    for number in range(len(found)):
        value = _START
        for at in range(starts[number], starts[number + 1]):
            value = (value ^ np.uint64(lines[at])) * _PRIME
        found[number] = value
    return found


@compiled
def _open_table(values: Hashes) -> Hashes:
    size = 2
    while size < 2 * len(values):
        size *= 2
    words = np.zeros(size, np.uint64)
    last = np.uint64(size - 1)
    for value in values:
        slot = value & last
        while words[slot] != _NOTHING and words[slot] != value:
            slot = (slot + _ONE) & last
        words[slot] = value
    return words


def name_table(
    words: Sequence[bytes],
    pairs: Sequence[tuple[bytes, bytes]],
    *,
    sound_of: Callable[[str], str | None],
) -> NameTable:
    """Return what to look for in the form that is asked fast.

    Args:
        words: Consonants of words that count alone.
        pairs: Consonants of two words that count side by side.
        sound_of: The consonants of a letter; ``None`` when it may be anything.
    """
    firsts = hashes_of(*joined([first for first, _ in pairs]))
    seconds = hashes_of(*joined([second for _, second in pairs]))
    values = np.concatenate((hashes_of(*joined(words)), (firsts * PAIRED) ^ seconds))
    return NameTable(*hash_table(values), *characters(sound_of))


def hash_table(values: Hashes) -> tuple[Hashes, Bytes]:
    """Return hashes in the form in which they are looked up fast (``is_in``)."""
    marks = np.zeros(int(_LAST_MARK) + 1, np.uint8)
    marks[(values >> _TO_MARK) & _LAST_MARK] = 1
    return _open_table(values), marks


@cache
def characters(sound_of: Callable[[str], str | None]) -> tuple[Bytes, Bytes]:
    """Return what each character is in a name, and 1 for those of words."""
    sounds, is_word = np.zeros(CODES, np.uint8), np.zeros(CODES, np.uint8)
    for code, sign in enumerate(map(chr, range(CODES))):
        if sign.isalnum():
            sounds[code] = _sound(sound_of(sign))
            is_word[code] = 1
    is_word[ord("_")] = 1
    return sounds, is_word


def _sound(heard: str | None) -> int:
    if heard is None or len(heard) > 1 or not heard.isascii():
        return ANYTHING
    return ord(heard) if heard else SILENT


def compile_all() -> None:
    """Compile every loop that is called from outside, and keep it."""
    table = name_table([b"a"], [(b"a", b"b")], sound_of=lambda _: "")
    names_heard(np.frombuffer(b"a", np.uint8), np.array([0, 1], np.int64), table)
