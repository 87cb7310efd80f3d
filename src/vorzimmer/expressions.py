"""Reads the expression of a wording into a tree; pure.

Only what wordings are written with (``phrases.Phrase.pattern``): letters, classes of
them, groups, alternatives, and how often something stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ITEM = re.compile(r"\\(?P<escaped>.)|\[(?P<class>(?:\\.|[^\]\\])+)\]|(?P<plain>.)")
_CLASS_ITEM = re.compile(r"(?P<from>\\.|[^\\])(?:-(?P<to>[^\\]))?")
_HOW_OFTEN = re.compile(r"\?|\*|\+|\{(?P<least>\d+)(?P<more>,(?P<most>\d*))?\}")
_LEAST = {"?": 0, "*": 0, "+": 1}
# Escapes that stand for many characters; others with a letter or digit are not read, as
# what stands at a wrong place, takes as little as it can, or is begin or end of a text.
_CLASSES, _UNREAD = "wWdDsS", frozenset(r"?+*^$(){[\\")
_GROUP = re.compile(r"\((?:\?:)?(?!\?)")


@dataclass(frozen=True, slots=True)
class Sign:
    """One character.

    Attributes:
        one_of: Which one; ``None`` where it may be one of many.
    """

    one_of: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences of parts."""

    among: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A part that stands there several times, or not at all.

    Attributes:
        part: What is repeated.
        least: So often at least.
        is_optional: Whether it stands there once or not at all.
    """

    part: Part
    least: int
    is_optional: bool


Part = Sign | Choice | Repeated


class NotReadError(ValueError):
    """An expression that has more in it than wordings have."""


def read_expression(expression: str) -> tuple[Part, ...]:
    """Return the parts of an expression, one behind the other.

    Raises:
        NotReadError: There is something in it that wordings do not have.
    """
    parts, end = _choice(expression, 0)
    if end < len(expression):
        raise NotReadError(expression[end:])
    return parts.among[0] if len(parts.among) == 1 else (parts,)


def _choice(expression: str, at: int) -> tuple[Choice, int]:
    """Return what stands here up to the end of the group, and where that is."""
    among: list[tuple[Part, ...]] = []
    parts: list[Part] = []
    while at < len(expression) and expression[at] != ")":
        if expression[at] == "|":
            among.append(tuple(parts))
            parts = []
            at += 1
            continue
        part, at = _part(expression, at)
        parts.append(part)
    return Choice((*among, tuple(parts))), at


def _part(expression: str, at: int) -> tuple[Part, int]:
    """Return the part that stands here, with how often, and where the next begins."""
    part: Part
    if group := _GROUP.match(expression, at):
        part, at = _choice(expression, group.end())
        if at == len(expression):
            raise NotReadError(expression)
        at += 1
    else:
        part, at = _sign(expression, at)
    often = _HOW_OFTEN.match(expression, at)
    if not often:
        return part, at
    least = _LEAST.get(often.group()[0], int(often["least"] or 0))
    most = often["most"] if often["more"] else often["least"]
    is_optional = often.group() == "?" or (least, most) == (0, "1")
    return Repeated(part, least, is_optional), often.end()


def _sign(expression: str, at: int) -> tuple[Sign, int]:
    found = _ITEM.match(expression, at)
    if not found or found.group() in _UNREAD:
        raise NotReadError(expression[at:])
    if found["class"]:
        return Sign(_one_of(found["class"])), found.end()
    sign = found.group()
    return Sign(None if sign == "." else _one_of(sign)), found.end()


def _one_of(signs: str) -> frozenset[str] | None:
    """Return the characters of a class; ``None`` where they are not told one by one."""
    if signs.startswith("^"):
        return None
    own = list(_signs_of(signs))
    return None if None in own else frozenset(filter(None, own))


def _signs_of(signs: str) -> Iterator[str | None]:
    for found in _CLASS_ITEM.finditer(signs):
        is_escaped, sign = found["from"][0] == "\\", found["from"][-1]
        is_class = is_escaped and sign in _CLASSES
        if is_escaped and sign.isalnum() and not is_class:
            raise NotReadError(signs)
        yield None if is_class or found["to"] else sign
