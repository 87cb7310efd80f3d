"""Many short texts as the lines of one, so that all are searched at once; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

LINE_BREAK = ord("\n")


def encoded(texts: Sequence[str]) -> list[bytes]:
    """Return each text in UTF-8; half a character stays one."""
    try:
        return list(map(str.encode, texts))
    except UnicodeEncodeError:
        return [each.encode("utf-8", "surrogatepass") for each in texts]


def in_one(texts: Sequence[str]) -> str:
    """Return texts as one, each with a line break behind it.

    A line break inside becomes a character that is no part of any word.
    """
    lines = "\n".join([*texts, ""])
    if lines.count("\n") > len(texts):
        lines = "".join([each.replace("\n", "\0") + "\n" for each in texts])
    return lines


def in_lines(texts: Sequence[str]) -> bytes:
    """Return the same in UTF-8."""
    return in_one(texts).encode("utf-8", "surrogatepass")


def rows_with(texts: Sequence[str], signs: Iterable[str]) -> list[int]:
    """Return the numbers of the texts that have one of some strings, in order.

    Capitals are small letters, as ``str.casefold`` has them.

    Args:
        texts: To search.
        signs: To look for; without line breaks.
    """
    # Capitals of ASCII cost next to nothing as bytes, and most texts have no others.
    folded = [each if each.isascii() else each.casefold() for each in texts]
    lines = in_lines(folded).lower()
    places = [at for sign in signs for at in places_of(sign.encode(), lines)]
    if not places:
        return []
    ends = np.flatnonzero(np.frombuffer(lines, np.uint8) == LINE_BREAK)
    rows: list[int] = np.unique(np.searchsorted(ends, places)).tolist()
    return rows


def places_of(sign: bytes, lines: bytes) -> Iterator[int]:
    """Yield where a string stands, once a line."""
    at = lines.find(sign)
    while at >= 0:
        yield at
        at = lines.find(sign, lines.find(b"\n", at))
