"""What brings requests: how many come after what the member did; pure.

That more come after a post than usual does not say that they came for it. Whether the
difference is more than chance makes is tested, and of few cases nothing is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, lgamma, log, log1p, sqrt

from vorzimmer.insight import Chart
from vorzimmer.items import Occasion, OccasionKind
from vorzimmer.model import Position, Sentence, say

AFTER_DAYS: Mapping[OccasionKind | str, int] = {
    OccasionKind.POST: 7,
    OccasionKind.ARTICLE: 7,
    OccasionKind.COMMENT: 3,
    OccasionKind.EVENT: 7,
    OccasionKind.APPLICATION: 14,
    "job": 31,
}
"""So many days count as after it, its own day included; of a job, its first month."""

AROUND = 28
"""Days before and after that say what is usual; archives hold more of later times."""

FEWEST_REQUESTS = 20
"""Of fewer requests with a day, nothing is said."""

_FEWEST_COMPARED = 10
_LEVEL = 0.05
_Z = 1.959964  # 95 % of a normal distribution lie within so many deviations
_MOST_SHOWN = 10
_ALIKE = 7  # days after, when single occasions are compared


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days, and the requests that came on them."""

    days: int
    requests: int

    @property
    def rate(self) -> float:
        """Requests on 100 days; 0 of none."""
        return 100 * self.requests / self.days if self.days else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true rate lies in 95 of 100 cases, on 100 days.

        Source: Byar's approximation; Breslow and Day, Statistical Methods in Cancer
        Research II (IARC, 1987), p. 69.
        """
        if not self.days:
            return 0.0, 0.0
        low, high = self.requests, self.requests + 1
        least = low * (1 - 1 / (9 * low) - _Z / (3 * sqrt(low))) ** 3 if low else 0.0
        most = high * (1 - 1 / (9 * high) + _Z / (3 * sqrt(high))) ** 3
        return 100 * max(0.0, least) / self.days, 100 * most / self.days


@dataclass(frozen=True, slots=True)
class Compared:
    """What came after occasions of one kind, and on other days around.

    Attributes:
        times: How many occasions, in the time of which requests are known.
    """

    kind: OccasionKind | str
    times: int
    after: Stretch
    usual: Stretch

    @property
    def is_more(self) -> bool:
        """Whether more came after it than on other days."""
        return self.after.rate > self.usual.rate

    @property
    def chance(self) -> float:
        """How often chance alone makes such a difference, or a greater one, 0..1.

        If both had the same rate, each request would have come after an occasion with
        the share that these days have of all.
        Source: Przyborowski and Wilenski, Biometrika 31 (1940), 313–323.
        """
        k, n = self.after.requests, self.after.requests + self.usual.requests
        days = self.after.days + self.usual.days
        if not n or not self.after.days or not self.usual.days:
            return 1.0
        share = self.after.days / days
        fewer = sum(_binomial(each, n, share) for each in range(k + 1))
        more = sum(_binomial(each, n, share) for each in range(k, n + 1))
        return min(1.0, 2 * min(fewer, more))


def _binomial(hits: int, count: int, share: float) -> float:
    ways = lgamma(count + 1) - lgamma(hits + 1) - lgamma(count - hits + 1)
    return exp(ways + hits * log(share) + (count - hits) * log1p(-share))


def occasions_by_kind(
    occasions: Iterable[Occasion], positions: Iterable[Position]
) -> dict[OccasionKind | str, list[date]]:
    """Return the days of all occasions; of jobs, the days on which they began."""
    found: defaultdict[OccasionKind | str, list[date]] = defaultdict(list)
    for each in occasions:
        found[each.kind].append(each.on)
    for position in positions:
        if position.started_on:
            found["job"].append(position.started_on)
    return found


def compare(
    requests: Sequence[date],
    days: Iterable[date],
    *,
    kind: OccasionKind | str,
    length: int | None = None,
) -> Compared | None:
    """Return how many requests came after occasions, and on other days around then.

    Args:
        requests: The day of each.
        days: Of the occasions.
        kind: Of which kind they are.
        length: So many days are after it; ``None`` is as usual for the kind.
    """
    first, last = min(requests), max(requests)
    length = length or AFTER_DAYS[kind]
    known = sorted({day for day in days if first <= day <= last})
    after = _around(known, range(length), first, last)
    near = _around(known, range(-AROUND, length + AROUND), first, last) - after
    if not known:
        return None
    return Compared(
        kind=kind,
        times=len(known),
        after=Stretch(len(after), sum(day in after for day in requests)),
        usual=Stretch(len(near), sum(day in near for day in requests)),
    )


def _around(days: Iterable[date], steps: range, first: date, last: date) -> set[date]:
    found = {day + timedelta(days=step) for day in days for step in steps}
    return {day for day in found if first <= day <= last}


def charts_of_occasions(
    requests: Sequence[date],
    occasions: Sequence[Occasion],
    positions: Iterable[Position],
) -> tuple[Chart, ...]:
    """Return the charts on what brings requests, as far as there is enough to say.

    Args:
        requests: The day of each, on the network of the occasions.
        occasions: What the member did.
        positions: The member's jobs.
    """
    if len(requests) < FEWEST_REQUESTS:
        return ()
    days = occasions_by_kind(occasions, positions)
    found = [
        compared
        for kind in AFTER_DAYS
        if (compared := compare(requests, days.get(kind, ()), kind=kind))
        and compared.after.requests + compared.usual.requests
    ]
    made = (_after_each_kind(found), _after_which(requests, occasions))
    return tuple(chart for chart in made if chart is not None and chart.total)


def _after_each_kind(found: Sequence[Compared]) -> Chart | None:
    if not found:
        return None
    return Chart(
        name="after",
        question=say("After what do more requests come than usual?"),
        columns=(
            say("Requests on 100 days"),
            say("at least"),
            say("at most"),
            say("Requests"),
            say("Days"),
        ),
        rows=tuple(
            (label, _figures(stretch))
            for each in found
            for label, stretch in (
                (_DAYS_AFTER[each.kind], each.after),
                (say("on other days around then"), each.usual),
            )
        ),
        drawn=1,
        remarks=tuple(
            (_told_of(each), _verdict(each, _LEVEL / len(found))) for each in found
        ),
        note=say(
            "Other days are those of four weeks before and after. That more come after"
            " something does not say that they came for it. “At least” and “at most”"
            " hold the true figure in 95 of 100 cases."
        ),
    )


def _figures(stretch: Stretch) -> tuple[int, ...]:
    low, high = stretch.interval
    figures = (stretch.rate, low, high)
    return (*(round(each) for each in figures), stretch.requests, stretch.days)


_DAYS_AFTER: Mapping[OccasionKind | str, Sentence] = {
    OccasionKind.POST: say("in the {days} days after a post", days=7),
    OccasionKind.ARTICLE: say("in the {days} days after an article", days=7),
    OccasionKind.COMMENT: say("in the {days} days after a comment", days=3),
    OccasionKind.EVENT: say("in the {days} days after an event", days=7),
    OccasionKind.APPLICATION: say("in the {days} days after an application", days=14),
    "job": say("in the first month of a new job"),
}


def _told_of(compared: Compared) -> Sentence:
    times = compared.times
    match compared.kind:
        case OccasionKind.POST:
            return say("After posts ({times}):", times=times)
        case OccasionKind.ARTICLE:
            return say("After articles ({times}):", times=times)
        case OccasionKind.COMMENT:
            return say("After comments ({times} days):", times=times)
        case OccasionKind.EVENT:
            return say("After events ({times}):", times=times)
        case OccasionKind.APPLICATION:
            return say("After applications ({times}):", times=times)
        case _:
            return say("In the first month of new jobs ({times}):", times=times)


def _verdict(compared: Compared, level: float) -> Sentence:
    """Return what a comparison shows; several at once need more to show anything."""
    after, usual = compared.after, compared.usual
    a_week, usually = after.rate * 0.07, usual.rate * 0.07
    if after.requests + usual.requests < _FEWEST_COMPARED or not usual.days:
        return say("too few requests to say anything.")
    if compared.chance >= level:
        return say(
            "{rate:.1f} requests a week, {usual:.1f} on other days: chance makes such a"
            " difference, too.",
            rate=round(a_week, 1),
            usual=round(usually, 1),
        )
    if compared.is_more:
        return say(
            "{rate:.1f} requests a week, {usual:.1f} on other days: clearly more.",
            rate=round(a_week, 1),
            usual=round(usually, 1),
        )
    return say(
        "{rate:.1f} requests a week, {usual:.1f} on other days: clearly fewer.",
        rate=round(a_week, 1),
        usual=round(usually, 1),
    )


def _after_which(
    requests: Sequence[date], occasions: Iterable[Occasion]
) -> Chart | None:
    """Return the occasions that most requests came after; comments are too many."""
    found = [
        (each, compared)
        for each in occasions
        if each.kind is not OccasionKind.COMMENT
        and (compared := compare(requests, [each.on], kind=each.kind, length=_ALIKE))
    ]
    if not found:
        return None
    level = _LEVEL / len(found)
    clear = [each for each, one in found if one.is_more and one.chance < level]
    shown = sorted(found, key=_most_beyond_usual)[:_MOST_SHOWN]
    return Chart(
        name="occasions",
        question=say("After which of them did most requests come?"),
        columns=(say("Requests in {days} days", days=_ALIKE), say("usual then")),
        rows=tuple(
            (_named(each), (one.after.requests, round(_usual(one))))
            for each, one in shown
        ),
        drawn=1,
        remarks=tuple((_named(each), say("clearly more than usual.")) for each in clear)
        or (
            (
                say("None of these {count} stands out:", count=len(found)),
                say("chance makes such differences, too."),
            ),
        ),
        note=say(
            "Usual is what came in so many days of the four weeks before and after."
            " That more come after something does not say that they came for it."
        ),
    )


def _usual(compared: Compared) -> float:
    return compared.usual.rate / 100 * compared.after.days


def _most_beyond_usual(pair: tuple[Occasion, Compared]) -> tuple[float, int, str]:
    occasion, compared = pair
    beyond = compared.after.requests - _usual(compared)
    return (-beyond, -occasion.on.toordinal(), occasion.id)


def _named(occasion: Occasion) -> Sentence:
    on, title = occasion.on, occasion.title or "…"
    match occasion.kind:
        case OccasionKind.ARTICLE:
            return say("{on}, article: “{title}”", on=on, title=title)
        case OccasionKind.EVENT:
            return say("{on}, event: “{title}”", on=on, title=title)
        case OccasionKind.APPLICATION:
            return say("{on}, application: {title}", on=on, title=title)
        case _:
            return say("{on}, post: “{title}”", on=on, title=title)
