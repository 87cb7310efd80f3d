"""What single people write, while a source is read: some messages, and numbers; pure.

Kept of each person are the earliest and the latest messages, and of all others only
counts (``habits``). What of that is stored is decided in ``later_messages``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from operator import itemgetter
from typing import NamedTuple

from vorzimmer.habits import FEWEST, Habit, Tally, Traits, traits_of
from vorzimmer.items import Message
from vorzimmer.model import Channel, ContactRequest, Person
from vorzimmer.text import normalise

MOST_KEPT = 8
"""Messages of one person that are kept from the beginning, and from the end."""
LONGEST_KEPT = 2_000
"""Letters of a message that are kept."""
# Kept while reading, before it is looked which are the earliest and the latest.
_ROOM = 64
# What was written last is judged by what was written before it.
_BURST = timedelta(hours=48)


class LaterMessage(NamedTuple):
    """A message of somebody who is no stranger any more.

    A tuple, since an import makes one of each message, and keeps few.

    Attributes:
        writer: Who wrote it, as ``people.identity`` says it.
        text: What was written, 2,000 characters at most.
        id: The same whenever the message comes in (``with_id``); ``""`` until then.
        is_unlike: Whether it was kept because it differs from how the person writes.
    """

    writer: str
    person: Person
    text: str
    sent_at: datetime
    network: str
    id: str = ""
    channel: Channel = Channel.MESSAGE
    is_unlike: bool = False

    def as_request(self) -> ContactRequest:
        """Return the message in the form that screening reads."""
        return ContactRequest(
            id=f"later {self.id}",
            sender=self.person,
            network=self.network,
            channel=self.channel,
            note=self.text,
            sent_at=self.sent_at,
        )


@lru_cache(maxsize=64)
def normal_form(text: str) -> str:
    """Return the normal form of a message; made once for what is asked in a row."""
    return normalise(text)


def with_id(message: LaterMessage) -> LaterMessage:
    """Return a message under the id that it has in every export."""
    # Mails tell the minute or the second; the day is the same everywhere.
    day = message.sent_at.date().isoformat()
    whole = "\0".join((message.writer, day, normal_form(message.text)[:200]))
    raw = whole.encode("utf-8", "surrogatepass")
    return message._replace(id=blake2b(raw, digest_size=8).hexdigest())


class _Spoken(NamedTuple):
    # A tuple, since there are as many as messages, and they are sorted.
    sent_at: datetime
    text: str
    is_inmail: bool


class Voice:
    """What one person wrote to the member alone."""

    __slots__ = ("_count", "_pending", "_spoken", "_tally")

    def __init__(self) -> None:
        """Start with nothing."""
        self._count = 0
        self._tally = Tally()
        # Messages that were not looked at yet; of most nobody will ever ask.
        self._pending: list[tuple[str, datetime | None]] = []
        self._spoken: list[_Spoken] = []

    def add(self, message: Message) -> None:
        """Take in one message, in any order."""
        text, sent_at = message.text[:LONGEST_KEPT], message.sent_at
        self._count += 1
        self._pending.append((text, sent_at))
        if sent_at is not None:
            self._spoken.append(_Spoken(sent_at, text, bool(message.subject)))
        if len(self._pending) >= _ROOM:
            self._look()

    def join(self, other: Voice) -> None:
        """Take in what the same person wrote elsewhere."""
        self._count += other._count
        self._tally.join(other._tally)
        self._pending += other._pending
        self._spoken += other._spoken
        if len(self._pending) >= _ROOM:
            self._look()

    def _look(self) -> None:
        for text, sent_at in self._pending:
            self._tally.add(traits_of(text, sent_at))
        self._pending.clear()
        self._spoken.sort()
        if len(self._spoken) > 2 * MOST_KEPT:
            del self._spoken[MOST_KEPT:-MOST_KEPT]

    def spoken(self) -> list[_Spoken]:
        """Return the messages that are kept, the earliest first."""
        spoken = sorted(self._spoken)
        if len(spoken) > 2 * MOST_KEPT:
            del spoken[MOST_KEPT:-MOST_KEPT]
        return spoken

    def habit(self) -> Habit | None:
        """Return how the person wrote before the last two days of writing.

        ``None`` where there is too little to say.
        """
        if self._count < FEWEST:
            return None
        self._look()
        habit = self._tally.habit(besides=self._last_traits())
        return habit if habit.count >= FEWEST else None

    def _last_traits(self) -> Iterator[Traits]:
        spoken = self.spoken()[-MOST_KEPT:]
        for each in spoken:
            if each.sent_at > spoken[-1].sent_at - _BURST:
                yield traits_of(each.text, each.sent_at)


class Voices:
    """What each person wrote to one reader, by conversation and key."""

    def __init__(self) -> None:
        """Start with nobody."""
        self._voices: dict[tuple[str, str], Voice] = {}

    def add(self, message: Message, *, sender: str) -> None:
        """Take in one message; paid ones, and those in the spam folder, say nothing.

        Args:
            message: To one person.
            sender: The key of who wrote it.
        """
        if message.is_sponsored or message.folder == "SPAM" or not message.text:
            return
        key = (sender, message.conversation_id)
        voice = self._voices.get(key)
        if voice is None:
            voice = self._voices[key] = Voice()
        voice.add(message)

    def of_others(self, own: Iterable[str]) -> dict[str, Voice]:
        """Return what each person wrote, by key.

        Args:
            own: Keys of the member, and of nobody.
        """
        left_out = set(own)
        found: dict[str, Voice] = {}
        for (sender, _), voice in sorted(self._voices.items(), key=itemgetter(0)):
            if sender not in left_out:
                found.setdefault(sender, Voice()).join(voice)
        return found
