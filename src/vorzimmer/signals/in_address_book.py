"""Signal ``in_address_book``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind, TieKind
from vorzimmer.signal import Context, Group, signal
from vorzimmer.ties import describe, tie_strength


@signal(
    kind=Kind.KNOWN,
    group=Group.TIES,
    weight=3.8,
    since="0.1",
    wakes="tie:imported_contact tie:collected_contact",
)
def in_address_book(request: ContactRequest, context: Context) -> Hit | None:
    """The sender is in your address book.

    Why it matters:
        Nobody is in an address book without an act of the member, mostly one of years
        ago that is well worth a reminder.

    Known errors:
        Telephones gather everybody who ever got a mail: shops, hotlines, one-time
        customers. Where the book says that it collected an address by itself, that
        weighs little.

    Source:
        ImportedContacts.csv of the LinkedIn archive, cards and tables of the member's
        own address books. 3.8 alone brings an even 0.86; a collected address counts
        0.25.
    """
    del request
    tie = context.tie(TieKind.IMPORTED_CONTACT)
    if tie:
        return Hit(describe(tie))
    tie = context.tie(TieKind.COLLECTED_CONTACT)
    return Hit(describe(tie), tie_strength(tie)) if tie else None
