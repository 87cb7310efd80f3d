"""The desk looks back: gathers what is counted on the page of insights."""

from __future__ import annotations

from collections.abc import Callable

from vorzimmer.bringing import charts_of_occasions
from vorzimmer.campaigns import Campaign
from vorzimmer.insight import REASONS, Chart, Seen, charts
from vorzimmer.languages import languages_of
from vorzimmer.model import Action, TieKind
from vorzimmer.past import is_of_contact
from vorzimmer.store import Store
from vorzimmer.waiting import Waiting

_LONGEST_TEXT = 60
_SEEN_ON = "linkedin"


class OverviewDesk:
    """The part of the desk that looks back."""

    def __init__(self, store: Store, *, waiting: Callable[[], Waiting]) -> None:
        """Take the store, and what gives the screened requests."""
        self._store = store
        self._waiting = waiting
        self._last: tuple[int, tuple[Chart, ...]] | None = None

    def charts(self) -> tuple[Chart, ...]:
        """Return the charts that have something to show; counted once a change."""
        waiting = self._waiting()
        if self._last is None or self._last[0] != waiting.revision:
            self._last = (waiting.revision, self._count(waiting))
        return self._last[1]

    def _count(self, waiting: Waiting) -> tuple[Chart, ...]:
        requests = tuple(
            each
            for each in waiting.store.requests.values()
            if not is_of_contact(each.id)
        )
        waiting.store.screen(waiting.store.requests)
        languages = languages_of([each.note for each in requests])
        seen = []
        for request, language in zip(requests, languages, strict=True):
            screened = waiting.store.screened[request.id]
            decision = waiting.decisions.get(request.id)
            action = decision.action if decision else None
            seen.append(
                Seen(
                    day=request.sent_at.date() if request.sent_at else None,
                    kind=screened.assessment.leading_kind,
                    network=request.network,
                    language=language,
                    action=None if action is Action.HOLD else action,
                    refers_to=frozenset(
                        signal.name
                        for signal, _ in screened.found
                        if signal.name in REASONS
                    ),
                )
            )
        with self._store.reading() as store:
            occasions, member = store.occasions(), store.member()
        connected_on = [
            tie.since
            for tie in waiting.store.ties
            if tie.kind is TieKind.CONNECTION and tie.since
        ]
        # What is seen on one network brings nobody on another.
        days = [each.day for each in seen if each.day and each.network == _SEEN_ON]
        positions = member.positions if member else ()
        brought = charts_of_occasions(days, occasions, positions)
        return charts(
            seen,
            connected_on=connected_on,
            campaigns=[
                (_begin(each), len(each.requests)) for each in waiting.campaigns()
            ],
            brought=brought,
        )


def _begin(campaign: Campaign) -> str:
    """Return the beginning of what all notes of a campaign have in common."""
    words = " ".join("…" if each.is_slot else each.text for each in campaign.text)
    short = words[:_LONGEST_TEXT].rstrip()
    return short if len(words) <= _LONGEST_TEXT else f"{short} …"
