"""Advice for people who are no members, and get invitations all the same; pure.

From the invitation mail alone: what it is, how to stop such mails, and letters under
the GDPR with the facts filled in. Nothing here opens an address.

Source:
    RFC 2369 (List-Unsubscribe); RFC 8058 (one click); GDPR, articles 11, 12, 15 and 21.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from string import Template

from vorzimmer.items import NoticeKind
from vorzimmer.mails import MailRead, network_name, read_parts
from vorzimmer.mails.addresses import leads_to_network
from vorzimmer.mails.mime import Mail, read_mime
from vorzimmer.mails.origin import DOMAINS, address_of, is_within
from vorzimmer.model import Sentence, say

_ADDRESS = re.compile(r"<\s*((?:https?|mailto):[^<>\s]{1,2000})\s*>", re.IGNORECASE)
_ONE_CLICK = "list-unsubscribe=one-click"
_MOST_ADDRESSES = 5


class Letter(StrEnum):
    """A letter to the network."""

    OBJECTION = "objection"
    ACCESS = "access"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What can be said to somebody who got an invitation.

    Attributes:
        network: In lower case; ``None`` when the mail is no network's.
        is_to_non_member: Whether the mail is an invitation to somebody who is no
            member, as far as it says so.
        is_origin_proven: Whether the mailbox provider vouches for the network.
        sender: Who invites, ``""`` when the mail does not say it.
        recipient: The address that was written to, ``""`` when not known.
        mailed_on: The day of the mail.
        subject: Of the mail.
        addresses: Where to unsubscribe, as the mail has it; they are personal.
        one_click: Of these, the one that takes a single click (RFC 8058); ``""`` when
            there is none, or it is not safe.
    """

    network: str | None
    is_to_non_member: bool = False
    is_origin_proven: bool = False
    sender: str = ""
    recipient: str = ""
    mailed_on: date | None = None
    subject: str = ""
    addresses: tuple[str, ...] = ()
    one_click: str = ""


def advise(raw: bytes, *, trusted: Collection[str] = ()) -> Advice:
    """Read an invitation mail; raises nothing, whatever is in it.

    Args:
        raw: The mail as it arrived.
        trusted: Names under which the mailbox provider writes its results.
    """
    mail = read_mime(raw)
    read = read_parts(mail, trusted=trusted)
    if read.network is None:
        return Advice(network=None)
    notice = read.notices[0] if read.notices else None
    mailed_at = notice.mailed_at if notice else None
    return Advice(
        network=read.network,
        is_to_non_member=bool(notice and notice.kind is NoticeKind.TO_NON_MEMBER),
        is_origin_proven=read.is_origin_proven,
        sender=(notice.sender.name or "") if notice else "",
        recipient=address_of(mail.header("to"))[1][:200],
        mailed_on=mailed_at.date() if mailed_at else None,
        subject=notice.subject if notice else "",
        addresses=_addresses(mail),
        one_click=_one_click(mail, read),
    )


def _addresses(mail: Mail) -> tuple[str, ...]:
    found = _ADDRESS.findall(mail.header("list-unsubscribe"))
    return tuple(dict.fromkeys(found))[:_MOST_ADDRESSES]


def _one_click(mail: Mail, read: MailRead) -> str:
    """Return the address for one click, if mail and address are the network's own."""
    offered = mail.header("list-unsubscribe-post").replace(" ", "").casefold()
    if offered != _ONE_CLICK or not read.is_origin_proven or read.network is None:
        return ""
    own = (
        each
        for each in _addresses(mail)
        if each[:8].casefold() == "https://" and leads_to_network(each, read.network)
    )
    return next(own, "")


def sentences(advice: Advice) -> list[Sentence]:
    """Return what to know and what to do, one after the other."""
    if advice.network is None:
        return [say("This is no mail of LinkedIn or XING.")]
    network = network_name(advice.network)
    said = [_what_it_is(advice, network)]
    if not advice.is_origin_proven:
        said.append(
            say(
                "Nobody vouches that {network} sent it. Open no link in it, and do not"
                " use the addresses below.",
                network=network,
            )
        )
    said.append(
        say(
            "Never type the password of your mailbox anywhere but at your mail"
            " provider. A page that asks for it to “find your contacts” reads your"
            " mail."
        )
    )
    said += _how_to_stop(advice, network)
    said.append(
        say(
            "You can object to {network} using your address (Art. 21 GDPR), and ask"
            " what is stored about you (Art. 15 GDPR). Both letters are ready.",
            network=network,
        )
    )
    return said


def _what_it_is(advice: Advice, network: str) -> Sentence:
    sender = advice.sender
    if not advice.is_to_non_member:
        return say(
            "This is a mail of {network}; it does not say that it goes to somebody who"
            " is no member. If you are none, what follows holds all the same.",
            network=network,
        )
    if not sender:
        return say(
            "This is an invitation to somebody who is no member of {network}.",
            network=network,
        )
    return say(
        "This is an invitation by {sender} to somebody who is no member of {network}."
        " Somebody gave your address to {network}, often by uploading an address book.",
        sender=sender,
        network=network,
    )


def _how_to_stop(advice: Advice, network: str) -> list[Sentence]:
    if not advice.addresses:
        return [
            say(
                "The mail names no address to unsubscribe (List-Unsubscribe). The"
                " letter of objection is the way to stop such mails."
            )
        ]
    said = [
        say(
            "To stop such mails, this address is meant for unsubscribing; it is shown,"
            " not opened, and it is yours alone: {address}",
            address=each,
        )
        for each in advice.addresses
    ]
    foreign = [each for each in advice.addresses if not _is_own(each, advice)]
    if foreign:
        said.append(
            say(
                "Not all of these addresses are {network}'s. Do not use those that are"
                " not.",
                network=network,
            )
        )
    if advice.one_click:
        said.append(say("It takes one click, and Vorzimmer can do it for you."))
    return said


def _is_own(address: str, advice: Advice) -> bool:
    network = advice.network or ""
    if address[:7].casefold() == "mailto:":
        domain = address.partition("?")[0].rpartition("@")[2].casefold()
        return is_within(domain, DOMAINS.get(network, ()))
    return leads_to_network(address, network)


def write_letter(
    advice: Advice, letter: Letter, *, language: str, written: Callable[[date], str]
) -> str:
    """Return a letter with all facts filled in that the mail gave.

    Args:
        advice: What was found.
        letter: Which.
        language: ``"de"`` or ``"en"``.
        written: Writes a day in that language.
    """
    blank = {"de": "[bitte ergänzen]", "en": "[please fill in]"}[language]
    network = advice.network or ""
    facts = {
        "network": network_name(network) if network else blank,
        "to": "\n".join(_addressees().get(network, (blank,))),
        "recipient": advice.recipient or blank,
        "sender": advice.sender or blank,
        "day": written(advice.mailed_on) if advice.mailed_on else blank,
        "subject": advice.subject or blank,
        "blank": blank,
    }
    return _template(letter, language).substitute(facts)


@cache
def _template(letter: Letter, language: str) -> Template:
    place = files("vorzimmer") / "nonmembers" / f"{letter}.{language}.txt"
    return Template(place.read_text("utf-8"))


@cache
def _addressees() -> Mapping[str, tuple[str, ...]]:
    place = files("vorzimmer") / "nonmembers" / "addressees.toml"
    table = tomllib.loads(place.read_text("utf-8"))
    return {network: tuple(each["lines"]) for network, each in table.items()}
