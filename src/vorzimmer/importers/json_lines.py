"""Contact requests as JSON lines, one object a line; the form is our own.

The fields are those of ``request_fields``; docs/reference/schema/request.schema.json
is made from them. Everything but ``id`` may be missing or null: that is *not known*.
Fields that are not ours are passed over, so that other programs may add their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO

import msgspec

from vorzimmer.errors import SourceError
from vorzimmer.model import ContactRequest, Sentence, Skipped, say
from vorzimmer.request_fields import RequestFields, RowError, misfit, request_of
from vorzimmer.source import Source, Takes

# A request with the longest mail that anybody reads is far below.
LONGEST_LINE = 1_048_576

# How files begin that are no lines of text, though their name says so.
_PACKED = (b"\x1f\x8b\x08", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ")
_UTF_16 = (b"\xff\xfe{\0", b"\xfe\xff\0{", b'{\0"\0', b'\0{\0"')
_PARQUET = b"PAR1"

# What msgspec says of a text that is no JSON.
_BYTE = re.compile(r"\(byte (\d+)\)")
# A line with its number, from 1; ``None`` is one that is too long.
Line = tuple[int, bytes | None]


def read(
    stream: IO[bytes], *, file: str = "JSON lines"
) -> Iterator[ContactRequest | Skipped]:
    """Yield the request of each line; a line that cannot be read is ``Skipped``.

    Args:
        stream: UTF-8, one JSON object a line; empty lines are passed over.
        file: What to call it in a ``Skipped``.

    Raises:
        SourceError: It is packed, in another encoding, or a Parquet file.
    """
    return read_lines(lines_of(stream, file=file), file=file)


def read_lines(
    lines: Iterable[Line], *, file: str
) -> Iterator[ContactRequest | Skipped]:
    """Yield the request of each line; a line that cannot be read is ``Skipped``.

    Args:
        lines: As ``lines_of`` yields them.
        file: What to call their file in a ``Skipped``.
    """
    decoder = msgspec.json.Decoder(RequestFields)
    for number, line in lines:
        if line is None:
            reason = say("The line is longer than {most} bytes.", most=LONGEST_LINE)
            yield Skipped(file, number, reason)
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")  # noqa: PLW2901 - a byte order mark
        if not line.strip():
            continue
        try:
            yield request_of(_decode(line, decoder))
        except RowError as error:
            yield Skipped(file, number, error.reason)


def lines_of(stream: IO[bytes], *, file: str) -> Iterator[Line]:
    """Yield lines without ever holding a longer one than allowed, which is ``None``.

    Raises:
        SourceError: It is packed, in another encoding, or a Parquet file.
    """
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            _check_beginning(line, file)
        if len(line) <= LONGEST_LINE or line.endswith(b"\n"):
            yield number, line
            continue
        while rest := stream.readline(LONGEST_LINE):
            if rest.endswith(b"\n"):
                break
        yield number, None


def _check_beginning(line: bytes, file: str) -> None:
    if line.startswith(_PACKED):
        mend = say("Unpack it first: zcat FILE | vorzimmer screen -")
        raise SourceError(file, say("This file is packed."), mend)
    if line.startswith(_UTF_16):
        mend = say("Save it in UTF-8.")
        raise SourceError(file, say("This file is in UTF-16."), mend)
    if line.startswith(_PARQUET):
        mend = say("Let its name end in .parquet.")
        raise SourceError(file, say("This is a Parquet file."), mend)


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
    takes=(Takes.FILE,),
    endings=(".jsonl", ".ndjson", ".json"),
    command="vorzimmer import requests.jsonl",
    has_own_ids=True,
)
