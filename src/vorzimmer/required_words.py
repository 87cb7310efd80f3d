"""Says which words no text with a wording can be without; pure.

Few notes have any wording that is looked for, so it pays to ask first which wordings a
note can have at all. What is asked for are *marks*: words, two words one behind the
other, and letters beyond ASCII.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, product
from typing import NamedTuple

from vorzimmer.expressions import (
    Choice,
    NotReadError,
    Part,
    Repeated,
    Sign,
    read_expression,
)

# A word is what ``\b`` of an engine that reads bytes stands around.
_WORD = re.compile(r"[a-z0-9_]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
# More ways to write a part than this are not told one by one.
_MOST_WAYS = 256
# What ``commonness_among`` adds for a word of one letter, and what a pair of words is
# beside the rarer one. Both only decide what is asked for first.
_SHORTNESS, _OF_PAIR = 5, 0.1

Marks = frozenset[str]
Commonness = Callable[[str], float]
Parts = Sequence[Part]


class Wording(NamedTuple):
    """A wording as it is searched for.

    Attributes:
        expression: Over the search form (``phrases.search_form``).
        begins: Whether it begins at an edge of a word, so that no letter stands before
            its first one.
        ends: Whether it ends at one.
    """

    expression: str
    begins: bool
    ends: bool


def marks_of(text: str) -> set[str]:
    """Return the marks of a text in its search form."""
    words = _WORD.findall(text)
    return {*words, *map(" ".join, pairwise(words)), *_BEYOND_ASCII.findall(text)}


def required_marks(wordings: Sequence[Wording]) -> list[list[Marks]]:
    """Return sets of marks for each wording: a text with it has one mark of each set.

    The rarest set comes first. There is none where the wording may stand in any text,
    as far as this can tell.
    """
    reader = _Reader(commonness_among(each.expression for each in wordings))
    return list(map(reader.required_of, wordings))


def commonness_among(expressions: Iterable[str]) -> Commonness:
    """Return how common a mark is, guessed by in how many expressions it stands.

    What many wordings are made of is common in what people write, too, and so are
    short words; two words together are rarer than either.
    """
    words = (set(_WORD.findall(each)) for each in expressions)
    counts = Counter(chain.from_iterable(words))

    def commonness(mark: str) -> float:
        own = mark.split()
        rarest = min(counts[word] + _SHORTNESS / len(word) for word in own)
        return rarest * _OF_PAIR ** (len(own) - 1)

    return commonness


@dataclass(frozen=True, slots=True)
class _Slice:
    """What stands between two places of a wording.

    Attributes:
        ways: All ways to write it.
        begins: Whether it begins at an edge of a word.
    """

    ways: frozenset[str]
    begins: bool

    @property
    def is_at_edge(self) -> bool:
        """Whether it ends at an edge of a word, whatever comes behind it."""
        return all(
            not _is_in_word(way[-1]) if way else self.begins for way in self.ways
        )

    def joined(self, ways: frozenset[str]) -> _Slice:
        """Return it with what comes behind it."""
        both = (one + other for one, other in product(self.ways, ways))
        return _Slice(frozenset(both), self.begins)

    def words(self, *, ends: bool) -> list[list[str | None]]:
        """Return the words of each way; ``None`` for one that may be longer.

        Args:
            ends: Whether the slice ends at an edge of a word.
        """
        return [
            [
                found.group()
                if (found.start() or self.begins) and (found.end() < len(way) or ends)
                else None
                for found in _WORD.finditer(way)
            ]
            for way in sorted(self.ways)
        ]


_EMPTY = frozenset({""})


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads parts of wordings in slices: from one edge of a word to a later one."""

    commonness: Commonness

    def required_of(self, wording: Wording) -> list[Marks]:
        """Return what every text with a wording has, the rarest first."""
        try:
            parts = read_expression(wording.expression)
        except NotReadError:
            return []
        found = self.required(parts, begins=wording.begins, ends=wording.ends)
        return sorted(set(found), key=self.order)

    def order(self, marks: Marks) -> tuple[float, list[str]]:
        """Return what puts the rarest marks first."""
        own = sorted(marks)
        return sum(map(self.commonness, own)), own

    def required(self, parts: Parts, *, begins: bool, ends: bool) -> Iterator[Marks]:
        """Yield what every text with these parts has (``required_marks``)."""
        before = None  # the slice before this one, where it stands next to it
        own = _Slice(_EMPTY, begins)
        for at, part in enumerate(parts):
            ways = _ways_of(part)
            if ways is not None and len(own.ways) * len(ways) <= _MOST_WAYS:
                own = own.joined(ways)
                if "" not in own.ways and own.is_at_edge:
                    yield from self._marks(before, own, ends=True)
                    before, own = own, _Slice(_EMPTY, begins=True)
                continue
            is_edge = own.is_at_edge
            is_end = is_edge or _begins_at_edge(parts[at:], ends=ends)
            yield from self._marks(before, own, ends=is_end)
            before = None
            if ways is None:
                is_end = _begins_at_edge(parts[at + 1 :], ends=ends)
                yield from self._inside(part, begins=is_edge, ends=is_end)
                own = _Slice(_EMPTY, _ends_at_edge([part], begins=is_edge))
            else:
                own = _Slice(ways, is_edge)
        yield from self._marks(before, own, ends=ends)

    def _inside(self, part: Part, *, begins: bool, ends: bool) -> Iterator[Marks]:
        """Yield what every text has for a part that cannot be written out."""
        if isinstance(part, Repeated) and part.least:
            yield from self.required([part.part], begins=begins, ends=False)
        if isinstance(part, Choice):
            found = [
                list(self.required(each, begins=begins, ends=ends))
                for each in part.among
            ]
            if len(found) == 1:
                yield from found[0]
            elif all(found):
                best = (min(each, key=self.order) for each in found)
                yield frozenset(chain.from_iterable(best))

    def _marks(
        self, before: _Slice | None, own: _Slice, *, ends: bool
    ) -> Iterator[Marks]:
        """Yield marks of a slice, and of the words where it meets the one before it.

        Args:
            before: The slice before it; ``None`` where nothing is known of that.
            own: The slice.
            ends: Whether it ends at an edge of a word.
        """
        words = own.words(ends=ends)
        marks = [
            [
                *filter(None, each),
                *(f"{one} {two}" for one, two in pairwise(each) if one and two),
                *_BEYOND_ASCII.findall(way),
            ]
            for way, each in zip(sorted(own.ways), words, strict=True)
        ]
        if all(marks):
            yield frozenset(min(each, key=self.commonness) for each in marks)
        if before is None:
            return
        firsts = {each[0] if each else None for each in words}
        lasts = {each[-1] if each else None for each in before.words(ends=True)}
        pairs = list(product(lasts, firsts))
        if len(pairs) <= _MOST_WAYS and None not in firsts | lasts:
            yield frozenset(f"{last} {first}" for last, first in pairs)


def _is_in_word(sign: str) -> bool:
    return _WORD.fullmatch(sign) is not None


def _is_edge(sign: Sign) -> bool:
    """Return whether a character is surely none of a word."""
    return sign.one_of is not None and not any(map(_is_in_word, sign.one_of))


def _ways_of(part: Part) -> frozenset[str] | None:
    """Return all ways to write a part; ``None`` if they are too many."""
    if isinstance(part, Sign):
        return part.one_of
    if isinstance(part, Repeated):
        once = _ways_of(part.part) if part.is_optional else None
        return None if once is None else once | _EMPTY
    ways: set[str] = set()
    for parts in part.among:
        own = _EMPTY
        for each in parts:
            more = _ways_of(each)
            if more is None or len(own) * len(more) > _MOST_WAYS:
                return None
            own = frozenset(one + other for one, other in product(own, more))
        ways |= own
    return frozenset(ways) if len(ways) <= _MOST_WAYS else None


def _begins_at_edge(parts: Parts, *, ends: bool) -> bool:
    """Return whether no letter of a word can stand where these parts begin.

    Args:
        parts: What comes next.
        ends: Whether an edge of a word is where they end.
    """
    for at, part in enumerate(parts):
        rest = parts[at + 1 :]
        if isinstance(part, Sign):
            return _is_edge(part)
        if isinstance(part, Choice):
            return all(
                _begins_at_edge([*each, *rest], ends=ends) for each in part.among
            )
        if not _begins_at_edge([part.part, *rest], ends=ends):
            return False
        if part.least:
            return True
    return ends


def _ends_at_edge(parts: Parts, *, begins: bool) -> bool:
    """Return whether these parts end at an edge of a word, whatever comes behind them.

    Args:
        parts: One behind the other.
        begins: Whether they begin at one.
    """
    is_edge = begins
    for part in parts:
        if isinstance(part, Sign):
            is_edge = _is_edge(part)
        elif isinstance(part, Choice):
            is_edge = all(_ends_at_edge(each, begins=is_edge) for each in part.among)
        else:
            once = _ends_at_edge([part.part], begins=is_edge)
            is_edge = once and (is_edge or part.least > 0)
    return is_edge
