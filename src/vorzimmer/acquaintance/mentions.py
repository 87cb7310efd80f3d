"""Which known people and places a note names: an index of word pairs; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from vorzimmer.acquaintance.places import Place
from vorzimmer.names import fold, read_name
from vorzimmer.names.sounds import consonants, sound_of
from vorzimmer.names.words import word_set
from vorzimmer.signal import Mention

if TYPE_CHECKING:
    from vorzimmer.kernels.naming import NameTable

_WORD = re.compile(r"[^\W_]+(?:'(?!s\b)[^\W_]+)*")
_LONGEST_NOTE = 20_000
_MOST_WORDS = 7
# Names as short as this ("Bo Li") stand in too many sentences by chance.
_FEWEST_LETTERS = 5
# Words of sentences that are names, too: a name of nothing else is not looked for.
_ORDINARY = word_set(
    """
    an am im in so do to will may can mit und the for von van bin is ist der die das
    dem den des wir sie ihr uns her his mark grant rose summer winter sommer lang gut
    neu long best good day many any one man frank rich young strong hope faith joy
    """
)
# Companies of one such word count only behind a word such as "at".
_ORDINARY_COMPANIES = word_set(
    """
    target block square apple orange focus next open online digital consulting beratung
    software solutions group gruppe shell meta amazon visa total oracle stripe slack
    zoom notion bolt uber match indeed signal impact vision future energie energy bank
    sparkasse universitat university hochschule schule school akademie academy stadt
    verein partner service services team post bahn telekom media medien design studio
    """
)
_BEFORE_COMPANY = word_set("at bei beim von of from for fur @ in ex chez")


class MentionIndex:
    """The names to look for in notes, found without a walk through all of them."""

    def __init__(self, places: Iterable[Place]) -> None:
        """Start with the member's places; people come by ``add_person``."""
        self._names: dict[str, str] = {}
        self._lengths: dict[str, int] = {}
        self._places: dict[str, Place] = {}
        self._begins: set[str] = set()
        self._heard: NameTable | None = None
        self._place_lengths: dict[str, int] = {}
        self._most_words = _MOST_WORDS
        for place in places:
            words = place.key.split()
            self._places.setdefault(place.key, place)
            longest = self._place_lengths.get(words[0], 0)
            self._place_lengths[words[0]] = max(longest, len(words))
            self._most_words = max(self._most_words, len(words))
            self._begins.add(words[0])

    def add_person(self, name: str) -> None:
        """Look for this name from now on."""
        self._heard = None
        for words in _sequences(name):
            pair = f"{words[0]} {words[1]}"
            self._begins.add(words[0])
            self._names.setdefault(" ".join(words), name)
            self._lengths[pair] = max(self._lengths.get(pair, 0), len(words))

    def find(self, normal_note: str) -> tuple[Mention, ...]:
        """Return what a note names, in the order in which it stands there.

        Args:
            normal_note: Its normal form.
        """
        words = list(_WORD.finditer(normal_note, 0, _LONGEST_NOTE))
        return self._find_at(normal_note, [each.start() for each in words])

    def _find_at(self, note: str, places: Iterable[int]) -> tuple[Mention, ...]:
        """Return the names that begin with the first word behind one of some places.

        Args:
            note: Its normal form.
            places: Where no word goes on, in their order.
        """
        found: list[Mention] = []
        behind = 0
        for place in places:
            first = _WORD.search(note, place, _LONGEST_NOTE)
            if not first or first.start() < behind:
                continue
            if fold(first.group()) not in self._begins:
                continue
            ahead = _WORD.finditer(note, first.start(), _LONGEST_NOTE)
            words = list(islice(ahead, self._most_words))
            name, count, is_person = self._of([w.group() for w in words], note[:place])
            if count:
                span = first.start(), words[count - 1].end()
                found.append(Mention(name, span, is_person=is_person))
                behind = span[1]
        return tuple(found)

    def find_in(
        self, normal_notes: Sequence[str], lines: Sequence[bytes]
    ) -> list[tuple[Mention, ...]]:
        """Return what each of many notes names; few of their words are looked up.

        Args:
            normal_notes: Their normal forms.
            lines: The same encoded (``lines.encoded``).
        """
        # Half a second, so not for a few notes.
        from vorzimmer.kernels import naming  # noqa: PLC0415 - numba
        from vorzimmer.kernels.ngrams import joined  # noqa: PLC0415 - the same

        if self._heard is None:
            self._heard = self._to_hear()
        heard, counts = naming.names_heard(*joined(lines), self._heard)
        places, upto = heard.tolist(), counts.tolist()
        found: list[tuple[Mention, ...]] = [()] * len(normal_notes)
        for row in np.flatnonzero(np.diff(counts)).tolist():
            note, own = normal_notes[row], places[upto[row] : upto[row + 1]]
            if own[0] == naming.ANYWHERE:
                found[row] = self.find(note)
            else:
                found[row] = self._find_at(note, _in_letters(own, note, lines[row]))
        return found

    def _to_hear(self) -> NameTable:
        from vorzimmer.kernels import naming  # noqa: PLC0415 - the same

        keys = [*self._lengths, *self._places]
        words = [[consonants(word).encode() for word in key.split()] for key in keys]
        return naming.name_table(
            [each[0] for each in words if len(each) == 1],
            [(each[0], each[1]) for each in words if len(each) > 1],
            sound_of=sound_of,
        )

    def _of(self, words: Sequence[str], before: str) -> tuple[str, int, bool]:
        """Return the name that words begin with, and how many of them it has.

        Args:
            words: From the name on.
            before: What stands before them.
        """
        first = fold(words[0])
        if len(words) > 1:
            pair = f"{first} {fold(words[1])}"
            for count in range(self._lengths.get(pair, 0), 1, -1):
                name = self._names.get(_folded(words[:count]))
                if name:
                    return name, count, True
        for count in range(self._place_lengths.get(first, 0), 0, -1):
            place = self._places.get(_folded(words[:count]))
            if place and _is_clear(place.key, before):
                return place.name, count, False
        return "", 0, False


def _folded(words: Iterable[str]) -> str:
    return " ".join(map(fold, words))


def _is_clear(key: str, before: str) -> bool:
    if " " in key or (len(key) > 3 and key not in _ORDINARY_COMPANIES):
        return True
    return any(fold(word) in _BEFORE_COMPANY for word in _WORD.findall(before)[-1:])


def _in_letters(places: Sequence[int], note: str, line: bytes) -> Sequence[int]:
    """Return places in the encoded form of a note as places in the note."""
    if len(line) == len(note):
        return places
    return [len(line[:at].decode("utf-8", "surrogatepass")) for at in places]


def _sequences(name: str) -> Iterator[list[str]]:
    """The ways in which a note may write a name, as folded words."""
    read = read_name(name)
    if read is None or not read.family:
        return
    first = [fold(part) for part in read.first.split("-") if part]
    last = [
        fold(part) for word in read.last.split() for part in word.split("-") if part
    ]
    forms = [[*first, *last]]
    if len(read.given) > len(first):
        forms.append([*read.given, *last])
    if len(read.family) > 1 and not read.particles:
        forms.append([*first, read.family[0]])
    for words in forms:
        if 2 <= len(words) <= _MOST_WORDS and not _is_too_short(words):
            yield words


def _is_too_short(words: list[str]) -> bool:
    return sum(map(len, words)) < _FEWEST_LETTERS or _ORDINARY.issuperset(words)
