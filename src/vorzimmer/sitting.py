"""One sitting at the desk: how long it took, what fits, what may be left; pure.

Minutes are measured, never guessed: they are the time between two decisions, without
pauses of more than two minutes. The time before the first decision is not known and
does not count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from vorzimmer.cards import Card, Session
from vorzimmer.insight import Chart, Label
from vorzimmer.model import Action, Decision, Sentence, say
from vorzimmer.quality import Share
from vorzimmer.reactions import State

BUDGETS = (5, 10, 20)
"""Minutes that one may choose for a session; none is without an end."""

FEWEST_CASES = 20
"""Of so many of the member's own decisions on, a share of them is told."""

SURE = 0.8
"""The rest can be ignored where surely (in 95 of 100 cases) more than this was."""

LONGEST_PAUSE_S = 120.0
"""A longer time between two decisions is a pause and does not count."""

APART = timedelta(minutes=30)
"""After a longer pause, a new sitting begins."""

_MOST_WEEKS = 26
_STEPS = (5, 10, 20, 40, 60, 120)
_PARTS_OF_DAY = ((0, 6), (6, 9), (9, 12), (12, 15), (15, 18), (18, 21), (21, 24))


@dataclass(frozen=True, slots=True)
class Sitting:
    """Decisions of the member that were taken one soon after the other.

    Attributes:
        decisions: Those that still hold, in order.
        worked_s: Seconds from decision to decision, undoings too, without pauses.
        is_over: Whether the member has said that it ends.
    """

    began_at: datetime
    ended_at: datetime
    decisions: tuple[Decision, ...]
    worked_s: float
    is_over: bool = False

    @property
    def counts(self) -> tuple[tuple[Action, int], ...]:
        """How many were decided how; most first."""
        return tuple(Counter(each.action for each in self.decisions).most_common())


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Who is proposed to be ignored and does not fit in the time.

    Attributes:
        cards: They; nobody among them is known to the member.
        ignored: How many of such requests the member ignored, of those that were
            decided one by one under the policy in use.
    """

    cards: tuple[Card, ...]
    ignored: Share

    @property
    def is_known(self) -> bool:
        """Whether enough was decided to say anything."""
        return self.ignored.count >= FEWEST_CASES

    @property
    def is_safe(self) -> bool:
        """Whether surely most of such were ignored."""
        return self.is_known and self.ignored.interval[0] >= SURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What fits in the time that the member wants to spend.

    Attributes:
        minutes: The time; ``None`` is as long as it takes.
        used_s: Seconds that this sitting took so far.
        open_count: How many requests wait.
        pace_s: Seconds for each.
        is_measured: Whether the pace was measured, or is only usual.
        fits: How many of those that wait can be decided in what is left of the time.
        rest: What may be ignored of those that do not fit; ``None`` where nothing is.
    """

    minutes: int | None
    used_s: float
    open_count: int
    pace_s: float
    is_measured: bool
    fits: int
    rest: Rest | None = None

    @property
    def is_used_up(self) -> bool:
        """Whether the time is over."""
        return self.minutes is not None and self.used_s >= 60 * self.minutes

    @property
    def used_minutes(self) -> int:
        """Whole minutes that this sitting took, rounded."""
        return round(self.used_s / 60)

    @property
    def minutes_for_all(self) -> int:
        """Minutes for all that waits, at this pace, rounded up."""
        return -int(-self.open_count * self.pace_s // 60)


def make_plan(
    session: Session,
    decisions: Sequence[Decision],
    *,
    minutes: int | None,
    used_s: float,
    pace: tuple[float, bool],
) -> Plan:
    """Return what fits in the time.

    Args:
        session: What waits, what is worth deciding first at the front.
        decisions: All that were taken, in order, undoings too.
        minutes: The time; ``None`` is as long as it takes.
        used_s: Seconds of it that are over.
        pace: Seconds for each, and whether that was measured.
    """
    pace_s, is_measured = pace
    fits = 0
    if minutes is not None:
        left_s = max(0.0, 60 * minutes - used_s)
        fits = min(session.open_count, int(left_s / pace_s))
    return Plan(
        minutes=minutes,
        used_s=used_s,
        open_count=session.open_count,
        pace_s=pace_s,
        is_measured=is_measured,
        fits=fits,
        rest=_rest(session, decisions, fits),
    )


def _rest(session: Session, decisions: Sequence[Decision], fits: int) -> Rest | None:
    cards, place = [], 0
    for action, group in session.groups:
        if action is Action.IGNORE:
            later = group[max(0, fits - place) :]
            cards = [each for each in later if may_be_ignored(each)]
        place += len(group)
    if not cards:
        return None
    share = followed(decisions, Action.IGNORE, policy=session.policy.name)
    return Rest(cards=tuple(cards), ignored=share)


def may_be_ignored(card: Card) -> bool:
    """Return whether a request may be ignored with others: nobody whom one knows."""
    return not card.known_from and card.state is State.PENDING


def followed(decisions: Iterable[Decision], proposed: Action, *, policy: str) -> Share:
    """Return how often the member did what was proposed, of those who were looked at.

    What counts is the first decision about each request that holds, was taken by the
    member, by itself and under this policy, and was more than putting it off. What was
    decided for many at once says nothing, since nobody looked at each.

    Args:
        decisions: All, in order, undoings too.
        proposed: What was proposed when they were taken.
        policy: The name of the policy that proposed it.
    """
    decisions = tuple(decisions)
    undone = {each.undoes for each in decisions if each.undoes is not None}
    first: dict[str, Decision] = {}
    for each in decisions:
        holds = each.undoes is None and each.id not in undone
        if holds and each.actor == "member" and each.action is not Action.HOLD:
            first.setdefault(each.request_id, each)
    such = [
        each
        for each in first.values()
        if each.proposed is proposed and each.policy == policy and each.batch is None
    ]
    return Share(sum(each.action is proposed for each in such), len(such))


def sittings(
    decisions: Sequence[Decision], ends: Iterable[datetime] = ()
) -> list[Sitting]:
    """Return the sittings of the member, in order.

    Args:
        decisions: All, in order of their numbers, undoings too.
        ends: When the member said that a sitting ends.
    """
    own = sorted(
        (each for each in decisions if each.actor == "member"),
        key=lambda each: (each.at, each.id),
    )
    undone = {each.undoes for each in own if each.undoes is not None}
    stops = sorted(ends)
    found: list[Sitting] = []
    part: list[Decision] = []
    for place, each in enumerate(own):
        part.append(each)
        after = own[place + 1].at if place + 1 < len(own) else None
        stops = [stop for stop in stops if stop >= each.at]
        is_over = bool(stops) and (after is None or stops[0] < after)
        if is_over or after is None or after - each.at > APART:
            found.append(_sitting(part, undone, is_over=is_over))
            part = []
    return found


def _sitting(part: Sequence[Decision], undone: set[int], *, is_over: bool) -> Sitting:
    return Sitting(
        began_at=part[0].at,
        ended_at=part[-1].at,
        decisions=tuple(
            each for each in part if each.undoes is None and each.id not in undone
        ),
        worked_s=sum(gaps_s(part)),
        is_over=is_over,
    )


def gaps_s(decisions: Sequence[Decision]) -> list[float]:
    """Return the seconds between decisions, without pauses.

    Args:
        decisions: In order of time.
    """
    gaps = [(late.at - soon.at).total_seconds() for soon, late in pairwise(decisions)]
    return [gap for gap in gaps if gap <= LONGEST_PAUSE_S]


def minutes_by_week(found: Iterable[Sitting]) -> Chart:
    """Return the chart of minutes a week; the last half year.

    Args:
        found: Sittings; their moments in the time of the member's place.
    """
    weeks: defaultdict[date, float] = defaultdict(float)
    for each in found:
        day = each.began_at.date()
        weeks[day - timedelta(days=day.weekday())] += each.worked_s
    rows = []
    if weeks:
        week, last = min(weeks), max(weeks)
        while week <= last:
            rows.append((say("Week of {day}", day=week), (round(weeks[week] / 60),)))
            week += timedelta(weeks=1)
    return Chart(
        name="minutes",
        question=say("How many minutes a week do you spend on requests?"),
        columns=(say("Minutes"),),
        rows=tuple(rows[-_MOST_WEEKS:]),
        note=say(
            "Measured from decision to decision; pauses of more than two minutes do not"
            " count, nor does the time before the first."
        ),
        is_over_time=True,
    )


def seconds_by_decision(found: Iterable[Sitting]) -> Chart:
    """Return the chart of how long decisions took, of those taken one by one."""
    counts: Counter[int] = Counter()
    for each in found:
        alone = [one for one in each.decisions if one.batch is None]
        for gap in gaps_s(alone):
            counts[next(step for step in _STEPS if gap <= step)] += 1
    starts = dict(zip(_STEPS, (0, *_STEPS), strict=False))
    return Chart(
        name="seconds",
        question=say("How long does one decision take you?"),
        columns=(say("Decisions"),),
        rows=tuple(
            (
                say("{low} to {high} seconds", low=starts[step], high=step),
                (counts[step],),
            )
            for step in _STEPS
        ),
        note=say("The time since the decision before, of those taken one by one."),
    )


def decisions_by_hour(found: Iterable[Sitting]) -> Chart:
    """Return the chart of the times of day at which decisions are taken.

    Args:
        found: Sittings; their moments in the time of the member's place.
    """
    hours = Counter(
        one.at.astimezone(each.began_at.tzinfo).hour
        for each in found
        for one in each.decisions
    )
    return Chart(
        name="hours",
        question=say("At what time of day do you decide?"),
        columns=(say("Decisions"),),
        rows=tuple(
            (
                say("{start}–{end} h", start=start, end=end),
                (sum(hours[hour] for hour in range(start, end)),),
            )
            for start, end in _PARTS_OF_DAY
        ),
    )


def answer_chart(
    name: str,
    question: Sentence,
    rates: Sequence[tuple[Label, Share]],
    *,
    note: Sentence,
) -> Chart:
    """Return a chart of who answered and who did not."""
    return Chart(
        name=name,
        question=question,
        columns=(say("answered"), say("silent")),
        rows=tuple(
            (label, (share.hits, share.count - share.hits)) for label, share in rates
        ),
        note=note,
    )


def ends_of(kept: str | None) -> tuple[datetime, ...]:
    """Return when sittings ended, as a preference keeps it."""
    return tuple(datetime.fromisoformat(each) for each in (kept or "").split())


def with_end(ends: Sequence[datetime], at: datetime, *, most: int = 200) -> str:
    """Return the ends with one more, as a preference keeps it; the oldest go."""
    return " ".join(each.isoformat() for each in (*ends, at)[-most:])


def budget_of(kept: str | None) -> int | None:
    """Return the time that a preference keeps; ``None`` is as long as it takes."""
    budgets: Mapping[str, int] = {str(each): each for each in BUDGETS}
    return budgets.get(kept or "")
