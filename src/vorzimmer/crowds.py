"""Requests that are read together and scored often, as weights and policy change; pure.

What the signals say of each is kept as numbers, so that new weights cost a sum a kind
for all of them, and no request is read again. Evidence in words is not kept: it is
found for the few requests that somebody looks at.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vorzimmer.bulk import Numbers, Scored, Scores
from vorzimmer.model import ContactRequest
from vorzimmer.policy import Policy
from vorzimmer.screening import Screening
from vorzimmer.signal import Context


@dataclass(frozen=True, slots=True)
class Crowd:
    """Requests with what may be known of each besides, and what the signals say.

    Attributes:
        strengths: How strongly each signal that says anything hits each request.
    """

    requests: Sequence[ContactRequest]
    contexts: Sequence[Context]
    strengths: Mapping[int, Numbers]

    @classmethod
    def read(
        cls,
        requests: Sequence[ContactRequest],
        contexts: Sequence[Context],
        screening: Screening,
    ) -> Crowd:
        """Ask the signals of a screening about requests."""
        strengths = screening.roster.strengths(requests, contexts)
        return cls(requests, contexts, strengths)

    def scored(self, screening: Screening, policy: Policy) -> list[Scored]:
        """Return the scores by other weights of the same signals, and the proposals."""
        scores = Scores(screening, policy)
        return scores.of_strengths(self.requests, self.contexts, self.strengths)


@dataclass(frozen=True, slots=True)
class Crowds:
    """All crowds that were read; each request is in one at most."""

    _crowds: list[Crowd] = field(default_factory=list)
    _places: dict[str, int] = field(default_factory=dict)

    def __contains__(self, request_id: str) -> bool:
        return request_id in self._places

    def add(self, crowd: Crowd) -> None:
        """Keep a crowd of requests that are in none yet."""
        place = len(self._crowds)
        self._crowds.append(crowd)
        self._places.update((each.id, place) for each in crowd.requests)

    def without(self, request_ids: Container[str]) -> Crowds:
        """Return the crowds as if these requests had not been read."""
        places = {
            each: place
            for each, place in self._places.items()
            if each not in request_ids
        }
        return Crowds(list(self._crowds), places)

    def scored(
        self, request_ids: Iterable[str], screening: Screening, policy: Policy
    ) -> Iterator[Scored]:
        """Yield the scores of requests, and of others that were read with them.

        Args:
            request_ids: Of requests that are in a crowd.
            screening: By whose weights; with the same signals that were asked.
            policy: Which proposes the actions.
        """
        for place in sorted({self._places[each] for each in request_ids}):
            for each in self._crowds[place].scored(screening, policy):
                if self._places.get(each.request_id) == place:
                    yield each
