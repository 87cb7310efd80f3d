"""The command ``import``: what it understands; ``desk_commands`` does it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

# ruff: noqa: PLC0415 - imports inside functions, so that help is there at once

PORTABILITY = "portability"
"""The word that stands for LinkedIn's interface in place of a file."""


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
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="DAY",
            help=f"With {PORTABILITY}: ask for changes from this day on.",
        ),
    ] = None,
) -> None:
    """Take a source into your database; twice is as once."""
    from vorzimmer.cli.desk_commands import run_import, run_import_portability

    if not source:
        sentence = "it is empty; name a file or a folder."
        raise typer.BadParameter(sentence)
    if source != PORTABILITY and (again or since):
        sentence = f"--again and --since go with {PORTABILITY} only."
        raise typer.BadParameter(sentence)
    settings = ctx.obj.settings()
    if source == PORTABILITY:
        moment = since.replace(tzinfo=UTC) if since else None
        _ = ctx.obj.translator()
        run_import_portability(settings, _, since=moment, is_again=again)
    else:
        run_import(source, settings, ctx.obj.translator())
