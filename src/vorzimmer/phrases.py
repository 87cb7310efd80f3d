"""Phrase families: thousands of wordings, found in one pass over many notes.

The wordings stand in ``phrasebook/*.toml``, one file a family, with where each was
found. Hyperscan says which wordings occur in which note; Python's ``re`` says where,
for the few that are shown. Both read the same expression, so both agree. They are
searched for in groups, so that many notes can be spared most of them
(``many_phrases``).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import accumulate
from threading import Lock

import hyperscan

from vorzimmer.kernels.plain_sieve import MOST_GROUPS, Sieve, new_sieve
from vorzimmer.required_words import Marks, Wording, required_marks

# A buffer holds this many bytes of notes: large enough that the call costs nothing
# beside the scan, small enough to stay in the processor's cache.
_BUFFER_BYTES = 1 << 18
# So many phrases are searched for together: few, so that a note that may have one of
# them is not searched for many others.
_GROUP = 40
# A pattern that begins or ends with anything else, an emoji or a letter of another
# script, stands where it stands: word boundaries are those of ASCII.
_BEGINS_WITH_A_WORD = re.compile(rb"[a-z0-9(\[]|\\[wd]")
_ENDS_WITH_A_WORD = re.compile(rb"[a-z0-9]$|(?<!\\)[)\]?*+}]$")
# A strength that leaves room for a second wording of the same family to add to it.
_USUAL_STRENGTH = 0.8


@dataclass(frozen=True, slots=True)
class Phrase:
    """One wording of a family.

    Attributes:
        family: What wordings like this one do, e.g. ``"call_offer"``.
        language: ISO 639-1 code, ``""`` for any.
        pattern: Expression over the normal form (see ``text.normalise``): no
            look-around, no back-references; ``ä`` also matches ``ae`` and ``a``, any
            other letter also the one with a mark; word boundaries are added at
            both ends.
        strength: How surely the wording means the family, 0..1.
        provenance: Where the wording comes from.
    """

    family: str
    language: str
    pattern: str
    strength: float
    provenance: str

    @property
    def expression(self) -> bytes:
        """The regular expression over the search form, the same for both engines."""
        folded = self._folded
        first = rb"\b" if _BEGINS_WITH_A_WORD.match(folded) else b""
        last = rb"\b" if _ENDS_WITH_A_WORD.search(folded) else b""
        return first + b"(?:" + folded + b")" + last

    @property
    def wording(self) -> Wording:
        """What to find out from which words a note cannot be without."""
        folded = self._folded
        return Wording(
            folded.decode(),
            begins=bool(_BEGINS_WITH_A_WORD.match(folded)),
            ends=bool(_ENDS_WITH_A_WORD.search(folded)),
        )

    @property
    def _folded(self) -> bytes:
        spelt = re.sub("[äöü]", lambda found: f"{found.group()}e?", self.pattern)
        return search_form(spelt)


class Phrasebook:
    """A set of phrases that is searched as one."""

    def __init__(
        self,
        phrases: Sequence[Phrase],
        databases: Sequence[hyperscan.Database] | None = None,
        sieve: Sieve | None = None,
    ) -> None:
        """Take the phrases, and compile them unless that was done before.

        Args:
            phrases: What to look for.
            databases: The same phrases, compiled by ``compile_phrases``.
            sieve: What ``sieve_of`` says of them; ``None`` to find it out when needed.
        """
        self.phrases = tuple(phrases)
        self.family_of = tuple(each.family for each in self.phrases)
        self._explained: dict[int, re.Pattern[bytes]] = {}
        self._databases = tuple(
            compile_phrases(phrases) if databases is None else databases
        )
        self._sieve = sieve
        # Several threads make pages, and a database has working memory for one scan.
        self._lock = Lock()

    @property
    def families(self) -> frozenset[str]:
        """Names of all families."""
        return frozenset(phrase.family for phrase in self.phrases)

    @cached_property
    def sieve(self) -> Sieve:
        """What tells which groups of phrases a note may have."""
        return self._sieve or sieve_of(self.phrases)

    @property
    def groups(self) -> int:
        """How many groups the phrases are searched in."""
        return len(self._databases)

    def scan(self, normal_forms: Sequence[str]) -> list[tuple[int, ...]]:
        """Return, for each note, the numbers of the phrases that occur in it.

        Args:
            normal_forms: Notes as ``text.normalise`` returns them.
        """
        found: list[tuple[int, ...]] = []
        lines = [search_form(form) for form in normal_forms]
        first = 0
        while first < len(lines):
            last, size = first, 0
            while last < len(lines) and (size < _BUFFER_BYTES or last == first):
                size += len(lines[last]) + 1
                last += 1
            # A line break stands before, between and after the notes: it is in no
            # normal form, and it is the neighbour of a note's first and last word.
            buffer = b"\n" + b"\n".join(lines[first:last]) + b"\n"
            starts = accumulate(
                (len(each) + 1 for each in lines[first:last]), initial=1
            )
            found += self._scan_buffer(buffer, list(starts))
            first = last
        return found

    def _scan_buffer(
        self, buffer: bytes, starts: Sequence[int]
    ) -> list[tuple[int, ...]]:
        found: list[set[int]] = [set() for _ in starts[1:]]
        for group in range(self.groups):
            for number, end in self.matches(group, buffer):
                found[bisect_right(starts, end - 1) - 1].add(number)
        return [tuple(sorted(each)) for each in found]

    def matches(self, group: int, buffer: bytes) -> list[tuple[int, int]]:
        """Return the phrases of a group that occur, by number, and where each ends.

        Args:
            group: Its number.
            buffer: Notes in their search form, a line break before and after each.
        """
        found: list[tuple[int, int]] = []
        add = found.append

        def on_match(number: int, _: int, to: int, __: int, ___: object) -> None:
            add((number, to))

        with self._lock:
            self._databases[group].scan(buffer, match_event_handler=on_match)
        return found

    def locate(self, number: int, normal_form: str) -> tuple[int, int]:
        """Return where phrase ``number`` stands first in a note that contains it."""
        return next(self.places(number, normal_form), (0, 0))

    def places(self, number: int, normal_form: str) -> Iterator[tuple[int, int]]:
        """Yield wherever phrase ``number`` stands in a note."""
        pattern = self._explained.get(number)
        if pattern is None:
            pattern = re.compile(self.phrases[number].expression)
            self._explained[number] = pattern
        line = _line_of(normal_form)
        for found in pattern.finditer(line):
            before = len(line[: found.start()].decode("utf-8", "ignore"))
            yield before, before + len(found.group().decode("utf-8", "ignore"))


def compile_phrases(phrases: Sequence[Phrase]) -> list[hyperscan.Database]:
    """Return the phrases in the form that scans fast; costs milliseconds each.

    One database for each group of phrases.
    """
    databases = []
    for group in groups_of(phrases):
        database = hyperscan.Database()
        database.compile(
            expressions=[phrases[number].expression for number in group],
            ids=group,
            elements=len(group),
        )
        databases.append(database)
    return databases


def groups_of(phrases: Sequence[Phrase]) -> list[list[int]]:
    """Return the numbers of the phrases of each group.

    Those that any note may have stand in the last one, if there are any.
    """
    required = _required(tuple(phrases))
    told = [number for number, each in enumerate(required) if each]
    others = [number for number, each in enumerate(required) if not each]
    size = max(_GROUP, -(-len(told) // (MOST_GROUPS - 1)))
    groups = [told[at : at + size] for at in range(0, len(told), size)]
    return [*groups, others] if others else groups


def sieve_of(phrases: Sequence[Phrase]) -> Sieve:
    """Return what tells which groups of phrases a note may have; takes a second."""
    return new_sieve(_required(tuple(phrases)), groups_of(phrases))


@lru_cache(maxsize=1)  # to compile phrases and to make their sieve
def _required(phrases: tuple[Phrase, ...]) -> list[list[Marks]]:
    return required_marks([phrase.wording for phrase in phrases])


def search_form(normal_form: str) -> bytes:
    """Return the form that is searched: letters without their marks, as UTF-8.

    ``ü`` becomes ``u``, ``ł`` becomes ``l``, one letter for one letter, so that word
    boundaries are plain ASCII; other scripts stay as they are.
    """
    if normal_form.isascii():
        return normal_form.encode()
    try:  # a twentieth of the time that the other way takes; most notes can go it
        folded = normal_form.encode("latin-1").translate(_latin_table())
    except UnicodeEncodeError:
        folded_form = normal_form.translate(_fold_table())
        return folded_form.encode("utf-8", "replace")
    return folded.decode("latin-1").encode()


# Several phrases are quoted from one note in turn.
_line_of = lru_cache(maxsize=4)(search_form)


@cache
def _fold_table() -> dict[int, str]:
    folded = dict(zip(map(ord, "łøđðıæœþħŧ"), "loddiaopht", strict=True))
    for code in range(0xC0, 0x250):
        letter = unicodedata.normalize("NFD", chr(code))[0]
        if letter.isascii():
            folded[code] = letter
    return folded


@cache
def _latin_table() -> bytes:
    """Return what becomes of each character of Latin-1, in Latin-1."""
    table = _fold_table()
    return bytes(ord(table.get(code, chr(code))) for code in range(256))


def read_family(name: str, text: str) -> list[Phrase]:
    """Return the phrases that one file of the phrasebook holds."""
    table = tomllib.loads(text)
    return [
        Phrase(
            family=name,
            language=entry.get("language", ""),
            pattern=pattern,
            strength=entry.get("strength", _USUAL_STRENGTH),
            provenance=entry["provenance"],
        )
        for entry in table["phrase"]
        for pattern in entry["patterns"]
    ]


@cache
def shipped_phrases() -> tuple[Phrase, ...]:
    """Return the phrases that come with the package."""
    return read_families(files("vorzimmer") / "phrasebook")


def read_families(folder: Traversable) -> tuple[Phrase, ...]:
    """Return the phrases of all families in a folder, one file a family."""
    sources = sorted(
        (each for each in folder.iterdir() if each.name.endswith(".toml")),
        key=lambda each: each.name,
    )
    return tuple(
        phrase
        for source in sources
        for phrase in read_family(
            source.name.removesuffix(".toml"), source.read_text("utf-8")
        )
    )
