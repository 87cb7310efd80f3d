"""What came after accepting: proposals to remove, warnings, what the member does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from vorzimmer.contact_points import ContactPoint, When, points_for
from vorzimmer.errors import UndoError, UnknownNameError
from vorzimmer.intake.voices import LaterMessage
from vorzimmer.lessons import AFTER_ACCEPTING
from vorzimmer.model import Action, ContactRequest, Decision, Kind, say
from vorzimmer.newcomers import with_contacts
from vorzimmer.people import identity
from vorzimmer.recording import check, record, take_back
from vorzimmer.sequels import Reader, Sequel, Unlike, find_sequels, find_unlike
from vorzimmer.store import Store
from vorzimmer.waiting import Waiting

_GONE = {
    Action.REMOVE,
    Action.BLOCK,
    Action.REPORT_SPAM,
    Action.REPORT_UNKNOWN,
    Action.IGNORE,
    Action.DECLINE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A thread whose stages add up to an approach.

    Attributes:
        points: Official places to turn to.
    """

    sequel: Sequel
    points: tuple[ContactPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Afterwards:
    """What came after accepting, as far as the member has not settled it.

    Attributes:
        alarms: Threads worth a warning.
        unlike: Contacts who suddenly write unlike before.
        proposals: Accepted people who advertised or worse, and are contacts still.
        removed: Those whom the member removed for it, the latest first.
        kept: Those of whom the member said that all is well.
        trusted: Who wrote unlike before, and it was really them.
        accepted: How many accepted requests there are.
        followed: To how many of them a later message is known.
        hacked_points: Official places to turn to about a hacked contact.
    """

    alarms: tuple[Alarm, ...] = ()
    unlike: tuple[Unlike, ...] = ()
    proposals: tuple[Sequel, ...] = ()
    removed: tuple[Sequel, ...] = ()
    kept: tuple[Sequel, ...] = ()
    trusted: tuple[Unlike, ...] = ()
    accepted: int = 0
    followed: int = 0
    hacked_points: tuple[ContactPoint, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Whether nothing wants the member's attention."""
        return not (self.alarms or self.unlike or self.proposals)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What came after one request.

    Attributes:
        unlike: Whether its sender now writes unlike before.
        settled: Whether the member said that all is well.
        later: What the sender wrote after the request, the newest last.
    """

    sequel: Sequel | None = None
    alarm: Alarm | None = None
    unlike: Unlike | None = None
    settled: bool = False
    later: tuple[LaterMessage, ...] = ()

    @property
    def is_worth_saying(self) -> bool:
        """Whether there is something to tell."""
        is_bad = self.sequel is not None and self.sequel.unwanted is not None
        return bool(is_bad or self.alarm or self.unlike)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What was read of one state of the store."""

    revision: int
    sequels: tuple[Sequel, ...]
    unlike: tuple[Unlike, ...]
    settled: Mapping[str, datetime]
    accepted: int


class AfterDesk:
    """What came after accepting, and what the member does about it."""

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
        self._last: _Read | None = None
        self._reader: tuple[tuple[int, ...], Reader] | None = None

    def view(self) -> Afterwards:
        """Return what came after accepting."""
        read = self._read()
        unsettled = [
            each for each in read.sequels if not _is_settled(each, read.settled)
        ]
        alarms = tuple(filter(None, map(_alarm, unsettled)))
        alarmed = {each.sequel.request.id for each in alarms}
        proposals = [
            each
            for each in unsettled
            if _is_contact_unwanted(each) and each.request.id not in alarmed
        ]
        removed = [
            each for each in read.sequels if each.decision.clause == AFTER_ACCEPTING
        ]
        kept = [
            each
            for each in read.sequels
            if _is_settled(each, read.settled)
            and (_is_contact_unwanted(each) or _alarm(each))
        ]
        return Afterwards(
            alarms=alarms,
            unlike=tuple(
                each for each in read.unlike if not _is_trusted(each, read.settled)
            ),
            trusted=tuple(
                each for each in read.unlike if _is_trusted(each, read.settled)
            ),
            proposals=tuple(proposals),
            removed=tuple(sorted(removed, key=lambda each: -each.decision.id)),
            kept=tuple(kept),
            accepted=read.accepted,
            followed=len(read.sequels),
            hacked_points=points_for("hacked"),
        )

    def about(self, request_id: str) -> About:
        """Return what came after one request; nothing for an unknown one."""
        waiting = self._waiting()
        request = waiting.store.requests.get(request_id)
        who = identity(request.sender) if request else ""
        if not who:
            return About()
        # Only this person's messages: all of them would keep the page waiting.
        with self._store.reading() as store:
            messages, settled = store.later_messages(who), store.settled()
        if not messages:
            return About()
        screening = waiting.store.screening
        found = find_sequels(
            messages,
            requests=waiting.store.requests,
            decisions=waiting.decisions,
            screening=screening,
            reader=self._reader_of(waiting),
        )
        sequel = next((each for each in found if each.request.id == request_id), None)
        unlike = [
            each
            for each in find_unlike(messages, screening=screening)
            if not _is_trusted(each, settled)
        ]
        return About(
            sequel=sequel,
            alarm=_alarm(sequel) if sequel else None,
            unlike=unlike[0] if unlike else None,
            settled=sequel is not None and _is_settled(sequel, settled),
            later=tuple(each for each in messages if _is_after(each, request)),
        )

    def remove(self, request_id: str) -> Decision:
        """Record that the member removes a contact for what came after accepting.

        Raises:
            UnknownNameError: Nothing came after such a request.
            ReactionError: The person is no contact any more.
        """
        sequel = self._sequel(request_id)
        kind = sequel.unwanted.kind if sequel.unwanted else _kind_of(sequel)
        with self._store.transaction() as store:
            if sequel.is_of_contact:
                # From now on something is decided about it, so it has to be there.
                store.put_requests([sequel.request])
                store.note_arrivals(self._now())
                store.add_decisions([sequel.decision])
            check(store, sequel.request, Action.REMOVE)
            draft = Decision(
                id=0,
                request_id=request_id,
                action=Action.REMOVE,
                actor="member",
                at=self._now(),
                clause=AFTER_ACCEPTING,
                looked_like=kind,
            )
            return record(store, draft)

    def keep(self, request_id: str) -> None:
        """Record that all is well with a contact, whatever came until now.

        Raises:
            UnknownNameError: Nothing came after such a request.
        """
        self._sequel(request_id)
        with self._store.transaction() as store:
            store.settle(_request(request_id), at=self._now())

    def trust(self, writer: str) -> None:
        """Record that it was the person who wrote, though unlike before.

        Args:
            writer: Who, as ``LaterMessage.writer`` says it.

        Raises:
            UnknownNameError: Nobody of that key writes unlike before.
        """
        if not any(_writer(each) == writer for each in self._read().unlike):
            raise UnknownNameError(writer, what="request")
        with self._store.transaction() as store:
            store.settle(f"person {writer}", at=self._now())

    def distrust(self, writer: str) -> None:
        """Take back that it was the person who wrote.

        Args:
            writer: Who, as ``LaterMessage.writer`` says it.

        Raises:
            UndoError: That was not said.
        """
        with self._store.transaction() as store:
            if not store.unsettle(f"person {writer}"):
                raise UndoError(say("There is nothing to take back."))

    def take_back(self, request_id: str) -> None:
        """Take back what the member did last about what came after a request.

        Raises:
            UndoError: There is nothing to take back.
        """
        with self._store.transaction() as store:
            decision = store.current_decisions().get(request_id)
            if decision is not None and decision.clause == AFTER_ACCEPTING:
                take_back(store, [decision], at=self._now())
            elif not store.unsettle(_request(request_id)):
                raise UndoError(say("There is nothing to take back."))

    def _sequel(self, request_id: str) -> Sequel:
        for each in self._read().sequels:
            if each.request.id == request_id:
                return each
        raise UnknownNameError(request_id, what="request")

    def _read(self) -> _Read:
        """Return what the store holds now; screened again only when it changes."""
        waiting = self._waiting()
        last = self._last
        if last is not None and last.revision == waiting.revision:
            return last
        with self._store.reading() as store:
            messages, settled = store.later_messages(), store.settled()
            ties = store.ties() if messages else ()
        screening = waiting.store.screening
        known = with_contacts(messages, ties, waiting.store.requests, waiting.decisions)
        sequels = find_sequels(
            messages,
            requests=known.requests,
            decisions=known.decisions,
            screening=screening,
            reader=self._reader_of(waiting),
        )
        self._last = _Read(
            revision=waiting.revision,
            sequels=tuple(sequels),
            unlike=tuple(find_unlike(messages, screening=screening)),
            settled=settled,
            accepted=sum(
                each.action in {Action.ACCEPT, Action.REMOVE}
                for each in waiting.decisions.values()
            ),
        )
        return self._last

    def _reader_of(self, waiting: Waiting) -> Reader:
        """Return what has read messages since the last import."""
        screening, run = waiting.store.screening, waiting.store.run
        if self._reader is None or self._reader[0] != run:
            self._reader = (run, Reader(screening))
        self._reader[1].weighed_by(screening)
        return self._reader[1]


def _alarm(sequel: Sequel) -> Alarm | None:
    if not sequel.thread.is_alarming or sequel.decision.action in _GONE:
        return None
    when: When = "knowledge" if sequel.thread.is_about_knowledge else "money"
    return Alarm(sequel=sequel, points=points_for(when))


def _kind_of(sequel: Sequel) -> Kind | None:
    return Kind.DANGER if sequel.thread.is_alarming else None


def _is_after(message: LaterMessage, request: ContactRequest | None) -> bool:
    return request is not None and (
        request.sent_at is None or message.sent_at >= request.sent_at
    )


def _is_contact_unwanted(sequel: Sequel) -> bool:
    return bool(sequel.unwanted) and sequel.decision.action is Action.ACCEPT


def _is_trusted(unlike: Unlike, settled: Mapping[str, datetime]) -> bool:
    return _is_since(settled, _person(unlike), unlike.followed.message.sent_at)


def _is_settled(sequel: Sequel, settled: Mapping[str, datetime]) -> bool:
    newest = max(each.message.sent_at for each in sequel.followed)
    return _is_since(settled, _request(sequel.request.id), newest)


def _is_since(settled: Mapping[str, datetime], subject: str, sent_at: datetime) -> bool:
    at = settled.get(subject)
    return at is not None and sent_at <= at


def _request(request_id: str) -> str:
    return f"request {request_id}"


def _writer(unlike: Unlike) -> str:
    return unlike.followed.message.writer


def _person(unlike: Unlike) -> str:
    return f"person {_writer(unlike)}"
