"""Signal ``account_threat``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.DANGER, group=Group.NOTE, weight=3.5, since="0.1", wakes="account_threat"
)
def account_threat(request: ContactRequest, context: Context) -> Hit | None:
    """The note says that your account is in danger.

    Why it matters:
        Networks and banks do not announce a block by a contact request; whoever does
        wants the password.

    Known errors:
        A friend who saw that an account is gone may say so; security people quote such
        letters when they teach.

    Source:
        BSI, How to recognise phishing; FTC, How to recognise and avoid phishing scams.
    """
    del request
    return context.note.find("account_threat")
