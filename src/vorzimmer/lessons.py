"""What a member's words and deeds say about a request, as labels for learning; pure.

What a person says is worth one. What a person does says less, for the same deed may
have many reasons, and so it is worth a part (docs/explanation/learning.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vorzimmer.learning import FEWEST_CASES, MOST_LESSONS, Label
from vorzimmer.model import Action, ContactRequest, Correction, Decision, Kind

EXCLUSIVE = (
    Kind.PERSONAL,
    Kind.STANDARD,
    Kind.COLLECTOR,
    Kind.SOLICITATION,
    Kind.RECRUITING,
    Kind.DANGER,
    Kind.ABUSE,
)
"""Kinds of which a request is mostly one; the others say who the sender is."""

# A request that was said to be of one kind may also be of another, a little.
_OTHERS = 0.5
# What a deed is worth beside a word.
_DEED = 0.5
# Who was accepted and advertised later may have meant well at first.
_FATE = 0.5
_BAD_FATES = (Kind.SOLICITATION, Kind.DANGER, Kind.ABUSE)
# What an action denies, whatever policy the member has. Accepting does not say that a
# request is personal, nor declining that it advertises.
_DENIED: dict[Action, tuple[Kind, ...]] = {
    Action.ACCEPT: (Kind.DANGER, Kind.ABUSE),
    Action.REPORT_UNKNOWN: (Kind.KNOWN,),
    Action.REPORT_SPAM: (Kind.PERSONAL,),
    Action.BLOCK: (Kind.PERSONAL,),
}


AFTER_ACCEPTING = "after accepting"
"""The clause of a decision that was proposed for what came after accepting."""


class Taught(StrEnum):
    """By what a request teaches something."""

    SAID = "said"
    DID = "did"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaching:
    """What one request teaches, and by what.

    Attributes:
        labels: None where the member wants nothing to be learned from it.
        kind: What the member said that it is.
        action: What the member did about it.
        later: What came after accepting, where the sender was removed for it.
    """

    request_id: str
    at: datetime
    by: Taught
    labels: tuple[Label, ...]
    kind: Kind | None = None
    action: Action | None = None
    later: Kind | None = None


def teachings(
    requests: Mapping[str, ContactRequest],
    decisions: Mapping[str, Decision],
    corrections: Mapping[str, Correction],
    *,
    after_decision: int = 0,
) -> list[Teaching]:
    """Return what all requests teach, the newest first.

    Args:
        requests: All, by id.
        decisions: Those that stand, by id of the request.
        corrections: What the member said, by id of the request; it goes before what
            the member did about it.
        after_decision: Decisions up to this id teach nothing.
    """
    said = {key: each.kind for key, each in corrections.items() if each.kind}
    counted = {
        key: each
        for key, each in decisions.items()
        if each.id > after_decision and key in requests
    }
    is_looked_at = len(said) >= FEWEST_CASES
    fates = labels_of_fate(requests, counted, said)
    found: dict[str, Teaching] = {}
    for key, decision in counted.items():
        did = labels_of_decision(decision, is_looked_at=is_looked_at)
        if labels := _joined(did, fates.get(key, ())):
            found[key] = Teaching(
                request_id=key,
                at=decision.at,
                by=Taught.LATER if key in fates else Taught.DID,
                labels=labels,
                action=decision.action,
                later=later_kind(decision),
            )
    for key, each in corrections.items():
        if key in requests:
            found[key] = Teaching(
                request_id=key,
                at=each.at,
                by=Taught.SAID,
                labels=labels_of_correction(each.kind) if each.kind else (),
                kind=each.kind,
            )
    newest = sorted(found.values(), key=lambda each: (each.at, each.request_id))
    return newest[: -MOST_LESSONS - 1 : -1]


def _joined(labels: Iterable[Label], later: Iterable[Label]) -> tuple[Label, ...]:
    return tuple({each.kind: each for each in (*labels, *later)}.values())


def labels_of_correction(kind: Kind) -> tuple[Label, ...]:
    """Return what it teaches when the member says which kind a request is."""
    others = [other for other in EXCLUSIVE if other is not kind]
    denied = others if kind in EXCLUSIVE else []
    own = Label(kind, holds=True)
    return (own, *(Label(other, holds=False, weight=_OTHERS) for other in denied))


def labels_of_decision(decision: Decision, *, is_looked_at: bool) -> tuple[Label, ...]:
    """Return what a decision of the member teaches.

    An action denies some kinds, whatever the policy. What the desk took a request for
    is confirmed where the member did what was proposed, and left it uncorrected.

    Args:
        decision: That stands.
        is_looked_at: Whether this member corrects what is wrong. Of one who never
            does, silence says nothing.
    """
    if decision.actor != "member":
        # Of what was done before there was a desk, nobody knows the reasons.
        return ()
    denied = _DENIED.get(decision.action, ())
    labels = {kind: Label(kind, holds=False, weight=_DEED) for kind in denied}
    kind = decision.looked_like
    if decision.clause == AFTER_ACCEPTING:
        return ()  # what it looked like is what came later
    if is_looked_at and decision.clause and kind in EXCLUSIVE and kind not in denied:
        for each in EXCLUSIVE:
            labels[each] = Label(each, holds=each is kind, weight=_DEED)
    return tuple(labels.values())


def labels_of_fate(
    requests: Mapping[str, ContactRequest],
    decisions: Mapping[str, Decision],
    said: Mapping[str, Kind],
) -> dict[str, tuple[Label, ...]]:
    """Return what became of accepted requests, by their ids.

    As far as today's store knows it: the sender of an accepted request wrote again
    later, and the member said of that that it advertises or worse; or an accepted
    sender was removed again.

    Args:
        requests: All, by id.
        decisions: Those that stand, by id of the request.
        said: What the member said requests are, by id.
    """
    accepted: dict[str, list[ContactRequest]] = defaultdict(list)
    fates: dict[str, tuple[Label, ...]] = {}
    for request_id, decision in decisions.items():
        request = requests.get(request_id)
        if request is None:
            continue
        if decision.action is Action.REMOVE:
            fates[request_id] = _labels_of_removal(decision)
        url = request.sender.profile_url
        if decision.action is Action.ACCEPT and url and request_id not in said:
            accepted[url].append(request)
    for request_id, kind in sorted(said.items()):
        later = requests.get(request_id)
        if kind in _BAD_FATES and later is not None:
            first = accepted.get(later.sender.profile_url or "", ())
            for each in _before(later, first):
                fates[each.id] = (Label(kind, holds=True, weight=_FATE),)
    return fates


def _labels_of_removal(decision: Decision) -> tuple[Label, ...]:
    """Return what it teaches that somebody was removed again.

    Where that was for what came after accepting, the decision says what that was: the
    member has looked at it, so that the desk does not learn from its own guesses.
    """
    labels = [Label(Kind.PERSONAL, holds=False, weight=_FATE)]
    if later_kind(decision) is not None and decision.looked_like is not None:
        labels.append(Label(decision.looked_like, holds=True, weight=_FATE))
    return tuple(labels)


def later_kind(decision: Decision) -> Kind | None:
    """Return what came after accepting, where the sender was removed for it."""
    is_for_it = decision.clause == AFTER_ACCEPTING
    kind = decision.looked_like
    return kind if is_for_it and kind in _BAD_FATES else None


def _before(
    later: ContactRequest, requests: Iterable[ContactRequest]
) -> list[ContactRequest]:
    return [
        each
        for each in requests
        if each.sent_at and later.sent_at and each.sent_at < later.sent_at
    ]
