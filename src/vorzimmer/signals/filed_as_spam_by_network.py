"""Signal ``filed_as_spam_by_network``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, say
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.DANGER,
    group=Group.BEHAVIOUR,
    weight=3.2,
    since="0.1",
    of="is_filed_as_spam",
)
def filed_as_spam_by_network(request: ContactRequest, context: Context) -> Hit | None:
    """The network itself put the message into its spam folder.

    Why it matters:
        The network sees what the sender does to thousands; the member sees one note.

    Known errors:
        Spam folders hold harmless advertising and, now and then, a friend.

    Source:
        The column FOLDER of LinkedIn's messages.csv (value SPAM).
    """
    del context
    if not request.is_filed_as_spam:
        return None
    return Hit(say("the network filed it as spam"))
