"""Contacts whose request is in no source, and what they wrote soon afterwards; pure.

Archives name contacts of many years, and requests of a few months. Who became a contact
and began to advertise is worth a proposal all the same. What came after the member had
written, mailed or met is talk, and is not looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from vorzimmer.classifier import Classifier
from vorzimmer.intake.voices import LaterMessage, with_id
from vorzimmer.later_messages import Askers
from vorzimmer.model import (
    Action,
    ContactRequest,
    Decision,
    Kind,
    Person,
    Tie,
    TieKind,
)
from vorzimmer.names import how_common
from vorzimmer.note import NoteFacts, read_notes
from vorzimmer.past import contact_request
from vorzimmer.people import identity
from vorzimmer.phrases import Phrasebook
from vorzimmer.threads import read_thread

SOON = 180
"""Days from becoming a contact within which messages are looked at."""

# What a note must speak for a kind, in nats, to be kept; it is screened later.
_FEWEST_POINTS = 0.7
_UNWANTED = (Kind.SOLICITATION, Kind.DANGER, Kind.ABUSE)
_TALK = frozenset({TieKind.WROTE, TieKind.MAILED, TieKind.MET})


class Newcomers:
    """Contacts whose request is not known, and since when they are contacts."""

    def __init__(self, ties: Iterable[Tie], askers: Askers) -> None:
        """Take all ties, and who sent a request."""
        self._askers = askers
        since: dict[str, Tie] = {}
        talked: dict[str, date] = {}
        person, key = Person(), ""
        for tie in ties:
            is_talk = tie.kind in _TALK
            if tie.since is None or not (is_talk or tie.kind is TieKind.CONNECTION):
                continue
            if tie.person is not person:  # ties of one person mostly come in a row
                person, key = tie.person, identity(tie.person)
            if not _is_somebody(key, tie):
                continue
            if not is_talk:
                since[key] = tie
            else:
                talked[key] = min(tie.since, talked.get(key, tie.since))
        self._contacts, self._talked = since, talked

    def contact(self, message: LaterMessage) -> Tie | None:
        """Return who wrote a message, if it is a newcomer, and was one just then."""
        tie = self._contacts.get(message.writer)
        if tie is None or tie.since is None or message.is_unlike:
            return None
        day = message.sent_at.date()
        is_soon = 0 <= (day - tie.since).days <= SOON
        # Who was written to before is in the middle of a talk.
        is_talk = self._talked.get(message.writer, day) < day
        if not is_soon or is_talk or self._askers.requests_of(message.person):
            return None
        return tie


def has_contacts(ties: Iterable[Tie]) -> bool:
    """Return whether ties tell who is a contact."""
    return any(tie.kind is TieKind.CONNECTION for tie in ties)


def _is_somebody(key: str, tie: Tie) -> bool:
    """Return whether a key tells one person; a name alone does where it is rare."""
    return bool(key) and (
        not key.startswith("n:") or how_common(tie.person.name or "") < 1.0
    )


def worth_a_look(
    messages: Iterable[LaterMessage],
    newcomers: Newcomers,
    *,
    book: Phrasebook,
    classifier: Classifier,
) -> list[LaterMessage]:
    """Return what newcomers wrote, where any of it may be unwanted; else nothing.

    Args:
        messages: What people wrote to the member alone.
        newcomers: Who is one.
        book: The phrases to look for.
        classifier: Says what a message reads like.
    """
    told = [each for each in messages if newcomers.contact(each)]
    notes = read_notes([each.text for each in told], book, classifier=classifier)
    by_writer: defaultdict[str, list[tuple[LaterMessage, NoteFacts]]]
    by_writer = defaultdict(list)
    for message, note in zip(told, notes, strict=True):
        by_writer[message.writer].append((with_id(message), note))
    found = [
        message
        for pairs in by_writer.values()
        if _may_be_unwanted(pairs)
        for message, _ in pairs
    ]
    return list({each.id: each for each in found}.values())


def _may_be_unwanted(pairs: Sequence[tuple[LaterMessage, NoteFacts]]) -> bool:
    if any(_speaks_for_it(note) for _, note in pairs):
        return True
    return read_thread(
        (each.id, each.sent_at, note) for each, note in pairs
    ).is_alarming


def _speaks_for_it(note: NoteFacts) -> bool:
    if note.links:
        return True
    points = note.likeness.points if note.likeness else {}
    return any(points.get(kind, 0.0) >= _FEWEST_POINTS for kind in _UNWANTED)


@dataclass(frozen=True, slots=True)
class Accepted:
    """Requests and decisions, with those that stand for contacts without any."""

    requests: Mapping[str, ContactRequest]
    decisions: Mapping[str, Decision]


def with_contacts(
    messages: Iterable[LaterMessage],
    ties: Iterable[Tie],
    requests: Mapping[str, ContactRequest],
    decisions: Mapping[str, Decision],
) -> Accepted:
    """Return requests and decisions with one of each for every newcomer who wrote.

    The request has no note, since nobody knows it, and the decision the number 0, since
    it is not kept.

    Args:
        messages: The later messages that are kept.
        ties: All.
        requests: All, by id.
        decisions: Those that stand, by id of the request.
    """
    newcomers = Newcomers(ties, Askers(requests.values()))
    more: dict[str, ContactRequest] = {}
    made: dict[str, Decision] = {}
    for message in messages:
        tie = newcomers.contact(message)
        if tie is None or tie.since is None:
            continue
        request = contact_request(tie)
        more[request.id] = replace(request, sender=message.person)
        made[request.id] = Decision(
            id=0,
            request_id=request.id,
            action=Action.ACCEPT,
            actor="archive",
            at=datetime.combine(tie.since, time(), UTC),
        )
    return Accepted({**more, **requests}, {**made, **decisions})
