"""Which one unknown fact about the sender would change the action; pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from vorzimmer.model import Action, OpenQuestion, with_facts
from vorzimmer.policy import Policy, propose
from vorzimmer.screening import Screened, Screening, score

Answer = bool | int

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


@dataclass(frozen=True, slots=True)
class _Change:
    fact: str
    likelihood: float
    actions: dict[Action, float]


def open_question(
    screened: Screened, screening: Screening, *, policy: Policy
) -> OpenQuestion | None:
    """Return the unknown fact whose answer would most likely change the action.

    ``None`` when nothing that is unknown would change it. Only signals that read
    the fact are run again, so asking costs little more than screening.
    """
    action = propose(policy, screened.request, screened.assessment).action
    changes = [
        _change(fact, screened, screening, policy=policy, action=action)
        for fact in ANSWERS
        if getattr(screened.request.sender, fact) is None
    ]
    best = max(changes, key=lambda each: each.likelihood, default=None)
    if best is None or best.likelihood < LEAST_LIKELIHOOD:
        return None
    changes_to = max(best.actions, key=lambda each: best.actions[each])
    return OpenQuestion(best.fact, round(best.likelihood, 4), changes_to)


def answered(
    screened: Screened, screening: Screening, fact: str, answer: Answer
) -> Screened:
    """Return what screening would say if ``fact`` were known to be ``answer``."""
    request = with_facts(screened.request, **{fact: answer})
    readers = [signal for signal in screening.signals if fact in signal.reads]
    again = screening.find(request, screened.context, signals=readers)
    kept = (each for each in screened.found if fact not in each[0].reads)
    found = (*kept, *again)
    kinds = dict(screened.assessment.kinds)
    for kind in {signal.kind for signal in readers}:
        kinds[kind] = score(kind, found, weights=screening.weights)
    unknown = tuple(each for each in screened.assessment.unknown if each != fact)
    assessment = replace(screened.assessment, kinds=kinds, unknown=unknown)
    return Screened(request, screened.context, found, assessment)


def _change(
    fact: str,
    screened: Screened,
    screening: Screening,
    *,
    policy: Policy,
    action: Action,
) -> _Change:
    actions: dict[Action, float] = defaultdict(float)
    for answer, share in ANSWERS[fact]:
        then = answered(screened, screening, fact, answer)
        proposed = propose(policy, then.request, then.assessment).action
        if proposed is not action:
            actions[proposed] += share
    return _Change(fact, sum(actions.values()), actions)
