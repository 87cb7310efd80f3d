"""Who asks again after having been turned away; pure.

Somebody is met again by profile or mail address; where neither is known, by name on
that network, if it is no frequent one. What was decided before a request was sent
counts, and the newest of it: who was accepted after a no was not turned away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from vorzimmer.days import local_day
from vorzimmer.model import Action, ContactRequest, Decision, Person
from vorzimmer.names import how_common, plain_name
from vorzimmer.people import is_hidden, profile_key

TURNED_AWAY = frozenset(
    {
        Action.DECLINE,
        Action.IGNORE,
        Action.REPORT_UNKNOWN,
        Action.REPORT_SPAM,
        Action.BLOCK,
        Action.REMOVE,
    }
)
"""The actions by which somebody is turned away."""

_FREQUENT = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedAway:
    """That who sent a request was turned away before.

    Attributes:
        action: What the member did then.
        on: On which day; where only the month is known, its first day.
    """

    action: Action
    on: date


@dataclass(frozen=True, slots=True)
class Record:
    """Which requests come from people who were turned away before.

    Attributes:
        again: By id of the request, what was done then.
        told: Ids of the requests of whose senders one can say it.
    """

    again: Mapping[str, TurnedAway] = field(default_factory=dict)
    told: frozenset[str] = frozenset()

    def asked_before(self, request_id: str) -> bool | None:
        """Return whether it is so; ``None`` is not known."""
        if request_id in self.again:
            return True
        return False if request_id in self.told else None


def met_by(person: Person, network: str | None) -> tuple[tuple[str, str], ...]:
    """Return by what somebody is met again: ways, each with its key.

    Args:
        person: Who.
        network: On which network; a name counts only there.
    """
    found = []
    if key := profile_key(person.profile_url):
        found.append(("address", key))
    if person.email:
        found.append(("mail", person.email.strip().casefold()))
    name = person.name or ""
    if not found and name and not is_hidden(name) and (plain := plain_name(name)):
        found.append(("name", f"{network or ''} {plain}"))
    return tuple(found)


def surely_met_by(person: Person, network: str | None) -> tuple[tuple[str, str], ...]:
    """Return the same without a name that many people have.

    Args:
        person: Who.
        network: On which network.
    """
    found = met_by(person, network)
    is_name = any(way == "name" for way, _ in found)
    return () if is_name and how_common(person.name or "") >= _FREQUENT else found


class Repeats:
    """Requests by who sent them, read once; what was decided may change."""

    def __init__(
        self,
        requests: Iterable[ContactRequest],
        faded: Callable[[ContactRequest], TurnedAway | None] = lambda _: None,
    ) -> None:
        """Take all requests.

        Args:
            requests: All there are.
            faded: Says of a request what is still known of its sender from those that
                faded.
        """
        self._faded_of = faded
        self._faded: dict[str, TurnedAway] = {}
        by_key: dict[tuple[str, str], list[ContactRequest]] = defaultdict(list)
        told: set[str] = set()
        for request in requests:
            keys = surely_met_by(request.sender, request.network)
            if keys:
                told.add(request.id)
            for key in keys:
                by_key[key].append(request)
            if (old := faded(request)) is not None:
                self._faded[request.id] = old
        self._by_key = by_key
        self._groups = tuple(group for group in by_key.values() if len(group) > 1)
        # Without a day, nobody knows which of two came first.
        undated = {
            each.id for group in self._groups for each in group if each.sent_at is None
        }
        self._told = frozenset(told - undated)

    def about(
        self, request: ContactRequest, decisions: Mapping[str, Decision]
    ) -> Record:
        """Return what is known of the sender of a request that was not read here.

        Args:
            request: Any.
            decisions: Those that stand, by id of the request.
        """
        others = {
            each.id: each
            for key in surely_met_by(request.sender, request.network)
            for each in self._by_key.get(key, ())
        }
        others[request.id] = request
        return Repeats(others.values(), self._faded_of).record(decisions)

    def record(self, decisions: Mapping[str, Decision]) -> Record:
        """Return who asks again, as things stand.

        Args:
            decisions: Those that stand, by id of the request.
        """
        newest: dict[str, Decision] = {}
        for group in self._groups:
            for request, decision in _before(group, decisions):
                last = newest.get(request.id)
                if last is None or last.at < decision.at:
                    newest[request.id] = decision
        again = {
            key: TurnedAway(action=each.action, on=local_day(each.at))
            for key, each in newest.items()
            if each.action in TURNED_AWAY
        }
        of_old = {key: each for key, each in self._faded.items() if key not in newest}
        return Record({**of_old, **again}, self._told)


def _before(
    group: Iterable[ContactRequest], decisions: Mapping[str, Decision]
) -> Iterable[tuple[ContactRequest, Decision]]:
    """Yield the newest decision about another request before each was sent."""
    steps: list[tuple[datetime, int, ContactRequest, Decision | None]] = []
    for request in group:
        if request.sent_at is not None:
            steps.append((request.sent_at, 1, request, None))
        made = decisions.get(request.id)
        if made is not None and _tells(made):
            steps.append((made.at, 0, request, made))
    steps.sort(key=lambda each: each[:2])
    # The newest two are enough: one of them may be about the request itself.
    newest: list[tuple[str, Decision]] = []
    for _, _, request, decision in steps:
        if decision is not None:
            newest = [(request.id, decision), *newest[:1]]
            continue
        for key, made in newest:
            if key != request.id:
                yield request, made
                break


def _tells(decision: Decision) -> bool:
    """Return whether a decision lets somebody in, or turns somebody away."""
    if decision.action is Action.ACCEPT:
        return True
    return decision.actor == "member" and decision.action in TURNED_AWAY
