"""What the commands on meeting people understand; see ``meeting_commands``."""

from __future__ import annotations

from typing import Annotated

import typer

from vorzimmer.cli.speaking import WrongUseError
from vorzimmer.model import say

# ruff: noqa: PLC0415 - imports inside functions, so that help is there at once


def introductions(
    ctx: typer.Context,
    asked: Annotated[
        str,
        typer.Argument(metavar="NAME|FIRM", help="Whom you would like to get to know."),
    ],
    *,
    at: Annotated[
        str, typer.Option(metavar="FIRM", help="The person's firm, if you know it.")
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object.")
    ] = False,
) -> None:
    """Print who among your contacts could introduce you, and what shows it."""
    from vorzimmer.cli.meeting_commands import run_introductions

    if not asked.strip():
        raise WrongUseError(say("name a person or a firm."))
    settings = ctx.obj.settings()
    run_introductions(asked, at, settings, ctx.obj.translator(), as_json=as_json)


def people(
    ctx: typer.Context,
    *,
    due: Annotated[
        bool, typer.Option("--due", help="Only those whose next step is due.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a person.")
    ] = False,
) -> None:
    """Print whom you would like to meet, and a good next step for each."""
    from vorzimmer.cli.meeting_commands import run_people

    settings = ctx.obj.settings()
    run_people(settings, ctx.obj.translator(), only_due=due, as_json=as_json)
