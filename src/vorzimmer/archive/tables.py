"""Reads tables of comma-separated values from outside, row by row, within limits.

A row that cannot be read is a ``Skipped`` with the line where it begins, and costs only
itself: where a quotation mark is never closed, reading goes on with the next line that
is a row by itself.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence

from vorzimmer.errors import SourceError
from vorzimmer.model import Sentence, Skipped, say

# LinkedIn's longest texts have some 8,000 characters. This is also the default of
# csv.field_size_limit(), a setting of the whole process, which so need not be touched.
MAX_ROW_CHARS = 131_072
MAX_ROWS = 2_000_000  # a message a minute for four years
MAX_LINES = 20_000_000  # ten a row; also bounds the time that blank lines take
MAX_REREAD_LINES = 500_000  # after broken rows; reading them again takes 0.5 s
_MAX_BYTES_A_CHAR = 4  # in UTF-8; so what is cut is too long for a row, whatever it is
HEAD_LINES = 50  # the header stands in line 1 or 4; notes of the network come before it
DELIMITERS = ",;\t"  # the network writes commas; spreadsheets write the other two

_UNCLOSED = say(
    "A quotation mark in this row is never closed, so the row cannot be read."
)
_TOO_LONG = say(
    "This row is longer than {limit} characters, so it was not read.",
    limit=MAX_ROW_CHARS,
)
_EMPTY = say("This row is empty.")
_DIVIDE = say("Divide it into smaller files, and import them one after the other.")


class _TooLongError(Exception):
    """The row that is being read is longer than ``MAX_ROW_CHARS``."""


class Table:
    """The rows of one file, read once from top to bottom.

    Iterating yields ``(line, cells)``, with as many cells as the header has, or a
    ``Skipped``; a ``Skipped`` with line 0 says something about the file, not a row.

    Attributes:
        file: Name of the file.
        header: The cells of its header; empty when no row was one.
        header_line: Physical line where the header ends, from 1; 0 when there is none.
        head: The rows up to the header, or the first ones when there is none.
    """

    def __init__(
        self,
        file: str,
        chunks: Iterable[bytes],
        *,
        is_header: Callable[[Sequence[str]], bool],
    ) -> None:
        """Read up to the header.

        Args:
            file: Name of the file, for reports.
            chunks: The bytes of the file.
            is_header: Whether a row is the header.

        Raises:
            SourceError: The file is not text that can be read.
        """
        self.file = file
        self.header: tuple[str, ...] = ()
        self.header_line = 0
        self.head: list[list[str]] = []
        self._text = _Text(file, chunks)
        self._delimiter = ","
        self._reread_count = 0
        self._feed = _Feed(self._text.lines())
        first = self._first_lines()
        for delimiter in DELIMITERS:
            if self._find_header(first, delimiter, is_header):
                break
        self._feed.take_back(first[self.header_line :])

    def _first_lines(self) -> list[str]:
        lines: list[str] = []
        size = 0
        while len(lines) < HEAD_LINES and size < MAX_ROW_CHARS:
            text = self._feed.take()
            if text is None:
                break
            lines.append(text)
            size += len(text)
        return lines

    def _find_header(
        self,
        lines: Sequence[str],
        delimiter: str,
        is_header: Callable[[Sequence[str]], bool],
    ) -> bool:
        reader = csv.reader(lines, delimiter=delimiter)
        head = []
        try:
            for cells in reader:
                head.append(cells)
                if is_header(cells):
                    self.header = tuple(cells)
                    self.header_line = reader.line_num
                    self._delimiter = delimiter
                    break
        except csv.Error:  # a cell that is too long: no header
            return False
        if self.header or not self.head:
            self.head = head
        return bool(self.header)

    def __iter__(self) -> Iterator[tuple[int, list[str]] | Skipped]:
        for count, row in enumerate(self._rows(), 1):
            yield row
            if count >= MAX_ROWS:
                problem = say("This file has more than {most:,} rows.", most=MAX_ROWS)
                raise SourceError(self.file, problem, _DIVIDE)
        yield from self._text.notices()

    def _rows(self) -> Iterator[tuple[int, list[str]] | Skipped]:
        feed = self._feed
        width = len(self.header)
        reader = csv.reader(feed, delimiter=self._delimiter)
        while True:
            line = feed.begin()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (_TooLongError, csv.Error):
                yield self._broken(line, _TOO_LONG)
                continue
            if feed.is_at_end:  # the reader wanted more: it is within quotes
                yield self._broken(line, _UNCLOSED)
            elif len(cells) == width and any(cells):
                yield line, cells
            elif cells:
                yield self._odd_row(line, cells)

    def _odd_row(self, line: int, cells: list[str]) -> tuple[int, list[str]] | Skipped:
        width = len(self.header)
        if not any(cells):
            return Skipped(self.file, line, _EMPTY)
        if len(cells) < width:  # some spreadsheets leave out the last, empty cells
            return line, cells + [""] * (width - len(cells))
        if not any(cells[width:]):
            return line, cells[:width]
        if self._resume():
            return Skipped(self.file, line, _UNCLOSED)
        reason = say(
            "This row has {count} cells, but the header names {width} columns.",
            count=len(cells),
            width=width,
        )
        return Skipped(self.file, line, reason)

    def _broken(self, line: int, reason: Sentence) -> Skipped:
        is_unclosed = self._feed.is_at_end
        if self._resume():
            return Skipped(self.file, line, _UNCLOSED)
        if not is_unclosed and self._skip_rest_of_row():
            return Skipped(self.file, line, reason)
        lost = self._feed.line - line
        if lost <= 0:
            return Skipped(self.file, line, _UNCLOSED)
        reason = say(
            "A quotation mark in this row is never closed, so the rest of the file"
            " could not be read (lines after this one: {lost}).",
            lost=lost,
        )
        return Skipped(self.file, line, reason)

    def _resume(self) -> bool:
        """Go back to the first line after the broken one that is a row by itself."""
        held = self._feed.held
        for index in range(1, len(held)):
            if held[index - 1][-1] == "\n" and self._is_row(held[index]):
                self._feed.take_back(held[index:])
                self._reread_count += len(held) - index
                if self._reread_count > MAX_REREAD_LINES:
                    raise SourceError(
                        self.file,
                        say(
                            "Too many of its rows are broken (quotation marks that are"
                            " never closed)."
                        ),
                        say(
                            "Download it again from LinkedIn, and give the file as it"
                            " is."
                        ),
                    )
                return True
        return False

    def _skip_rest_of_row(self) -> bool:
        """Drop lines up to the end of a row too long to be kept; ``False``: no end."""
        feed = self._feed
        last = feed.held[-1]
        quotes = sum(text.count('"') for text in feed.held)
        while (text := feed.take()) is not None:
            is_closed = quotes % 2 == 0
            if last[-1] == "\n" and (is_closed or self._is_row(text)):
                feed.take_back([text])
                return True
            quotes += text.count('"')
            last = text
        return quotes % 2 == 0

    def _is_row(self, text: str) -> bool:
        is_long = len(text) > MAX_ROW_CHARS
        if is_long or text.count(self._delimiter) < len(self.header) - 1:
            return False
        reader = csv.reader([text], delimiter=self._delimiter, strict=True)
        try:
            cells = next(reader, [])
        except csv.Error:
            return False
        return len(cells) == len(self.header)


class _Feed:
    """Hands lines to ``csv.reader``, and keeps those of the row being read.

    Attributes:
        held: The lines of the row so far; only the last may lack its line end.
        line: How many lines have been handed out.
        is_at_end: Whether a line was wanted, and there was none.
    """

    def __init__(self, blocks: Iterator[list[str]]) -> None:
        self._blocks = blocks
        self._waiting: deque[str] = deque()
        self._size = 0
        self.held: list[str] = []
        self.line = 0
        self.is_at_end = False

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        waiting = self._waiting
        if not waiting and not self._has_more():
            raise StopIteration
        text = waiting.popleft()
        if text[-1] == "\n":
            self.line += 1
        self.held.append(text)
        self._size += len(text)
        if self._size > MAX_ROW_CHARS:
            raise _TooLongError
        return text

    def _has_more(self) -> bool:
        """Fetch the next lines."""
        while not self._waiting:
            block = next(self._blocks, None)
            if block is None:
                self.is_at_end = True
                return False
            self._waiting.extend(block)
        return True

    def begin(self) -> int:
        """Forget the last row; return the line where the next one begins."""
        self.held = []
        self._size = 0
        self.is_at_end = False
        return self.line + 1

    def take(self) -> str | None:
        """Return the next line, which is no part of the row; ``None`` at the end."""
        if not self._has_more():
            return None
        text = self._waiting.popleft()
        self.line += text[-1] == "\n"
        return text

    def take_back(self, texts: Sequence[str]) -> None:
        """Put lines back in front of the others."""
        self._waiting.extendleft(reversed(texts))
        self.line -= sum(text[-1] == "\n" for text in texts)
        self.is_at_end = False


class _Text:
    """The text of a file, with an account of what had to be mended."""

    def __init__(self, file: str, chunks: Iterable[bytes]) -> None:
        self._file = file
        self._chunks = chunks
        self._recoded_count = 0
        self._nul_count = 0

    def lines(self) -> Iterator[list[str]]:
        """Yield the lines, many at a time; lines too long come in pieces."""
        count = 0
        is_piece = False
        for raw in _blocks(self._without_mark()):
            was_piece, is_piece = is_piece, raw[-1] != ord("\n")
            if was_piece or (is_piece and len(raw) > _MAX_BYTES_A_CHAR * MAX_ROW_CHARS):
                # May begin or end within a letter; its row is dropped anyway.
                first, end, rest = raw.partition(b"\n")
                lines = [(first + end).decode(errors="replace"), *self._decoded(rest)]
            else:
                lines = self._decoded(raw)
            count += len(lines)
            if count > MAX_LINES:
                problem = say("This file has more than {most:,} lines.", most=MAX_LINES)
                raise SourceError(self._file, problem, _DIVIDE)
            yield lines

    def _decoded(self, raw: bytes) -> list[str]:
        try:
            lines = _cut(raw.decode())
        except UnicodeDecodeError:
            pieces = raw.split(b"\n")
            lines = _cut("\n".join(map(self._decoded_line, pieces)))
        if b"\0" not in raw:
            return lines
        self._nul_count += sum("\0" in line for line in lines)
        return [text for line in lines if (text := line.replace("\0", ""))]

    def _decoded_line(self, raw: bytes) -> str:
        try:
            return raw.decode()
        except UnicodeDecodeError:
            self._recoded_count += 1
            return raw.decode("cp1252", errors="replace")

    def _without_mark(self) -> Iterator[bytes]:
        """Yield the bytes without the mark that says how they are coded."""
        is_first = True
        for chunk in self._chunks:
            if is_first and chunk.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise SourceError(
                    self._file,
                    say(
                        "It is saved as “Unicode text” (UTF-16), which LinkedIn does"
                        " not use."
                    ),
                    say("Save it as CSV in UTF-8, or download it again."),
                )
            yield chunk.removeprefix(b"\xef\xbb\xbf") if is_first else chunk
            is_first = False

    def notices(self) -> Iterator[Skipped]:
        """Say what had to be mended, once a file."""
        if self._recoded_count:
            reason = say(
                "Lines that are not UTF-8, and were read as Western European text"
                " (Windows-1252): {count}. Nothing is lost, but odd letters are"
                " possible.",
                count=self._recoded_count,
            )
            yield Skipped(self._file, 0, reason)
        if self._nul_count:
            reason = say(
                "Lines with NUL characters, which no text has: {count}. The characters"
                " were left out and the rows read.",
                count=self._nul_count,
            )
            yield Skipped(self._file, 0, reason)


def _cut(text: str) -> list[str]:
    *lines, last = text.split("\n")
    lines = [line + "\n" for line in lines]
    return [*lines, last] if last else lines


def _blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    r"""Yield bytes that end with a line, in ``\n``; lines too long come in pieces."""
    rest = b""
    for chunk in chunks:
        data = rest + chunk
        half = b"\r" if data.endswith(b"\r") else b""  # its "\n" may come next
        if b"\r" in data:
            data = data.removesuffix(half)
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        whole, end, rest = data.rpartition(b"\n")
        if end:
            yield whole + end
        if len(rest) > _MAX_BYTES_A_CHAR * MAX_ROW_CHARS:
            yield rest
            rest = b""
        rest += half
    if rest:
        yield rest.replace(b"\r", b"\n")
