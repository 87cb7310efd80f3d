"""What the command ``paste`` does."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.text import Text

from vorzimmer.answer import answer, json_line
from vorzimmer.archive import not_opened
from vorzimmer.cards import make_session
from vorzimmer.cli import tables
from vorzimmer.cli.commands import console
from vorzimmer.cli.own_database import has_database
from vorzimmer.desk import Desk
from vorzimmer.errors import SourceError
from vorzimmer.languages import language_of
from vorzimmer.model import Channel, Sentence, say
from vorzimmer.pasted import Found, Pasted, Sureness
from vorzimmer.pasted.lines import MAX_CHARS
from vorzimmer.pasting import entry_of
from vorzimmer.settings import Settings
from vorzimmer.signals import signals_by_name
from vorzimmer.translation import Translator

# UTF-8 takes four bytes a character at most; one more tells that it was too much.
_MOST_BYTES = 4 * MAX_CHARS + 4
_LONGEST_SHOWN = 300
_CLIPBOARD = "clipboard"

SURENESS: Mapping[Sureness, Sentence] = {
    Sureness.SURE: say("clearly shown"),
    Sureness.LIKELY: say("likely"),
    Sureness.CHECK: say("please check"),
}
# What was found, and the fact of the sender that it is; the rest is told below.
_FACTS: Mapping[str, str] = {
    "name": "name",
    "headline": "headline",
    "company": "company",
    "place": "location",
    "contacts_count": "contacts_count",
    "shared_count": "mutual_contacts_count",
    "profile_url": "profile_url",
    "visited_profile": "visited_profile",
}
_REST: Mapping[str, Sentence] = {
    "network": say("Network"),
    "channel": say("Sent as"),
    "sent_on": say("Sent on"),
    "note": say("Note"),
}
_NETWORKS: Mapping[str, str] = {"linkedin": "LinkedIn", "xing": "XING"}
_CHANNELS: Mapping[str, Sentence] = {
    Channel.INVITATION_NOTE: say("Contact request"),
    Channel.MESSAGE: say("Message"),
    Channel.INMAIL: say("InMail"),
}


def run_paste(
    file: str | None, settings: Settings, _: Translator, *, as_json: bool, keeps: bool
) -> None:
    """Print what a pasted text says, and what it looks like; keep it if wished.

    Raises:
        SourceError: The file, or the clipboard, cannot be read.
        PasteError: It is too long, or says nothing of a request.
        StoreError: It cannot be stored; nothing was.
    """
    text = _text(file)
    if keeps or has_database(settings):
        _run(text, settings, _, as_json=as_json, keeps=keeps)
        return
    with TemporaryDirectory() as folder:
        # Nothing is to be kept, so a desk that goes away with its folder will do.
        passing = replace(settings, database=str(Path(folder) / "desk.db"))
        _run(text, passing, _, as_json=as_json, keeps=False)


def _run(
    text: str, settings: Settings, _: Translator, *, as_json: bool, keeps: bool
) -> None:
    with Desk.open(settings) as desk:
        pasted = desk.pasting.read(text)
        entry = entry_of(pasted)
        card, first = desk.pasting.screen(entry), desk.pasting.follows(entry)
        if keeps:
            kept = desk.pasting.keep(entry)
            card = desk.card(kept.id)
        if as_json:
            whole = {
                "understood": in_json(pasted),
                "answer": answer(card, language=language_of(card.request.note)),
            }
            sys.stdout.write(json_line(whole))
            return
        _print_understood(pasted, _)
        session = make_session([card], desk.policy(), decided_count=0)
        tables.print_session(session, signals_by_name(), console=console(), _=_)
        if keeps:
            words = say("Kept as request {id}.", id=card.request.id)
            if first is not None:
                words = say("Kept with request {id}, which was there.", id=first.id)
            said = words
            console().print(Text(_.say(said)))


def in_json(pasted: Pasted) -> dict[str, object]:
    """Return what was understood, each value with how sure it is."""
    values: dict[str, object] = {}
    for field in (*_FACTS, *_REST):
        found: Found[object] | None = getattr(pasted, field)
        values[field] = found and {
            "value": str(found.value) if isinstance(found.value, date) else found.value,
            "sure": found.sure,
            "sureness": found.sureness.value,
        }
    return values | {
        "shared_names": list(pasted.shared_names),
        "others": list(pasted.others),
    }


def _print_understood(pasted: Pasted, _: Translator) -> None:
    rows: list[tuple[str, ...]] = []
    labels = {field: _.fact(fact) for field, fact in _FACTS.items()}
    labels |= {field: _.say(label) for field, label in _REST.items()}
    for field, label in labels.items():
        found: Found[object] | None = getattr(pasted, field)
        if found:
            shown = tables.harmless(_shown(found.value, _))[:_LONGEST_SHOWN]
            rows.append((label, shown, _.say(SURENESS[found.sureness])))
    if pasted.shared_names:
        names = tables.harmless(", ".join(pasted.shared_names))
        rows.append((_("Shared contacts by name"), names, ""))
    tables.print_rows(rows, console=console())
    if pasted.others:
        said = say(
            "More people ask in this text: {names}. Paste each of them by themselves.",
            names=", ".join(pasted.others[:6]),
        )
        console().print(Text(tables.harmless(_.say(said))))


def _shown(value: object, _: Translator) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return _.date(value)
    if isinstance(value, int):
        return _.number(value)
    words = _CHANNELS.get(str(value)) or _NETWORKS.get(str(value))
    return _.say(words) if words else " ".join(str(value).split())


def _text(file: str | None) -> str:
    if file is None:
        return _clipboard()
    if file == "-":
        data = sys.stdin.buffer.read(_MOST_BYTES)
    else:
        try:
            with Path(file).open("rb") as stream:
                data = stream.read(_MOST_BYTES)
        except (OSError, ValueError) as error:
            raise not_opened(Path(file), error) from error
    if b"\0" in data:
        problem, mend = say("This is no text in UTF-8."), say("Save it in UTF-8.")
        raise SourceError(file, problem, mend)
    return data.decode("utf-8-sig", "replace")


def _clipboard() -> str:
    import pyperclip  # noqa: PLC0415 - looks for programs of the system when imported

    try:
        text = str(pyperclip.paste())
    except (pyperclip.PyperclipException, OSError, UnicodeError) as error:
        raise SourceError(
            _CLIPBOARD,
            say("The clipboard of this machine cannot be read."),
            say(
                "Give a file, or - and the text on standard input. On Linux, wl-paste"
                " or xclip makes the clipboard readable."
            ),
        ) from error
    if not text.strip():
        raise SourceError(
            _CLIPBOARD,
            say("There is no text on the clipboard."),
            say("Copy the profile or the request, and try again."),
        )
    return text
