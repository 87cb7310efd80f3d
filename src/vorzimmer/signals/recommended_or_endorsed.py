"""Signal ``recommended_or_endorsed``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, TieKind
from vorzimmer.signal import Context, Group, signal
from vorzimmer.ties import describe

_STRENGTHS: dict[TieKind, float] = {
    TieKind.RECOMMENDED: 1.0,
    TieKind.WAS_RECOMMENDED_BY: 0.9,
    TieKind.ENDORSED: 0.65,
    TieKind.WAS_ENDORSED_BY: 0.35,
}


@signal(
    kind=Kind.KNOWN,
    group=Group.TIES,
    weight=5.0,
    since="0.1",
    wakes="tie:recommended tie:was_recommended_by tie:endorsed tie:was_endorsed_by",
)
def recommended_or_endorsed(request: ContactRequest, context: Context) -> Hit | None:
    """One of you recommended or endorsed the other.

    Why it matters:
        A recommendation is written under one's own name for somebody whose work one has
        seen; an endorsement is a smaller one.

    Known errors:
        Endorsements are one click, offered by the network in rows; those that the
        member received count least.

    Source:
        Recommendations and Endorsements of the LinkedIn archive. Strengths by what each
        costs: a text, the member's click, the other's click.
    """
    del request
    found = [tie for tie in context.ties if tie.kind in _STRENGTHS]
    if not found:
        return None
    best = max(found, key=lambda tie: _STRENGTHS[tie.kind])
    return Hit(describe(best), _STRENGTHS[best.kind])
