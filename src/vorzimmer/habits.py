"""How somebody usually writes, as a few numbers, and how a message differs; pure.

Of earlier messages only counts are kept, never words: how many were German or
English, had a link or an emoji, said du or Sie, how long they were, and at which time
of day they came. A message that differs in several of these was perhaps written by
somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import exp, log, sqrt

from vorzimmer.model import Sentence, say

FEWEST = 6
"""Of fewer messages nobody can say what is usual."""
LONGEST_READ = 5_000
"""Letters of a message that are looked at; what it is like shows long before."""

# What so small a share of somebody's messages has is unusual for them. Shares are
# smoothed, (k + 0.5) / (n + 1), so that six messages without a link are just enough.
_UNUSUAL = 0.08
_RARE_HOUR = 0.04
_FEWEST_FOR_HOURS = 20
# Lengths are compared as logarithms: most people write lines and letters, too.
_FAR_OFF, _LEAST_SPREAD = 2.5, 0.5
_WORD = re.compile(r"[^\W\d_]+")
# Cheaper than taking links apart, and read from every message of an archive.
_LINK = re.compile(
    r"https?://\S|\bwww\.\w"
    r"|\b[\w-]{2,63}\.(?:com|org|net|de|at|ch|io|eu|info|ly|me|co|uk|fr|example)\b(?!\.?\w)"
)
_EMOJI = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")
# Language and form of address show in so many letters.
_TELLING = 300


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_GERMAN = _words(
    "ich du er sie es wir ihr und oder aber nicht ist sind war hast habe hat haben der"
    " die das den dem ein eine einen einem mit von für auf zu zum zur bei auch noch"
    " schon mal dir dich mir mich dein deine ihnen ihre wie was wenn dann danke bitte"
    " gerne hallo moin liebe lieber uns euch nach über kann kannst"
)
_ENGLISH = _words(
    "i you he she it we they and or but not is are was were have has had the a an of"
    " to for with on at by my your our this that these will would can could do does"
    " please thanks thank hello hi dear how what when if then just some from be been"
    " me us here there about"
)
_DU = _words("du dich dir dein deine deinen deinem deiner euch euer eure")
# In the middle of a sentence, only who is addressed so has a capital.
_SIE = re.compile(
    r"(?<=[\w,;:] )(?:Sie|Ihnen|Ihre[mnrs]?|Ihr)\b"
    r"|\b(?:haben|können|möchten|sind|wollen|würden|hätten|könnten|müssen) Sie\b"
    r"|\bSehr geehrte[rs]?\b"
)
_FEWEST_HINTS = 2


class Trait(StrEnum):
    """One way in which a message can differ from how somebody usually writes."""

    LANGUAGE = "language"
    LINK = "link"
    ADDRESS = "address"
    LENGTH = "length"
    EMOJI = "emoji"
    HOUR = "hour"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What one message is like.

    Attributes:
        language: ``"de"``, ``"en"``, or ``""`` where it is too short to say.
        has_link: Whether it holds a link.
        address: ``"du"``, ``"sie"``, or ``""``: neither, or both.
        log_length: ``ln(1 + letters)``.
        has_emoji: Whether it holds an emoji.
        quarter: Quarter of the day in UTC, 0 from midnight; ``None`` is not known.
    """

    language: str
    has_link: bool
    address: str
    log_length: float
    has_emoji: bool
    quarter: int | None


def traits_of(text: str, sent_at: datetime | None = None) -> Traits:
    """Return what a message is like."""
    text = text[:LONGEST_READ]
    language, address = _language_and_address(text)
    return Traits(
        language=language,
        has_link="." in text and bool(_LINK.search(text)),
        address=address,
        log_length=log(1 + len(text)),
        has_emoji=not text.isascii() and bool(_EMOJI.search(text)),
        quarter=None if sent_at is None else sent_at.hour // 6,
    )


def _language_and_address(text: str) -> tuple[str, str]:
    start = text[:_TELLING]
    words = _WORD.findall(start.lower())
    german, english = (
        sum(map(each.__contains__, words)) for each in (_GERMAN, _ENGLISH)
    )
    most, least = max(german, english), min(german, english)
    if most < _FEWEST_HINTS or 2 * least > most:
        return "", ""
    if english > german:
        return "en", ""
    is_du = not _DU.isdisjoint(words)
    is_sie = bool(_SIE.search(start))
    return "de", "" if is_du == is_sie else "du" if is_du else "sie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How somebody usually writes: counts over their earlier messages.

    Attributes:
        count: Messages in all.
        german: Messages in German.
        english: Messages in English.
        du: Messages that say du.
        sie: Messages that say Sie.
        links: Messages with a link.
        emoji: Messages with an emoji.
        log_sum: Sum of ``ln(1 + letters)``.
        log_squares: Sum of the squares of these.
        quarters: Messages by quarter of the day in UTC, the first from midnight.
    """

    count: int = 0
    german: int = 0
    english: int = 0
    du: int = 0
    sie: int = 0
    links: int = 0
    emoji: int = 0
    log_sum: float = 0.0
    log_squares: float = 0.0
    quarters: tuple[int, int, int, int] = (0, 0, 0, 0)

    @property
    def usual_length(self) -> int:
        """How many letters a message has, typically (geometric mean)."""
        return round(exp(self.log_sum / self.count) - 1) if self.count else 0


class Tally:
    """A habit under way: messages are added, and taken out again."""

    __slots__ = ("_numbers", "_quarters")

    def __init__(self) -> None:
        """Start with none."""
        self._numbers = [0.0] * 9
        self._quarters = [0, 0, 0, 0]

    def add(self, traits: Traits, by: int = 1) -> None:
        """Count a message, or with -1 no longer."""
        numbers, length = self._numbers, traits.log_length
        numbers[0] += by
        if traits.language:
            numbers[1 if traits.language == "de" else 2] += by
        if traits.address:
            numbers[3 if traits.address == "du" else 4] += by
        if traits.has_link:
            numbers[5] += by
        if traits.has_emoji:
            numbers[6] += by
        numbers[7] += by * length
        numbers[8] += by * length * length
        if traits.quarter is not None:
            self._quarters[traits.quarter] += by

    def join(self, other: Tally) -> None:
        """Count what another one has counted, too."""
        pairs = zip(self._numbers, other._numbers, strict=True)
        self._numbers = [mine + theirs for mine, theirs in pairs]
        quarters = zip(self._quarters, other._quarters, strict=True)
        self._quarters = [mine + theirs for mine, theirs in quarters]

    def habit(self, *, besides: Iterable[Traits] = ()) -> Habit:
        """Return the habit so far.

        Args:
            besides: Messages that were counted and are left out.
        """
        rest = Tally()
        rest._numbers, rest._quarters = list(self._numbers), list(self._quarters)
        for each in besides:
            rest.add(each, -1)
        counts = [round(each) for each in rest._numbers[:7]]
        first, second, third, fourth = rest._quarters
        return Habit(
            count=counts[0],
            german=counts[1],
            english=counts[2],
            du=counts[3],
            sie=counts[4],
            links=counts[5],
            emoji=counts[6],
            # The order of adding must not show in the last digits.
            log_sum=round(rest._numbers[7], 6),
            log_squares=round(rest._numbers[8], 6),
            quarters=(first, second, third, fourth),
        )


def habit_of(texts: Iterable[tuple[str, datetime | None]]) -> Habit:
    """Return how the writer of these messages writes."""
    tally = Tally()
    for text, sent_at in texts:
        tally.add(traits_of(text, sent_at))
    return tally.habit()


def differences(habit: Habit, traits: Traits) -> dict[Trait, Sentence]:
    """Return in which ways a message differs from a habit, the most telling first.

    Nothing while there are too few messages to say what is usual.
    """
    if habit.count < FEWEST:
        return {}
    found = {
        Trait.LANGUAGE: _language(habit, traits),
        Trait.ADDRESS: _address(habit, traits),
        Trait.LINK: _link(habit, traits),
        Trait.LENGTH: _length(habit, traits),
        Trait.EMOJI: _emoji(habit, traits),
        Trait.HOUR: _hour(habit, traits),
    }
    return {trait: words for trait, words in found.items() if words is not None}


def _is_unusual(hits: int, count: int, most: float = _UNUSUAL) -> bool:
    return count >= FEWEST and (hits + 0.5) / (count + 1) <= most


def _language(habit: Habit, traits: Traits) -> Sentence | None:
    told = habit.german + habit.english
    if traits.language == "en" and _is_unusual(habit.english, told):
        return say("otherwise writes to you in German, this is English")
    if traits.language == "de" and _is_unusual(habit.german, told):
        return say("otherwise writes to you in English, this is German")
    return None


def _link(habit: Habit, traits: Traits) -> Sentence | None:
    if not traits.has_link or not _is_unusual(habit.links, habit.count):
        return None
    if not habit.links:
        return say("none of {count} earlier messages had a link", count=habit.count)
    return say(
        "of {count} earlier messages, {links} had a link",
        count=habit.count,
        links=habit.links,
    )


def _address(habit: Habit, traits: Traits) -> Sentence | None:
    told = habit.du + habit.sie
    if traits.address == "sie" and _is_unusual(habit.sie, told):
        return say("otherwise says du to you, this says Sie")
    if traits.address == "du" and _is_unusual(habit.du, told):
        return say("otherwise says Sie to you, this says du")
    return None


def _length(habit: Habit, traits: Traits) -> Sentence | None:
    mean = habit.log_sum / habit.count
    variance = max(habit.log_squares / habit.count - mean * mean, 0.0)
    spread = max(sqrt(variance), _LEAST_SPREAD)
    if abs(traits.log_length - mean) / spread < _FAR_OFF:
        return None
    letters = round(exp(traits.log_length) - 1)
    return say(
        "usually about {usual} characters long, this has {letters}",
        usual=habit.usual_length,
        letters=letters,
    )


def _emoji(habit: Habit, traits: Traits) -> Sentence | None:
    if not traits.has_emoji or not _is_unusual(habit.emoji, habit.count):
        return None
    return say("otherwise writes without emoji")


def _hour(habit: Habit, traits: Traits) -> Sentence | None:
    told = sum(habit.quarters)
    if traits.quarter is None or told < _FEWEST_FOR_HOURS:
        return None
    if not _is_unusual(habit.quarters[traits.quarter], told, _RARE_HOUR):
        return None
    return say("hardly ever writes at this time of day")


class Habits:
    """The habits of all people that are known to write, by who they are."""

    def __init__(self, habits: Mapping[str, Habit] | None = None) -> None:
        """Take the habits, by ``people.identity``."""
        self._habits = habits or {}

    def __bool__(self) -> bool:
        return bool(self._habits)

    def of(self, key: str) -> Habit | None:
        """Return how somebody writes; ``None`` is not known.

        Args:
            key: Who, as ``people.identity`` says it.
        """
        return self._habits.get(key)
