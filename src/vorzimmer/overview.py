"""The desk looks back: gathers what is counted on the page of insights."""

from __future__ import annotations

from collections.abc import Callable

from vorzimmer.campaigns import Campaign
from vorzimmer.insight import REASONS, Chart, Seen, charts
from vorzimmer.languages import languages_of
from vorzimmer.model import Action, TieKind
from vorzimmer.waiting import Waiting

_LONGEST_TEXT = 60


class OverviewDesk:
    """The part of the desk that looks back."""

    def __init__(self, *, waiting: Callable[[], Waiting]) -> None:
        """Take what gives the screened requests."""
        self._waiting = waiting
        self._last: tuple[int, tuple[Chart, ...]] | None = None

    def charts(self) -> tuple[Chart, ...]:
        """Return the charts that have something to show; counted once a change."""
        waiting = self._waiting()
        if self._last is None or self._last[0] != waiting.revision:
            self._last = (waiting.revision, self._count(waiting))
        return self._last[1]

    def _count(self, waiting: Waiting) -> tuple[Chart, ...]:
        requests = tuple(waiting.store.requests.values())
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
        connected_on = [
            tie.since
            for tie in waiting.store.ties
            if tie.kind is TieKind.CONNECTION and tie.since
        ]
        return charts(
            seen,
            connected_on=connected_on,
            campaigns=[
                (_begin(each), len(each.requests)) for each in waiting.campaigns()
            ],
        )


def _begin(campaign: Campaign) -> str:
    """Return the beginning of what all notes of a campaign have in common."""
    words = " ".join("…" if each.is_slot else each.text for each in campaign.text)
    short = words[:_LONGEST_TEXT].rstrip()
    return short if len(words) <= _LONGEST_TEXT else f"{short} …"
