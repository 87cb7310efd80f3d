"""Scores of many requests, without the words that they rest on; pure.

The same signals, weights and caps as ``screening``, so the same scores to the last bit
and the same proposal; but what is one number a request is worked out for all of them at
once. Tests hold it to the way with evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from vorzimmer.columns import ACTIONS, Columns, clause_names, proposals
from vorzimmer.model import Action, ContactRequest, Kind, Proposal, Tie, likeliest
from vorzimmer.policy import Policy
from vorzimmer.screening import Screening, probability_of
from vorzimmer.signal import Context

# So many requests are read at once: enough that the compiled loops are worth it, few
# enough that memory stays small (some megabytes).
BATCH = 2_000
KINDS = tuple(Kind)
Numbers = NDArray[np.float64]


@dataclass(slots=True)
class Scored:
    """What one request scores, and what a policy proposes.

    Attributes:
        request_id: Whose scores they are.
        row: Log-odds in nats, in the order of ``KINDS``.
        known_from: How the member knows the sender, strongest first.
        proposal: The action and its clause.
        asked_before: As an assessment has it.
        solicitation_or_danger: As an assessment has it.
    """

    request_id: str
    row: tuple[float, ...]
    known_from: tuple[Tie, ...]
    proposal: Proposal
    asked_before: bool | None = None
    solicitation_or_danger: float | None = None

    @property
    def scores(self) -> dict[Kind, float]:
        """Log-odds in nats, by kind; made when somebody asks, since a table is dear."""
        return dict(zip(KINDS, self.row, strict=True))

    def probability(self, kind: Kind) -> float:
        """Return the probability of ``kind``, 0..1."""
        return probability_of(self.row[KINDS.index(kind)])

    @property
    def leading_kind(self) -> Kind | None:
        """The likeliest kind, or ``None`` while none is likelier than not."""
        return likeliest(self.scores)


_NEAR = 1e-9  # a million times what rounding makes
_UNDECIDED = Proposal(Action.HOLD, "")


class Scores:
    """Scores requests; made once for a screening."""

    def __init__(self, screening: Screening, policy: Policy) -> None:
        """Take what to score by, and what to propose by."""
        self._screening = screening
        self._policy = policy

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
        strengths = self._screening.roster.strengths(requests, contexts)
        return self.of_strengths(requests, contexts, strengths)

    def of_strengths(
        self,
        requests: Sequence[ContactRequest],
        contexts: Sequence[Context],
        strengths: Mapping[int, Numbers],
    ) -> list[Scored]:
        """Return the same where the signals were asked before.

        Args:
            requests: A batch.
            contexts: Theirs.
            strengths: What the signals said; see ``Roster.strengths``.
        """
        scores, _ = self._screening.sums.add_up(strengths, len(requests))
        words = [each.note.likeness_in_any_language for each in contexts]
        bad = self._screening.sums.of_either(words, strengths).tolist()
        asked_before = self._screening.turned_away.asked_before
        rows = zip(*(each.tolist() for each in scores.values()), strict=True)
        scored = [
            Scored(
                request.id,
                row,
                context.ties,
                _UNDECIDED,
                asked_before(request.id),
                either,
            )
            for request, context, row, either in zip(
                requests, contexts, rows, bad, strict=True
            )
        ]
        self._propose(requests, scored, scores)
        return scored

    def _propose(
        self,
        requests: Sequence[ContactRequest],
        scored: Sequence[Scored],
        scores: Mapping[Kind, Numbers],
    ) -> None:
        """Set what the policy proposes for each."""
        asked = Columns(
            requests, scored, partial(probabilities_near, scores, self._policy)
        )
        names = clause_names(self._policy)
        made: dict[tuple[int, int], Proposal] = {}
        pairs = zip(
            *(each.tolist() for each in proposals(asked, self._policy)), strict=True
        )
        for each, pair in zip(scored, pairs, strict=True):
            if pair not in made:
                made[pair] = Proposal(ACTIONS[pair[0]], names[pair[1]])
            each.proposal = made[pair]


def probabilities_near(
    scores: Mapping[Kind, Numbers], policy: Policy, kind: Kind
) -> Numbers:
    """Return probabilities, to the last bit wherever a policy asks for it.

    The exponential function of a whole column may round otherwise than one by one.
    """
    own = scores[kind]
    with np.errstate(over="ignore"):
        found = np.asarray(1.0 / (1.0 + np.exp(-own)))
    for cut in policy.cut_offs.get(kind, ()):
        near = np.flatnonzero(np.abs(found - cut) < _NEAR)
        found[near] = [probability_of(each) for each in own[near].tolist()]
    return found


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
