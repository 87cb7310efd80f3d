"""What accepting a request would add, asked at the desk."""

from __future__ import annotations

from collections.abc import Callable

from vorzimmer.cards import with_given
from vorzimmer.errors import UnknownNameError
from vorzimmer.reach import Reach, Value
from vorzimmer.settings import Settings
from vorzimmer.waiting import Waiting


class ReachDesk:
    """What accepting would add; the network is counted once an import."""

    def __init__(self, settings: Settings, *, waiting: Callable[[], Waiting]) -> None:
        """Take the settings, and what gives the requests."""
        self._settings = settings
        self._waiting = waiting
        self._last: tuple[tuple[int, ...], Reach] | None = None

    def value(self, request_id: str) -> Value:
        """Return what accepting a request would add.

        Raises:
            UnknownNameError: There is no such request.
        """
        waiting = self._waiting()
        request = waiting.store.requests.get(request_id)
        if request is None:
            raise UnknownNameError(request_id, what="request")
        given = waiting.given.get(request_id, {})
        return self._reach(waiting).value(with_given(request, given))

    def _reach(self, waiting: Waiting) -> Reach:
        if self._last is None or self._last[0] != waiting.store.run:
            reach = Reach(
                waiting.store.ties,
                waiting.store.screening.member,
                is_looking_for_work=self._settings.looking_for_work,
            )
            self._last = (waiting.store.run, reach)
        return self._last[1]
