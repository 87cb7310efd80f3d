"""Fetches what is new into the desk, from a mailbox or LinkedIn, and waits for more."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from vorzimmer.cards import Card
from vorzimmer.desk import Desk, ImportReport, Progress
from vorzimmer.errors import (
    ConfigurationError,
    ConnectionLostError,
    SourceError,
    UnknownNameError,
)
from vorzimmer.importers import imap, imap_sent
from vorzimmer.intake.correspondence import mark_of
from vorzimmer.items import Cursor, Item, SentMail
from vorzimmer.keeping import Counts
from vorzimmer.mail_server import position_of
from vorzimmer.mailbox import Mailbox
from vorzimmer.model import say
from vorzimmer.portability.refusals import LASTING, RefusalError
from vorzimmer.portability_intake import PREFERENCE
from vorzimmer.settings import Settings
from vorzimmer.sources import silent, take_in_steps
from vorzimmer.toml_places import nearest

# How long to wait after a connection broke off: longer each time, up to this.
FIRST_PAUSE_S, LONGEST_PAUSE_S = 5.0, 15 * 60.0
# Without this, a server that wakes us for nothing would be asked without end.
SHORTEST_ROUND_S = 2.0
# Source: LinkedIn's pages on the change log: ask once an hour for each member.
ASKED_EVERY_S = 3600.0


def mailbox_of(name: str | None, settings: Settings) -> Mailbox:
    """Return the mailbox of a name; without one, the only one there is.

    Raises:
        ConfigurationError: There is none at all.
        UnknownNameError: There is none of that name, or no name for one of several.
    """
    known = settings.mailboxes
    if not known:
        problem = say("There is no mailbox in the settings.")
        mend = say(
            "Write one into them, as a table [mailbox.NAME] with host and user;"
            " docs/howto/connect-your-mailbox.md says how."
        )
        raise ConfigurationError(
            settings.file or "vorzimmer.toml", 0, problem, mend=mend
        )
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


def fetch_sent(
    desk: Desk,
    mailbox: Mailbox,
    *,
    password: str,
    progress: Callable[[Progress], None] = silent,
) -> list[ImportReport]:
    """Take in to whom the member wrote since the last time; return what came.

    Args:
        desk: Where to.
        mailbox: Which; without a folder of sent mail nothing is read.
        password: Kept nowhere.
        progress: Told from time to time how far it is.

    Raises:
        SourceError: It cannot be read, or not to its end.
        StoreError: It cannot be stored.
    """
    if not mailbox.sent:
        return []
    box, label = replace(mailbox, folder=mailbox.sent), sent_label_of(mailbox)
    name = f"cursor imap {box.user} {box.host} {box.folder}"
    cursor = desk.mark(name)
    validity = position_of(cursor).validity
    items = _once(
        imap_sent.read(box, password=password, cursor=cursor),
        desk.sources.counted("imap_sent", label),
        validity=validity,
    )
    reports = []
    for step in take_in_steps(items, cursor=cursor, progress=progress):
        now = position_of(step.cursor).validity
        if step.intake.ties or step.intake.skipped:
            kept = desk.keep(
                step.intake,
                label,
                kinds=("imap_sent",),
                mark=(name, step.cursor),
                # Each mail comes once, until the server numbers them anew.
                counts=Counts.ADDED if now == validity else Counts.ANEW,
            )
            reports.append(kept)
            validity = now
    desk.sources.was_read("imap_sent", label)
    return reports


def _once(items: Iterable[Item], counted: set[int], *, validity: int) -> Iterator[Item]:
    """Yield what is read, of each sent mail one copy.

    Args:
        items: What is read.
        counted: Marks of the mails that were counted before.
        validity: How the folder was numbered then; 0 is not known. Where that is
            other now, all is counted anew.
    """
    for item in items:
        if isinstance(item, Cursor):
            now = position_of(item.value).validity
            if validity not in {0, now}:
                counted = set()
            validity = now
        if isinstance(item, SentMail) and (mark := mark_of(item)) is not None:
            if mark in counted:
                continue
            counted.add(mark)
        yield item


def sent_label_of(mailbox: Mailbox) -> str:
    """Return what to call the sent mail of a mailbox in the list of imports."""
    return f"{mailbox.name} ({mailbox.sent})"


def interface_is_read(desk: Desk) -> bool:
    """Return whether LinkedIn's interface was read before, so that it may be asked."""
    return bool(desk.mark(PREFERENCE))


def watch(  # noqa: PLR0913 - what is watched, and what may be told by a test
    desk: Desk,
    mailbox: Mailbox | None,
    *,
    password: str = "",
    seconds: float,
    is_interface_asked: bool = False,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[tuple[Card, ...] | SourceError]:
    """Yield new open requests as they come, and what went wrong for now, for ever.

    The first to be yielded are those that came since it was read last.

    Args:
        desk: Where to.
        mailbox: Which; ``None`` is only LinkedIn's interface.
        password: Of the mailbox.
        seconds: From one look into the mailbox to the next, where the server does not
            tell by itself.
        is_interface_asked: Whether to ask LinkedIn's interface, once an hour.
        sleep: Waits.
        clock: Seconds from anywhere, only going forward.

    Raises:
        SourceError: What no other try will mend; of the interface beside a mailbox it
            is yielded, and only the mailbox is watched from then on.
    """
    seen = {each.request.id for each in _open_cards(desk)}
    box = _Box(desk, mailbox, password, seconds) if mailbox else None
    next_ask = clock() if is_interface_asked else math.inf
    while True:
        if box and (lost := box.look()):
            yield lost
        if clock() >= next_ask:
            next_ask = clock() + ASKED_EVERY_S
            if refused := _asked(desk, is_alone=box is None):
                next_ask = next_ask if _may_pass(refused) else math.inf
                yield refused
        # Those that came before a break are kept, and among the next that are new.
        new = tuple(each for each in _open_cards(desk) if each.request.id not in seen)
        seen.update(each.request.id for each in new)
        if new or not (box and box.pause):
            yield new
        if box:
            box.wait(sleep)
        else:
            sleep(max(next_ask - clock(), SHORTEST_ROUND_S))


class _Box:
    """A mailbox that is looked into again and again."""

    def __init__(
        self, desk: Desk, mailbox: Mailbox, password: str, seconds: float
    ) -> None:
        self.pause = 0.0
        self._desk = desk
        self._mailbox = mailbox
        self._password = password
        self._seconds = seconds
        self._cursor = ""

    def look(self) -> ConnectionLostError | None:
        """Take in what is new; return what broke off."""
        try:
            _, self._cursor = fetch(self._desk, self._mailbox, password=self._password)
        except ConnectionLostError as error:
            self.pause = min(2 * self.pause or FIRST_PAUSE_S, LONGEST_PAUSE_S)
            return error
        self.pause = 0.0
        return None

    def wait(self, sleep: Callable[[float], None]) -> None:
        """Wait until a mail comes, or it is time to look."""
        sleep(self.pause or SHORTEST_ROUND_S)
        if self.pause:
            return
        # If waiting breaks off, the next look says so.
        with suppress(ConnectionLostError):
            imap.wait_for_mail(
                self._mailbox,
                password=self._password,
                cursor=self._cursor,
                seconds=self._seconds,
            )


def _asked(desk: Desk, *, is_alone: bool) -> SourceError | None:
    """Ask LinkedIn's interface; return what went wrong, if the rest may go on."""
    try:
        desk.import_portability(is_quiet=True)
    except SourceError as error:
        if is_alone and not _may_pass(error):
            raise
        return error
    return None


def _may_pass(error: SourceError) -> bool:
    return isinstance(error, RefusalError) and error.status not in LASTING


def _open_cards(desk: Desk) -> list[Card]:
    return [card for _, cards in desk.session().groups for card in cards]
