"""What single people write, while a source is read: some messages, and numbers; pure.

Kept of each person are the earliest and the latest messages, and of all others only
counts (``habits``). What of that is stored is decided in ``later_messages``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

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


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterMessage:
    """A message of somebody who is no stranger any more.

    Attributes:
        id: The same whenever the message comes in.
        writer: Who wrote it, as ``people.identity`` says it.
        text: What was written, 2,000 characters at most.
        is_unlike: Whether it was kept because it differs from how the person writes.
    """

    id: str
    writer: str
    person: Person
    text: str
    sent_at: datetime
    network: str
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


def later_message(  # noqa: PLR0913 - the facts of a message, each by its name
    writer: str,
    person: Person,
    text: str,
    *,
    sent_at: datetime,
    network: str,
    channel: Channel = Channel.MESSAGE,
    is_unlike: bool = False,
) -> LaterMessage:
    """Return a message under the id that it has in every export."""
    text = text[:LONGEST_KEPT]
    # Mails tell the minute or the second; the day is the same everywhere.
    day = sent_at.date().isoformat()
    whole = "\0".join((writer, day, normalise(text)[:200]))
    raw = whole.encode("utf-8", "surrogatepass")
    return LaterMessage(
        id=blake2b(raw, digest_size=8).hexdigest(),
        writer=writer,
        person=person,
        text=text,
        sent_at=sent_at,
        network=network,
        channel=channel,
        is_unlike=is_unlike,
    )


@dataclass(frozen=True, slots=True, order=True)
class _Spoken:
    sent_at: datetime
    text: str
    is_inmail: bool


class Voice:
    """What one person wrote to the member alone."""

    __slots__ = ("_spoken", "_tally")

    def __init__(self) -> None:
        """Start with nothing."""
        self._tally = Tally()
        self._spoken: list[_Spoken] = []

    def add(self, message: Message) -> None:
        """Take in one message, in any order."""
        self._tally.add(traits_of(message.text, message.sent_at))
        if message.sent_at is None:
            return
        spoken = self._spoken
        text, is_inmail = message.text[:LONGEST_KEPT], bool(message.subject)
        spoken.append(_Spoken(message.sent_at, text, is_inmail))
        if len(spoken) >= _ROOM:
            spoken.sort()
            del spoken[MOST_KEPT:-MOST_KEPT]

    def spoken(self) -> list[_Spoken]:
        """Return the messages that are kept, the earliest first."""
        spoken = sorted(self._spoken)
        if len(spoken) > 2 * MOST_KEPT:
            del spoken[MOST_KEPT:-MOST_KEPT]
        return spoken

    def habit(self) -> Habit:
        """Return how the person wrote before the last two days of writing."""
        return self._tally.habit(besides=self._last_traits())

    def _last_traits(self) -> Iterator[Traits]:
        spoken = self.spoken()[-MOST_KEPT:]
        for each in spoken:
            if each.sent_at > spoken[-1].sent_at - _BURST:
                yield traits_of(each.text, each.sent_at)


class Voices:
    """What each person wrote to the member alone, by key."""

    def __init__(self) -> None:
        """Start with nobody."""
        self._voices: dict[str, Voice] = {}

    def add(self, message: Message, *, sender: str) -> None:
        """Take in one message; paid ones, and those in the spam folder, say nothing.

        Args:
            message: To one person.
            sender: The key of who wrote it.
        """
        if message.is_sponsored or message.folder == "SPAM" or not message.text:
            return
        voice = self._voices.get(sender)
        if voice is None:
            voice = self._voices[sender] = Voice()
        voice.add(message)

    def habits(self, besides: Iterable[str]) -> dict[str, Habit]:
        """Return how people write, by key; of most there is too little to say.

        Args:
            besides: Keys of the member, and of nobody.
        """
        left_out = set(besides)
        found = {
            key: voice.habit()
            for key, voice in sorted(self._voices.items())
            if key not in left_out
        }
        return {key: habit for key, habit in found.items() if habit.count >= FEWEST}

    def kept(self, besides: Iterable[str]) -> Iterator[tuple[str, _Spoken]]:
        """Yield the messages that are kept, each with the key of its writer.

        Args:
            besides: Keys of the member, and of nobody.
        """
        left_out = set(besides)
        for key, voice in sorted(self._voices.items()):
            if key not in left_out:
                for each in voice.spoken():
                    yield key, each
