"""What the commands on drafts understand; what they do stands in ``draft_commands``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vorzimmer.cli.speaking import WrongUseError
from vorzimmer.model import say

# ruff: noqa: PLC0415 - imports inside functions, so that help is there at once
MEND = 3
BETTER_NOT_SEND = 4

app = typer.Typer(
    name="draft",
    help="The coach: learn how a text will be received before you send it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class Way(StrEnum):
    """By which way the draft would be sent."""

    INVITATION_NOTE = "invitation_note"
    MESSAGE = "message"
    INMAIL = "inmail"
    MAIL = "mail"


class AccountKind(StrEnum):
    """The writer's account, on which limits depend."""

    BASIC = "basic"
    PREMIUM = "premium"


@app.callback()
def draft() -> None:
    """Hold the commands on drafts together."""


@app.command(
    epilog="Exit codes: 0 send, 3 mend first, 4 better not send, 1 cannot be read,"
    " 2 wrong usage."
)
def check(  # noqa: PLR0913 - one for each option
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="The text, or - for standard input.")
    ],
    *,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FILE.json", help="What is known of the recipient."),
    ] = None,
    card: Annotated[
        Path | None,
        typer.Option(metavar="FILE.json", help="The recipient's contact card."),
    ] = None,
    way: Annotated[Way, typer.Option("--as", help="How it would be sent.")] = (
        Way.INVITATION_NOTE
    ),
    network: Annotated[
        str, typer.Option(metavar="NAME", help="Network, in lower case.")
    ] = "linkedin",
    account: Annotated[AccountKind, typer.Option(help="Your account there.")] = (
        AccountKind.BASIC
    ),
    subject: Annotated[
        str, typer.Option(metavar="TEXT", help="The subject, if it has one.")
    ] = "",
    special: Annotated[
        str, typer.Option(metavar="TEXT", help="Offer: what is special about it?")
    ] = "",
    problem: Annotated[
        str, typer.Option(metavar="TEXT", help="Offer: which problem it solves.")
    ] = "",
    whom: Annotated[
        str, typer.Option(metavar="TEXT", help="Offer: for whom it is relevant.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_sarif: Annotated[
        bool, typer.Option("--sarif", help="Print SARIF 2.1.0, for editors.")
    ] = False,
) -> None:
    """Check one draft: send, mend first, or better not send."""
    from vorzimmer.cli.draft_commands import Form, run_check
    from vorzimmer.drafts.draft import Offer

    if as_json and as_sarif:
        raise WrongUseError(say("--json and --sarif exclude each other."))
    settings = ctx.obj.settings()
    form = Form.JSON if as_json else Form.SARIF if as_sarif else Form.WORDS
    advice = run_check(
        file,
        to,
        card,
        given={
            "channel": way.value,
            "network": network,
            "account": account.value,
            "subject": subject,
        },
        settings=settings,
        offer=Offer(special=special, problem=problem, whom=whom),
        form=form,
        _=ctx.obj.translator(),
    )
    code = {"send": 0, "mend": MEND}.get(advice.value, BETTER_NOT_SEND)
    raise typer.Exit(code)
