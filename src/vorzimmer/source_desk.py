"""What was read out of which source; where facts are from; forgetting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime

from vorzimmer.importers import source_named
from vorzimmer.intake.sayings import Saying, agree, sayings
from vorzimmer.joining import Losses, find_source, forget, losses_of, telling_apart
from vorzimmer.keeping import ImportReport, report_of
from vorzimmer.model import Sentence, say
from vorzimmer.store import EARLIER, KEPT, Store, StoredSource

__all__ = ["Credit", "Losses", "ReadSource", "SourceDesk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSource:
    """A source out of which something was read, and what came of it.

    Attributes:
        kinds: The names of its importers.
        label: The file or mailbox; ``""`` where it has none.
        read_at: When it was read last; ``None`` where nobody wrote it down.
        requests: Of how many requests it tells.
        ties: How many facts on who knows whom it tells.
        reports: Its readings, newest first.
    """

    id: int
    kinds: tuple[str, ...]
    label: str
    read_at: datetime | None
    requests: int
    ties: int
    reports: tuple[ImportReport, ...]

    @property
    def is_kept(self) -> bool:
        """Whether it holds what stays for the member's decisions, and stays itself."""
        return self.kinds == (KEPT,)


@dataclass(frozen=True, slots=True)
class Credit:
    """A value of a fact, and where it is from.

    Attributes:
        value: Never ``None``.
        title: Of the source; ``None`` where only its label says what it is.
        label: The file or mailbox, or ``""``.
        on: The day of which the source speaks.
        holds: Whether it is the one that counts.
    """

    value: object
    title: Sentence | None
    label: str
    on: date
    holds: bool


class SourceDesk:
    """What was read out of which source, and what follows from it."""

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], datetime],
        lock: AbstractContextManager[object],
    ) -> None:
        """Take the store, the clock, and what keeps two writers apart."""
        self._store = store
        self._now = now
        self._lock = lock

    def read(self) -> tuple[ReadSource, ...]:
        """Return the sources out of which something was read, newest first."""
        with self._store.reading() as store:
            counts = store.brought_counts()
            reports: dict[int | None, list[ImportReport]] = {}
            for run in reversed(store.import_runs()):
                reports.setdefault(run.source_id, []).append(report_of(run, store))
            known = [
                ReadSource(
                    id=each.id,
                    kinds=each.kinds,
                    label=each.label,
                    read_at=each.read_at,
                    requests=counts.get(each.id, (0, 0))[0],
                    ties=counts.get(each.id, (0, 0))[1],
                    reports=tuple(reports.get(each.id, ())),
                )
                for each in store.sources()
            ]
        shown = [each for each in known if not each.is_kept or each.requests]
        return tuple(sorted(shown, key=_newest_first))

    def one(self, source_id: int) -> ReadSource:
        """Return a source that can be forgotten.

        Raises:
            UnknownNameError: There is none of that number.
        """
        with self._store.reading() as store:
            found = find_source(store, source_id)
        return next(each for each in self.read() if each.id == found.id)

    def losses(self, source_id: int) -> Losses:
        """Return what would go if a source were forgotten.

        Raises:
            UnknownNameError: There is none of that number.
        """
        with self._store.reading() as store:
            return losses_of(store, source_id)

    def forget(self, source_id: int) -> StoredSource:
        """Remove what only this source brought; what the member decided or said stays.

        Raises:
            UnknownNameError: There is none of that number.
            StoreError: It cannot be removed; nothing was.
        """
        with self._lock, self._store.transaction() as t:
            gone = forget(t, source_id, now=self._now())
        self._store.sweep()
        return gone

    def was_read(self, kind: str, label: str) -> None:
        """Write down that a source was read just now, though nothing new came.

        A source out of which nothing ever came is none.
        """
        with self._store.reading() as store:
            known = {(each.name, each.label) for each in store.sources()}
        if (kind, label) in known:
            with self._lock, self._store.transaction() as t:
                t.put_source(kind, label, read_at=self._now())

    def counted(self, kind: str, label: str) -> set[int]:
        """Return the marks of the sent mails that a source has counted before.

        Args:
            kind: The name of its importer.
            label: The mailbox.
        """
        with self._store.reading() as store:
            found = set[int]()
            for each in store.sources():
                if (each.name, each.label) == (kind, label):
                    found = store.counted(each.id)
            return found

    def credits(self, request_id: str) -> Mapping[str, tuple[Credit, ...]]:
        """Return what the sources say of a request, by fact; what holds comes first."""
        with self._store.reading() as store:
            sources = store.sources()
            apart = telling_apart(sources)
            group = store.contributions(apart, request_id=request_id)
        known = {each.id: each for each in sources}
        return {
            fact: tuple(_credits(fact, said, known))
            for fact, said in sayings(group).items()
        }


def _newest_first(source: ReadSource) -> tuple[float, int]:
    moment = source.read_at.timestamp() if source.read_at else 0.0
    return (-moment, -source.id)


def _credits(
    fact: str, said: Sequence[Saying], known: Mapping[int, StoredSource]
) -> Iterator[Credit]:
    told: set[tuple[object, int]] = set()
    for each in said:
        if (each.value, each.source) not in told:
            told.add((each.value, each.source))
            yield Credit(
                value=each.value,
                title=title_of(known[each.source].kinds),
                label=known[each.source].label,
                on=each.said_at.date(),
                holds=agree(fact, each.value, said[0].value),
            )


def title_of(kinds: Sequence[str]) -> Sentence | None:
    """Return what a source is called; ``None`` where no importer declares it."""
    for kind in kinds:
        if kind in _TITLES:
            return _TITLES[kind]
        declared = source_named(kind)
        if declared is not None:
            return declared.title
    return None


_TITLES: Mapping[str, Sentence] = {
    EARLIER: say("What came before sources were written down"),
    KEPT: say("Kept for what you decided, its source is forgotten"),
}
