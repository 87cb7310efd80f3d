"""Groups content lines into cards and appointments: ``BEGIN:…`` to ``END:…``; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from vorzimmer.addressbook.lines import ContentLine

MOST_LINES = 5_000
"""Lines of one block that are kept: a list of all guests has a thousand."""

_MOST_INNER = 50


@dataclass(slots=True)
class Block:
    """The lines between ``BEGIN`` and ``END``; blocks within are left out.

    Attributes:
        line: Physical line where it begins, from 1.
        is_cut_off: Whether the file ended within it.
    """

    line: int
    lines: list[ContentLine] = field(default_factory=list)
    is_cut_off: bool = False


class _Reader:
    """Where in a file of blocks the reading is."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._inner: list[str] = []
        self.block: Block | None = None

    def begin(self, line: ContentLine) -> Block | None:
        """Begin a block; return the one before, if its end is missing."""
        name = line.value.strip().upper()
        before = self.block
        is_within = bool(self._inner) or (
            # A card of vCard 2.1 may hold that of an assistant.
            before is not None
            and bool(before.lines)
            and before.lines[-1].name == "AGENT"
        )
        if name == self._name and not (before is not None and is_within):
            self.block = Block(line.line)
            return before
        if before is not None and len(self._inner) < _MOST_INNER:
            self._inner.append(name)
        return None

    def end(self, line: ContentLine) -> Block | None:
        """End the innermost block of that name; return it if it is wanted."""
        name = line.value.strip().upper()
        if name in self._inner:
            while self._inner.pop() != name:
                pass
            if self.block is not None and not self._inner:
                self.block.lines.append(line)  # so that AGENT is not the last any more
            return None
        if name != self._name:
            return None
        ended, self.block = self.block, None
        self._inner.clear()
        return ended

    def add(self, line: ContentLine) -> None:
        """Keep a line of the block, but none of a block within."""
        block = self.block
        if block is not None and not self._inner and len(block.lines) < MOST_LINES:
            block.lines.append(line)


def blocks(lines: Iterable[ContentLine], name: str) -> Iterator[Block]:
    """Yield the blocks of that name; one whose end is missing ends with the next.

    Args:
        lines: ``BEGIN``, ``END`` and whatever else is wanted.
        name: In capitals, e.g. ``"VCARD"``.
    """
    reader = _Reader(name)
    for line in lines:
        ended = None
        if line.name == "BEGIN":
            ended = reader.begin(line)
        elif line.name == "END":
            ended = reader.end(line)
        else:
            reader.add(line)
        if ended is not None:
            yield ended
    if reader.block is not None:
        reader.block.is_cut_off = True
        yield reader.block
