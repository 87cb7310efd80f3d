"""Mails that somebody who is no member asked about, while the desk is open."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from secrets import token_urlsafe

from vorzimmer.errors import UnknownNameError
from vorzimmer.nonmembers import Advice

_MOST_KEPT = 10


@dataclass(slots=True)
class Invitations:
    """The last mails that were asked about; gone when the desk closes."""

    _kept: OrderedDict[str, Advice] = field(default_factory=OrderedDict)

    def keep(self, advice: Advice) -> str:
        """Keep the advice on a mail; return the name to ask for it by."""
        name = token_urlsafe(9)
        self._kept[name] = advice
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return name

    def named(self, name: str) -> Advice:
        """Return the advice of that name.

        Raises:
            UnknownNameError: It is not kept, or not any more.
        """
        if name not in self._kept:
            raise UnknownNameError(name[:20], what="invitation")
        return self._kept[name]
