"""Signal ``connected_already``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, TieKind
from vorzimmer.signal import Context, Group, signal
from vorzimmer.ties import describe


@signal(
    kind=Kind.KNOWN, group=Group.TIES, weight=6.0, since="0.1", wakes="tie:connection"
)
def connected_already(request: ContactRequest, context: Context) -> Hit | None:
    """You are connected already.

    Why it matters:
        Both sides agreed to it once; a request on a second network, from a second
        profile or by mail comes from somebody known.

    Known errors:
        Members who accepted everybody for years have contacts whom they do not know. A
        connection by name alone may be a namesake; acquaintance is strict there.

    Source:
        Connections.csv of the LinkedIn archive.
    """
    del request
    tie = context.tie(TieKind.CONNECTION)
    return Hit(describe(tie)) if tie else None
