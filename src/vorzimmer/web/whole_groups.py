"""One action on a whole group of the session: what it would cover; pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from hashlib import blake2b

from vorzimmer.cards import Card, Session
from vorzimmer.model import Action
from vorzimmer.sitting import Plan

# What is done with a click, and can be done many times in a row.
BULK = (
    Action.ACCEPT,
    Action.DECLINE,
    Action.IGNORE,
    Action.REPORT_UNKNOWN,
    Action.REPORT_SPAM,
    Action.BLOCK,
)
_MOST_NAMED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOfThem:
    """One action on a whole group, before it is confirmed.

    Attributes:
        group: By the action that is proposed for them.
        seal: Changes when the group does.
        clauses: Why it is proposed, with how many.
        named: Those that are listed.
        known: How many of them have a tie to the member.
        path: Where the confirmation goes.
        query: With which the page of the session asks about them.
    """

    group: Action
    action: Action
    count: int
    seal: str
    clauses: tuple[tuple[str, int], ...]
    named: tuple[Card, ...]
    known: int
    path: str = "/all"
    query: str


def all_of(session: Session, group: Action | None) -> AllOfThem | None:
    """Return one action on a whole group, to be confirmed; ``None``: it is empty.

    Args:
        session: Of which.
        group: By the action that is proposed; ``None`` is none.
    """
    cards = dict(session.groups).get(group, ()) if group else ()
    if group is None or not cards:
        return None
    return _meant(cards, group)


def all_of_rest(plan: Plan) -> AllOfThem | None:
    """Return the ignoring of the rest, to be confirmed; ``None``: there is none."""
    if plan.rest is None:
        return None
    meant = _meant(plan.rest.cards, Action.IGNORE)
    return replace(meant, path="/rest", query="rest=true")


def _meant(cards: tuple[Card, ...], group: Action) -> AllOfThem:
    clauses = Counter(card.proposal.clause for card in cards)
    return AllOfThem(
        group=group,
        action=bulk_action(group),
        count=len(cards),
        seal=seal_of(cards),
        clauses=tuple(clauses.most_common()),
        named=cards[:_MOST_NAMED],
        known=sum(bool(card.known_from) for card in cards),
        query=f"every={group}",
    )


def seal_of(cards: tuple[Card, ...]) -> str:
    """Return a word that changes when other requests are in the group."""
    ids = "\0".join(sorted(card.request.id for card in cards))
    raw = ids.encode("utf-8", "surrogatepass")
    return blake2b(raw, digest_size=16).hexdigest()


def bulk_action(group: Action) -> Action:
    """Return what can be done with a whole group: what is proposed, or to ignore it."""
    return group if group in BULK else Action.IGNORE
