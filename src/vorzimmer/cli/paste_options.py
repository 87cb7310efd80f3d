"""The command ``paste``: what it understands; ``paste_commands`` does it."""

from __future__ import annotations

from typing import Annotated

import typer

# ruff: noqa: PLC0415 - imports inside functions, so that help is there at once


def paste(
    ctx: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE|-",
            help="A text file, or - for standard input; without it, the clipboard.",
            show_default=False,
        ),
    ] = None,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object.")
    ] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep it as a request on your desk.")
    ] = False,
) -> None:
    """Read what you copied from a profile, a request, a mail or a chat."""
    from vorzimmer.cli.paste_commands import run_paste

    settings = ctx.obj.settings()
    run_paste(file, settings, ctx.obj.translator(), as_json=as_json, keeps=keep)
