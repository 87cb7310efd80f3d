"""The command on sources: what it understands; ``source_commands`` does it."""

from __future__ import annotations

from typing import Annotated

import typer

# ruff: noqa: PLC0415 - imports inside functions, so that help is there at once


def sources(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="One of them, and how to get it."),
    ] = None,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print them as one JSON list.")
    ] = False,
) -> None:
    """List the ways in, when each was read, and what it brought and skipped."""
    from vorzimmer.cli.source_commands import run_sources

    settings = ctx.obj.settings()
    run_sources(name, as_json=as_json, settings=settings, _=ctx.obj.translator())
