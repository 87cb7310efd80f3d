"""What the commands on one's own data do: forget, export, end."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from vorzimmer.cli.agreeing import check_agreed, typed
from vorzimmer.cli.commands import console
from vorzimmer.cli.tables import harmless
from vorzimmer.desk import Desk
from vorzimmer.errors import ForgettingError, NotAgreedError, UnknownNameError
from vorzimmer.forgetting import Gone
from vorzimmer.model import say
from vorzimmer.names import plain_name
from vorzimmer.privacy_desk import TYPED
from vorzimmer.settings import Settings
from vorzimmer.traces import Known
from vorzimmer.translation import Translator

_FORGET, _NOT_FORGOTTEN = say("Forget it?"), say("Nothing was forgotten.")


def run_forget_person(
    words: str, settings: Settings, _: Translator, *, is_sure: bool, is_every: bool
) -> None:
    """Say whom and what goes, ask, and forget a person.

    Args:
        words: By which the person is looked for.
        settings: Where the database is.
        _: The language.
        is_sure: Whether not to ask.
        is_every: Whether all who are meant may go.

    Raises:
        UnknownNameError: Nobody is meant.
        ForgettingError: Several are.
        StoreError: It cannot be done; nothing was.
    """
    to = console(stderr=True)
    with Desk.open(settings) as desk:
        found = desk.privacy.find(words)
        exact = [each for each in found if _is_exact(each, words)]
        chosen = exact or found
        if not chosen:
            raise UnknownNameError(words, what="person")
        for each, gone in zip(chosen, desk.privacy.what_goes(chosen), strict=True):
            _print_person(each, gone, to, _)
        if len(chosen) > 1 and not is_every:
            raise ForgettingError(
                say(
                    "These are {count} people; nothing was forgotten.",
                    count=len(chosen),
                ),
                say("Name one by profile or mail address, or add --all."),
            )
        if not is_sure:
            check_agreed(_FORGET, _NOT_FORGOTTEN, _)
        ids = {each.id for each in chosen}
        _print_gone(desk.privacy.forget_person(words, ids), to, _)


def run_forget_older(
    months: int, settings: Settings, _: Translator, *, is_sure: bool
) -> None:
    """Say what is older, ask, and forget it.

    Raises:
        StoreError: It cannot be done; nothing was.
    """
    to = console(stderr=True)
    with Desk.open(settings) as desk:
        to.print(Text(_("Goes: {what}", what=_losses(desk.privacy.older(months), _))))
        to.print(Text(_("Ties stay: they say whom you know.")))
        if not is_sure:
            check_agreed(_FORGET, _NOT_FORGOTTEN, _)
        _print_gone(desk.privacy.forget_older(months), to, _)


def run_fade(settings: Settings, _: Translator) -> None:
    """Let fade what is due, and say what went.

    Raises:
        StoreError: It cannot be done; nothing was.
    """
    with Desk.open(settings) as desk:
        print_faded(desk, _, is_asked=True)


def print_faded(desk: Desk, _: Translator, *, is_asked: bool = False) -> None:
    """Let fade what is due, and say what went.

    Args:
        desk: Whose.
        _: The language.
        is_asked: Whether to say also that nothing was due.
    """
    to = console(stderr=True)
    gone = desk.privacy.fade()
    if gone:
        _print_gone(gone, to, _)
    elif is_asked and not any(desk.privacy.choices().values()):
        to.print(
            Text(_("Everything is kept for ever; “vorzimmer retention” changes it."))
        )
    elif is_asked:
        to.print(Text(_("Nothing was due.")))


def run_forget_everything(settings: Settings, _: Translator) -> None:
    """Ask for a word, and erase everything.

    Raises:
        NotAgreedError: The word was not typed; nothing was erased.
        StoreError: It cannot be done.
    """
    to = console(stderr=True)
    with Desk.open(settings) as desk:
        held = desk.privacy.held()
        for title, count in held.groups:
            to.print(Text(f"  {_.number(count):>9}  {_.say(title)}"))
        to.print(Text(_("It lies here:") + f" {harmless(held.place)}"))
        word = TYPED[_.language]
        answer = typed(f"{_('To be sure, type: {word}', word=word)}: ")
        if answer.casefold() not in TYPED.values():
            raise NotAgreedError(say("Nothing was erased."))
        desk.privacy.forget_everything(is_for_good=True)
    to.print(Text(_("Everything is erased, and the file is gone.")))


def run_export(file: Path, settings: Settings, _: Translator) -> None:
    """Write everything into a new ZIP file, and say how much.

    Raises:
        SourceError: The file is there already.
        WritingError: It cannot be written.
    """
    with Desk.open(settings) as desk:
        counts = desk.privacy.export(file)
    words = _.plural(
        "one entry written", "{count} entries written", sum(counts.values())
    )
    console(stderr=True).print(Text(f"{harmless(str(file))}: {words}"))


def _is_exact(person: Known, words: str) -> bool:
    names = {plain_name(name) for name in person.names}
    plain = plain_name(words)
    return "@" in words or "/" in words or (bool(plain) and plain in names)


def _print_person(person: Known, gone: Gone, to: Console, _: Translator) -> None:
    name = person.names[0] if person.names else _("Name not known")
    to.print(Text(harmless(name), style="bold"))
    for each in (*person.addresses, *person.emails):
        to.print(Text(f"  {harmless(each)}", style="dim"))
    to.print(Text("  " + _("Goes: {what}", what=_losses(gone, _))))
    if person.namesakes:
        words = _.plural(
            "Somebody else has this name, too; in texts of others it stays.",
            "{count} others have this name, too; in texts of others it stays.",
            person.namesakes,
        )
        to.print(Text(f"  {words}"))


def _losses(gone: Gone, _: Translator) -> str:
    parts = [_.plural("one request", "{count} requests", gone.requests)]
    if gone.decided:
        words = _.plural("one of them decided", "{count} of them decided", gone.decided)
        parts[0] += f" ({words})"
    parts += [
        _.plural("one later message", "{count} later messages", gone.messages),
        _.plural("one tie", "{count} ties", gone.ties),
        _.plural("one other entry", "{count} other entries", gone.rows),
    ]
    return ", ".join(parts)


def _print_gone(gone: Gone, to: Console, _: Translator) -> None:
    to.print(Text(f"{_('Forgotten.')} {_losses(gone, _)}"))
    if gone.is_swept is False:
        words = _(
            "Another program reads the database just now, or it lies on a server:"
            " there, old bytes stay for a while. Close other programs and forget once"
            " more."
        )
        to.print(Text(words))
