"""What ``kernels.ngrams`` computes, in plain Python: slow, short, and the reference.

A note is masked first, so that names, numbers, links, addresses and placeholders
teach nothing but what they look like; then it is taken apart into n-grams of bytes and
of words, each with the number of a bucket. Both files give the same numbers for every
note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Bytes that no normal form contains, each in place of something that was masked.
NAME, LINK, MAIL, PLACEHOLDER = 0x01, 0x03, 0x04, 0x05
BLANK = 0x20
LENGTHS = 2, 3, 4, 5, 6  # bytes of an n-gram
# The lower half of the buckets is for bytes, the upper half for words.
BUCKETS = 1 << 19
OF_WORDS = BUCKETS // 2
# Fibonacci hashing: multiply by 2^64 / golden ratio, keep the upper 18 bits.
# Source: Knuth, The Art of Computer Programming, vol. 3, section 6.4.
SPREAD, SHIFT = 0x9E3779B97F4A7C15, 64 - 18
# Source: Fowler, Noll, Vo, FNV-1a, 64 bits.
FNV_START, FNV_PRIME = 0xCBF29CE484222325, 0x100000001B3
PAIR = 0xFF51AFD7ED558CCD  # any odd number that is neither of the above
ALL_BITS = (1 << 64) - 1
LENGTH_AT = 56  # so that n-grams of different lengths have different hashes
# Weights of a bucket, one byte with its sign for each column (``classifier``).
COLUMNS = 8
# What is added up for a note: a sum for each column, its size, and for which columns
# any piece speaks, and against which, one bit each.
NOTE_SIZE = COLUMNS
SPEAKS_FOR, SPEAKS_AGAINST, SUMS = NOTE_SIZE + 1, NOTE_SIZE + 2, NOTE_SIZE + 3
# The size of a note is how many n-grams it has. One of words is learned twice as
# strongly as one of bytes, so it counts as four: its square. Chosen by our own unseen
# notes (docs/experiments.md).
STRENGTH_OF_WORDS = 2
SIZE_OF_WORDS = STRENGTH_OF_WORDS**2

# What a word does beside names.
GREETS, IS_TITLE, STAYS, PARTS, EVERYDAY = 1, 2, 3, 4, 5
# How many words a name has at most after a greeting, and after good-bye.
NAME_WORDS, LAST_WORDS = 3, 4
TITLE_BY = 5  # a title among so many first words belongs to the greeting
LONG_ENOUGH = 4  # words of a note that may end in a bare name
LONGEST_PLACEHOLDER = 40
MOST_DIGITS = 4  # of a number that are told apart
MOST_QUOTED = 6  # pieces, none of them behind the end of a sentence
SHORTEST_END = 4  # bytes of a word that a full stop ends one with: no abbreviation

_PLACEHOLDER = re.compile(rb"[{\[<][^{}\[\]<>]{1,40}[}\]>]|%[a-z_]{2,40}%")
_LINK = re.compile(rb"://|www\.|[a-z0-9]\.[a-z]{2}")
_NUMBER = re.compile(rb"[0-9]+")
# What is left of a link: its signs, not its words.
SIGNS_OF_LINK = b"./?=&_%:#-"
_NO_SIGN = re.compile(rb"[^0-9./?=&_%:#-]+")
_NAMES = re.compile(rb"\x01+")
_WORD = re.compile(rb"[a-z0-9\x80-\xff]+")
# Read like words, each alone: what was masked, and signs that change a sentence.
MARKS = bytes([NAME, LINK, MAIL, PLACEHOLDER]) + b"!:?"
_WORD_OR_MARK = re.compile(_WORD.pattern + rb"|[" + MARKS + rb"]")
_OPEN_ENDS = (b",", b"!", b":", b".")
_SENTENCE_ENDS = (b".", b"!", b"?")


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two blanks.

    Attributes:
        text: Its bytes after masking.
        start: Where it begins in the line, in bytes.
        end: Where it ends there.
    """

    text: bytes
    start: int
    end: int


def pieces(line: bytes, roles: Mapping[int, int]) -> list[Piece]:
    """Return a note taken apart at its blanks, and masked.

    Args:
        line: Normal form of the note in UTF-8; bytes of known names are ``NAME``.
        roles: What a word does, by its hash.
    """
    found = [_piece(line, *span) for span in _spans(line)]
    does = [roles.get(hash_of(_bare(piece.text)), 0) for piece in found]
    named = _after_greetings(found, does) | _at_the_end(found, does)
    return [
        Piece(bytes([NAME]), piece.start, piece.end) if number in named else piece
        for number, piece in enumerate(found)
    ]


def _spans(line: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the pieces are; a placeholder may have blanks inside."""
    inside = {
        at
        for found in _PLACEHOLDER.finditer(line)
        for at in range(found.start(), found.end())
    }
    start = 0
    for at, byte in enumerate([*line, BLANK]):
        if byte == BLANK and at not in inside:
            if at > start:
                yield start, at
            start = at + 1


def _piece(line: bytes, start: int, end: int) -> Piece:
    text = _PLACEHOLDER.sub(bytes([PLACEHOLDER]), line[start:end])
    if b"@" in text:
        text = bytes([MAIL])
    elif _LINK.search(text):
        # Never longer than it was, so the first byte makes room for the mark.
        text = bytes([LINK]) + _NO_SIGN.sub(b"", _NUMBER.sub(_zeros, text[1:]))
    else:
        text = _NAMES.sub(bytes([NAME]), _NUMBER.sub(_zeros, text))
    return Piece(text, start, end)


def _zeros(number: re.Match[bytes]) -> bytes:
    return b"0" * min(len(number.group()), MOST_DIGITS)


def _bare(text: bytes) -> bytes:
    """Return a piece without the signs before and after its words."""
    words = list(_WORD.finditer(text))
    return text[words[0].start() : words[-1].end()] if words else b""


def _after_greetings(found: Sequence[Piece], does: Sequence[int]) -> set[int]:
    named: set[int] = set()
    for number, role in enumerate(does):
        if role == GREETS and not found[number].text.endswith(_OPEN_ENDS):
            named |= _name_from(number + 1, found, does)
        elif role == IS_TITLE and number + 1 < len(found):
            if not does[number + 1]:
                named.add(number + 1)
            if number < TITLE_BY:
                named |= _name_from(number + 1, found, does)
    return named


def _name_from(first: int, found: Sequence[Piece], does: Sequence[int]) -> set[int]:
    """Return the pieces of a name that begins here and ends with a sign."""
    for at in range(first, min(first + NAME_WORDS, len(found))):
        if does[at] == EVERYDAY:
            return set(range(first, at))
        if does[at]:
            return set()
        if found[at].text == b"-":
            return set(range(first, at))
        if found[at].text.endswith(_OPEN_ENDS):
            return set(range(first, at + 1))
    return set()


def _at_the_end(found: Sequence[Piece], does: Sequence[int]) -> set[int]:
    """Return the pieces of the name under a note."""
    count = len(found)
    for at in range(max(0, count - 1 - LAST_WORDS), count):
        if does[at] == PARTS:
            return {each for each in range(at + 1, count) if not does[each]}
    if count < LONG_ENOUGH or found[-1].text.endswith(_SENTENCE_ENDS):
        return set()
    if found[-2].text.endswith((*_SENTENCE_ENDS, b",")):
        last = {count - 1}
    elif found[-3].text.endswith(_SENTENCE_ENDS):
        last = {count - 2, count - 1}
    else:
        return set()
    return set() if any(does[at] for at in last) else last


def hash_of(word: bytes) -> int:
    """Return the FNV-1a hash of a word, 64 bits."""
    value = FNV_START
    for byte in word:
        value = ((value ^ byte) * FNV_PRIME) & ALL_BITS
    return value


def bucket_of(value: int) -> int:
    """Return the bucket of a hash or of packed bytes."""
    return ((value * SPREAD) & ALL_BITS) >> SHIFT


def ngrams(found: Sequence[Piece]) -> Iterator[tuple[int, int, bool]]:
    """Yield the bucket of every n-gram with the number of the piece that it stands in.

    Behind them, whether it is a pair of words that stand in two pieces.

    A piece that is said twice counts once, so that a long note speaks no louder; so
    does an n-gram that a piece has twice. Thus all that a piece says is its own, but
    for the pair of its first word with the last one before it; this pair counts
    where either piece is new to the note, and to the second.
    """
    seen: set[bytes] = set()
    before, was_new = 0, False
    for number, piece in enumerate(found):
        is_new = piece.text not in seen
        seen.add(piece.text)
        # Among the words, a mark is one.
        words = [hash_of(word) for word in _WORD_OR_MARK.findall(piece.text)]
        if is_new:
            own = [*_of_bytes(piece.text), *_of_words(words)]
            yield from ((bucket, number, False) for bucket in dict.fromkeys(own))
        if words:
            if before and (is_new or was_new):
                yield _pair(before, words[0]), number, True
            before, was_new = words[-1], is_new


def _of_bytes(text: bytes) -> Iterator[int]:
    """Yield n-grams of a piece and the blanks beside it, but of nothing masked."""
    padded = b" " + text + b" "
    for end in range(1, len(padded) + 1):
        for length in LENGTHS:
            part = padded[max(0, end - length) : end]
            if len(part) == length and min(part) >= BLANK:
                yield bucket_of(int.from_bytes(part, "big") | length << LENGTH_AT)


def _of_words(words: Sequence[int]) -> Iterator[int]:
    yield from (OF_WORDS + bucket_of(word) for word in words)
    yield from (_pair(*both) for both in pairwise(words))


def _pair(first: int, second: int) -> int:
    return OF_WORDS + bucket_of((first * PAIR & ALL_BITS) ^ second)


def add_up(line: bytes, roles: Mapping[int, int], weights: memoryview) -> list[int]:
    """Return ``SUMS`` numbers: what all n-grams of a note add up to.

    Args:
        line: See ``pieces``.
        roles: See ``pieces``.
        weights: ``COLUMNS`` numbers for each bucket.
    """
    rows, size = _parts(pieces(line, roles), weights)
    sums = [sum(each) for each in zip(*rows, strict=True)] or [0] * COLUMNS
    columns = list(zip(*rows, strict=True))
    speak_for = sum(1 << at for at, each in enumerate(columns) if max(each) > 0)
    against = sum(1 << at for at, each in enumerate(columns) if min(each) < 0)
    return [*sums, size, speak_for, against]


def _parts(found: Sequence[Piece], weights: memoryview) -> tuple[list[list[int]], int]:
    """Return what each piece of a note adds to the sums, and the size of the note."""
    rows = [[0] * COLUMNS for _ in found]
    size = 0
    for bucket, number, _ in ngrams(found):
        size += SIZE_OF_WORDS if bucket >= OF_WORDS else 1
        row = rows[number]
        for at, each in enumerate(weights[bucket * COLUMNS : (bucket + 1) * COLUMNS]):
            row[at] += each
    return rows, size


def strongest(
    line: bytes, roles: Mapping[int, int], weights: memoryview
) -> list[list[int]]:
    """Return where the words stand that speak most for each column, in bytes.

    Behind them, where those stand that speak most against each. ``[0, 0]`` where there
    are none.

    Args:
        line: See ``pieces``.
        roles: See ``pieces``.
        weights: See ``add_up``.
    """
    found = pieces(line, roles)
    rows, _ = _parts(found, weights)
    spans = []
    for sign in (1, -1):
        for column in range(COLUMNS):
            points = [sign * each[column] for each in rows]
            first, last = _best_run(points, [_closes(piece.text) for piece in found])
            spans.append([found[first].start, found[last].end] if last >= 0 else [0, 0])
    return spans


def _closes(text: bytes) -> bool:
    """Return whether a sentence ends with a piece."""
    is_short = text.endswith(b".") and len(text) < SHORTEST_END
    return text.endswith(_SENTENCE_ENDS) and not is_short


def _best_run(points: Sequence[int], closes: Sequence[bool]) -> tuple[int, int]:
    """Return the run of pieces with the most points; -1 where none has any."""
    best = 0
    first, last = 0, -1
    for start in range(len(points)):
        total = 0
        for end in range(start, min(start + MOST_QUOTED, len(points))):
            total += points[end]
            if total > best:
                best, first, last = total, start, end
            if closes[end]:
                break
    return first, last
