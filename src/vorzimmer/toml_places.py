"""Reading of TOML texts of which mistakes can be shown by file and line; pure.

The standard library's reader forgets where a key stood; ``line_of`` finds it again.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, NamedTuple

from vorzimmer.errors import ConfigurationError
from vorzimmer.model import Sentence, say

TomlPath = tuple[str | int, ...]
"""The way to a value: keys of tables, and numbers (from 0) of array elements."""

LARGEST = 100_000
"""Characters a file of settings or of a policy may have; people write a few hundred."""

_LONGEST_WORD = 60
# Parts of one key that are looked at; a longer key is nobody's.
_DEEPEST = 20

# What tomllib says of a key that stands there twice.
_TWICE = re.compile("overwrite|twice|Duplicate|redefine|immutable")

# Source: https://toml.io/en/v1.0.0, sections String and Comment
_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r]++)
    | (?P<comment>\#[^\n]*+)
    | (?P<newline>\n)
    | (?P<text>
          \"{3}(?:\\.|\"{1,2}(?!\")|[^\"\\])*+\"{3,5}
        | '{3}(?:'{1,2}(?!')|[^'])*+'{3,5}
        | \"(?:\\.|[^\"\\\n])*+\"
        | '[^'\n]*+'
      )
    | (?P<mark>[\[\]{}=,.])
    | (?P<bare>[^\s\#\"'\[\]{}=,.]++)
    | (?P<stray>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


@dataclass(slots=True)
class _Frame:
    """An array or inline table whose end has not come yet; the outermost is the file.

    Attributes:
        path: Where it stands.
        index: Number of the next element of an array; ``None`` is a table.
    """

    path: TomlPath
    index: int | None = None


@dataclass(slots=True)
class _Scan:
    """What the walk over a text has found so far."""

    lines: dict[TomlPath, int] = field(default_factory=dict)
    counts: dict[TomlPath, int] = field(default_factory=dict)
    key: list[str] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=lambda: [_Frame(())])
    is_value: bool = False

    def note(self, path: TomlPath, line: int) -> None:
        """Keep the line of a path, the first time it is met."""
        self.lines.setdefault(path, line)


def read_toml(text: str, file: PurePath | str) -> dict[str, Any]:
    """Return the values of a TOML text.

    Args:
        text: The whole text; a byte order mark before it does no harm.
        file: What to call it when something is wrong.

    Raises:
        ConfigurationError: The text is no TOML, too long or nested too deeply.
    """
    if len(text) > LARGEST:
        problem = say("The file is longer than {most} characters.", most=LARGEST)
        raise ConfigurationError(file, 1, problem)
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except ValueError as error:  # beside TOML's own: numbers of too many digits
        problem, line = _problem(str(error), text)
        raise ConfigurationError(file, line, problem) from error
    except RecursionError as error:
        problem = say("The values in this file are nested too deeply.")
        raise ConfigurationError(file, 1, problem) from error


def line_of(text: str, path: TomlPath) -> int:
    """Return the line, from 1, on which the key of a value stands.

    Where the path does not exist, it is the line of its nearest ancestor that does,
    and 1 where there is none.

    Args:
        text: A text that ``read_toml`` could read.
        path: Keys of tables and numbers of array elements, from the outside in.
    """
    lines = lines_of(text)
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1


def lines_of(text: str) -> dict[TomlPath, int]:
    """Return the line, from 1, of each key, table and array element of a text."""
    scan = _Scan()
    tokens = list(_tokens(text))
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if _is_header(scan, tokens, place):
            place = _read_header(scan, tokens, place)
            continue
        _step(scan, token)
        place += 1
    return scan.lines


def nearest(word: str, valid: Iterable[str]) -> str | None:
    """Return the valid word that ``word`` was most likely meant to be, if any."""
    folded = {each.casefold(): each for each in sorted(valid, reverse=True)}
    wanted = word[:_LONGEST_WORD].casefold()
    close = difflib.get_close_matches(wanted, folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def _problem(message: str, text: str) -> tuple[Sentence, int]:
    """Return what the reader says is wrong, and the line of it.

    What the reader says is short, in English, and another in every version of it.
    """
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", message)
    if found is None:
        return say("A value in this file is too long or odd to be read."), 1
    line = int(found[1]) if found[1] else text.rstrip().count("\n") + 1
    if _TWICE.search(message):
        return say("This was set before. Keep one of the two."), line
    problem = say(
        "This is no valid TOML. Look for a missing quotation mark, bracket or equals"
        " sign in this line, or in the one before it."
    )
    return problem, line


def _tokens(text: str) -> Iterator[_Token]:
    plain = text.removeprefix("\ufeff")
    breaks = [each.start() for each in re.finditer("\n", plain)]
    for found in _TOKEN.finditer(plain):
        kind = found.lastgroup or "stray"
        if kind not in {"space", "comment"}:
            line = bisect_left(breaks, found.start()) + 1
            yield _Token(kind, found.group(), line)


def _is_header(scan: _Scan, tokens: list[_Token], place: int) -> bool:
    is_first = place == 0 or tokens[place - 1].kind == "newline"
    return is_first and tokens[place].text == "[" and len(scan.frames) == 1


def _read_header(scan: _Scan, tokens: list[_Token], place: int) -> int:
    """Enter the table of ``[a.b]`` or ``[[a.b]]``; return the place after the line."""
    line = tokens[place].line
    is_array = tokens[place + 1 : place + 2] == [_Token("mark", "[", line)]
    names: list[str] = []
    while place < len(tokens) and tokens[place].kind != "newline":
        token = tokens[place]
        if token.kind in {"bare", "text"}:
            names.append(_key(token))
        place += 1
    path: TomlPath = ()
    for depth, name in enumerate(names[:_DEEPEST], start=1):
        path = (*path, name)
        scan.note(path, line)
        is_last = depth == len(names[:_DEEPEST])
        if is_last and is_array:
            scan.counts[path] = scan.counts.get(path, 0) + 1
        if path in scan.counts:
            path = (*path, scan.counts[path] - 1)
            scan.note(path, line)
    scan.frames = [_Frame(path)]
    scan.key, scan.is_value = [], False
    return place


def _step(scan: _Scan, token: _Token) -> None:
    frame = scan.frames[-1]
    mark = token.text if token.kind == "mark" else ""
    if mark in {"]", "}"}:
        _leave(scan)
    elif mark == "," or (token.kind == "newline" and len(scan.frames) == 1):
        scan.key, scan.is_value = [], False
    elif token.kind == "newline":
        return  # inside of an array a line break means nothing
    elif frame.index is not None or scan.is_value:
        _enter_value(scan, frame, token)
    elif mark == "=":
        scan.is_value = True
    elif not mark:
        scan.key.append(_key(token))
        if len(scan.key) <= _DEEPEST:
            scan.note((*frame.path, *scan.key), token.line)


def _leave(scan: _Scan) -> None:
    if len(scan.frames) > 1:
        scan.frames.pop()


def _enter_value(scan: _Scan, frame: _Frame, token: _Token) -> None:
    """Meet a piece of a value: a new element of an array, or what a key is set to."""
    if frame.index is None:
        path = (*frame.path, *scan.key[:_DEEPEST])
    elif scan.is_value:
        return  # one more piece of the same element: 2024-01-01 08:00
    else:
        path = (*frame.path, frame.index)
        scan.note(path, token.line)
        frame.index += 1
        scan.is_value = True
    if token.kind == "mark" and token.text in {"[", "{"}:
        scan.frames.append(_Frame(path, 0 if token.text == "[" else None))
        scan.key, scan.is_value = [], False


def _key(token: _Token) -> str:
    if token.kind == "bare":
        return token.text
    try:
        return str(tomllib.loads(f"key = {token.text}")["key"])
    except tomllib.TOMLDecodeError:
        return token.text
