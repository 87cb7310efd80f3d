"""What ``vorzimmer rehearse`` understands."""

from __future__ import annotations

from typing import Annotated

import typer

# ruff: noqa: PLC0415 - what is heavy waits until it is needed


def rehearse(
    ctx: typer.Context,
    policy: Annotated[
        str | None,
        typer.Argument(metavar="POLICY", help="Its name or file; else the one in use."),
    ] = None,
    *,
    against: Annotated[
        str | None, typer.Option(metavar="OTHER", help="Compare with this policy.")
    ] = None,
    openness: Annotated[
        float,
        typer.Option(
            "--open",
            min=-2.0,
            max=2.0,
            metavar="NATS",
            help="Slide it from strict (-2) to open (2); 0 is as written.",
        ),
    ] = 0.0,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object, nothing cut.")
    ] = False,
) -> None:
    """Print what a policy would have done about your past; changes nothing."""
    from vorzimmer.cli.rehearsal_commands import run_rehearse

    settings = ctx.obj.settings()
    run_rehearse(
        policy,
        against=against,
        openness=openness,
        as_json=as_json,
        settings=settings,
        _=ctx.obj.translator(),
    )
