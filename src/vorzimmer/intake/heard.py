"""Who wrote to the member, and when last; from it one sees who answered; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

from vorzimmer.intake.rows import Rows
from vorzimmer.items import NoticeKind
from vorzimmer.model import ContactRequest, Person

_MESSAGES = {NoticeKind.MESSAGE, NoticeKind.INMAIL}


@dataclass(frozen=True, slots=True)
class Heard:
    """That somebody wrote to the member.

    Attributes:
        person: Who.
        network: On which network, in lower case; ``None`` is not known.
        at: When last, as far as the source knows it.
        is_day: Whether only the day is known.
    """

    person: Person
    network: str | None
    at: datetime
    is_day: bool = False


def heard_in(rows: Rows, network: str) -> Iterator[Heard]:
    """Yield who wrote to the member, in conversations and in mails.

    Whether a mail is genuine, not every provider says; one that is not may show an
    answer too many, which one sees at once.

    Args:
        rows: Of one source.
        network: From which it is.
    """
    for conversation in rows.conversations.by_id.values():
        first = conversation.first
        if not rows.own_keys or (first is not None and first.is_sponsored):
            continue
        others = rows.others(conversation)
        # What is said in a group is said to all.
        for key, written in others.items() if len(others) == 1 else ():
            if written is not None and written.last_at is not None:
                yield Heard(rows.people.person(key), network, written.last_at)
    for notice in rows.mails:
        at = notice.sent_at or notice.mailed_at
        if notice.kind in _MESSAGES and at is not None:
            yield Heard(notice.sender, notice.network, at)


def heard_by(
    requests: Iterable[ContactRequest], *, undated_at: datetime | None = None
) -> Iterator[Heard]:
    """Yield who wrote to the member in requests with words of their own.

    Args:
        requests: Those that a source brought.
        undated_at: When what has no day was brought, if it is as new as that.
    """
    for request in requests:
        at = request.sent_at or undated_at
        if at is not None and request.note and not request.is_sponsored:
            # What people paste shows a day, and the midnight before it stands for it.
            is_day = at.astimezone(UTC).time() == time()
            yield Heard(request.sender, request.network, at, is_day=is_day)
