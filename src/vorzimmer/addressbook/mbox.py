"""Cuts an mbox file into the heads of its mails; what they say is passed over; pure.

A line that begins with ``From `` and is followed by a header line begins a mail.

Source:
    RFC 4155 and the ways of writing mbox that came before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from vorzimmer.addressbook.heads import LONGEST_HEAD

_MARK = b"\nFrom "
# Bytes behind a mark that are needed to see whether a mail begins there.
_LOOK_AHEAD = 1_024
_BEGIN = re.compile(rb"From [^\r\n]*\r?\n(?:>From [^\r\n]*\r?\n)?[!-9;-~]{1,76}:")
_END = re.compile(rb"\n\r?\n")


def heads_of(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the head of each mail, without the line that begins it.

    Memory does not grow with the file, nor with a mail.

    Args:
        chunks: The bytes of the file.
    """
    pieces = iter(chunks)
    # What lies before ``at`` is done with, and dropped when more is needed.
    held, at, is_open = b"\n" + next(pieces, b""), 0, True
    while True:
        mark = held.find(_MARK, at)
        is_clear = mark >= 0 and len(held) - mark >= _LOOK_AHEAD
        if not is_clear and is_open:
            # The end of what is held may be the beginning of a mark.
            rest = mark if mark >= 0 else max(at, len(held) - len(_MARK))
            piece = next(pieces, b"")
            held, at, is_open = held[rest:] + piece, 0, bool(piece)
            continue
        if mark < 0:
            return
        if not _BEGIN.match(held, mark + 1):
            at = mark + len(_MARK)
            continue
        begin = held.index(b"\n", mark + 1) + 1
        end = _END.search(held, begin)
        while is_open and end is None and len(held) - begin < LONGEST_HEAD:
            piece = next(pieces, b"")
            held, begin, is_open = held[begin:] + piece, 0, bool(piece)
            end = _END.search(held)
        at = end.start() if end else min(len(held), begin + LONGEST_HEAD)
        yield held[begin:at]
