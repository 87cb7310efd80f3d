"""The command on the weekly session: what it understands; others do it."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from vorzimmer.cli.speaking import WrongUseError
from vorzimmer.model import say

# ruff: noqa: PLC0415 - imports inside functions, so that help is there at once
_ADDRESS = re.compile(r"[!#$%&'*+/=?^`{|}~.\w-]{1,64}@[\w.-]{1,255}", re.ASCII)


def _address(given: str | None) -> str | None:
    if given is not None and not _ADDRESS.fullmatch(given):
        raise WrongUseError(
            say("it is no e-mail address; write it as you@example.org.")
        )
    return given


def session(  # noqa: PLR0913 - one for each option
    ctx: typer.Context,
    *,
    mail: Annotated[
        bool, typer.Option("--mail", help="Print it as an e-mail; nothing is sent.")
    ] = False,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            callback=_address,
            help="With --mail: to whom; by default to your account on this machine.",
        ),
    ] = None,
    sender: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="ADDRESS",
            callback=_address,
            help="With --mail: from whom; by default as --to.",
        ),
    ] = None,
    subject: Annotated[
        str | None, typer.Option(metavar="TEXT", help="With --mail: its subject.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print it as one JSON object.")
    ] = False,
    only_if_any: Annotated[
        bool, typer.Option("--only-if-any", help="Print nothing when nothing waits.")
    ] = False,
) -> None:
    """Print what waits for your next session, for you or for cron; changes nothing."""
    from vorzimmer.cli.session_commands import MailOptions, run_session

    if mail and as_json:
        raise WrongUseError(say("--mail and --json exclude each other."))
    if (to or sender or subject) and not mail:
        raise WrongUseError(say("--to, --from and --subject are for --mail."))
    run_session(
        ctx.obj.settings(),
        ctx.obj.translator(),
        as_json=as_json,
        mail=MailOptions(to=to, sender=sender, subject=subject) if mail else None,
        only_if_any=only_if_any,
    )
