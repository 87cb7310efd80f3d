"""Reads the member's own sent mail from a mailbox, with IMAP; changes nothing in it.

Of each mail only the lines of its head are fetched that say to whom it went and when,
never a word of what it says. The folder is that of the setting ``sent`` of a mailbox;
where it stands nowhere, no sent mail is read. How far it came is kept, so the next
reading asks only for what is new.

Source:
    RFC 3501 (IMAP: EXAMINE, BODY.PEEK[HEADER.FIELDS], UIDVALIDITY).
"""

from __future__ import annotations

from collections.abc import Iterator

from vorzimmer.addressbook.heads import WANTED, sent_mail_of
from vorzimmer.items import FileRead, Item
from vorzimmer.mail_server import (
    Place,
    fetched,
    found,
    in_pieces,
    open_folder,
    session,
)
from vorzimmer.mailbox import Mailbox
from vorzimmer.model import say
from vorzimmer.source import Source, Takes

_AT_ONCE = 500  # heads in one answer, and how many are read again after a break
_HEAD = f"BODY.PEEK[HEADER.FIELDS ({' '.join(WANTED).upper()})]"


def read(mailbox: Mailbox, *, password: str, cursor: str = "") -> Iterator[Item]:
    """Yield one item for each mail that says to whom it went; a ``Cursor`` at times.

    Args:
        mailbox: Where to read; its ``folder`` is that of sent mail.
        password: Kept nowhere.
        cursor: The last ``Cursor``; ``""`` reads from the start.

    Raises:
        SourceError: It cannot be read; the sentence says why.
        ConnectionLostError: Of these, what another try may mend.
    """
    with session(mailbox, password) as box:
        validity, last = open_folder(box, mailbox)
        place = Place(cursor, validity)
        yield from place.notices(mailbox.folder)
        if place.is_anew:
            # Whoever counts, begins from here.
            yield place.cursor()
        start = place.done.first_missing()
        waiting = sorted(each for each in found(box, f"UID {start}:*"))
        count = 0
        for uids in in_pieces([e for e in waiting if e not in place.done], _AT_ONCE):
            for _, head in fetched(box, uids, _HEAD):
                count += 1
                mail = sent_mail_of(head.strip(), is_filed_as_sent=True)
                if mail is not None:
                    yield mail
            place.done.add(uids)
            yield place.cursor()
        yield FileRead(mailbox.folder, count)
        place.done.add_all_to(last)
        yield place.cursor()


SOURCE = Source(
    name="imap_sent",
    title=say("Mail that you sent: your mailbox (IMAP)"),
    brings=(say("To whom you wrote, how often, and when last; never a text."),),
    steps=(
        say("Describe the mailbox in your settings file, as for notification mails."),
        say(
            "Add the name of the folder of your sent mail, as your provider calls it:"
            ' sent = "Sent". A wrong name is answered with those that there are.'
        ),
        say("Read the mailbox again; from then on, only what is new is read."),
    ),
    takes=(Takes.SETTINGS,),
    command="vorzimmer import imap:NAME",
    page="",
)
