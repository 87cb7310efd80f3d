"""Networks, and what Vorzimmer itself may do on them.

LinkedIn and XING forbid that a program acts: there the person does it, and confirms.
A network with an official interface may let Vorzimmer act; it is a class with the
methods of ``Network``, handed to the desk when it is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from vorzimmer.model import Action, ContactRequest, Sentence


class Progress(StrEnum):
    """How far acting is."""

    WAITING = "waiting"
    FAILED = "failed"
    DONE = "done"
    CANCELLED = "cancelled"


UNDER_WAY = (Progress.WAITING, Progress.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentText:
    """The words that go along with an action.

    Attributes:
        text: As they are sent.
        text_id: Of the text block that they are from, ``""`` for none.
        language: E.g. ``"de"``; ``""`` is not known.
        address: Form of address, ``"sie"`` or ``"du"``; ``""`` has none.
    """

    text: str = ""
    text_id: str = ""
    language: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """An action that is begun on a network, and recorded once it is done.

    Attributes:
        key: Tells it from others; a network does what has the same key only once.
        text: With the next three, the words that go along; see ``SentText``.
        note: What the member writes to oneself.
        tries: How often the network was asked to do it.
        problem: Why the last try failed; ``None`` when none did.
        decision_id: What it was recorded as, once it is done.
    """

    key: str
    request_id: str
    action: Action
    begun_at: datetime
    text: str = ""
    text_id: str = ""
    language: str = ""
    address: str = ""
    note: str = ""
    progress: Progress = Progress.WAITING
    tries: int = 0
    problem: Sentence | None = None
    decision_id: int | None = None

    @property
    def sent(self) -> SentText:
        """The words that go along."""
        return SentText(
            text=self.text,
            text_id=self.text_id,
            language=self.language,
            address=self.address,
        )

    def recorded_as(self, decision_id: int) -> Acting:
        """Return it done, and recorded as a decision."""
        return replace(self, progress=Progress.DONE, decision_id=decision_id)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A network's word that it has done something.

    Attributes:
        key: Of what it has done.
        at: When.
    """

    key: str
    at: datetime


class Network(Protocol):
    """What Vorzimmer needs of a network.

    Attributes:
        name: As requests name it, in lower case.
        reads: Whether Vorzimmer may read requests from it by itself.
        acts: What Vorzimmer may do on it by itself; nothing where the person acts.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - stands above
    @property
    def reads(self) -> bool: ...  # noqa: D102 - stands above
    @property
    def acts(self) -> frozenset[Action]: ...  # noqa: D102 - stands above

    def act(
        self, request: ContactRequest, action: Action, text: str, *, key: str
    ) -> Receipt:
        """Do it, at most once for a key, however often it is asked.

        Args:
            request: About which.
            action: One of ``acts``.
            text: The words that go along, ``""`` for none.
            key: The same for each try to do the same.

        Raises:
            ActingError: It did not work; another try with the same key is safe.
        """
        ...


@dataclass(frozen=True, slots=True)
class ByHand:
    """A network on which the person acts; Vorzimmer copies, leads there, and waits.

    Source: LinkedIn's user agreement bans bots, add-ons and automated messages.
    """

    name: str
    reads: bool = False
    acts: frozenset[Action] = frozenset()

    def act(
        self, request: ContactRequest, action: Action, text: str, *, key: str
    ) -> Receipt:
        """Refuse: nobody may call this on a network without ``acts``."""
        message = f"{self.name}: the person acts, not the program"
        raise AssertionError(message, request.id, action, text, key)


BY_HAND: Mapping[str, Network] = {
    each.name: each for each in (ByHand("linkedin"), ByHand("xing"))
}


def network_of(request: ContactRequest, networks: Mapping[str, Network]) -> Network:
    """Return the network of a request; on one that is not known, the person acts."""
    name = request.network or ""
    return networks.get(name) or ByHand(name)
