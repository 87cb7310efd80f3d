"""Which one unknown fact about the sender would change the action; pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from vorzimmer.model import Action, Answer, Assessment, OpenQuestion, with_facts
from vorzimmer.policy import Policy, propose
from vorzimmer.screened import Found, Screened
from vorzimmer.screening import Screening, find_hits

# How likely which answer is, before one looks. Rough shares, each an estimate; they
# only rank the questions. 25 % of members show 500 contacts or more; nine of ten
# have a picture; most senders of a request never open the profile.
ANSWERS: dict[str, tuple[tuple[Answer, float], ...]] = {
    "contacts_count": ((150, 0.40), (400, 0.35), (999, 0.25)),
    "mutual_contacts_count": ((0, 0.55), (3, 0.35), (25, 0.10)),
    "has_picture": ((True, 0.90), (False, 0.10)),
    "visited_profile": ((True, 0.35), (False, 0.65)),
    "is_known_elsewhere": ((True, 0.70), (False, 0.30)),
    "has_other_job_elsewhere": ((True, 0.10), (False, 0.90)),
    "is_verified": ((True, 0.20), (False, 0.80)),
}
# Below this a question is not worth a person's look at the profile.
LEAST_LIKELIHOOD = 0.05


def open_question(
    screened: Screened, screening: Screening, *, policy: Policy
) -> OpenQuestion | None:
    """Return the unknown fact whose answer would most likely change the action.

    ``None`` when nothing that is unknown would change it. Only signals that read
    the fact, of kinds that the policy asks for, are run again.
    """
    action = propose(policy, screened.request, screened.assessment).action
    best: OpenQuestion | None = None
    for fact in ANSWERS:
        if getattr(screened.request.sender, fact) is not None:
            continue
        changes = _changes(fact, screened, screening, policy=policy)
        changes.pop(action, None)
        likelihood = round(sum(changes.values()), 4)
        if likelihood >= LEAST_LIKELIHOOD and (
            best is None or likelihood > best.likelihood
        ):
            likeliest = max(changes, key=lambda each: changes[each])
            best = OpenQuestion(fact, likelihood, likeliest)
    return best


def _changes(
    fact: str, screened: Screened, screening: Screening, *, policy: Policy
) -> dict[Action, float]:
    """Return how likely an answer that says anything leads to which action."""
    actions: dict[Action, float] = defaultdict(float)
    is_asked_for = fact in policy.facts
    readers = [s for s in screening.readers(fact) if s.kind in policy.cut_offs]
    if not readers and not is_asked_for:
        return actions
    for answer, share in ANSWERS[fact]:
        request = with_facts(screened.request, **{fact: answer})
        # While the fact was not known, the signals that read it were silent.
        new = tuple(find_hits(readers, request, screened.context))
        then = _with(new, screened, screening)
        if is_asked_for or _may_matter(screened.assessment, then, policy):
            actions[propose(policy, request, then).action] += share
    return actions


def _may_matter(before: Assessment, after: Assessment, policy: Policy) -> bool:
    return any(
        policy.may_change_mind(kind, old.probability, new.probability)
        for (kind, old), new in zip(
            before.kinds.items(), after.kinds.values(), strict=True
        )
        if new is not old
    )


def _with(
    new: tuple[Found, ...], screened: Screened, screening: Screening
) -> Assessment:
    """Return the assessment with what was found besides."""
    if not new:
        return screened.assessment
    found = screening.with_found(screened.found, new)
    kinds = dict(screened.assessment.kinds)
    for kind in {signal.kind for signal, _ in new}:
        kinds[kind] = screening.score(kind, found)
    return replace(screened.assessment, kinds=kinds)
