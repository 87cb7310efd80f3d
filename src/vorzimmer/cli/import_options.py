"""The command ``import``: what it understands; ``desk_commands`` does it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

import typer

from vorzimmer.cli.speaking import WrongUseError
from vorzimmer.model import say

# ruff: noqa: PLC0415 - imports inside functions, so that help is there at once

PORTABILITY = "portability"
"""The word that stands for LinkedIn's interface in place of a file."""


def _day(text: str | None) -> str | None:
    try:
        return text and date.fromisoformat(text).isoformat()
    except ValueError:
        words = say("{text} is no day; write it like 2026-11-20.", text=repr(text))
        raise WrongUseError(words) from None


def import_(
    ctx: typer.Context,
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="An archive (ZIP or folder), one CSV file of it, JSON lines (.jsonl,"
            " or a folder), an address book (.vcf, .csv), a calendar (.ics), mails"
            " (mbox, Maildir, .eml, or a folder), imap:NAME for a mailbox of the"
            f" settings, or {PORTABILITY} for LinkedIn's portability interface.",
        ),
    ],
    *,
    again: Annotated[
        bool,
        typer.Option("--again", help=f"With {PORTABILITY}: read everything once more."),
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            callback=_day,
            help=f"With {PORTABILITY}: ask for changes from this day on.",
        ),
    ] = None,
) -> None:
    """Take a source into your database; twice is as once."""
    from vorzimmer.cli.desk_commands import run_import, run_import_portability

    if not source:
        raise WrongUseError(say("it is empty; name a file or a folder."))
    if source != PORTABILITY and (again or since):
        raise WrongUseError(
            say("--again and --since go with {source} only.", source=PORTABILITY)
        )
    settings = ctx.obj.settings()
    if source == PORTABILITY:
        moment = datetime.fromisoformat(since).replace(tzinfo=UTC) if since else None
        _ = ctx.obj.translator()
        run_import_portability(settings, _, since=moment, is_again=again)
    else:
        run_import(source, settings, ctx.obj.translator())
