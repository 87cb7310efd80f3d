"""The member objects to advertising that came again after a no."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from vorzimmer.days import local_day
from vorzimmer.errors import UndoError, UnknownNameError
from vorzimmer.intake.voices import LaterMessage
from vorzimmer.model import ContactRequest, Kind, say
from vorzimmer.objections import (
    Arrival,
    Objection,
    Repeated,
    arrival_of,
    arrival_of_message,
    find_repeated,
    refusal_of,
)
from vorzimmer.people import identity
from vorzimmer.senders import Senders
from vorzimmer.sequels import Reader
from vorzimmer.store import Reading, SentObjection, Store
from vorzimmer.waiting import Waiting


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found out about one state of imports."""

    run: tuple[int, ...]
    senders: Senders
    reader: Reader


class ObjectionDesk:
    """Who advertised again after a refusal, and what the member did about it."""

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], datetime],
        waiting: Callable[[], Waiting],
    ) -> None:
        """Take the store, the clock, and what gives the screened requests."""
        self._store = store
        self._now = now
        self._waiting = waiting
        self._known: _Known | None = None
        self._last: tuple[int, dict[str, Repeated | None]] | None = None

    def of(self, request_id: str) -> Objection | None:
        """Return the objection to the sender of a request; ``None``: none is due."""
        waiting = self._waiting()
        refused = waiting.refused
        if not refused:
            return None
        asked = self._know(waiting).senders.together(request_id)
        if not any(each.id in refused for each in asked):
            return None
        with self._store.reading() as store:
            found = self._repeated(waiting, store, asked)
            return self._objection(found, store.objections()) if found else None

    def one(self, request_id: str) -> Objection:
        """Return the objection to the sender of a request.

        Raises:
            UnknownNameError: Nothing is to be objected to.
        """
        found = self.of(request_id)
        if found is None:
            raise UnknownNameError(request_id, what="request")
        return found

    def all(self) -> tuple[Objection, ...]:
        """Return all objections, the latest advertisement first."""
        waiting = self._waiting()
        refused = waiting.refused
        if not refused:
            return ()
        senders = self._know(waiting).senders
        people = {senders.together(each) for each in refused}
        with self._store.reading() as store:
            sent = store.objections()
            found = [
                self._objection(each, sent)
                for asked in people
                if asked and (each := self._repeated(waiting, store, asked))
            ]
        return tuple(sorted(found, key=_latest_first))

    def due(self) -> tuple[Objection, ...]:
        """Return the objections whose month is over, the longest first."""
        with self._store.reading() as store:
            sent = store.objections()
        waits = [key for key, each in sent.items() if each.closed_at is None]
        found = [self.of(each) for each in waits]
        return tuple(each for each in found if each is not None and each.is_due)

    def send(self, request_id: str) -> Objection:
        """Record that the member has sent the letter.

        Raises:
            UnknownNameError: Nothing is to be objected to.
        """
        found = self.one(request_id)
        with self._store.transaction() as store:
            store.put_objection(found.request_id, at=self._now())
        return self.one(request_id)

    def close(self, request_id: str) -> Objection:
        """Record that the matter is settled.

        Raises:
            UnknownNameError: Nothing is to be objected to.
            UndoError: No letter was sent.
        """
        found = self.one(request_id)
        with self._store.transaction() as store:
            if not store.close_objection(found.request_id, at=self._now()):
                raise UndoError(say("No letter was sent yet."))
        return self.one(request_id)

    def take_back(self, request_id: str) -> Objection:
        """Take back what was said last: that it is settled, else that it was sent.

        Raises:
            UnknownNameError: Nothing is to be objected to.
            UndoError: There is nothing to take back.
        """
        found = self.one(request_id)
        with self._store.transaction() as store:
            if found.sent_at is None:
                raise UndoError(say("There is nothing to take back."))
            if found.closed_at is not None:
                store.close_objection(found.request_id, at=None)
            else:
                store.drop_objection(found.request_id)
        return self.one(request_id)

    def _objection(
        self, repeated: Repeated, sent: Mapping[str, SentObjection]
    ) -> Objection:
        letter = sent.get(repeated.request_id)
        return Objection(
            repeated=repeated,
            sent_at=letter.sent_at if letter else None,
            closed_at=letter.closed_at if letter else None,
            today=local_day(self._now()),
        )

    def _repeated(
        self, waiting: Waiting, store: Reading, asked: tuple[ContactRequest, ...]
    ) -> Repeated | None:
        """Return who advertised again; found out once for each state of the store."""
        if self._last is None or self._last[0] != waiting.revision:
            self._last = (waiting.revision, {})
        kept, key = self._last[1], asked[0].id
        if key not in kept:
            kept[key] = self._find(waiting, store, asked)
        return kept[key]

    def _find(
        self, waiting: Waiting, store: Reading, asked: tuple[ContactRequest, ...]
    ) -> Repeated | None:
        if not refusal_of(asked, waiting.decisions):
            return None
        said = {key: each.kind for key, each in store.said().corrections.items()}
        arrivals = [_asked(waiting, each, said) for each in asked]
        arrivals += self._later(waiting, store, asked)
        return find_repeated(asked, arrivals, waiting.decisions)

    def _later(
        self, waiting: Waiting, store: Reading, asked: Iterable[ContactRequest]
    ) -> list[Arrival]:
        """Return what one person wrote after the requests, each once."""
        by_writer: defaultdict[str, list[ContactRequest]] = defaultdict(list)
        for each in asked:
            if writer := identity(each.sender):
                by_writer[writer].append(each)
        found: dict[str, tuple[LaterMessage, ContactRequest]] = {
            message.id: (message, requests[0])
            for writer, requests in by_writer.items()
            for message in store.later_messages(writer)
        }
        reader = self._know(waiting).reader
        reader.read((each.as_request(), first) for each, first in found.values())
        return [
            arrival_of_message(
                message, reader.screened(message.as_request().id).assessment
            )
            for message, _ in found.values()
        ]

    def _know(self, waiting: Waiting) -> _Known:
        screening, run = waiting.store.screening, waiting.store.run
        if self._known is None or self._known.run != run:
            senders = Senders(waiting.store.requests.values())
            self._known = _Known(run, senders, Reader(screening))
        self._known.reader.weighed_by(screening)
        return self._known


def _asked(
    waiting: Waiting, request: ContactRequest, said: Mapping[str, Kind | None]
) -> Arrival:
    given = waiting.given.get(request.id, {})
    screened = waiting.store.screened_with(request.id, given)
    return arrival_of(request, screened.assessment, said=said.get(request.id))


def _latest_first(objection: Objection) -> tuple[float, str]:
    sent_at = objection.repeated.latest.sent_at
    return (-sent_at.timestamp() if sent_at else 0.0, objection.request_id)
