"""Contact requests as JSON lines, one object a line; the form is our own.

The fields are those of ``request_fields``; docs/reference/schema/request.schema.json
is made from them. Everything but ``id`` may be missing or null: that is *not known*.
Fields that are not ours are passed over, so that other programs may add their own; who
reads them is told which. A list of such objects is read, too, what is packed, and a
folder that holds nothing but such files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import IO

import msgspec

from vorzimmer.errors import SourceError
from vorzimmer.json_list import BrokenListError, elements
from vorzimmer.model import ContactRequest, Sentence, Skipped, say
from vorzimmer.packed import unpacked
from vorzimmer.passed_over import OF_SENDER, PassedOver
from vorzimmer.request_fields import (
    RequestFields,
    RowError,
    SenderFields,
    misfit,
    request_of,
)
from vorzimmer.source import Source, Takes

# A request with the longest mail that anybody reads is far below.
LONGEST_LINE = 1_048_576

# How files begin that are no lines of text, though their name says so.
_PACKED = (b"PK\x03\x04", b"\xfd7zXZ", b"BZh")
_UTF_16 = (b"\xff\xfe{\0", b"\xfe\xff\0{", b'{\0"\0', b'\0{\0"')
_PARQUET = b"PAR1"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# What stands in no text, and in nearly every line that is none.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")

# What msgspec says of a text that is no JSON.
_BYTE = re.compile(r"\(byte (\d+)\)")
# A line with its number, from 1; ``None`` is one that is too long.
Line = tuple[int, bytes | None]


def read(
    stream: IO[bytes],
    *,
    file: str = "JSON lines",
    passed_over: PassedOver | None = None,
) -> Iterator[ContactRequest | Skipped]:
    """Yield the request of each line; a line that cannot be read is ``Skipped``.

    Args:
        stream: UTF-8, one JSON object a line, or all in one list; packed, or not.
            Empty lines are passed over.
        file: What to call it in a ``Skipped``.
        passed_over: Takes the fields that are not ours.

    Raises:
        SourceError: It cannot be unpacked, is in another encoding, or is no text.
    """
    lines = lines_of(stream, file=file)
    return read_lines(lines, file=file, passed_over=passed_over)


def read_lines(
    lines: Iterable[Line], *, file: str, passed_over: PassedOver | None = None
) -> Iterator[ContactRequest | Skipped]:
    """Yield the request of each line; a line that cannot be read is ``Skipped``.

    Args:
        lines: As ``lines_of`` yields them.
        file: What to call their file in a ``Skipped``.
        passed_over: Takes the fields that are not ours.
    """
    read_row = _Reader(PassedOver() if passed_over is None else passed_over)
    for number, line in lines:
        if line is None:
            reason = say("The line is longer than {most} bytes.", most=LONGEST_LINE)
            yield Skipped(file, number, reason)
            continue
        if not line.strip():
            continue
        try:
            yield request_of(read_row(line, number))
        except RowError as error:
            yield Skipped(file, number, error.reason)


def lines_of(stream: IO[bytes], *, file: str) -> Iterator[Line]:
    """Yield lines without ever holding a longer one than allowed, which is ``None``.

    Of a list, each element is a line, and its number is that of the element.

    Raises:
        SourceError: It cannot be unpacked, is in another encoding, or is no text.
    """
    stream = unpacked(stream, file)
    first = stream.readline(LONGEST_LINE + 1).removeprefix(_BYTE_ORDER_MARK)
    _check_beginning(first, file)
    if first.lstrip().startswith(b"["):
        yield from _lines_of_list(first.lstrip(), stream, file)
        return
    number, line = 1, first
    while line:
        if len(line) <= LONGEST_LINE or line.endswith(b"\n"):
            yield number, line
        else:
            while rest := stream.readline(LONGEST_LINE):
                if rest.endswith(b"\n"):
                    break
            yield number, None
        number += 1
        line = stream.readline(LONGEST_LINE + 1)


def _lines_of_list(beginning: bytes, stream: IO[bytes], file: str) -> Iterator[Line]:
    try:
        yield from enumerate(
            elements(beginning, stream.read, longest=LONGEST_LINE), start=1
        )
    except BrokenListError as error:
        problem = say(
            "This list in JSON cannot be read from its row {number} on.",
            number=error.number,
        )
        mend = say("Mend that row, or write one object a line: jq -c .[] FILE")
        raise SourceError(file, problem, mend) from None


def _check_beginning(line: bytes, file: str) -> None:
    if line.startswith(_PACKED):
        mend = say("Unpack it first, or pack it with gzip.")
        raise SourceError(file, say("This file is packed."), mend)
    if line.startswith(_UTF_16):
        mend = say("Save it in UTF-8.")
        raise SourceError(file, say("This file is in UTF-16."), mend)
    if line.startswith(_PARQUET):
        mend = say("Let its name end in .parquet.")
        raise SourceError(file, say("This is a Parquet file."), mend)
    if _NO_TEXT.search(line[:LONGEST_LINE]) and not line.lstrip().startswith(b"{"):
        mend = say("Give a text in UTF-8, one JSON object a line.")
        raise SourceError(file, say("This is no text."), mend)
    if line.strip() == b"{":
        problem = say("This is JSON, but one object goes over several lines.")
        mend = say("Write one object a line: jq -c . FILE")
        raise SourceError(file, problem, mend)


class _OnlyOursOfSender(SenderFields, frozen=True, forbid_unknown_fields=True):
    """What is known of the sender, and nothing else."""


class _OnlyOurs(RequestFields, frozen=True, forbid_unknown_fields=True):
    """A request with no fields but ours."""

    sender: _OnlyOursOfSender | None = None


class _Reader:
    """Reads rows, and counts the fields that are not ours."""

    def __init__(self, passed_over: PassedOver) -> None:
        self._passed_over = passed_over
        self._strict = msgspec.json.Decoder(_OnlyOurs)
        self._kind = msgspec.json.Decoder(RequestFields)
        self._names = msgspec.json.Decoder(dict[str, msgspec.Raw])

    def __call__(self, line: bytes, number: int) -> RequestFields:
        """Return the fields of a line.

        Raises:
            RowError: They do not fit, or it is no JSON.
        """
        # In nearly all files no field is another, and then one look is enough.
        try:
            row = self._strict.decode(line)
        except (ValueError, RecursionError):
            with suppress(ValueError, RecursionError):
                self._passed_over.add(self._names_in(line), line=number)
            return _decode(line, self._kind)
        self._passed_over.saying += 1
        return row

    def _names_in(self, line: bytes) -> list[str]:
        row = self._names.decode(line)
        of_sender: Iterable[str] = ()
        sender = bytes(row.get("sender", b""))
        if sender.lstrip().startswith(b"{"):
            of_sender = self._names.decode(sender)
        return [*row, *(f"{OF_SENDER}{name}" for name in of_sender)]


def _decode(line: bytes, decoder: msgspec.json.Decoder[RequestFields]) -> RequestFields:
    try:
        return decoder.decode(line)
    except msgspec.ValidationError as error:
        reason = misfit(error)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        reason = _no_json(error)
    except RecursionError:
        reason = say("This is nested too deeply.")
    raise RowError(reason)


def _no_json(error: Exception) -> Sentence:
    found = _BYTE.search(str(error))
    if found:
        return say(
            "This is not JSON: something is wrong around byte {place}.",
            place=int(found[1]),
        )
    if isinstance(error, UnicodeDecodeError):
        return say("This is not JSON: it is no text in UTF-8.")
    return say("This is not JSON, or the line ends too early.")


SOURCE = Source(
    name="json_lines",
    title=say("Requests as JSON lines"),
    brings=(
        say("Contact requests of any network, from a program of yours."),
        say("Whatever it knows of the senders: headline, place, contacts, picture."),
    ),
    steps=(
        say("Have your program write one JSON object a line, one request each."),
        say("Save them as a file that ends in .jsonl, and give it here."),
    ),
    takes=(Takes.FILE, Takes.FOLDER),
    endings=(".jsonl", ".ndjson", ".json"),
    command="vorzimmer import requests.jsonl",
    has_own_ids=True,
)
