"""Signal ``you_invited_them``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, TieKind
from vorzimmer.signal import Context, Group, signal
from vorzimmer.ties import describe


@signal(kind=Kind.KNOWN, group=Group.TIES, weight=3.1, since="0.1", wakes="tie:invited")
def you_invited_them(request: ContactRequest, context: Context) -> Hit | None:
    """You asked this person for contact yourself.

    Why it matters:
        Whoever the member asked is wanted, at least at the time; requests cross, and
        old invitations lapse.

    Known errors:
        Networks offer to invite the whole address book by one careless click.

    Source:
        Invitations.csv of the LinkedIn archive, direction OUTGOING.
    """
    del request
    tie = context.tie(TieKind.INVITED)
    return Hit(describe(tie)) if tie else None
