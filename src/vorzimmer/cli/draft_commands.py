"""What the commands on drafts do."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from rich.console import Console
from rich.text import Text

from vorzimmer.archive import not_opened
from vorzimmer.cli.commands import console
from vorzimmer.cli.own_database import has_database
from vorzimmer.cli.tables import harmless
from vorzimmer.contact_card import MOST_BYTES, CardError, ContactCard, read_card
from vorzimmer.draft_answer import ADVICE, draft_answer, sarif
from vorzimmer.drafts.checking import check_draft
from vorzimmer.drafts.draft import (
    LONGEST_DRAFT,
    Advice,
    Checked,
    Draft,
    Offer,
    Recipient,
)
from vorzimmer.drafts.draft_file import read_recipient
from vorzimmer.errors import DraftError
from vorzimmer.model import Channel, say
from vorzimmer.settings import Settings
from vorzimmer.translation import Translator

# UTF-8 takes up to four bytes a character.
_MOST_BYTES = 4 * LONGEST_DRAFT


class Form(StrEnum):
    """In which form the result is printed."""

    WORDS = "words"
    JSON = "json"
    SARIF = "sarif"


def run_check(  # noqa: PLR0913 - what the options say
    file: str,
    to: Path | None,
    card: Path | None = None,
    *,
    given: Mapping[str, str],
    settings: Settings,
    offer: Offer,
    form: Form,
    _: Translator,
) -> Advice:
    """Check one draft, print what is to be said, and return the advice.

    What was sent from the desk counts, where there is one.

    Raises:
        DraftError: The draft, the recipient or the contact card cannot be read.
    """
    recipient = Recipient()
    if to is not None:
        recipient = read_recipient(_read(to, _MOST_BYTES), place=str(to))
    if card is not None:
        recipient = replace(recipient, card=_card_of(card))
    draft = Draft(
        text=_text_of(file),
        channel=Channel(given["channel"]),
        network=given["network"].strip().casefold(),
        account="premium" if given["account"] == "premium" else "basic",
        subject=given["subject"],
        recipient=recipient,
        offer=offer,
    )
    checked = _check(draft, settings)
    if form is Form.JSON:
        sys.stdout.write(draft_answer(checked, _))
    elif form is Form.SARIF:
        sys.stdout.write(sarif(checked, _, file=file))
    else:
        _print(checked, console(), _)
    return checked.advice


def _check(draft: Draft, settings: Settings) -> Checked:
    if not has_database(settings):
        return check_draft(draft)
    from vorzimmer.desk import Desk  # noqa: PLC0415 - half a second, often for nothing

    with Desk.open(settings) as desk:
        return desk.drafting.check(draft)


def _card_of(path: Path) -> ContactCard:
    try:
        return read_card(_read(path, MOST_BYTES))
    except CardError as error:
        raise DraftError(*error.sentences, place=str(path)) from None


def _text_of(file: str) -> str:
    if file == "-":
        content = sys.stdin.buffer.read(_MOST_BYTES + 1)
    else:
        content = _read(Path(file), _MOST_BYTES)
    if len(content) > _MOST_BYTES:
        raise DraftError(
            say("This text is longer than any message: at most {most} kB.", most=80),
            say("Paste only the message that you want to send."),
            place="" if file == "-" else file,
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        problem = say("This is no text in UTF-8.")
        mend = say("Save the file as UTF-8 and check it again.")
        raise DraftError(problem, mend, place=file) from None
    # Editors end a file with a line break, which is no part of the message.
    return text.removesuffix("\n").removesuffix("\r")


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(most + 1)
    except (OSError, ValueError) as error:
        raise not_opened(path, error) from error


def _print(checked: Checked, to: Console, _: Translator) -> None:
    to.print(Text(_.say(ADVICE[checked.advice]), style="bold"))
    for reason in checked.reasons:
        to.print(Text(f"  {harmless(_.say(reason))}"))
    for found in checked.findings:
        line = _line_of(checked.draft.text, found.span)
        to.print()
        to.print(Text(f"{line}{harmless(_.say(found.says))}  [{found.rule}]"))
        if found.quote:
            quote = " ".join(found.quote.split())
            to.print(Text(f"  {harmless(_('“{words}”', words=quote[:120]))}"))
        to.print(Text(f"  {_.say(found.why)}"))
        to.print(Text(f"  → {harmless(_.say(found.mend))}"))
        if found.suggestion:
            better = _("Better: {words}", words=found.suggestion)
            to.print(Text(f"  → {harmless(better)}"))
    under = checked.mirror.under_card
    if under:
        to.print()
        to.print(Text(" ".join(_.say(each) for each in under.says)))
    for words in (checked.relevance.says,) if checked.relevance else ():
        to.print()
        to.print(Text(harmless(_.say(words))))
    if checked.law:
        to.print()
        to.print(Text(" ".join(_.say(each) for each in checked.law)))


def _line_of(text: str, span: tuple[int, int] | None) -> str:
    if span is None:
        return ""
    before = text[: span[0]]
    return f"{before.count(chr(10)) + 1}:{span[0] - before.rfind(chr(10))}: "
