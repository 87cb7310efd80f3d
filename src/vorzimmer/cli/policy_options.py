"""What ``vorzimmer policies`` understands."""

from __future__ import annotations

from typing import Annotated

import typer

from vorzimmer.cli.speaking import WrongUseError
from vorzimmer.model import say

# ruff: noqa: PLC0415 - what is heavy waits until it is needed


def policies(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME|FILE", help="One of them, in full.")
    ] = None,
    *,
    use: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Use this one on your desk from now on."),
    ] = None,
    waiting: Annotated[
        bool,
        typer.Option(
            "--waiting", help="Say what each would propose for your open requests."
        ),
    ] = False,
) -> None:
    """List the policies, show the clauses of one, or choose one."""
    if (use is not None) + waiting + (name is not None) > 1:
        raise WrongUseError(say("NAME, --use and --waiting exclude each other."))
    settings, words = ctx.obj.settings(), ctx.obj.translator()
    if use is not None or waiting:
        from vorzimmer.cli.policy_commands import run_use, run_waiting

        if use is not None:
            run_use(use, settings, words)
        else:
            run_waiting(settings, words)
        return
    from vorzimmer.cli.commands import run_policies

    run_policies(name, settings, words)
