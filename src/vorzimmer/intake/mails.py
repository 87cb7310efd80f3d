"""Makes requests and ties of what notification mails tell; pure.

A mail tells of one person at one moment, and reminders and digests tell it again. One
invitation is one request: it gets the id that it would have from the archive, and under
other ids by which it may come again it is known by ``aliases``. Of messages, the first
of each person is the request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import TypeVar

from vorzimmer.intake.voices import LONGEST_KEPT, LaterMessage
from vorzimmer.items import MailNotice, NoticeKind
from vorzimmer.model import (
    Channel,
    ContactRequest,
    Member,
    Person,
    Sentence,
    say,
)
from vorzimmer.names import first_name_of, last_name_of, plain_name
from vorzimmer.people import identity, is_company, profile_key
from vorzimmer.text import normalise

_Facts = TypeVar("_Facts", Person, ContactRequest)
MakeId = Callable[..., str]
_ASKING = {NoticeKind.INVITATION, NoticeKind.REMINDER, NoticeKind.DIGEST}
_TALKING = {NoticeKind.MESSAGE: Channel.MESSAGE, NoticeKind.INMAIL: Channel.INMAIL}


@dataclass(slots=True)
class Mailed:
    """What the mails of a source tell.

    Attributes:
        requests: By id.
        aliases: Other ids under which a request may come in again.
        said_at: When the last mail that tells of a request was sent, by its id.
        accepted: Who accepted the member's invitation, and when.
        recipients: Names of members to whom proven mails went.
        to_non_members: How many invitations went to somebody who is no member.
        later: What people wrote after their first message.
    """

    requests: dict[str, ContactRequest] = field(default_factory=dict)
    aliases: dict[str, set[str]] = field(default_factory=dict)
    said_at: dict[str, datetime] = field(default_factory=dict)
    accepted: list[tuple[Person, datetime | None]] = field(default_factory=list)
    recipients: set[str] = field(default_factory=set)
    to_non_members: int = 0
    later: list[LaterMessage] = field(default_factory=list)


def gather_mails(notices: Sequence[MailNotice], make_id: MakeId) -> Mailed:
    """Put together what mails tell.

    Args:
        notices: In any order.
        make_id: Makes an id of network and other parts, as for any request.
    """
    mailed = Mailed()
    # Who says when comes first, so that reminders find what they remind of.
    for notice in sorted(notices, key=_order):
        if notice.is_origin_proven and notice.recipient:
            mailed.recipients.add(notice.recipient)
        if notice.kind in _ASKING:
            _add_invitation(mailed, notice, make_id)
        elif notice.kind in _TALKING:
            _add_message(mailed, notice, make_id)
        elif notice.kind is NoticeKind.ACCEPTED:
            # Anybody can write that somebody accepted; it makes no tie without proof.
            if notice.is_origin_proven:
                mailed.accepted.append((notice.sender, notice.mailed_at))
        else:
            _add_other(mailed, notice, make_id)
    return mailed


def _order(notice: MailNotice) -> tuple[bool, bool, float, str]:
    moment = notice.sent_at or notice.mailed_at
    at = moment.timestamp() if moment else 0.0
    is_late = notice.kind is NoticeKind.REMINDER
    return (notice.sent_at is None, is_late, at, repr(notice))


def _add_invitation(mailed: Mailed, notice: MailNotice, make_id: MakeId) -> None:
    network, channel = _network(notice), Channel.INVITATION_NOTE
    name = plain_name(notice.sender.name or "")
    who = profile_key(notice.sender.profile_url) or name
    day = notice.sent_at.date().isoformat() if notice.sent_at else ""
    request_id = make_id(network, channel, who, day)
    by_number = make_id(network, "number", notice.number) if notice.number else ""
    others = {make_id(network, channel, name, each) for each in (day, "")}
    others |= {by_number} - {""}
    known = request_id if request_id in mailed.requests else ""
    # A reminder or a digest comes days later; only its number or name ties it.
    for other in sorted(others) if not known else ():
        ids = mailed.aliases.get(other, set())
        is_same = len(ids) == 1 and (notice.sent_at is None or other == by_number)
        known = known or (next(iter(ids)) if is_same else "")
    request_id = known or request_id
    for other in others - {request_id}:
        mailed.aliases.setdefault(other, set()).add(request_id)
    _put(mailed, notice, _request(notice, request_id, channel))


def _add_message(mailed: Mailed, notice: MailNotice, make_id: MakeId) -> None:
    channel = _TALKING[notice.kind]
    who = identity(notice.sender) or f"?{normalise(notice.note or '')}"
    # Each InMail has a subject of its own; messages go on and on.
    about = normalise(notice.subject) if channel is Channel.INMAIL else ""
    request_id = make_id(_network(notice), f"mailed {channel}", who, about)
    if request_id in mailed.requests:
        _add_later(mailed, notice, channel)
        return  # the first message is the request
    _put(mailed, notice, _request(notice, request_id, channel))


def _add_later(mailed: Mailed, notice: MailNotice, channel: Channel) -> None:
    """Keep a message that goes on; anybody can write a mail that no network sent."""
    writer, sent_at = identity(notice.sender), notice.sent_at or notice.mailed_at
    if notice.is_origin_proven and writer and notice.note and sent_at:
        mailed.later.append(
            LaterMessage(
                writer=writer,
                person=notice.sender,
                text=notice.note[:LONGEST_KEPT],
                sent_at=sent_at,
                network=notice.network,
                channel=channel,
            )
        )


def _add_other(mailed: Mailed, notice: MailNotice, make_id: MakeId) -> None:
    is_guest = notice.kind is NoticeKind.TO_NON_MEMBER
    channel = Channel.MAIL if is_guest else Channel.MESSAGE
    mailed.to_non_members += is_guest
    name = plain_name(notice.sender.name or "")
    moment = notice.sent_at or notice.mailed_at
    day = moment.date().isoformat() if moment else ""
    request_id = make_id(_network(notice), f"mailed {notice.kind}", name, day)
    request = _request(notice, request_id, channel)
    if notice.kind is NoticeKind.SPONSORED:
        request = replace(request, is_sponsored=True)
    _put(mailed, notice, request)


def _network(notice: MailNotice) -> str:
    """Return the network for an id; what is likely forged gets ids of its own."""
    is_doubtful = notice.leads_to and not notice.is_origin_proven
    return f"{notice.network}, says a mail" if is_doubtful else notice.network


def _request(notice: MailNotice, request_id: str, channel: Channel) -> ContactRequest:
    sender = notice.sender
    if is_company(sender):
        sender = Person(company=sender.name, profile_url=sender.profile_url)
    is_talk = channel is not Channel.INVITATION_NOTE
    return ContactRequest(
        id=request_id,
        sender=sender,
        network=notice.network,
        channel=channel,
        note=notice.note,
        subject=notice.subject if channel is Channel.INMAIL and is_talk else None,
        sent_at=notice.sent_at,
        is_origin_proven=notice.is_origin_proven,
        leads_to=notice.leads_to,
    )


def _put(mailed: Mailed, notice: MailNotice, request: ContactRequest) -> None:
    """Keep a request, or what it adds to one that is there; proven mails win."""
    moments = (mailed.said_at.get(request.id), notice.mailed_at or notice.sent_at)
    latest = max((each for each in moments if each), default=None)
    if latest is not None:
        mailed.said_at[request.id] = latest
    known = mailed.requests.get(request.id)
    if known is None:
        mailed.requests[request.id] = request
        return
    first, second = known, request
    if second.is_origin_proven and not first.is_origin_proven:
        first, second = second, first
    sender = _filled(first.sender, second.sender)
    mailed.requests[request.id] = replace(_filled(first, second), sender=sender)


def _filled(first: _Facts, second: _Facts) -> _Facts:
    """Return the first with what only the second knows."""
    news = {
        each.name: getattr(second, each.name)
        for each in fields(first)
        if getattr(first, each.name) is None
    }
    return replace(first, **news)


def notices_on(mailed: Mailed) -> Iterator[Sentence]:
    """Yield what the member should know about the mails as a whole."""
    if mailed.to_non_members:
        yield say(
            "Invitations to somebody who is no member: {count}. How to stop them says:"
            " vorzimmer nonmember MAIL",
            count=mailed.to_non_members,
        )
    requests = mailed.requests.values()
    doubtful = [each for each in requests if not each.is_origin_proven]
    if doubtful and len(doubtful) == len(mailed.requests):
        yield say(
            "Of none of these mails we could tell whether the network sent it. If they"
            " are from your own mailbox, name its server in the setting"
            " mail.trusted_servers."
        )


def with_owner(member: Member, mailed: Mailed) -> Member:
    """Return the member with the name that the mails say, if nobody else said one."""
    if member.name or len(mailed.recipients) != 1:
        return member
    (name,) = mailed.recipients
    first, last = first_name_of(name) or "", last_name_of(name) or ""
    return replace(member, name=name, first_name=first, last_name=last)
