"""Scores of many requests, without the words that they rest on; pure.

The same signals, weights and caps as ``screening``, so the same scores (to rounding)
and the same proposal; but a request becomes nine numbers, which takes half the time.
Tests hold it to the way with evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import fsum

from vorzimmer.model import Action, ContactRequest, Kind, Proposal, Tie
from vorzimmer.policy import Policy, propose
from vorzimmer.screening import Screening, probability_of
from vorzimmer.shares import PRIORS
from vorzimmer.signal import CAPS, Context, Group

# So many requests are read at once: enough that the compiled loops are worth it, few
# enough that memory stays small (some megabytes).
BATCH = 2_000


@dataclass(slots=True)
class Scored:
    """What one request scores, and what a policy proposes.

    Attributes:
        request_id: Whose scores they are.
        scores: Log-odds in nats, by kind.
        known_from: How the member knows the sender, strongest first.
        proposal: The action and its clause.
        asked_before: As an assessment has it.
    """

    request_id: str
    scores: dict[Kind, float]
    known_from: tuple[Tie, ...]
    proposal: Proposal
    asked_before: bool | None = None

    def probability(self, kind: Kind) -> float:
        """Return the probability of ``kind``, 0..1."""
        return probability_of(self.scores[kind])


Points = dict[tuple[Kind, Group], list[float]]
_UNDECIDED = Proposal(Action.HOLD, "")


class Scores:
    """Adds up points; made once for a screening."""

    def __init__(self, screening: Screening, policy: Policy) -> None:
        """Take the signals, their weights, and what to propose by."""
        self._screening = screening
        self._policy = policy
        self._start = {kind: screening.score(kind, ()).score for kind in Kind}
        self._slots = {
            each.name: (
                (each.kind, each.group),
                screening.weights.get(each.name, each.weight),
            )
            for each in screening.signals
        }
        self._most = {
            (kind, group): (-CAPS[group], CAPS[group] - PRIORS[kind])
            for kind in Kind
            for group in Group
        }

    def of(
        self,
        requests: Sequence[ContactRequest],
        *,
        same_notes: Mapping[str, int] | None = None,
    ) -> list[Scored]:
        """Return the scores of a batch of requests, in their order.

        Args:
            requests: A batch; one alone scores the same.
            same_notes: See ``Screening.screen``.
        """
        contexts = self._screening.contexts(requests, same_notes)
        asked = list(zip(requests, contexts, strict=True))
        points = self._points(asked)
        return [
            self._one(request, context, found)
            for (request, context), found in zip(asked, points, strict=True)
        ]

    def _points(self, asked: Sequence[tuple[ContactRequest, Context]]) -> list[Points]:
        """Return the points of each request; signal by signal, which is faster."""
        points: list[Points] = [{} for _ in asked]
        for signal in self._screening.roster.always:
            slot, weight = self._slots[signal.name]
            check = signal.check
            for (request, context), found in zip(asked, points, strict=True):
                hit = check(request, context)
                if hit is not None:
                    found.setdefault(slot, []).append(weight * hit.strength)
        for (request, context), found in zip(asked, points, strict=True):
            for signal in self._screening.roster.woken(context):
                hit = signal.check(request, context)
                if hit is not None:
                    slot, weight = self._slots[signal.name]
                    found.setdefault(slot, []).append(weight * hit.strength)
        return points

    def _one(self, request: ContactRequest, context: Context, points: Points) -> Scored:
        scores = self._start.copy()
        if points:
            self._add(points, scores)
        before = self._screening.turned_away.asked_before(request.id)
        scored = Scored(request.id, scores, context.ties, _UNDECIDED, before)
        scored.proposal = propose(self._policy, request, scored)
        return scored

    def _add(self, points: Points, scores: dict[Kind, float]) -> None:
        """Add points to the scores, to the last bit as ``screening.score`` does."""
        parts: dict[Kind, list[float]] = {}
        for slot, found in points.items():
            kind, _ = slot
            total = found[0] if len(found) == 1 else fsum(found)
            least, most = self._most[slot]
            if total > most or total < least:
                scale = (most if total > 0 else -least) / abs(total)
                found = [each * scale for each in found]  # noqa: PLW2901 - capped
            if kind in parts:
                parts[kind] += found
            else:
                parts[kind] = found
        for kind, found in parts.items():
            scores[kind] = fsum((self._start[kind], *found))


def score_stream(
    requests: Iterable[ContactRequest],
    screening: Screening,
    policy: Policy,
    *,
    batch: int = BATCH,
) -> Iterator[Scored]:
    """Yield the scores of each request, in order, in little memory.

    Nobody counts equal notes among them, since that takes all of them at once.

    Args:
        requests: As many as there are.
        screening: For whom, with which signals.
        policy: Which proposes the actions.
        batch: How many are read at once.
    """
    scores = Scores(screening, policy)
    waiting = iter(requests)
    while some := list(islice(waiting, batch)):
        yield from scores.of(some)
