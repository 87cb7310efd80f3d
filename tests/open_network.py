"""A stand-in for a network that lets Vorzimmer act, with its failures."""

from __future__ import annotations

from datetime import UTC, datetime

from vorzimmer.acting import Receipt
from vorzimmer.errors import ActingError
from vorzimmer.model import Action, ContactRequest, say

BUSY = say("The network is busy. Please try again in a while.")


class OpenNetwork:
    """Does what it is asked to, once a key; fails as often as it is told to."""

    name = "open"
    reads = True
    acts = frozenset({Action.ACCEPT, Action.ASK, Action.IGNORE})

    def __init__(self) -> None:
        self.done: dict[str, tuple[str, Action, str]] = {}
        self.asked: list[str] = []
        self.failures = 0
        self.refuses: set[str] = set()
        self.is_cut_off = False

    def act(
        self, request: ContactRequest, action: Action, text: str, *, key: str
    ) -> Receipt:
        self.asked.append(key)
        if self.failures or request.id in self.refuses:
            self.failures = max(0, self.failures - 1)
            raise ActingError(BUSY)
        self.done.setdefault(key, (request.id, action, text))
        if self.is_cut_off:
            self.is_cut_off = False
            raise ActingError(BUSY)
        return Receipt(key, datetime(2026, 11, 2, tzinfo=UTC))
