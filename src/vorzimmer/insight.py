"""What the requests tell when one looks at all of them, chart by chart; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypedDict

from vorzimmer.model import Action, Kind, Sentence, say

MOST_MONTHS = 24
"""Charts by month show the last two years."""

_MOST_LANGUAGES = 8
_MOST_CAMPAIGNS = 10

# What a request may refer to, by the signal that finds it.
REASONS: Mapping[str, Sentence] = {
    "gives_concrete_reason": say("a concrete reason"),
    "names_common_contact": say("a common contact"),
    "names_own_place": say("your place of work or study"),
    "claims_past_together": say("something past together"),
    "student_or_press_question": say("a question for study or press"),
    "headhunter_phrases": say("a job"),
    "offers_a_job": say("a job"),
    "matched_seek_offer_word": say("a word of your profile"),
    "profile_visit_as_reason": say("a look at your profile"),
    "wants_to_grow_network": say("growing a network"),
    "offers_service": say("an offer"),
}


@dataclass(frozen=True, slots=True)
class Code:
    """A network or a language, by its code; people see its name."""

    what: Literal["network", "language"]
    value: str


Label = Kind | Action | Sentence | Code
"""What a row or a column is called; said in the member's language at the edge."""

UNSURE = say("unsure")
OPEN = say("still open")
OTHERS = say("others")
NOT_KNOWN = say("not known")
REQUESTS = say("Requests")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One request, as far as it is counted.

    Attributes:
        kind: The likeliest; ``None`` is unsure.
        action: What became of it; ``None`` is still open.
        refers_to: Names of signals of ``REASONS`` that were found.
    """

    day: date | None = None
    kind: Kind | None = None
    network: str | None = None
    language: str | None = None
    action: Action | None = None
    refers_to: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One question, and the counts that answer it.

    Attributes:
        name: Stable; part of the address of its CSV.
        question: What the chart answers.
        columns: What is counted side by side.
        rows: What it is counted for, with one count for each column.
        note: What one should know to read it; ``None`` where it explains itself.
        remarks: What it shows, said in words; each of two sentences.
        drawn: How many of the columns are drawn; the others stand in the table only.
            ``None`` is all.
        is_over_time: Whether the rows are one after the other in time.
    """

    name: str
    question: Sentence
    columns: tuple[Label, ...]
    rows: tuple[tuple[Label, tuple[int, ...]], ...]
    note: Sentence | None = None
    remarks: tuple[tuple[Sentence, Sentence], ...] = ()
    drawn: int | None = None
    is_over_time: bool = False

    @property
    def shown(self) -> tuple[Label, ...]:
        """The columns that are drawn."""
        return self.columns[: self.drawn]

    @property
    def total(self) -> int:
        """The sum of all counts."""
        return sum(sum(counts) for _, counts in self.rows)


class _Counted(TypedDict):
    columns: tuple[Label, ...]
    rows: tuple[tuple[Label, tuple[int, ...]], ...]


def charts(
    seen: Sequence[Seen],
    *,
    connected_on: Iterable[date],
    campaigns: Sequence[tuple[str, int]],
    brought: Sequence[Chart] = (),
) -> tuple[Chart, ...]:
    """Return the charts that have something to show.

    Args:
        seen: All requests.
        connected_on: When each of the member's connections was made.
        campaigns: The beginning of each campaign's text, and its requests.
        brought: Charts on what requests came after.
    """
    made = (
        _kinds_by_month(seen),
        _outcome_by_kind(seen),
        _reasons(seen),
        *brought,
        _networks_by_month(seen),
        _languages_by_month(seen),
        _campaigns(campaigns),
        _growth(connected_on),
    )
    return tuple(chart for chart in made if chart.total)


def _kinds_by_month(seen: Sequence[Seen]) -> Chart:
    return Chart(
        name="kinds",
        question=say("Which requests come, month by month?"),
        **_by_month(seen, lambda each: each.kind or UNSURE, order=(*Kind, UNSURE)),
        note=_without_day(seen),
        is_over_time=True,
    )


def _networks_by_month(seen: Sequence[Seen]) -> Chart:
    codes = sorted({each.network or "" for each in seen})
    if len(codes) == 1:  # nothing to compare
        codes, seen = [], ()
    names: Mapping[str, Label] = {
        code: Code("network", code) if code else NOT_KNOWN for code in codes
    }
    return Chart(
        name="networks",
        question=say("By which network do they come?"),
        **_by_month(
            seen, lambda each: names[each.network or ""], order=tuple(names.values())
        ),
        note=_without_day(seen),
        is_over_time=True,
    )


def _outcome_by_kind(seen: Sequence[Seen]) -> Chart:
    counts = Counter((each.kind or UNSURE, each.action or OPEN) for each in seen)
    actions = [label for label in (*Action, OPEN) if any(o == label for _, o in counts)]
    kinds = [label for label in (*Kind, UNSURE) if any(k == label for k, _ in counts)]
    return Chart(
        name="outcomes",
        question=say("What became of which requests?"),
        columns=tuple(actions),
        rows=tuple(
            (kind, tuple(counts[kind, action] for action in actions)) for kind in kinds
        ),
    )


def _reasons(seen: Sequence[Seen]) -> Chart:
    counts: Counter[Sentence] = Counter()
    for each in seen:
        # Two signals may mean the same reason; a request counts once for each.
        counts.update({REASONS[name] for name in each.refers_to})
    silent = sum(not each.refers_to for each in seen)
    return Chart(
        name="reasons",
        question=say("What brings requests, as far as they say it?"),
        columns=(REQUESTS,),
        rows=tuple((label, (count,)) for label, count in counts.most_common()),
        note=say(
            "{silent} of {count} requests refer to nothing that we recognise. One that"
            " refers to several things counts for each.",
            silent=silent,
            count=len(seen),
        ),
    )


def _languages_by_month(seen: Sequence[Seen]) -> Chart:
    sure = [each for each in seen if each.language]
    counts = Counter(each.language for each in sure)
    common = [code for code, _ in counts.most_common(_MOST_LANGUAGES)]
    names: dict[str | None, Label] = {
        code: Code("language", code or "") for code in common
    }
    return Chart(
        name="languages",
        question=say("In which languages are they written, month by month?"),
        **_by_month(
            sure,
            lambda each: names.get(each.language, OTHERS),
            order=(*names.values(), OTHERS),
        ),
        note=say(
            "Of {count} more the language is not sure, mostly since they are blank or"
            " very short.",
            count=len(seen) - len(sure),
        )
        if len(sure) < len(seen)
        else _without_day(seen),
        is_over_time=True,
    )


def _campaigns(campaigns: Sequence[tuple[str, int]]) -> Chart:
    largest = sorted(campaigns, key=lambda each: -each[1])[:_MOST_CAMPAIGNS]
    return Chart(
        name="campaigns",
        question=say("Which texts come again and again?"),
        columns=(REQUESTS,),
        rows=tuple((say("“{text}”", text=text), (count,)) for text, count in largest),
    )


def _growth(connected_on: Iterable[date]) -> Chart:
    years = Counter(day.year for day in connected_on)
    span = range(min(years), max(years) + 1) if years else range(0)
    return Chart(
        name="growth",
        question=say("How does your network grow?"),
        columns=(say("New connections"),),
        rows=tuple((say("{year}", year=str(year)), (years[year],)) for year in span),
        is_over_time=True,
    )


def _by_month(
    seen: Sequence[Seen],
    label_of: Callable[[Seen], Label],
    *,
    order: Sequence[Label],
) -> _Counted:
    counts = Counter(
        (each.day.replace(day=1), label_of(each)) for each in seen if each.day
    )
    months = _months(day for day, _ in counts)
    shown = {label for day, label in counts if day in months}
    columns = tuple(label for label in order if label in shown)
    return _Counted(
        columns=columns,
        rows=tuple(
            (
                say("{month:%B %Y}", month=month),
                tuple(counts[month, label] for label in columns),
            )
            for month in months
        ),
    )


def _months(days: Iterable[date]) -> list[date]:
    """Return the first days of all months from the first to the last, at most 24."""
    met = sorted(set(days))
    if not met:
        return []
    month, last, months = met[0], met[-1], []
    while month <= last:
        months.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return months[-MOST_MONTHS:]


def _without_day(seen: Sequence[Seen]) -> Sentence | None:
    count = sum(each.day is None for each in seen)
    return say("{count} more are without a day.", count=count) if count else None
