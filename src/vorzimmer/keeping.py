"""Keeps what a source brings, all of it or nothing, and says what it was.

What each source says of a request is kept as it said it; the request is made of all of
it. So it does not matter which source is read first, and each can be forgotten again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

from vorzimmer.asking import Ask, answer_key, answers_in
from vorzimmer.classifier import shipped_classifier
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.errors import OtherMemberError
from vorzimmer.fading import without_faded
from vorzimmer.intake import Intake, PastDecision
from vorzimmer.intake.heard import heard_by
from vorzimmer.intake.same_requests import with_known_ids
from vorzimmer.intake.talk import without_talk
from vorzimmer.joining import has_own_ids, join_again
from vorzimmer.later_messages import Askers, from_mails, worth_keeping
from vorzimmer.model import (
    Action,
    ContactRequest,
    Decision,
    Member,
    Sentence,
    Skipped,
    say,
)
from vorzimmer.newcomers import Newcomers, has_contacts, worth_a_look
from vorzimmer.people import is_other_member
from vorzimmer.reactions import AS_SHOWN, OPEN, Happening, State, state_after
from vorzimmer.store import (
    Brought,
    ImportRun,
    Reading,
    Store,
    Told,
    Transaction,
)

HANDED_IN = "paste"
"""The source of what is handed in without one: pasted, typed, said by a program."""


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
        source_id: Number of the source; ``None`` where nobody wrote it down.
        rows_before: Rows read before an interruption, after which it went on.
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
    source_id: int | None = None
    rows_before: int = 0


class Counts(Enum):
    """How the counts of ties stand to what the source said of them before."""

    TOLD = auto()
    """It says all again: the higher one holds."""

    ADDED = auto()
    """It says only what is new."""

    ANEW = auto()
    """It begins from the start: what it said before goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an intake is from.

    Attributes:
        label: What to call the source in the list of imports.
        kinds: The names of its importers.
        started_at: When the reading began.
        mark: A preference that says how far it was read, by name.
        is_quiet: Whether a reading without news leaves no trace in the list.
        counts: How its counts stand to what it said before.
    """

    label: str
    kinds: Sequence[str] = (HANDED_IN,)
    started_at: datetime
    mark: tuple[str, str] | None = None
    is_quiet: bool = False
    counts: Counts = Counts.TOLD


def keep(
    store: Store, intake: Intake, origin: Origin, *, now: Callable[[], datetime]
) -> ImportReport:
    """Keep what a source brought.

    Args:
        store: Where.
        intake: What it brought.
        origin: Where it is from.
        now: The clock.

    Raises:
        OtherMemberError: It belongs to somebody else; nothing was stored.
        StoreError: It cannot be stored; nothing was.
    """
    with store.transaction() as t:
        _check_owner(t.member(), intake.member)
        source_id = t.put_source(
            "+".join(origin.kinds),
            origin.label,
            mark=origin.mark[0] if origin.mark else None,
            read_at=origin.started_at,
        )
        run = t.add_import_run(
            origin.label, started_at=origin.started_at, source_id=source_id
        )
        with_all_talk, intake = _without_known(t, intake)
        t.put_aliases(intake.aliases)
        is_changed = t.put_member(intake.member)
        t.put_said_of_member(source_id, intake.member)
        new, updated = _keep_requests(t, intake, origin, source_id=source_id, run=run)
        t.note_arrivals(origin.started_at)
        if origin.counts is Counts.ANEW:
            t.drop_ties(source_id)
            t.drop_counted(source_id)
        new_ties = t.put_ties(
            intake.ties,
            source_id=source_id,
            is_added=origin.counts is Counts.ADDED,
        )
        if origin.counts is not Counts.TOLD:
            t.put_counted(source_id, intake.counted)
        t.put_occasions(intake.occasions, source_id=source_id)
        _keep_sequels(t, intake, with_all_talk.requests)
        found = _decide(t, intake, origin)
        answers = _note_answers(t, with_all_talk, origin)
        t.put_skipped(run, intake.skipped)
        if origin.mark:
            t.put_preference(*origin.mark)
        t.finish_import_run(
            run,
            finished_at=now(),
            counts=intake.counts,
            notices=intake.notices,
            brought=Brought(new, updated, new_ties),
        )
        *before, ended = (e for e in t.import_runs() if e.source_id == source_id)
        report = replace(report_of(ended, t), found=found, answers=answers)
        told = {each for run_ in before[-1:] for each in t.skipped(run_.id)}
        is_news = ended.brought != Brought() or answers or {*intake.skipped} - told
        if origin.is_quiet and not is_news:
            t.drop_import_run(run)
            if is_changed or intake.ties or intake.habits:
                t.change_content()
    return report


def _without_known(t: Transaction, intake: Intake) -> tuple[Intake, Intake]:
    """Return an intake under the ids that are known; and without talk, besides."""
    shown = {each.id: each for each in t.requests()}
    whole = t.request_ids()
    stored = {key: shown[own] for key, own in whole.items() if own in shown} | shown
    intake = with_known_ids(intake, stored=stored, aliases=t.aliases())
    intake = without_faded(t, intake)
    return intake, without_talk(intake, ties=t.ties, stored=stored)


def _keep_requests(
    t: Transaction, intake: Intake, origin: Origin, *, source_id: int, run: int
) -> tuple[int, int]:
    """Keep what a source says of requests; return how many are new, and changed."""
    past = {each.request_id for each in intake.past}
    tells_apart = has_own_ids(origin.kinds)
    news = t.bring_requests(
        source_id,
        (
            Told(
                request=each,
                said_at=intake.said_at.get(each.id, intake.as_of),
                has_past=each.id in past,
            )
            for each in intake.requests
        ),
        run_id=run,
        read_at=origin.started_at,
        has_own_ids=tells_apart,
    )
    seeds = set(news)
    if tells_apart:
        # Between two readings, the source does not tell its requests apart.
        seeds |= t.left_behind(source_id, run)
    return join_again(t, seeds, news=news)


def _keep_sequels(
    t: Transaction, intake: Intake, told: Iterable[ContactRequest]
) -> None:
    """Keep how contacts went on: few messages, and numbers on how people write."""
    t.put_habits(intake.habits)
    messages = (*intake.later, *from_mails(told, intake.requests))
    if messages:
        askers = Askers(t.requests())
        worth = worth_keeping(messages, askers=askers, habits=t.habits())
        worth += worth_a_look(
            messages,
            # An archive tells of all contacts at once.
            Newcomers(intake.ties if has_contacts(intake.ties) else t.ties(), askers),
            book=shipped_phrasebook(),
            classifier=shipped_classifier(),
        )
        t.put_later_messages({each.id: each for each in reversed(worth)}.values())


def _check_owner(known: Member | None, new: Member) -> None:
    """Refuse what belongs to somebody else: mixed, both would be judged wrongly."""
    if known is not None and is_other_member(known, new):
        names = (each.name or each.profile_url or "" for each in (new, known))
        raise OtherMemberError(*names)


def _decide(t: Transaction, intake: Intake, origin: Origin) -> Sentence | None:
    """Keep what the source shows was decided; return what became of its requests."""
    whole, decided = t.request_ids(), t.current_decisions()
    shown = [
        (whole[each.request_id], each)
        for each in intake.past
        if each.request_id in whole
    ]
    new = {key: each for key, each in shown if key not in decided}
    t.add_decisions(
        _from_archive(each, request_id, origin.started_at)
        for request_id, each in new.items()
    )
    _note_accepted(t, shown, decided, read_at=origin.started_at)
    return _found(t, {whole[each.id] for each in intake.requests})


def _found(store: Reading, ids: set[str]) -> Sentence | None:
    """Return how many of the requests of a source were answered, and how many wait."""
    if not ids:
        return None
    decisions, events = store.current_decisions(), store.standing_events()
    made = {each: decisions.get(each) for each in ids}
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


def _note_answers(store: Transaction, intake: Intake, origin: Origin) -> int:
    """Note who answered a question of the member; return how many did.

    What is pasted, and shows no day, is of the day on which it is pasted.
    """
    is_pasted = tuple(origin.kinds) == (HANDED_IN,)
    known = {each.key for events in store.standing_events().values() for each in events}
    last = {each.request_id: each for each in store.asks()}
    asks = {key: each for key, each in last.items() if answer_key(each) not in known}
    if not asks:
        return 0
    asked = {each.id: each for each in store.requests() if each.id in asks}
    heard = (
        *intake.heard,
        *heard_by(
            (each for each in intake.requests if each.id not in asks),
            undated_at=origin.started_at if is_pasted else None,
        ),
    )
    pairs: list[tuple[Ask, ContactRequest]] = [
        (each, asked[key]) for key, each in asks.items()
    ]
    return sum(
        store.add_event(
            each.ask.request_id,
            Happening.SENDER_ANSWERED,
            at=each.at,
            actor="archive",
            clause=each.clause,
            key=answer_key(each.ask),
        )
        for each in answers_in(heard, pairs)
    )


def _note_accepted(
    store: Transaction,
    shown: Iterable[tuple[str, PastDecision]],
    decided: Mapping[str, Decision],
    *,
    read_at: datetime,
) -> None:
    """Note which requests the source shows as accepted that are not so here."""
    events = store.standing_events()
    for key, past in shown:
        if past.action is not Action.ACCEPT or key not in decided:
            continue
        if state_after(decided[key], events.get(key, ())) is not State.ACCEPTED:
            store.add_event(
                key,
                Happening.SHOWN_ACCEPTED,
                at=past.at or read_at,
                actor="archive",
                clause=AS_SHOWN,
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
        source_id=run.source_id,
    )


def _from_archive(past: PastDecision, request_id: str, read_at: datetime) -> Decision:
    """Return the decision that a source shows was taken long ago."""
    return Decision(
        id=0,
        request_id=request_id,
        action=past.action,
        actor="archive",
        at=past.at or read_at,
        clause=AS_SHOWN,
    )
