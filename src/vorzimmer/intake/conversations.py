"""Messages as they pass by, kept as one small record a conversation; pure.

Of the texts, only the first of each conversation is kept: it may be a request.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

from vorzimmer.intake.voices import Voices
from vorzimmer.items import Message
from vorzimmer.text import normalise

# Who knows what they want to say writes longer; a refusal with reasons is a letter.
_LONGEST_REFUSAL = 90
_REFUSAL = re.compile(
    r"\bno,? thank(?:s| you)\b|\bthank(?:s| you),? (?:but )?no\b"
    r"|\bnot? interest(?:ed)?\b|\bmaybe later\b|\bnot (?:right )?now\b"
    r"|\bplease stop\b|\bstop (?:writing|messaging|contacting)\b"
    r"|\b(?:unsubscribe|remove me|opt out)\b"
    r"|\bkein(?:e|erlei)? (?:interesse|bedarf)\b|\bnein,? danke\b|\bdanke,? nein\b"
    r"|\bnicht interessiert\b|\bbitte (?:nicht|keine) (?:mehr|weiteren?)\b"
    r"|\b(?:abmelden|austragen)\b|\bpas intéressée?\b|\bnon,? merci\b"
    r"|\bno,? gracias\b|\bno,? grazie\b"
)
_LONE_WORDS = frozenset({"no", "nope", "nein", "nö", "stop", "stopp", "non", "nee"})
_LETTER = re.compile(r"[^\W\d_]")
_Rank = tuple[bool, datetime, tuple[str, ...]]
_NEVER = datetime.max.replace(tzinfo=UTC)


def is_refusal(text: str) -> bool:
    """Return whether a text is a short refusal ("no thanks", "kein Interesse")."""
    return len(text) <= _LONGEST_REFUSAL and _refuses(text)


@lru_cache(maxsize=4096)  # thanks, thumbs and greetings come again and again
def _refuses(text: str) -> bool:
    normal = normalise(text)
    return normal.strip(" .!") in _LONE_WORDS or bool(_REFUSAL.search(normal))


def says_something(text: str) -> bool:
    """Return whether a text is more than a refusal, a sign, or nothing at all."""
    return bool(_LETTER.search(text)) and not is_refusal(text)


@dataclass(slots=True)
class Written:
    """What one person wrote in one conversation.

    Attributes:
        count: Messages that say something.
        refusals: Short refusals.
        first_at: When the first of all was sent.
        last_at: When the last of all was sent.
    """

    count: int = 0
    refusals: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None

    def add(self, message: Message) -> None:
        """Count one more message."""
        text = message.text
        if says_something(text):
            self.count += 1
        elif is_refusal(text):
            self.refusals += 1
        if message.sent_at is not None:
            first, last = self.first_at, self.last_at
            self.first_at = min(first, message.sent_at) if first else message.sent_at
            self.last_at = max(last, message.sent_at) if last else message.sent_at


def joined(parts: Iterable[Written]) -> Written:
    """Return what several keys of one person wrote, as one."""
    whole = Written()
    for part in parts:
        whole.count += part.count
        whole.refusals += part.refusals
        moments = (whole.first_at, part.first_at)
        whole.first_at = min((each for each in moments if each), default=None)
        moments = (whole.last_at, part.last_at)
        whole.last_at = max((each for each in moments if each), default=None)
    return whole


@dataclass(slots=True)
class Conversation:
    """What is kept of a conversation.

    Attributes:
        people: Keys of all who wrote or were written to; ``"?"`` is unknown.
        by: What each wrote, by their key.
        first: The first message, or the first paid one if there is any.
        first_by: The key of its sender.
    """

    people: set[str] = field(default_factory=set)
    by: dict[str, Written] = field(default_factory=dict)
    first: Message | None = None
    first_by: str = ""
    # Paid messages come first, then by time; the rest only makes it unambiguous.
    _first_rank: _Rank = (True, _NEVER, ())

    def add(self, message: Message, *, sender: str) -> None:
        """Take in one message, in any order.

        Args:
            message: The message.
            sender: The key of who wrote it.
        """
        written = self.by.get(sender)
        if written is None:
            written = self.by[sender] = Written()
        written.add(message)
        when = (not message.is_sponsored, message.sent_at or _NEVER)
        if self.first is not None and when > self._first_rank[:2]:
            return
        rank = (*when, _words(message))
        if self.first is None or rank < self._first_rank:
            self.first, self.first_by, self._first_rank = message, sender, rank


def _words(message: Message) -> tuple[str, ...]:
    """Return what tells messages of one moment apart."""
    sender = message.sender
    rest = (sender.profile_url, sender.name, message.subject, message.folder)
    return (message.text, *(word or "" for word in rest))


class Conversations:
    """All conversations of a source; a message that comes twice counts once.

    Attributes:
        by_id: What is kept of each.
        voices: What single people wrote to one reader.
    """

    def __init__(self) -> None:
        """Start with none."""
        self.by_id: defaultdict[str, Conversation] = defaultdict(Conversation)
        self.voices = Voices()
        self._seen: set[int] = set()

    def add(self, message: Message, *, sender: str, recipients: list[str]) -> None:
        """Take in one message, in any order.

        Args:
            message: The message.
            sender: The key of who wrote it.
            recipients: The keys of whom it went to.
        """
        conversation = self.by_id[message.conversation_id]
        conversation.people.add(sender)
        conversation.people.update(recipients)
        # Numbers in place of texts: a chance hit among a million messages is as likely
        # as one in ten million, and would cost one message.
        key = (message.conversation_id, sender, message.sent_at, message.text)
        number = hash((*key, message.subject, message.folder, message.is_sponsored))
        if number not in self._seen:
            self._seen.add(number)
            conversation.add(message, sender=sender)
            if len(recipients) == 1:
                self.voices.add(message, sender=sender)
