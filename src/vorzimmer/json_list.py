"""Reads a list in JSON one element after the other, however long it is; pure."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from json import JSONDecoder

_SPACE = re.compile(r"[ \t\n\r]*")
_AHEAD = 4  # so many of the longest elements are read at once


class BrokenListError(ValueError):
    """A list that cannot be read any further.

    Attributes:
        number: Of the element that ends it, from 1.
    """

    def __init__(self, number: int) -> None:
        """Take its number."""
        super().__init__(number)
        self.number = number


def elements(
    beginning: bytes, read: Callable[[int], bytes], *, longest: int
) -> Iterator[bytes]:
    """Yield the elements of a list, each as it is written.

    Args:
        beginning: What was read of it already, from the bracket on.
        read: Gives up to so many bytes more, none at the end.
        longest: How many characters an element may have.

    Raises:
        BrokenListError: What follows is not JSON, too long, or nested too deeply.
    """
    text = _Text(beginning, read, longest)
    decode = JSONDecoder().raw_decode
    text.at = 1
    number = 1
    if text.sign() == "]":
        text.at += 1
    else:
        while True:
            text.sign()
            try:
                _, end = decode(text.known, text.at)
            except (ValueError, RecursionError):
                raise BrokenListError(number) from None
            if end - text.at > longest:
                raise BrokenListError(number)
            yield text.known[text.at : end].encode("utf-8", "surrogateescape")
            text.at = end
            ending = text.sign()
            text.at += 1
            if ending == "]":
                break
            number += 1
            if ending != ",":
                raise BrokenListError(number)
    if text.sign():
        raise BrokenListError(number + 1)


class _Text:
    """A text of which only the part that is being read is held."""

    def __init__(
        self, beginning: bytes, read: Callable[[int], bytes], longest: int
    ) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._decode = decoder.decode
        self._read = read
        self._longest = longest
        self._is_all = False
        self.known = self._decode(beginning)
        self.at = 0

    def sign(self) -> str:
        """Go on to the next sign, and see that the longest element is there.

        Returns:
            The sign; ``""`` at the end.
        """
        while True:
            self._fill()
            found = _SPACE.match(self.known, self.at)
            self.at = found.end() if found else self.at
            if len(self.known) - self.at > self._longest or self._is_all:
                return self.known[self.at : self.at + 1]

    def _fill(self) -> None:
        while len(self.known) - self.at <= self._longest and not self._is_all:
            data = self._read(_AHEAD * self._longest)
            self._is_all = not data
            more = self._decode(data, final=self._is_all)
            self.known = self.known[self.at :] + more
            self.at = 0
