"""Rehearse policies on what the store holds of the past."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from threading import Lock
from typing import Literal

from vorzimmer.acquaintance import Acquaintance
from vorzimmer.bulk import BATCH, Scored, Scores
from vorzimmer.cards import with_given
from vorzimmer.model import Action, Decision
from vorzimmer.past import Past, earlier_requests, ties_of_then
from vorzimmer.policy import Policy
from vorzimmer.policy_file import preset_policy
from vorzimmer.reactions import State
from vorzimmer.rehearsal import Rehearsal, only, pace_of, rehearse
from vorzimmer.waiting import Waiting

Part = Literal["all", "requests", "contacts"]

MOST_PROPOSED = 5_000
"""Open requests of which it is counted what every policy would propose."""


class RehearsalDesk:
    """What policies would have done; the past is assessed once, then kept."""

    def __init__(
        self,
        *,
        waiting: Callable[[], Waiting],
        unwanted: Callable[[], Collection[str]] = frozenset,
    ) -> None:
        """Take what gives the requests that the store holds.

        Args:
            waiting: Gives the screened requests.
            unwanted: Gives ids of requests whose senders advertised, or worse, once
                they were accepted.
        """
        self._waiting = waiting
        self._unwanted = unwanted
        self._lock = Lock()
        self._kept: tuple[int, dict[Part, Past]] | None = None

    def past(self, part: Part = "all") -> Past:
        """Return what was decided or accepted before, assessed as it came in then.

        Args:
            part: Everything, only requests, or only contacts whose request is lost.
        """
        with self._lock:
            waiting = self._waiting()
            if self._kept is None or self._kept[0] != waiting.revision:
                self._kept = (waiting.revision, {"all": self._read(waiting)})
            parts = self._kept[1]
            if part not in parts:
                parts[part] = only(parts["all"], contacts=part == "contacts")
            return parts[part]

    def rehearse(self, policy: Policy) -> Rehearsal:
        """Return what a policy would have done; it need not be saved anywhere."""
        return rehearse(policy, self.past())

    def proposed(
        self, policies: Mapping[str, Policy]
    ) -> Mapping[str, Mapping[Action, int]]:
        """Return how often each policy would propose what for what waits now.

        Args:
            policies: By name.

        Returns:
            By name, the actions in the order of a session; nothing where nothing waits,
            and where so much waits that a page would be late.
        """
        waiting, found = self._waiting(), {}
        for name, policy in policies.items():
            session = waiting.session(policy)
            if not 0 < session.open_count <= MOST_PROPOSED:
                return {}
            found[name] = {action: len(cards) for action, cards in session.groups}
        return found

    def _read(self, waiting: Waiting) -> Past:
        ties = waiting.store.ties
        today = waiting.store.screening
        decided = {
            key: with_given(waiting.store.requests[key], waiting.given.get(key, {}))
            for key in waiting.decisions
            if key in waiting.store.requests
        }
        items = earlier_requests(
            decided,
            {key: _in_the_end(waiting, key) for key in decided},
            ties,
            today.acquaintance,
            unwanted=self._unwanted(),
        )
        then = replace(
            today,
            acquaintance=Acquaintance(ties_of_then(ties, items), today.member),
        )
        # Which policy they are scored for makes no difference: it is asked later.
        scores = Scores(then, preset_policy("ask-back"))
        senders = waiting.store.groups.senders
        requests = [each.request for each in items]
        scored: list[Scored] = []
        for start in range(0, len(requests), BATCH):
            batch = requests[start : start + BATCH]
            scored += scores.of(batch, same_notes=senders)
        return Past(tuple(items), tuple(scored), pace_of(waiting.decisions.values()))


def _in_the_end(waiting: Waiting, request_id: str) -> Decision:
    """Return the decision that stands; what a source shows accepted, was accepted."""
    decision = waiting.decisions[request_id]
    if waiting.state(request_id) is State.ACCEPTED:
        return replace(decision, action=Action.ACCEPT)
    return decision
