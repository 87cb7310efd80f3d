"""Signal ``asks_for_secrets``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.DANGER, group=Group.NOTE, weight=3.8, since="0.1", wakes="secret_request"
)
def asks_for_secrets(request: ContactRequest, context: Context) -> Hit | None:
    """The note asks for a password, a code, bank data or an identity card.

    Why it matters:
        No stranger needs any of them, and no honest service asks for them in a message.

    Known errors:
        A travel office that books for the member needs passport data; it is known to
        the member, though.

    Source:
        BSI and FTC, advice against phishing and identity theft.
    """
    del request
    return context.note.find("secret_request")
