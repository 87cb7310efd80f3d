"""How long a text may be where it is sent, counted as that place counts.

Source:
    LinkedIn: help pages a550555 (notes) and a554514 (InMail: 2,000; third parties
    report 1,900, and the lower one is safe); notes of 200 without and 300 with Premium
    and messages of 8,000 as third parties report them. XING: 16,384 characters a
    message (its former programming interface); the length of a note is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vorzimmer.model import Channel, Sentence, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How long a text may be at one place.

    Attributes:
        name: In addresses and files.
        title: For people.
        network: In lower case; ``""`` is any.
        channel: By which way it is sent.
        most: Characters; ``None`` is as many as one likes.
        counts: ``"units"``: as a text field of a browser does (UTF-16), where most
            emoji count two; ``"characters"``: each character counts one.
    """

    name: str
    title: Sentence
    network: str
    channel: Channel
    most: int | None
    counts: Literal["units", "characters"] = "units"

    def length(self, text: str) -> int:
        """Return how long a text is as this place counts; a line break counts one."""
        plain = text.replace("\r\n", "\n")
        if self.counts == "characters":
            return len(plain)
        return len(plain.encode("utf-16-le", "surrogatepass")) // 2

    def left(self, text: str) -> int | None:
        """Return how many characters are left, below 0 when it is too long.

        ``None`` where there is no limit.
        """
        return None if self.most is None else self.most - self.length(text)


LIMITS: tuple[Limit, ...] = (
    Limit(
        name="linkedin-message",
        title=say("Message on LinkedIn"),
        network="linkedin",
        channel=Channel.MESSAGE,
        most=8_000,
    ),
    Limit(
        name="linkedin-note",
        title=say("Note on an invitation, LinkedIn"),
        network="linkedin",
        channel=Channel.INVITATION_NOTE,
        most=200,
    ),
    Limit(
        name="linkedin-premium-note",
        title=say("Note on an invitation, LinkedIn Premium"),
        network="linkedin",
        channel=Channel.INVITATION_NOTE,
        most=300,
    ),
    Limit(
        name="linkedin-inmail",
        title=say("InMail on LinkedIn"),
        network="linkedin",
        channel=Channel.INMAIL,
        most=1_900,
    ),
    Limit(
        name="xing-message",
        title=say("Message on XING"),
        network="xing",
        channel=Channel.MESSAGE,
        most=16_384,
        counts="characters",
    ),
    Limit(
        name="mail",
        title=say("E-mail, or elsewhere"),
        network="",
        channel=Channel.MAIL,
        most=None,
        counts="characters",
    ),
)


def limits_for(network: str | None) -> tuple[Limit, ...]:
    """Return the places of a network, the usual one first.

    Args:
        network: In lower case; ``None`` when not known: then all places.
    """
    own = tuple(each for each in LIMITS if each.network in {network, ""})
    return own if len(own) > 1 else LIMITS


def limit_of(network: str | None, channel: Channel) -> Limit:
    """Return the limit that holds for a channel of a network; the first where none."""
    places = limits_for(network)
    return next((each for each in places if each.channel is channel), places[0])
