"""The member's use cases; the one owner of clock and transactions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Self

from vorzimmer.cards import ASKABLE, Card, Session, act_at, is_open
from vorzimmer.collection import held_back
from vorzimmer.errors import OtherMemberError, UndoError, UnknownNameError
from vorzimmer.intake import Intake, PastDecision
from vorzimmer.intake.same_requests import with_known_ids
from vorzimmer.intake.talk import without_talk
from vorzimmer.model import Action, Answer, Decision, Member, Sentence, Skipped, say
from vorzimmer.people import is_other_member
from vorzimmer.policy import Policy
from vorzimmer.policy_folder import Policies, check_names, open_policies
from vorzimmer.settings import Settings
from vorzimmer.sources import Progress, silent, take_in
from vorzimmer.store import Brought, ImportRun, Reading, Store
from vorzimmer.toml_places import nearest
from vorzimmer.waiting import Waiting, screen_store

__all__ = [
    "ASKABLE",
    "Card",
    "Desk",
    "ImportReport",
    "Progress",
    "Session",
    "act_at",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What one import brought.

    Attributes:
        counts: Rows read, by file.
        ties: New facts on who knows whom, that the source brought.
        skipped: Rows that could not be read.
        about_files: What had to be said of files as a whole.
        found: What became of the requests in it; ``None`` once it is history.
    """

    run: int
    source: str
    started_at: datetime
    finished_at: datetime | None
    counts: Mapping[str, int]
    new_requests: int
    updated_requests: int
    ties: int
    skipped: tuple[Skipped, ...]
    about_files: tuple[Skipped, ...]
    notices: tuple[Sentence, ...]
    found: Sentence | None = None


class Desk:
    """One member's desk over one store."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),  # noqa: TID251 -- the one clock
    ) -> None:
        """Take the parts; ``Desk.open`` makes them."""
        self.settings = settings
        self._store = store
        self._now = now
        self._lock = RLock()
        self._last: Waiting | None = None

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

    def member(self) -> Member | None:
        """Return whom the desk belongs to, once an import has said it."""
        with self._store.reading() as store:
            return store.member()

    def policies(self) -> Policies:
        """Return the presets and the member's own policies, and mistakes in these."""
        return open_policies(self.settings)

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
        """Take in an archive or a file of requests, all of it or nothing.

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
        intake = take_in(source, progress, trusted=self.settings.mail.trusted)
        label = label or source.name
        return self.keep(intake, label, started_at=started_at, progress=progress)

    def cursor(self, name: str) -> str:
        """Return how far a source was read; ``""`` is nothing yet.

        Args:
            name: As it was kept under.
        """
        with self._store.reading() as store:
            return store.preference(name) or ""

    def keep(
        self,
        intake: Intake,
        label: str,
        *,
        started_at: datetime | None = None,
        cursor: tuple[str, str] | None = None,
        progress: Callable[[Progress], None] = silent,
    ) -> ImportReport:
        """Store what a source brought, all of it or nothing.

        Args:
            intake: What it brought.
            label: What to call the source in the list of imports.
            started_at: When the reading began; ``None`` is now.
            cursor: A name, and under it where to read on another time.
            progress: Told when it is stored.
        """
        started_at = started_at or self._now()
        rows = sum(intake.counts.values())
        progress(Progress("", rows, "storing"))
        with self._lock, self._store.transaction() as store:
            _check_owner(store.member(), intake.member)
            run = store.add_import_run(label, started_at=started_at)
            stored = {each.id: each for each in store.requests()}
            intake = with_known_ids(intake, stored=stored, aliases=store.aliases())
            intake = without_talk(intake, ties=store.ties, stored=stored)
            if cursor:
                store.put_preference(*cursor)
            store.put_aliases(intake.aliases)
            store.put_member(intake.member)
            new, updated = store.put_requests(intake.requests)
            new_ties = store.put_ties(intake.ties)
            decided = store.current_decisions()
            store.add_decisions(
                _from_archive(past, started_at)
                for past in intake.past
                if past.request_id not in decided
            )
            found = _found(intake, store.current_decisions())
            store.put_skipped(run, intake.skipped)
            store.finish_import_run(
                run,
                finished_at=self._now(),
                counts=intake.counts,
                notices=intake.notices,
                brought=Brought(new, updated, new_ties),
            )
        progress(Progress("", rows, "done"))
        with self._store.reading() as store:
            ended = next(each for each in store.import_runs() if each.id == run)
            return replace(_report(ended, store), found=found)

    def imports(self) -> tuple[ImportReport, ...]:
        """Return what was imported, newest first."""
        with self._store.reading() as store:
            return tuple(_report(run, store) for run in reversed(store.import_runs()))

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

    def decide(self, request_id: str, action: Action, *, note: str = "") -> Decision:
        """Record what the member does about a request.

        Raises:
            UnknownNameError: There is no such request.
        """
        policy = self.policy()
        card = self._waiting().card(request_id, policy)
        proposed = card.proposal.action is action
        with self._store.transaction() as store:
            return store.add_decision(
                request_id,
                action,
                actor="member",
                at=self._now(),
                policy=policy.name,
                clause=card.proposal.clause if proposed else "",
                note=note,
            )

    def undo(self, decision_id: int | None = None) -> Decision:
        """Take a decision of the member back; the record keeps both.

        Args:
            decision_id: Which; ``None`` is the member's newest that holds.

        Raises:
            UndoError: There is none, or it does not hold any more.
        """
        with self._lock, self._store.transaction() as store:
            holding = [
                each
                for each in store.current_decisions().values()
                if each.actor == "member" and decision_id in {None, each.id}
            ]
            if not holding:
                raise UndoError(say("There is no decision left to undo."))
            last = max(holding, key=lambda each: each.id)
            return store.add_decision(
                last.request_id,
                last.action,
                actor="member",
                at=self._now(),
                undoes=last.id,
            )

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
            runs = store.import_runs()
            run = runs[-1].id if runs else None
            if last is not None and last.store.run == run:
                screened = last.store
            else:
                screened = screen_store(store, self.settings, run=run)
            self._last = Waiting(
                store=screened,
                decisions=store.current_decisions(),
                given=store.given_facts(),
                revision=revision,
            )
            return self._last


def _check_owner(known: Member | None, new: Member) -> None:
    """Refuse what belongs to somebody else: mixed, both would be judged wrongly."""
    if known is not None and is_other_member(known, new):
        names = (each.name or each.profile_url or "" for each in (new, known))
        raise OtherMemberError(*names)


def _found(intake: Intake, decisions: Mapping[str, Decision]) -> Sentence | None:
    """Return how many of the requests of a source were answered, and how many wait."""
    if not intake.requests:
        return None
    made = [decisions.get(each.id) for each in intake.requests]
    waiting = sum(is_open(each) for each in made)
    answered = sum(each is not None and each.actor == "archive" for each in made)
    return say(
        "Requests in it: {requests}. Answered long ago, as your archive shows:"
        " {answered}. Decided by you: {decided}. Waiting: {waiting}.",
        requests=len(made),
        answered=answered,
        decided=len(made) - answered - waiting,
        waiting=waiting,
    )


def _report(run: ImportRun, store: Reading) -> ImportReport:
    skipped = store.skipped(run.id)
    return ImportReport(
        run=run.id,
        source=run.source,
        started_at=run.started_at,
        finished_at=run.finished_at,
        counts=run.counts,
        new_requests=run.brought.new_requests,
        updated_requests=run.brought.updated_requests,
        ties=run.brought.ties,
        skipped=tuple(each for each in skipped if each.line),
        about_files=tuple(each for each in skipped if not each.line),
        notices=run.notices,
    )


def _from_archive(past: PastDecision, read_at: datetime) -> Decision:
    """Return the decision that a source shows was taken long ago."""
    return Decision(
        id=0,
        request_id=past.request_id,
        action=past.action,
        actor="archive",
        at=past.at or read_at,
    )
