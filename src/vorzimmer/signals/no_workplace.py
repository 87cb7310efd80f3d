"""Signal ``no_workplace``."""

from __future__ import annotations

from collections.abc import Sequence

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal


def _among(requests: Sequence[ContactRequest], _: Sequence[Context]) -> list[int]:
    companies = [each.sender.company for each in requests]
    return [
        row
        for row, company in enumerate(companies)
        if company is not None and not company.strip()
    ]


@signal(
    kind=Kind.UNVERIFIABLE,
    group=Group.SENDER,
    weight=0.8,
    since="0.1",
    reads="company position",
    among=_among,
)
def no_workplace(request: ContactRequest, context: Context) -> Hit | None:
    """The profile names neither an employer nor a job.

    Why it matters:
        An employer can be asked whether somebody works there; without one it stays the
        sender's word.

    Known errors:
        Students, carers, pensioners and people looking for work have none: it weighs
        little.

    Source:
        German articles on contact requests: profiles that say next to nothing.
    """
    del context
    company, position = request.sender.company, request.sender.position
    if company is None or position is None or company.strip() or position.strip():
        return None
    return Hit(say("neither employer nor job named"))
