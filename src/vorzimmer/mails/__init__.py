"""Reads the notification mails of LinkedIn and XING; pure, bounded, nothing is fetched.

A mail of a network says more of who asks than its archive does: headline, place, shared
contacts, and says it within minutes. It is recognised by sender and template, in German
and English, in other languages as far as their words are alike.

Source:
    Layouts, headers and links as seen in public mails of 2016 to 2026.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from vorzimmer.items import MailNotice, NoticeKind
from vorzimmer.links import find_links
from vorzimmer.mails.addresses import (
    foreign_host,
    invited_at,
    template_in,
    without_tokens,
)
from vorzimmer.mails.blocks import Block, find_blocks, looks_like_name, words_alone
from vorzimmer.mails.lines import Line, clean, html_lines, lines_of
from vorzimmer.mails.mime import Mail, read_mime
from vorzimmer.mails.origin import (
    DOMAINS,
    address_of,
    domain_of_sender,
    is_proven,
    is_within,
)
from vorzimmer.mails.templates import (
    FOOTER,
    OTHER,
    OWNER,
    kind_by_subject,
    kind_by_text,
    kind_of,
)
from vorzimmer.model import Person, Sentence, say

_HEAD_READ = 64 << 10  # of a mail, to see whether it can be a network's
_NETWORK_WORD = re.compile(rb"linked|xing|hit-reply", re.IGNORECASE)
_VIA = re.compile(
    r"\s*[(,]?\s*\b(?:via|über|auf|on|from|von)\s+(?:linkedin|xing)\)?$", re.IGNORECASE
)
_NETWORK_NAME = re.compile(r"\b(linkedin|xing)\b", re.IGNORECASE)
_LONGEST_NOTE = 20_000
_LONGEST_SUBJECT = 500
_YEARS = range(2003, 2101)
_SEVERAL = {NoticeKind.DIGEST, NoticeKind.REMINDER, NoticeKind.INVITATION}
_WITHOUT_BLOCKS = {NoticeKind.INMAIL, NoticeKind.MESSAGE, NoticeKind.SPONSORED}
_LABELLED = (NoticeKind.SPONSORED, NoticeKind.TO_NON_MEMBER)


@dataclass(frozen=True, slots=True)
class MailRead:
    """What was found in one mail.

    Attributes:
        network: Whose mail it says that it is; ``None`` is no network's.
        notices: One a person; ``()`` also for mails about jobs, news, groups.
        problem: Why a mail that should tell of a person was not understood.
        is_origin_proven: Whether the mailbox provider vouches for the network.
    """

    network: str | None = None
    notices: tuple[MailNotice, ...] = ()
    problem: Sentence | None = None
    is_origin_proven: bool = False


def may_be_of_network(raw: bytes) -> bool:
    """Return whether a mail is worth reading: a quick look that misses none."""
    return bool(_NETWORK_WORD.search(raw[:_HEAD_READ]))


def read_mail(raw: bytes, *, trusted: Collection[str] = ()) -> MailRead:
    """Read one mail, whoever sent it; raises nothing, whatever is in it.

    Args:
        raw: The mail as it arrived, headers first.
        trusted: Names under which the member's mailbox provider writes its results;
            see ``origin.is_proven``.
    """
    return read_parts(read_mime(raw), trusted=trusted)


def read_parts(mail: Mail, *, trusted: Collection[str] = ()) -> MailRead:
    """Read a mail that was taken apart already; see ``read_mail``."""
    network = network_of(mail)
    if network is None:
        return MailRead()
    lines = lines_of(mail)
    kind = _kind(mail, lines)
    proven = is_proven(mail, network, trusted=trusted)
    if kind == OTHER or (kind is None and not proven):
        return MailRead(network, is_origin_proven=proven)
    if not isinstance(kind, NoticeKind):
        problem = say(
            "This mail of {network} says nothing that we know: “{subject}”.",
            network=network_name(network),
            subject=_subject(mail)[:80],
        )
        return MailRead(network, problem=problem, is_origin_proven=proven)
    notices = tuple(_notices(mail, lines, network, kind, proven=proven))
    if notices:
        return MailRead(network, notices, is_origin_proven=proven)
    problem = say(
        "This mail of {network} does not say whom it is about: “{subject}”.",
        network=network_name(network),
        subject=_subject(mail)[:80],
    )
    return MailRead(network, problem=problem, is_origin_proven=proven)


def network_name(network: str) -> str:
    """Return how a network writes its own name."""
    return {"linkedin": "LinkedIn", "xing": "XING"}.get(network, network)


def network_of(mail: Mail) -> str | None:
    """Return the network whose mail this is, or says that it is.

    A mail that only pretends is read, too: it is what ``forged_network_mail`` finds.
    """
    domain = domain_of_sender(mail)
    for network, domains in DOMAINS.items():
        if is_within(domain, domains):
            return network
    if any(name.startswith("x-linkedin-") for name, _ in mail.headers):
        return "linkedin"
    name, _ = address_of(mail.header("from"))
    claimed = _NETWORK_NAME.search(name) or _NETWORK_NAME.search(domain)
    found = claimed[1].casefold() if claimed else _imitated(domain)
    # Somebody who only has the word in the name writes about something else.
    return found if found and kind_by_subject(_subject(mail))[0] else None


def _imitated(domain: str) -> str | None:
    for link in find_links(f"https://{domain}/") if domain else ():
        if link.is_look_alike_of in DOMAINS:
            return link.is_look_alike_of
    return None


def _kind(mail: Mail, lines: Sequence[Line]) -> NoticeKind | str | None:
    template = mail.header("x-linkedin-template").strip().casefold()
    if not template:
        named = (template_in(line.address) for line in lines)
        template = next(filter(None, named), "")
    kind = kind_of(
        template=template[:100],
        mailed_as=mail.header("x-linkedin-class"),
        sender=address_of(mail.header("from"))[1].partition("@")[0],
        subject=_subject(mail),
    )
    if kind == OTHER:
        return kind
    said = [found for line in lines[:8] if (found := kind_by_text(line.text))]
    said += [found for line in lines if (found := _to_non_member(line, kind))]
    if kind is None:
        return next(iter(said), None)
    return next((each for each in said if each in _LABELLED), kind)


def _to_non_member(line: Line, kind: object) -> NoticeKind | None:
    """Return that a request goes to a non-member, if its small print says so."""
    if kind not in {NoticeKind.INVITATION, NoticeKind.REMINDER, None}:
        return None
    found = kind_by_text(line.text)
    return found if found is NoticeKind.TO_NON_MEMBER else None


def _subject(mail: Mail) -> str:
    return without_tokens(clean(mail.header("subject"))[:_LONGEST_SUBJECT])


def _notices(
    mail: Mail, lines: Sequence[Line], network: str, kind: NoticeKind, *, proven: bool
) -> Iterator[MailNotice]:
    body, recipient = _body(lines)
    name = _name_in_head(mail)
    blocks = find_blocks(body, network, name=name)
    if kind not in _SEVERAL:
        blocks = blocks[:1]
    if not blocks and name:
        note = words_alone(body) if kind is not NoticeKind.ACCEPTED else ""
        blocks = [Block(Person(name=name), note, "")]
    elif not blocks and kind in _WITHOUT_BLOCKS and (note := words_alone(body)):
        blocks = [Block(Person(), note, "")]
    blocks = [_with_html(each, mail, network) for each in blocks]
    mailed_at = _mailed_at(mail)
    leads_to = _leads_to(mail, lines, blocks, network)
    for block in blocks:
        if recipient == block.sender.name:
            continue
        made_at = invited_at(block.number, mailed_at)
        is_late = kind is NoticeKind.REMINDER or len(blocks) > 1
        yield MailNotice(
            network=network,
            kind=kind,
            sender=block.sender,
            note=without_tokens(block.note[:_LONGEST_NOTE]) or None,
            subject=_subject(mail),
            sent_at=made_at or (None if is_late else mailed_at),
            mailed_at=mailed_at,
            number=block.number,
            recipient=recipient,
            is_origin_proven=proven,
            leads_to=leads_to,
        )


def _body(lines: Sequence[Line]) -> tuple[list[Line], str]:
    """Return the lines above the network's footer, and to whom the mail goes."""
    recipient = ""
    for line in lines:
        owner = OWNER.search(line.text)
        if owner and " " in owner["name"] and looks_like_name(owner["name"]):
            recipient = owner["name"]
            break
    for at, line in enumerate(lines):
        has_said = any(each.text for each in lines[:at])
        if has_said and FOOTER.search(line.text):
            return list(lines[:at]), recipient
    return list(lines), recipient


def _name_in_head(mail: Mail) -> str:
    """Return whom subject or sender of a mail name, ``""`` when nobody."""
    _, by_subject = kind_by_subject(_subject(mail))
    shown, _ = address_of(mail.header("from"))
    by_sender = _VIA.sub("", clean(shown)).strip(' "')
    if _NETWORK_NAME.search(by_sender) or not looks_like_name(by_sender):
        by_sender = ""
    if not looks_like_name(by_subject):
        by_subject = ""
    # Subjects often give the first name only; the sender's field gives all of it.
    if by_sender and by_subject and by_sender.startswith(by_subject):
        return by_sender
    return by_subject or by_sender


def _with_html(block: Block, mail: Mail, network: str) -> Block:
    """Return a person with what only the HTML says: place, profile, shared contacts."""
    sender = block.sender
    if not (mail.html and mail.text.strip() and sender.name):
        return block
    body, _ = _body(html_lines(mail.html))
    for other in find_blocks(body, network, name=sender.name):
        if other.sender.name == sender.name:
            return replace(
                block,
                sender=_completed(sender, other.sender),
                number=block.number or other.number,
            )
    return block


def _completed(sender: Person, other: Person) -> Person:
    shared = sender.mutual_contacts_count
    return replace(
        sender,
        headline=sender.headline or other.headline,
        location=sender.location or other.location,
        profile_url=sender.profile_url or other.profile_url,
        mutual_contacts_count=other.mutual_contacts_count if shared is None else shared,
    )


def _leads_to(
    mail: Mail, lines: Sequence[Line], blocks: Sequence[Block], network: str
) -> str:
    """Return the host of the first link away from the network, besides those noted."""
    noted = {link.host for each in blocks for link in find_links(each.note)}
    shown = [*lines, *(html_lines(mail.html) if mail.html else ())]
    hosts = (foreign_host(line.address, network) for line in shown)
    away = next((host for host in hosts if host and host not in noted), "")
    domain = domain_of_sender(mail)
    if away or is_within(domain, DOMAINS[network]):
        return away
    return domain  # an answer goes there


def _mailed_at(mail: Mail) -> datetime | None:
    """Return when a mail was sent, in UTC; ``None`` when it does not say."""
    try:
        moment = parsedate_to_datetime(mail.header("date")[:100])
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        utc = zoned.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return utc if utc.year in _YEARS else None
