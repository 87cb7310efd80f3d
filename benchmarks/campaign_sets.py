"""Makes sets of notes of which half belong to campaigns, to measure how many are found.

Words, and which follows which, are counted in our own training text; every campaign and
every note outside of one is then a new text. Slots of a template (names, companies,
places, numbers) differ from note to note, and a share of the words is replaced, left
out or mistyped. Good for rates and for comparing; real campaigns will differ.
"""

from __future__ import annotations

import json
import random
from bisect import bisect
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

NOTES = Path(__file__).parent.parent / "training" / "notes"
FIRST = ("Anna", "Jörg", "Mira", "Tom", "Ayşe", "Lena", "Paul", "Vera", "Ivo", "Ruth")
SYLLABLES = ("ber", "man", "fel", "dor", "lin", "sto", "ker", "win", "hag", "ros")
GREETINGS = ("Hallo", "Guten Tag", "Hi", "Hello", "Dear", "Liebe/r", "Hey", "Moin")
CLOSINGS = (
    "Viele Grüße",
    "Best regards",
    "Beste Grüße",
    "Cheers",
    "LG",
    "Kind regards",
    "Freundliche Grüße",
    "Thanks",
)
LEVELS_PLAIN = (0.0, 0.05, 0.10, 0.15)
LEVELS_HARD = (0.0, 0.10, 0.20, 0.30)
POOL = 250  # boilerplate sentences
_SLOT_SHARE = 0.08  # of the words of a template
_FOLLOW = 0.5  # how often a word is one that was seen after the last
_LARGEST = 500  # notes of a campaign


@dataclass(frozen=True, slots=True)
class NoteSet:
    """Notes with what is true of them.

    Attributes:
        notes: The words.
        campaigns: Number of the campaign of each; -1 for none.
        noise: Share of its words that were changed.
    """

    notes: list[str]
    campaigns: list[int]
    noise: list[float]


class _Language:
    """The words of one language by how often they are used, and after which."""

    def __init__(self, code: str, chance: random.Random) -> None:
        self.chance = chance
        counts: Counter[str] = Counter()
        after: dict[str, list[str]] = defaultdict(list)
        for file in sorted(NOTES.glob(f"*_{code}.jsonl")):
            for line in file.read_text("utf-8").splitlines():
                words = json.loads(line)["text"].split()
                counts.update(words)
                for first, second in pairwise(words):
                    after[first].append(second)
        self.words = sorted(counts)
        self.sums = list(accumulate(counts[word] for word in self.words))
        self.after = after

    def word(self) -> str:
        return self.words[bisect(self.sums, self.chance.random() * self.sums[-1])]

    def sentence(self, length: int) -> list[str]:
        made = [self.word()]
        while len(made) < length:
            following = self.after.get(made[-1])
            if following and self.chance.random() < _FOLLOW:
                made.append(self.chance.choice(following))
            else:
                made.append(self.word())
        made[-1] = made[-1].rstrip(".,!?:;") + "."
        return made

    def text(self, length: int) -> list[str]:
        made: list[str] = []
        while len(made) < length:
            made += self.sentence(self.chance.randint(6, 14))
        return made


class _Writer:
    """Writes notes of one set."""

    def __init__(self, seed: int, *, is_hard: bool) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - no secret
        self.languages = [_Language(code, self.chance) for code in ("de", "en")]
        self.levels = LEVELS_HARD if is_hard else LEVELS_PLAIN
        self.pool = (
            [
                self.chance.choice(self.languages).sentence(self.chance.randint(7, 14))
                for _ in range(POOL)
            ]
            if is_hard
            else []
        )
        # Zipf: the second is used half as often as the first, and so on.
        self.pool_sums = list(accumulate(1 / rank for rank in range(1, POOL + 1)))

    def body(self) -> list[str]:
        language = self.chance.choice(self.languages)
        return language.text(self.chance.randint(14, 34))

    def note(self, body: list[str], slots: list[int], level: float) -> str:
        chance = self.chance
        words = list(body)
        for at in slots:
            words[at] = self.name()
        if self.pool:
            for _ in range(chance.randint(1, 2)):
                at = bisect(self.pool_sums, chance.random() * self.pool_sums[-1])
                place = chance.choice(("before", "after"))
                extra = self.pool[at]
                words = extra + words if place == "before" else words + extra
        if level:
            words = [each for word in words for each in self._noisy(word, level)]
        greeting = f"{chance.choice(GREETINGS)} {chance.choice(FIRST)},"
        closing = f"{chance.choice(CLOSINGS)} {chance.choice(FIRST)}"
        return f"{greeting} {' '.join(words)} {closing} {self.name()}"

    def name(self) -> str:
        return "".join(self.chance.choices(SYLLABLES, k=3)).title()

    def _noisy(self, word: str, level: float) -> tuple[str, ...]:
        if self.chance.random() >= level:
            return (word,)
        way = self.chance.random()
        if way < 0.5:
            return (self.chance.choice(self.languages).word(),)
        if way < 0.75:
            return ()
        at = self.chance.randrange(len(word))
        return (word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],)


def make_set(count: int, *, seed: int, is_hard: bool) -> NoteSet:
    """Return a set of notes, half of them in campaigns, shuffled.

    Args:
        count: How many notes.
        seed: The same seed makes the same set.
        is_hard: Whether each note also has one or two sentences of boilerplate, used
            by all others too, and up to 30 % instead of 15 % changed words.
    """
    writer = _Writer(seed, is_hard=is_hard)
    chance = writer.chance
    rows: list[tuple[str, int, float]] = []
    number = 0
    while len(rows) < count // 2:
        # Most campaigns are small, some are large: Pareto with an exponent of 1.
        size = min(_LARGEST, int(3 / (1 - chance.random())), count // 2 - len(rows))
        body = writer.body()
        slots = chance.sample(range(len(body)), max(1, int(len(body) * _SLOT_SHARE)))
        for _ in range(size):
            level = chance.choice(writer.levels)
            rows.append((writer.note(body, slots, level), number, level))
        number += 1
    for _ in range(count - len(rows)):
        body = writer.body()
        rows.append((writer.note(body, [], 0.0), -1, 0.0))
    chance.shuffle(rows)
    return NoteSet(*map(list, zip(*rows, strict=True)))
