"""The evidence file: what came when by which way, and what the member said to it.

Nothing in it is judged. Words stand there as they came, but links are cut to scheme,
host and path, since what follows them may tell who the reader is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from vorzimmer.mails.addresses import shown_address
from vorzimmer.model import Channel, Decision
from vorzimmer.objections import Arrival, Objection
from vorzimmer.translation import Translator

_FORM = "vorzimmer evidence"
_VERSION = 1
_NETWORKS = {"linkedin": "LinkedIn", "xing": "XING"}

# What commands a terminal that shows the file, or turns words around.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the thread: what came, or else what the member did.

    Attributes:
        at: When; ``None`` is not known.
        arrival: What came.
        decision: What the member decided; with neither, the objection was sent.
    """

    at: datetime | None
    arrival: Arrival | None = None
    decision: Decision | None = None


def entries(objection: Objection) -> tuple[Entry, ...]:
    """Return the thread and the member's own steps, the earliest first."""
    found = [Entry(each.sent_at, arrival=each) for each in objection.repeated.thread]
    found += [Entry(each.at, decision=each) for each in objection.repeated.decisions]
    if objection.sent_at is not None:
        found.append(Entry(objection.sent_at))
    return tuple(sorted(found, key=_moment))


def _moment(entry: Entry) -> float:
    return entry.at.timestamp() if entry.at else 0.0


def evidence_text(objection: Objection, words: Translator, *, made_on: date) -> str:
    """Return the evidence as plain text, for a person.

    Args:
        objection: Whose thread.
        words: The language of what is not quoted.
        made_on: The day of today.
    """
    return "\n".join(_lines(objection, words, made_on)) + "\n"


def _lines(objection: Objection, _: Translator, made_on: date) -> Iterator[str]:
    sender = objection.repeated.sender
    yield _("Messages of {name}", name=_line(sender.name or sender.company or "–"))
    yield ""
    if sender.profile_url:
        yield _("Profile: {address}", address=_line(shown_address(sender.profile_url)))
    yield _("Put together on {day}, from the recipient's own data.", day=made_on)
    yield _(
        "Words stand here as they came. Links are cut to their address, without what"
        " may tell who reads them. Nothing is judged."
    )
    for number, entry in enumerate(entries(objection), start=1):
        yield ""
        yield f"{number}. {entry_in_words(entry, _)}"
        if entry.arrival is not None:
            yield from _quoted(entry.arrival, _)


def entry_in_words(entry: Entry, _: Translator) -> str:
    """Return when and by which way something came, or what the member did."""
    day = _.date(entry.at) if entry.at else _("date not known")
    if entry.arrival is not None:
        arrival = entry.arrival
        network = _NETWORKS.get(arrival.network, arrival.network)
        parts = (day, _line(network), way_in_words(arrival.channel, _))
        return " · ".join(part for part in parts if part)
    if entry.decision is not None:
        return f"{day} · {_('You:')} {_.action(entry.decision.action)}"
    return f"{day} · {_('You:')} {_('objection sent')}"


def way_in_words(channel: Channel | None, _: Translator) -> str:
    """Return by which way something came; ``""`` is not known."""
    ways = {
        Channel.INVITATION_NOTE: _("Contact request"),
        Channel.MESSAGE: _("Message"),
        Channel.INMAIL: _("InMail"),
        Channel.MAIL: _("E-mail"),
    }
    return ways[channel] if channel else ""


def _quoted(arrival: Arrival, _: Translator) -> Iterator[str]:
    if arrival.subject:
        yield f"   {_('Subject:')} {_line(arrival.subject)}"
    if arrival.words is None:
        yield f"   ({_('The source did not bring the words.')})"
        return
    # Every line is marked, so that no quoted line looks like one of ours.
    lines = arrival.words.splitlines() or [""]
    yield from (f"   > {_CONTROL.sub('␣', line)}" for line in lines)
    if arrival.is_cut:
        yield f"   ({_('More was written than is kept.')})"


def _line(text: str) -> str:
    return _CONTROL.sub("␣", " ".join(text.split()))


def evidence_json(objection: Objection, *, made_on: date) -> str:
    """Return the evidence for programs; its keys are English in every language."""
    sender = objection.repeated.sender
    return json.dumps(
        {
            "form": _FORM,
            "version": _VERSION,
            "made_on": made_on.isoformat(),
            "sender": {
                "name": sender.name,
                "company": sender.company,
                "profile_url": sender.profile_url and shown_address(sender.profile_url),
            },
            "links": "cut to scheme, host and path",
            "thread": [_entry(each) for each in entries(objection)],
        },
        ensure_ascii=False,
        indent=2,
    )


def _entry(entry: Entry) -> dict[str, Any]:
    at = entry.at.isoformat() if entry.at else None
    if entry.arrival is None:
        action = entry.decision.action.value if entry.decision else "objection"
        return {"at": at, "by": "recipient", "action": action}
    arrival = entry.arrival
    return {
        "at": at,
        "by": "sender",
        "network": arrival.network or None,
        "channel": arrival.channel.value if arrival.channel else None,
        "subject": arrival.subject or None,
        "words": arrival.words,
        "is_cut": arrival.is_cut,
    }
