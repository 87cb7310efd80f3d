"""Signal ``asks_for_secrecy``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.DANGER,
    group=Group.NOTE,
    weight=1.5,
    since="0.1",
    wakes="secrecy",
)
def asks_for_secrecy(request: ContactRequest, context: Context) -> Hit | None:
    """The note wants that nobody else hears of it.

    Why it matters:
        Whoever is asked by a friend or a bank sees through most fraud; so it asks to be
        kept secret.

    Known errors:
        Headhunters, firms that talk of buying each other, and friends who give notice
        ask for it, too: it needs company by other signs.

    Source:
        FTC on advance-fee and romance scams; police advice on fraud by false chiefs.
    """
    del request
    return context.note.find("secrecy")
