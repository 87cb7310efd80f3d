"""What the commands on mails understand; what they do stands in ``mail_commands``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

# ruff: noqa: PLC0415 - imports inside functions, so that help is there at once


def watch(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="A mailbox in the settings, or portability for LinkedIn's interface;"
            " left out: the only mailbox, and the interface where it was read before.",
        ),
    ] = None,
    *,
    every: Annotated[
        float,
        typer.Option(
            metavar="MINUTES",
            min=1,
            max=1440,
            help="From one look to the next, where the server does not tell by itself.",
        ),
    ] = 5,
    once: Annotated[bool, typer.Option("--once", help="Look once, then end.")] = False,
    notify: Annotated[
        bool, typer.Option("--notify", help="Show a message on the desktop, too.")
    ] = False,
) -> None:
    """Watch a mailbox or LinkedIn, and print new requests; it ends with Ctrl-C."""
    from vorzimmer.cli.mail_commands import run_watch

    settings = ctx.obj.settings()
    run_watch(
        name,
        settings,
        ctx.obj.translator(),
        seconds=60 * every,
        is_once=once,
        is_shown=notify,
    )


class _Letter(StrEnum):
    OBJECTION = "objection"
    ACCESS = "access"


def nonmember(
    ctx: typer.Context,
    mail: Annotated[
        str, typer.Argument(metavar="MAIL", help="The invitation as an .eml file.")
    ],
    *,
    letter: Annotated[
        _Letter | None,
        typer.Option(help="Print a letter to the network with the facts filled in."),
    ] = None,
    stop: Annotated[
        bool,
        typer.Option(
            "--stop", help="Unsubscribe with one click, where that is safe; asks first."
        ),
    ] = False,
) -> None:
    """Help somebody who is no member, and was invited by mail."""
    from vorzimmer.cli.mail_commands import run_nonmember

    settings = ctx.obj.settings()
    run_nonmember(
        Path(mail),
        settings,
        ctx.obj.translator(),
        letter=letter.value if letter else None,
        is_to_stop=stop,
    )
