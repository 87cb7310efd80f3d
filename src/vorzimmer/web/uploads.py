"""Take a file from a form straight to disk, piece by piece, readable by nobody else."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from vorzimmer.errors import VorzimmerError, WritingError
from vorzimmer.model import say

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

_LONGEST_NAME = 200  # bytes; no system takes more than 255
_LONGEST_FIELD = 1_000
_MOST_PARTS = 10

NO_FORM = say("The file did not arrive whole. Please choose it again.")
NO_FILE = say("Please choose a file first.")


class UploadError(VorzimmerError):
    """An upload that cannot be used."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that arrived.

    Attributes:
        path: Where it lies; its owner alone may read it.
        name: What the member calls it, made harmless.
        fields: The short fields of the same form.
    """

    path: Path
    name: str
    fields: dict[str, str]


async def receive_upload(
    request: Request, folder: Path, *, may_write: Callable[[dict[str, str]], None]
) -> Upload:
    """Read a form with one file to the end and store the file in ``folder``.

    Args:
        request: Its body is read here; a longer one than allowed raises there.
        folder: An empty folder that only its owner may enter.
        may_write: Called with the fields before the first byte of the file is
            stored; raises when the file may not come in.

    Raises:
        UploadError: It is no such form, or has no file in it.
        WritingError: There is no room for it.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not 0 < len(boundary) <= 200:
        raise UploadError(NO_FORM)
    form = _Form(folder, may_write)
    parser = MultipartParser(boundary, form.callbacks())
    try:
        async for chunk in request.stream():
            parser.write(chunk)
        parser.finalize()
    except FormParserError as error:
        raise UploadError(NO_FORM) from error
    except OSError as error:
        raise WritingError(error) from error
    finally:
        form.close()
    if form.path is None:
        raise UploadError(NO_FILE)
    return Upload(form.path, form.name, form.fields)


@dataclass(slots=True)
class _Form:
    """Collects the parts of a form as the parser comes upon them."""

    folder: Path
    may_write: Callable[[dict[str, str]], None]
    fields: dict[str, str] = field(default_factory=dict)
    path: Path | None = None
    name: str = ""
    parts: int = 0
    header: bytes = b""
    value: bytes = b""
    disposition: bytes = b""
    text: bytes = b""
    file: BinaryIO | None = None

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self.begin,
            "on_header_field": self.header_name,
            "on_header_value": self.header_value,
            "on_header_end": self.header_end,
            "on_headers_finished": self.headers_finished,
            "on_part_data": self.data,
            "on_part_end": self.end,
        }

    def begin(self) -> None:
        self.parts += 1
        if self.parts > _MOST_PARTS:
            raise UploadError(NO_FORM)
        self.disposition = self.text = b""

    def header_name(self, data: bytes, start: int, end: int) -> None:
        self.header += data[start:end]

    def header_value(self, data: bytes, start: int, end: int) -> None:
        self.value += data[start:end]

    def header_end(self) -> None:
        if self.header.lower() == b"content-disposition":
            self.disposition = self.value
        self.header = self.value = b""

    def headers_finished(self) -> None:
        _, options = parse_options_header(self.disposition)
        if not options.get(b"filename") or self.path is not None:
            return
        self.may_write(self.fields)
        self.name = harmless_name(options[b"filename"].decode("utf-8", "replace"))
        self.path = self.folder / self.name
        mode = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        self.file = os.fdopen(os.open(self.path, mode, 0o600), "wb")

    def data(self, data: bytes, start: int, end: int) -> None:
        if self.file is not None:
            self.file.write(data[start:end])
        elif len(self.text) < _LONGEST_FIELD:
            self.text += data[start:end]

    def end(self) -> None:
        if self.file is not None:
            self.close()
            return
        _, options = parse_options_header(self.disposition)
        name = options.get(b"name", b"").decode("utf-8", "replace")
        self.fields[name] = self.text.decode("utf-8", "replace")

    def close(self) -> None:
        file, self.file = self.file, None
        if file is not None:
            file.close()


def harmless_name(name: str) -> str:
    """Return a file name without folders or characters that a system may mind."""
    last = re.split(r"[\\/]", name)[-1]
    plain = re.sub(r"[^\w .()-]", "_", last).strip(" .")
    short = plain.encode()[-_LONGEST_NAME:].decode(errors="ignore")
    return short.lstrip(" .") or "upload"
