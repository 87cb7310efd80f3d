"""Draft rule ``longer_than_allowed``."""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.drafts.draft import Severity
from vorzimmer.drafts.rule import Facts, Spot, rule
from vorzimmer.model import Channel

# By network and channel: with a basic account, and with a premium one.
_LIMITS = {
    ("linkedin", Channel.INVITATION_NOTE): (200, 300),
    ("linkedin", Channel.INMAIL): (1_900, 1_900),
}


@rule(severity=Severity.MEND, since="0.1")
def longer_than_allowed(facts: Facts) -> Iterator[Spot]:
    """The text has {count} characters; the network allows {most} here.

    Why it matters:
        The network cuts it off or does not send it.

    How to mend it:
        Leave out what the recipient need not know yet; one reason is enough.

    Source:
        LinkedIn: 200 characters in an invitation of a basic account, 300 of a premium
        one; 1,900 in an InMail. XING publishes no limit.
    """
    draft = facts.draft
    limits = _LIMITS.get((draft.network, draft.channel))
    most = limits[draft.account == "premium"] if limits else None
    if most is not None and len(draft.text) > most:
        yield Spot(
            (most, len(draft.text)), slots={"count": len(draft.text), "most": most}
        )
