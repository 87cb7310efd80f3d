"""What the commands on mails do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from rich.text import Text

from vorzimmer.archive import not_opened
from vorzimmer.cards import Card, make_session
from vorzimmer.cli import tables
from vorzimmer.cli.agreeing import check_agreed
from vorzimmer.cli.commands import console
from vorzimmer.cli.import_options import PORTABILITY
from vorzimmer.cli.stopping import stops_as_by_ctrl_c
from vorzimmer.desk import Desk
from vorzimmer.errors import SourceError
from vorzimmer.mailbox import Mailbox
from vorzimmer.mails.mime import MAX_BYTES
from vorzimmer.model import Sentence, say
from vorzimmer.nonmembers import Advice, Letter, advise, sentences, write_letter
from vorzimmer.passwords import password_of
from vorzimmer.settings import Settings
from vorzimmer.signals import signals_by_name
from vorzimmer.translation import Translator
from vorzimmer.unsubscribing import unsubscribe
from vorzimmer.watch import interface_is_read, mailbox_of, watch

_NOTIFIER = "notify-send"
_PATIENCE_S = 5


def run_watch(
    name: str | None,
    settings: Settings,
    _: Translator,
    *,
    seconds: float,
    is_once: bool,
    is_shown: bool,
) -> None:
    """Print new requests as they come, until Ctrl-C.

    Args:
        name: A mailbox, or ``portability``; ``None`` is the only mailbox there is, and
            LinkedIn's interface where it was read before.
        settings: Those that hold.
        _: The language.
        seconds: As for ``watch``.
        is_once: Whether to end after the first look.
        is_shown: Whether to tell it on the desktop, too.

    Raises:
        UnknownNameError: There is no such mailbox.
        SourceError: It cannot be read, and no other try will mend that.
    """
    with stops_as_by_ctrl_c(), Desk.open(settings) as desk:
        is_asked = name == PORTABILITY or (name is None and interface_is_read(desk))
        is_alone = name == PORTABILITY or (is_asked and not settings.mailboxes)
        mailbox = None if is_alone else mailbox_of(name, settings)
        password = password_of(mailbox) if mailbox else ""
        if not is_once:
            words = _watching(mailbox, is_interface_asked=is_asked)
            console(stderr=True).print(Text(_.say(words)))
        all_news = watch(
            desk,
            mailbox,
            password=password,
            seconds=seconds,
            is_interface_asked=is_asked,
        )
        # Here Ctrl-C is the way to end, and no interruption.
        with suppress(KeyboardInterrupt):
            for news in all_news:
                if isinstance(news, SourceError):
                    if is_once:
                        raise news
                    console(stderr=True).print(Text(tables.harmless(_.error(news))))
                    continue
                _print(news, desk, _)
                if is_shown and news:
                    show_on_desktop(len(news), _)
                if is_once:
                    return


def _watching(mailbox: Mailbox | None, *, is_interface_asked: bool) -> Sentence:
    if mailbox is None:
        return say("Watching LinkedIn's interface, once an hour; Ctrl+C ends it.")
    if is_interface_asked:
        return say(
            "Watching {mailbox}, and LinkedIn's interface once an hour; Ctrl+C ends"
            " it.",
            mailbox=mailbox.place,
        )
    return say("Watching {mailbox}; Ctrl+C ends it.", mailbox=mailbox.place)


def _print(cards: tuple[Card, ...], desk: Desk, _: Translator) -> None:
    if not cards:
        return
    session = make_session(cards, desk.policy(), decided_count=0)
    tables.print_session(session, signals_by_name(), console=console(), _=_)


def show_on_desktop(count: int, _: Translator) -> None:
    """Show on the desktop that requests came, where there is something to show it.

    Only their number: a desktop may be locked, shared, or shown on a wall.
    """
    program = shutil.which(_NOTIFIER)
    if program is None:
        return
    words = _.plural("One new contact request", "{count} new contact requests", count)
    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(  # noqa: S603 - a program of the system, and words of our own
            [program, "--app-name=Vorzimmer", "Vorzimmer", words],
            check=False,
            timeout=_PATIENCE_S,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def run_nonmember(
    mail: Path,
    settings: Settings,
    _: Translator,
    *,
    letter: str | None,
    is_to_stop: bool,
) -> None:
    """Print advice on an invitation, or a letter; unsubscribe if that is wished.

    Raises:
        SourceError: The mail cannot be read, or unsubscribing did not work.
    """
    try:
        with mail.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise not_opened(mail, error) from error
    advice = advise(raw, trusted=settings.mail.trusted)
    if letter is not None:
        text = write_letter(advice, Letter(letter), language=_.language, written=_.date)
        sys.stdout.writelines(
            f"{tables.harmless(line)}\n" for line in text.splitlines()
        )
        return
    for number, each in enumerate((*sentences(advice), *_options(advice))):
        words = tables.harmless(_.say(each))
        sys.stdout.write(f"{words}\n" if not number else f"\n{words}\n")
    sys.stdout.flush()
    if is_to_stop:
        _stop(advice, mail, _)


def _options(advice: Advice) -> tuple[Sentence, ...]:
    """Return what this command can do besides."""
    if advice.network is None:
        return ()
    letters = say("Letters: --letter objection, --letter access.")
    stop = say("Unsubscribe with one click: --stop.")
    return (letters, stop) if advice.one_click else (letters,)


def _stop(advice: Advice, mail: Path, _: Translator) -> None:
    if not advice.one_click:
        raise SourceError(
            mail,
            say("This mail offers no unsubscribing with one click that is safe."),
            say("Use the letter of objection: --letter objection."),
        )
    host = urlsplit(advice.one_click).hostname or ""
    question = say("Tell {host} now to send no more such mails?", host=host)
    check_agreed(question, say("Nothing was sent."), _)
    unsubscribe(advice.one_click)
    sys.stdout.write(f"\n{_('Done: you are unsubscribed.')}\n")
