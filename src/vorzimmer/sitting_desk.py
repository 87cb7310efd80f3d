"""The desk keeps the time: what fits in a session, what it took, what waits then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from vorzimmer.asking import Asked
from vorzimmer.asking_back import AskingDesk
from vorzimmer.cards import Card, Session
from vorzimmer.errors import ReactionError
from vorzimmer.insight import NOT_KNOWN, UNSURE, Chart, Code
from vorzimmer.model import Action, Decision, Sentence, say
from vorzimmer.quality import Share
from vorzimmer.reacting import ReactionDesk
from vorzimmer.recording import Parts
from vorzimmer.rehearsal import USUAL_PACE_S, pace_of
from vorzimmer.sitting import (
    APART,
    BUDGETS,
    Plan,
    Sitting,
    answer_chart,
    budget_of,
    decisions_by_hour,
    ends_of,
    make_plan,
    minutes_by_week,
    seconds_by_decision,
    sittings,
    with_end,
)

# What the pace and the share of the rest are measured on: the member may change.
_LOOKED_BACK = 2_000
_FOR_PACE = 200
_NAMED = 5
_DUE_NAMED = 5
# What is worth a look before anything else, in a notice.
_WORTH_A_LOOK = (Action.ACCEPT, Action.HOLD, Action.ASK, Action.ANSWER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What came of a sitting, and what waits after it.

    Attributes:
        sitting: The last one; ``None``: nothing was decided yet.
        accepted: Whom the member accepted in it.
        asked: Whom the member asked.
        open_count: How many requests still wait.
        due: The next questions to which an answer is waited for.
        silent_count: How many questions are due without an answer.
        earlier: The sittings before, newest first.
    """

    sitting: Sitting | None
    accepted: tuple[Card, ...]
    asked: tuple[Card, ...]
    open_count: int
    due: tuple[Asked, ...]
    silent_count: int
    earlier: tuple[Sitting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What waits, for a short notice.

    Attributes:
        since: When the last session was over; ``None``: there was none.
        new_count: How many of those that wait came in after that, whenever they were
            sent.
        first: Those that are worth a look first.
        silent: Questions that are due without an answer.
    """

    at: datetime
    since: datetime | None
    new_count: int
    first: tuple[Card, ...]
    silent: tuple[Asked, ...]
    plan: Plan

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not self.plan.open_count and not self.silent


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Pace:
    """What a plan rests on, of one revision of the store.

    Attributes:
        minutes: The time; ``None`` is as long as it takes.
        recent: The decisions that are looked back on.
        seconds: For each decision; ``None`` is not known.
        last: The last sitting; ``None``: there was none.
    """

    revision: int
    minutes: int | None
    recent: Sequence[Decision]
    seconds: float | None
    last: Sitting | None

    def used_s(self, now: datetime) -> float:
        """Return the seconds of the sitting that goes on now; 0 while none does."""
        if self.last is None or self.last.is_over or now - self.last.ended_at > APART:
            return 0.0
        return self.last.worked_s


def _answered(share: Share) -> Sentence:
    if not share.is_telling:
        return say(
            "In all, {hits} of {count} answered: too few to tell a rate. Only questions"
            " whose day has come count.",
            hits=share.hits,
            count=share.count,
        )
    low, high = share.interval
    return say(
        "In all, {hits} of {count} answered: {share:%}, surely between {low:%} and"
        " {high:%}. Only questions whose day has come count.",
        hits=share.hits,
        count=share.count,
        share=share.value or 0.0,
        low=low,
        high=high,
    )


class SittingDesk:
    """The part of the desk that keeps the time of the weekly session."""

    def __init__(
        self, parts: Parts, reactions: ReactionDesk, asking: AskingDesk
    ) -> None:
        """Take what is needed of the desk."""
        self._parts = parts
        self._store = parts.store
        self._reactions = reactions
        self._asking = asking
        # Decisions are only ever added; what was read once stays.
        self._read: tuple[int, tuple[int, ...], list[Decision]] = (-1, (), [])
        self._pace: _Pace | None = None
        self._plan: tuple[Session, _Pace, float, Plan] | None = None

    def choose(self, minutes: int | None) -> None:
        """Keep how long a session may take.

        Args:
            minutes: One of ``BUDGETS``; ``None`` is as long as it takes.

        Raises:
            ReactionError: There is no such choice.
        """
        if minutes is not None and minutes not in BUDGETS:
            raise ReactionError(say("Choose 5, 10 or 20 minutes, or none."))
        with self._store.transaction() as store:
            store.put_preference("minutes", None if minutes is None else str(minutes))

    def look_ahead(self, most: int) -> None:
        """Find what is said of the requests that come first, before it is asked for.

        Args:
            most: Of so many requests at most.
        """
        waiting = self._parts.waiting()
        groups = waiting.session(self._parts.policy()).groups
        first = [*islice((card for _, cards in groups for card in cards), most)]
        # Their evidence together, which takes a tenth of the time of one by one.
        waiting.store.screen(card.request.id for card in first)
        for card in first:
            # Found when looked at, and kept; words of 128 notes at once, so a page that
            # asked for them would wait for all of these.
            for score in card.assessment.kinds.values():
                for each in score.evidence:
                    each.words()
            _ = card.question

    def plan(self, session: Session) -> Plan:
        """Return what of a session fits in the time, and what of the rest can wait."""
        with self._store.one_moment():
            pace = self._pace_now()
        used_s = pace.used_s(self._parts.now())
        last = self._plan
        if last is not None and last[0] is session and last[1:3] == (pace, used_s):
            return last[3]
        plan = make_plan(
            session,
            pace.recent,
            minutes=pace.minutes,
            used_s=used_s,
            pace=(pace.seconds or USUAL_PACE_S, pace.seconds is not None),
        )
        self._plan = session, pace, used_s, plan
        return plan

    def _pace_now(self) -> _Pace:
        """Return what a plan rests on; worked out once until something changes."""
        with self._store.reading() as store:
            revision, minutes = store.revision(), store.preference("minutes")
        last = self._pace
        if last is not None and last.revision == revision:
            return last
        decisions = self._decisions()
        recent = decisions[-_LOOKED_BACK:]
        found = self._sittings(recent)
        self._pace = last = _Pace(
            revision=revision,
            minutes=budget_of(minutes),
            recent=recent,
            seconds=pace_of(decisions[-_FOR_PACE:]),
            last=found[-1] if found else None,
        )
        return last

    def ignore_rest(self, cards: Sequence[Card]) -> tuple[Decision, ...]:
        """Ignore requests at once, as they were shown; one undo takes it back."""
        ids = [card.request.id for card in cards]
        return self._reactions.decide_many(ids, Action.IGNORE)

    def end(self) -> None:
        """Record that the member ends the session: the next decision begins another."""
        with self._parts.lock, self._store.transaction() as store:
            ends = ends_of(store.preference("session_ends"))
            store.put_preference("session_ends", with_end(ends, self._parts.now()))

    def summary(self) -> Summary:
        """Return what came of the last sitting, and what waits."""
        found = self._sittings(self._decisions())
        last = found[-1] if found else None
        decided = last.decisions if last else ()
        waiting, policy = self._parts.waiting(), self._parts.policy()
        report = self._asking.report()

        def whom(action: Action) -> tuple[Card, ...]:
            ids = dict.fromkeys(e.request_id for e in decided if e.action is action)
            known = [each for each in ids if each in waiting.store.requests]
            return tuple(waiting.cards(known, policy))

        return Summary(
            sitting=last,
            accepted=whom(Action.ACCEPT),
            asked=whom(Action.ASK),
            open_count=waiting.session(policy).open_count,
            due=report.open[:_DUE_NAMED],
            silent_count=len(report.silent),
            earlier=tuple(reversed(found[:-1])),
        )

    def notice(self) -> Notice:
        """Return what waits, for a short notice."""
        session = self._parts.waiting().session(self._parts.policy())
        waiting = [card.request.id for _, group in session.groups for card in group]
        own = [each.at for each in self._decisions() if each.actor == "member"]
        with self._store.reading() as store:
            since = max(
                (*own, *ends_of(store.preference("session_ends"))), default=None
            )
            new = store.arrived_after(since) if since else set(waiting)
        worth = (
            card
            for action, group in session.groups
            if action in _WORTH_A_LOOK
            for card in group
        )
        return Notice(
            at=self._parts.now(),
            since=since,
            new_count=sum(each in new for each in waiting),
            first=tuple(islice(worth, _NAMED)),
            silent=self._asking.report().silent,
            plan=self.plan(session),
        )

    def charts(self) -> tuple[Chart, ...]:
        """Return the charts of one's own time and of answers that have something."""
        local = [
            replace(each, began_at=each.began_at.astimezone())
            for each in self._sittings(self._decisions())
        ]
        made = (
            minutes_by_week(local),
            seconds_by_decision(local),
            decisions_by_hour(local),
            *self._answers(),
        )
        return tuple(chart for chart in made if chart.total)

    def _answers(self) -> tuple[Chart, ...]:
        rates = self._asking.report().rates
        note = _answered(rates.all)
        return (
            answer_chart(
                "answers",
                say("Who answers when you ask back?"),
                [(kind or UNSURE, share) for kind, share in rates.by_kind],
                note=note,
            ),
            answer_chart(
                "answers_by_text",
                say("Which of your questions are answered?"),
                [
                    (say("“{text}”", text=text) if text else NOT_KNOWN, share)
                    for text, share in rates.by_text
                ],
                note=note,
            ),
            answer_chart(
                "answers_by_network",
                say("On which network are you answered?"),
                [
                    (Code("network", code) if code else NOT_KNOWN, share)
                    for code, share in rates.by_network
                ]
                if len(rates.by_network) > 1
                else (),
                note=note,
            ),
        )

    def _sittings(self, decisions: Sequence[Decision]) -> list[Sitting]:
        with self._store.reading() as store:
            ends = ends_of(store.preference("session_ends"))
        return sittings(decisions, ends)

    def _decisions(self) -> Sequence[Decision]:
        """Return all decisions in order; only the new ones are read."""
        with self._parts.lock, self._store.reading() as store:
            now, content = store.revision(), store.content()
            revision, known_content, known = self._read
            if revision != now:
                before = known if content == known_content else []
                new = store.decisions_after(before[-1].id if before else 0)
                known = [*before, *new]
                self._read = now, content, known
            return known
