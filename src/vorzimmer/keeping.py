"""Keeps what a source brings, all of it or nothing, and says what it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from vorzimmer.asking import Ask, answer_key, answers_in
from vorzimmer.errors import OtherMemberError
from vorzimmer.intake import Intake, PastDecision
from vorzimmer.intake.heard import heard_by
from vorzimmer.intake.same_requests import with_known_ids
from vorzimmer.intake.talk import without_talk
from vorzimmer.model import (
    Action,
    ContactRequest,
    Decision,
    Member,
    Sentence,
    Skipped,
    say,
)
from vorzimmer.people import is_other_member
from vorzimmer.reactions import OPEN, Happening, State, state_after
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
        answers: How many answers to questions of the member it brought; the same.
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
    answers: int | None = None


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
        with_all_talk = intake
        intake = without_talk(intake, ties=t.ties, stored=stored)
        t.put_aliases(intake.aliases)
        t.put_member(intake.member)
        new, updated = t.put_requests(intake.requests)
        new_ties = t.put_ties(intake.ties)
        decided = t.current_decisions()
        t.add_decisions(
            _from_archive(past, started_at)
            for past in intake.past
            if past.request_id not in decided
        )
        _note_accepted(t, intake, decided, read_at=started_at)
        answers = _note_answers(t, with_all_talk)
        found = _found(t, intake)
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
        return replace(report_of(ended, reading), found=found, answers=answers)


def _check_owner(known: Member | None, new: Member) -> None:
    """Refuse what belongs to somebody else: mixed, both would be judged wrongly."""
    if known is not None and is_other_member(known, new):
        names = (each.name or each.profile_url or "" for each in (new, known))
        raise OtherMemberError(*names)


def _found(store: Reading, intake: Intake) -> Sentence | None:
    """Return how many of the requests of a source were answered, and how many wait."""
    if not intake.requests:
        return None
    decisions, events = store.current_decisions(), store.standing_events()
    made = {each.id: decisions.get(each.id) for each in intake.requests}
    is_waiting = {
        key: state_after(each, events.get(key, ())) in OPEN
        for key, each in made.items()
    }
    waiting = sum(is_waiting.values())
    answered = sum(
        each is not None and each.actor == "archive" and not is_waiting[key]
        for key, each in made.items()
    )
    return say(
        "Requests in it: {requests}. Answered long ago, as your archive shows:"
        " {answered}. Decided by you: {decided}. Waiting: {waiting}.",
        requests=len(made),
        answered=answered,
        decided=len(made) - answered - waiting,
        waiting=waiting,
    )


def _note_answers(store: Transaction, intake: Intake) -> int:
    """Note who answered a question of the member; return how many did."""
    known = {each.key for events in store.standing_events().values() for each in events}
    last = {each.request_id: each for each in store.asks()}
    asks = {key: each for key, each in last.items() if answer_key(each) not in known}
    if not asks:
        return 0
    asked = {each.id: each for each in store.requests() if each.id in asks}
    heard = (
        *intake.heard,
        *heard_by(each for each in intake.requests if each.id not in asks),
    )
    pairs: list[tuple[Ask, ContactRequest]] = [
        (each, asked[key]) for key, each in asks.items()
    ]
    return sum(
        store.add_event(
            ask.request_id,
            Happening.SENDER_ANSWERED,
            at=at,
            actor="archive",
            key=answer_key(ask),
        )
        for ask, at in answers_in(heard, pairs)
    )


def _note_accepted(
    store: Transaction,
    intake: Intake,
    decided: Mapping[str, Decision],
    *,
    read_at: datetime,
) -> None:
    """Note which requests the source shows as accepted that are not so here."""
    events = store.standing_events()
    for past in intake.past:
        key = past.request_id
        if past.action is not Action.ACCEPT or key not in decided:
            continue
        if state_after(decided[key], events.get(key, ())) is not State.ACCEPTED:
            store.add_event(
                key,
                Happening.SHOWN_ACCEPTED,
                at=past.at or read_at,
                actor="archive",
                key="accepted",
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
