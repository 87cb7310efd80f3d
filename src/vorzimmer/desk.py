"""The member's use cases; the one owner of clock and transactions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Self

from vorzimmer.acting import BY_HAND, Network
from vorzimmer.campaigns import Campaign
from vorzimmer.cards import ASKABLE, Card, Session, act_at
from vorzimmer.collection import held_back
from vorzimmer.errors import UnknownNameError
from vorzimmer.intake import Intake
from vorzimmer.keeping import (
    HANDED_IN,
    Counts,
    ImportReport,
    Origin,
    keep,
    report_of,
)
from vorzimmer.model import Action, Answer, Decision, Member
from vorzimmer.policy import Policy
from vorzimmer.policy_folder import Policies, check_names, languages_read, open_policies
from vorzimmer.recording import Parts
from vorzimmer.rooms import Rooms
from vorzimmer.screened_store import screen_store
from vorzimmer.settings import Settings
from vorzimmer.sources import Progress, kinds_of, silent, take_in
from vorzimmer.store import Store
from vorzimmer.toml_places import nearest
from vorzimmer.unfinished import place_beside, unfinished_of
from vorzimmer.waiting import Waiting

__all__ = [
    "ASKABLE",
    "Card",
    "Desk",
    "ImportReport",
    "Progress",
    "Session",
    "act_at",
]


class Desk(Rooms):
    """One member's desk over one store; see ``Rooms`` for its parts."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),  # noqa: TID251 -- the one clock
        networks: Mapping[str, Network] = BY_HAND,
    ) -> None:
        """Take the parts; ``Desk.open`` makes them."""
        self.settings = settings
        self._store = store
        self._now = now
        self._lock = RLock()
        self._last: Waiting | None = None
        parts = Parts(
            store=store,
            now=now,
            waiting=self._waiting,
            policy=self.policy,
            lock=self._lock,
            days=settings.ask.days,
            networks=networks,
        )
        self._open_rooms(
            settings,
            parts,
            keeper=self,
            card=self.card,
            reads=self.reads,
            changed=self._take_settings,
        )

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Open the store that the settings name.

        Raises:
            ConfigurationError: They name a policy or a signal that does not exist.
            StoreError: It cannot be opened; the sentence says why.
        """
        check_names(settings)
        return cls(settings, Store.open(settings.database))

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def one_moment(self) -> AbstractContextManager[None]:
        """Let all that is asked inside be of one moment; for pages that ask much."""
        return self._store.one_moment()

    def _take_settings(self, settings: Settings) -> None:
        self.settings = settings

    def member(self) -> Member | None:
        """Return whom the desk belongs to, once an import has said it."""
        with self._store.reading() as store:
            return store.member()

    def reads(self) -> frozenset[str]:
        """Return codes of the languages that the member reads; none: not known."""
        return languages_read(self.settings, self.member())

    def policies(self) -> Policies:
        """Return the presets and the member's own policies, and mistakes in these."""
        return open_policies(self.settings, self.reads)

    def policy(self) -> Policy:
        """Return the policy in use.

        Raises:
            ConfigurationError: It has a mistake.
            SourceError: Its file cannot be read.
        """
        policies = self.policies()
        return policies.named(self.policy_name(policies))

    def policy_name(self, policies: Policies) -> str:
        """Return which policy is in use: chosen on the desk, else in the settings.

        A policy that was chosen on the desk, and whose file is gone since, counts as
        not chosen.
        """
        with self._store.reading() as store:
            chosen = store.preference("policy")
        return chosen if chosen in policies.names else self.settings.policy

    def use_policy(self, name: str) -> Policy:
        """Use another policy from now on.

        Raises:
            UnknownNameError: There is none of that name.
            ConfigurationError: It has a mistake.
            SourceError: Its file cannot be read.
        """
        policy = self.policies().named(name)
        with self._store.transaction() as store:
            store.put_preference("policy", name)
        return policy

    @held_back()
    def import_from(
        self,
        source: Path,
        *,
        label: str | None = None,
        progress: Callable[[Progress], None] = silent,
    ) -> ImportReport:
        """Take in an archive, a mailbox, or another file, all of it or nothing.

        What was read of a mailbox when a reading is interrupted is kept beside the
        database, so that the next one goes on after it.

        Args:
            source: A ZIP, a folder, a single file of an archive, or JSON lines.
            label: What to call it in the list of imports.
            progress: Told from time to time how far it is.

        Raises:
            SourceError: It cannot be read as a whole.
            OtherMemberError: It belongs to somebody else; nothing was stored.
            StoreError: It cannot be stored; nothing was.
        """
        started_at = self._now()
        kinds = kinds_of(source)
        trusted = self.settings.mail.trusted
        begun = unfinished_of(
            source,
            beside=place_beside(self.settings),
            kinds=kinds,
            told=trusted,
            now=started_at,
        )
        with begun:
            report = self.keep(
                take_in(
                    source, progress, trusted=trusted, kinds=kinds, unfinished=begun
                ),
                label or source.absolute().name,
                kinds=kinds,
                started_at=started_at,
                progress=progress,
            )
        return replace(report, rows_before=begun.rows)

    @held_back()
    def import_portability(
        self,
        *,
        since: datetime | None = None,
        is_again: bool = False,
        is_quiet: bool = False,
        progress: Callable[[Progress], None] = silent,
    ) -> ImportReport:
        """Take in what LinkedIn's portability interface tells, all of it or nothing.

        What was read of an unfinished reading is kept beside the database, so that the
        next one goes on after it.

        Args:
            since: Ask the change log from here on; ``None`` is where the last reading
                ended.
            is_again: Whether to read everything, whatever was read before.
            is_quiet: Whether a reading without news leaves no trace in the list.
            progress: Told from time to time how far it is.

        Raises:
            SourceError: There is no token, or LinkedIn does not answer.
            OtherMemberError: It belongs to somebody else; nothing was stored.
            StoreError: It cannot be stored; nothing was.
        """
        # Nothing else here speaks over the network, or waits for what does.
        from vorzimmer import portability_intake as portability  # noqa: PLC0415

        started_at = self._now()
        intake, cursor = portability.take_in_portability(
            self.mark(portability.PREFERENCE),
            now=started_at,
            since=since,
            is_again=is_again,
            spool=portability.spool_beside(self.settings),
            progress=progress,
        )
        return self.keep(
            intake,
            portability.LABEL,
            kinds=("portability",),
            started_at=started_at,
            mark=(portability.PREFERENCE, cursor),
            is_quiet=is_quiet,
            progress=progress,
        )

    def mark(self, name: str) -> str:
        """Return how far a source was read; ``""`` is nothing yet.

        Args:
            name: As it was kept under.
        """
        with self._store.reading() as store:
            return store.preference(name) or ""

    def keep(  # noqa: PLR0913 - what has to be known of a reading
        self,
        intake: Intake,
        label: str,
        *,
        kinds: Sequence[str] = (HANDED_IN,),
        started_at: datetime | None = None,
        mark: tuple[str, str] | None = None,
        is_quiet: bool = False,
        counts: Counts = Counts.TOLD,
        progress: Callable[[Progress], None] = silent,
    ) -> ImportReport:
        """Keep what a source brought, all of it or nothing.

        Args:
            intake: What it brought.
            label: What to call the source in the list of imports.
            kinds: The names of the importers that read it.
            started_at: When the reading began; ``None`` is now.
            mark: A name, and under it where to read on another time.
            is_quiet: Whether a reading without news leaves no trace in the list.
            counts: How its counts stand to what the source said before.
            progress: Told when it is stored.

        Raises:
            OtherMemberError: It belongs to somebody else; nothing was stored.
            StoreError: It cannot be stored; nothing was.
        """
        rows = sum(intake.counts.values())
        progress(Progress("", rows, "storing"))
        with self._lock:
            origin = Origin(
                label=label,
                kinds=kinds,
                started_at=started_at or self._now(),
                mark=mark,
                is_quiet=is_quiet,
                counts=counts,
            )
            report = keep(self._store, intake, origin, now=self._now)
        progress(Progress("", rows, "done"))
        return report

    def imports(self) -> tuple[ImportReport, ...]:
        """Return what was imported, newest first."""
        with self._store.reading() as store:
            return tuple(report_of(run, store) for run in reversed(store.import_runs()))

    def is_new(self) -> bool:
        """Return whether nothing was imported yet."""
        with self._store.reading() as store:
            return not store.import_runs()

    @held_back()
    def session(self) -> Session:
        """Return the open requests, grouped by what the policy proposes."""
        return self._waiting().session(self.policy())

    def card(self, request_id: str) -> Card:
        """Return one request with all that is said of it.

        Raises:
            UnknownNameError: There is no such request.
        """
        return self._waiting().card(request_id, self.policy())

    def decided(self, limit: int = 50) -> tuple[Card, ...]:
        """Return decided requests, the newest decision first."""
        return self._waiting().decided(self.policy(), limit=limit)

    def found(self, who: str, limit: int = 50) -> tuple[Card, ...]:
        """Return requests, open or not, by words of name, firm and headline."""
        return self._waiting().found(who, self.policy(), limit=limit)

    def campaigns(self) -> tuple[Campaign, ...]:
        """Return the campaigns among all requests, the largest first."""
        return self._waiting().campaigns()

    def decide(self, request_id: str, action: Action, *, note: str = "") -> Decision:
        """Record what the member does about a request.

        Raises:
            UnknownNameError: There is no such request.
            ReactionError: It is not possible where the request stands.
        """
        return self.reactions.decide(request_id, action, note=note)

    def undo(self, decision_id: int | None = None) -> Decision:
        """Take a decision of the member back; the record keeps both.

        Args:
            decision_id: Which; ``None`` is the member's newest that holds, and with it
                all that were taken at once with it; the last undoing is returned.

        Raises:
            UndoError: There is none, or it does not hold any more.
        """
        return self.reactions.undo(decision_id)[-1]

    def give_fact(self, request_id: str, fact: str, value: Answer | None) -> Card:
        """Record what the member saw on the sender's profile.

        Args:
            request_id: Whose sender.
            fact: A field of ``Person`` that is in ``ASKABLE``.
            value: What it is; ``None`` takes an earlier answer back.

        Raises:
            UnknownNameError: There is no such request or fact.
        """
        if fact not in ASKABLE:
            raise UnknownNameError(fact, nearest(fact, list(ASKABLE)), what="fact")
        self.card(request_id)
        with self._store.transaction() as store:
            store.add_given_fact(request_id, fact, value=value, at=self._now())
        return self.card(request_id)

    def _waiting(self) -> Waiting:
        """Return what the store holds now; screened again only after an import."""
        with self._lock, self._store.reading() as store:
            last, revision = self._last, store.revision()
            if last is not None and last.revision == revision:
                return last
            run = store.content()
            if last is not None and last.store.run == run:
                screened = last.store
            else:
                before = last.store if last is not None else None
                screened = screen_store(store, self.settings, run=run, before=before)
            self._last = Waiting.read(store, screened)
            return self._last
