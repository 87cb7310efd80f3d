"""Fetches what is new in a mailbox into the desk, and waits for more."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from vorzimmer.cards import Card
from vorzimmer.desk import Desk, ImportReport, Progress
from vorzimmer.errors import ConnectionLostError, UnknownNameError
from vorzimmer.importers import imap
from vorzimmer.mailbox import Mailbox
from vorzimmer.settings import Settings
from vorzimmer.sources import silent, take_in_steps
from vorzimmer.toml_places import nearest

# How long to wait after a connection broke off: longer each time, up to this.
FIRST_PAUSE_S, LONGEST_PAUSE_S = 5.0, 15 * 60.0
# Without this, a server that wakes us for nothing would be asked without end.
SHORTEST_ROUND_S = 2.0


def mailbox_of(name: str | None, settings: Settings) -> Mailbox:
    """Return the mailbox of a name; without one, the only one there is.

    Raises:
        UnknownNameError: There is no such mailbox.
    """
    known = settings.mailboxes
    if name is None and len(known) == 1:
        return next(iter(known.values()))
    if name is None or name not in known:
        shown = nearest(name, known) if name else ", ".join(known) or None
        raise UnknownNameError(name or "", shown, what="mailbox")
    return known[name]


def label_of(mailbox: Mailbox) -> str:
    """Return what to call a mailbox in the list of imports."""
    return f"{mailbox.name} ({mailbox.folder})"


def fetch(
    desk: Desk,
    mailbox: Mailbox,
    *,
    password: str,
    progress: Callable[[Progress], None] = silent,
) -> tuple[list[ImportReport], str]:
    """Take in what is new in a mailbox; return what came, and how far it was read.

    What was read before an error is kept, and reading goes on after it another time.

    Args:
        desk: Where to.
        mailbox: Which.
        password: Kept nowhere.
        progress: Told from time to time how far it is.

    Raises:
        SourceError: It cannot be read, or not to its end.
        OtherMemberError: It belongs to somebody else than the desk.
        StoreError: It cannot be stored.
    """
    name = f"cursor imap {mailbox.user} {mailbox.host} {mailbox.folder}"
    cursor = desk.mark(name)
    trusted = desk.settings.mail.trusted
    items = imap.read(mailbox, password=password, trusted=trusted, cursor=cursor)
    reports = []
    for step in take_in_steps(items, cursor=cursor, progress=progress):
        intake, cursor = step.intake, step.cursor
        # A round that brings nothing leaves no trace in the list of imports.
        if intake.requests or intake.ties or intake.skipped:
            label, mark = label_of(mailbox), (name, cursor)
            reports.append(desk.keep(intake, label, kinds=("imap",), mark=mark))
    desk.sources.was_read("imap", label_of(mailbox))
    return reports, cursor


def watch(
    desk: Desk,
    mailbox: Mailbox,
    *,
    password: str,
    seconds: float,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[tuple[Card, ...] | ConnectionLostError]:
    """Yield new open requests as they come, and connections that broke off, for ever.

    The first to be yielded are those that came since the mailbox was read last.

    Args:
        desk: Where to.
        mailbox: Which.
        password: Kept nowhere.
        seconds: From one look to the next, where the server does not tell by itself.
        sleep: Waits.

    Raises:
        SourceError: What no other try will mend.
    """
    seen = {each.request.id for each in _open_cards(desk)}
    pause = FIRST_PAUSE_S
    while True:
        try:
            _, cursor = fetch(desk, mailbox, password=password)
            pause = FIRST_PAUSE_S
        except ConnectionLostError as error:
            yield error
            sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_S)
            continue
        # Those that came before a break are kept, and among the next that are new.
        new = tuple(each for each in _open_cards(desk) if each.request.id not in seen)
        seen.update(each.request.id for each in new)
        yield new
        sleep(SHORTEST_ROUND_S)
        # If waiting breaks off, the next look says so.
        with suppress(ConnectionLostError):
            imap.wait_for_mail(
                mailbox, password=password, cursor=cursor, seconds=seconds
            )


def _open_cards(desk: Desk) -> list[Card]:
    return [card for _, cards in desk.session().groups for card in cards]
