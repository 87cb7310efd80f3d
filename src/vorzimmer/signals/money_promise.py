"""Signal ``money_promise``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.DANGER, group=Group.NOTE, weight=2.2, since="0.1", wakes="money_promise"
)
def money_promise(request: ContactRequest, context: Context) -> Hit | None:
    """The note promises money without work or risk.

    Why it matters:
        Guaranteed returns, daily profits and doubled stakes do not exist; who promises
        them wants the stake.

    Known errors:
        Journalists, investigators and banks write about such promises and may quote one
        to the letter.

    Source:
        BaFin and FTC, advice on investment fraud: the guarantee is the first sign.
    """
    del request
    return context.note.find("money_promise")
