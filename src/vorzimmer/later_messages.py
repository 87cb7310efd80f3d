"""Which later messages are worth keeping: those that say how a contact went on; pure.

Of people who once asked, what they wrote afterwards; of everybody else nothing, but
what differs so much from how the person writes that somebody else may have written it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from vorzimmer.habits import Habit, differences, traits_of
from vorzimmer.intake.voices import LONGEST_KEPT, LaterMessage, normal_form, with_id
from vorzimmer.model import Channel, ContactRequest, Person
from vorzimmer.names import how_common, plain_name
from vorzimmer.people import identity

FEWEST_DIFFERENCES = 2
"""In so many ways a message has to differ, to be kept for that reason alone."""

# A thumb or "ok" is short for anybody.
_SHORTEST = 30
_TALK = {Channel.MESSAGE, Channel.INMAIL}


class Askers:
    """Who asked for contact, and when: an index built once."""

    def __init__(self, requests: Iterable[ContactRequest]) -> None:
        """Take all requests."""
        self._by_key: dict[str, list[ContactRequest]] = {}
        # Who writes once, writes often.
        self._asked: dict[tuple[str | None, ...], list[ContactRequest]] = {}
        for request in requests:
            for key in _keys(request.sender):
                self._by_key.setdefault(key, []).append(request)

    def requests_of(self, person: Person) -> list[ContactRequest]:
        """Return the requests of a person, the earliest first."""
        # All that ``_keys`` looks at.
        told = (person.profile_url, person.email, person.name, person.company)
        if told not in self._asked:
            found = (self._by_key.get(key) for key in _keys(person))
            self._asked[told] = sorted(next(filter(None, found), []), key=_moment)
        return self._asked[told]


def _keys(person: Person) -> Iterator[str]:
    """Yield the keys of a person, the surest first.

    A name alone is a key only where it is rare and nothing better is known.
    """
    key = identity(person)
    if key and not key.startswith("n:"):
        yield key
    if person.profile_url or not person.name:
        return
    name = plain_name(person.name)
    if name and how_common(person.name) < 1.0:
        yield f"n:{name}"


def _moment(request: ContactRequest) -> tuple[float, str]:
    return (request.sent_at.timestamp() if request.sent_at else 0.0, request.id)


def worth_keeping(
    messages: Iterable[LaterMessage],
    *,
    askers: Askers,
    habits: Mapping[str, Habit],
) -> list[LaterMessage]:
    """Return the messages that say how a contact went on.

    Args:
        messages: What people wrote to the member alone.
        askers: Who asked, of all requests that are known.
        habits: How people write, by ``people.identity``.
    """
    found = []
    for message in messages:
        if is_after(message, askers.requests_of(message.person)):
            found.append(with_id(message))
        elif is_unlike(message, habits.get(message.writer)):
            found.append(with_id(message._replace(is_unlike=True)))
    return list({each.id: each for each in found}.values())


def is_after(message: LaterMessage, requests: Iterable[ContactRequest]) -> bool:
    """Return whether a message comes after a request of its writer, and is none."""
    asked = list(requests)
    if not any(each.sent_at and each.sent_at <= message.sent_at for each in asked):
        return False
    normal = normal_form(message.text)
    return all(normal_form(each.note or "") != normal for each in asked)


def is_unlike(message: LaterMessage, habit: Habit | None) -> bool:
    """Return whether a message differs in several ways from how its writer writes."""
    if habit is None or len(message.text) < _SHORTEST:
        return False
    traits = traits_of(message.text, message.sent_at)
    return len(differences(habit, traits)) >= FEWEST_DIFFERENCES


def from_mails(
    before: Iterable[ContactRequest], after: Iterable[ContactRequest]
) -> Iterator[LaterMessage]:
    """Yield what was left out of the requests because it goes on with what is known.

    Args:
        before: Requests as the mails told them.
        after: Those that are left.
    """
    left = {each.id for each in after}
    for each in before:
        if each.id in left or each.channel not in _TALK or not each.is_origin_proven:
            continue
        message = of_request(each)
        if message is not None:
            yield message


def of_request(request: ContactRequest) -> LaterMessage | None:
    """Return a mailed message as one that goes on; ``None`` where words are missing."""
    writer = identity(request.sender)
    sent_at: datetime | None = request.sent_at
    if not writer or not request.note or sent_at is None:
        return None
    return LaterMessage(
        writer=writer,
        person=request.sender,
        text=request.note[:LONGEST_KEPT],
        sent_at=sent_at,
        network=request.network or "",
        channel=request.channel or Channel.MESSAGE,
    )
