"""Keeps what a source brings, all of it or nothing, and says what it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from vorzimmer.cards import is_open
from vorzimmer.errors import OtherMemberError
from vorzimmer.intake import Intake, PastDecision
from vorzimmer.intake.same_requests import with_known_ids
from vorzimmer.intake.talk import without_talk
from vorzimmer.later_messages import from_mails, worth_keeping
from vorzimmer.model import ContactRequest, Decision, Member, Sentence, Skipped, say
from vorzimmer.people import is_other_member
from vorzimmer.store import Brought, ImportRun, Reading, Store, Transaction


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


def keep(  # noqa: PLR0913 - what has to be known of a reading
    store: Store,
    intake: Intake,
    *,
    label: str,
    started_at: datetime,
    now: Callable[[], datetime],
    mark: tuple[str, str] | None = None,
) -> ImportReport:
    """Keep what a source brought.

    Args:
        store: Where.
        intake: What it brought.
        label: What to call the source in the list of imports.
        started_at: When the reading began.
        now: The clock.
        mark: A preference that says how far it was read, by name.

    Raises:
        OtherMemberError: It belongs to somebody else; nothing was stored.
        StoreError: It cannot be stored; nothing was.
    """
    with store.transaction() as t:
        _check_owner(t.member(), intake.member)
        run = t.add_import_run(label, started_at=started_at)
        stored = {each.id: each for each in t.requests()}
        intake = with_known_ids(intake, stored=stored, aliases=t.aliases())
        told = intake.requests
        intake = without_talk(intake, ties=t.ties, stored=stored)
        t.put_aliases(intake.aliases)
        t.put_member(intake.member)
        new, updated = t.put_requests(intake.requests)
        new_ties = t.put_ties(intake.ties)
        _keep_sequels(t, intake, told)
        decided = t.current_decisions()
        t.add_decisions(
            _from_archive(past, started_at)
            for past in intake.past
            if past.request_id not in decided
        )
        found = _found(intake, t.current_decisions())
        t.put_skipped(run, intake.skipped)
        if mark:
            t.put_preference(*mark)
        t.finish_import_run(
            run,
            finished_at=now(),
            counts=intake.counts,
            notices=intake.notices,
            brought=Brought(new, updated, new_ties),
        )
    with store.reading() as reading:
        ended = next(each for each in reading.import_runs() if each.id == run)
        return replace(report_of(ended, reading), found=found)


def _keep_sequels(
    t: Transaction, intake: Intake, told: Iterable[ContactRequest]
) -> None:
    """Keep how contacts went on: few messages, and numbers on how people write."""
    t.put_habits(intake.habits)
    messages = (*intake.later, *from_mails(told, intake.requests))
    if messages:
        worth = worth_keeping(messages, requests=t.requests(), habits=t.habits())
        t.put_later_messages(worth)


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


def report_of(run: ImportRun, store: Reading) -> ImportReport:
    """Return what a run brought."""
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
