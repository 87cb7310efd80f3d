"""The commands on one's own data; ``privacy_commands`` does what they say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from vorzimmer.cli.speaking import WrongUseError
from vorzimmer.model import say

# ruff: noqa: PLC0415 - imports inside functions, so that help is there at once

_AGE = re.compile(r"([0-9]{1,4})\s*([my])", re.IGNORECASE)
_MONTHS = {"m": 1, "y": 12}
_MOST = 1_200
_EVER = "ever"


def _age(text: str | None) -> str | None:
    if text is not None and not 1 <= months_in(text) <= _MOST:
        raise WrongUseError(
            say(
                "{text} is no age; write 24m for months or 2y for years.",
                text=repr(text),
            )
        )
    return text


def months_in(text: str) -> int:
    """Return how many months an age is, ``24m`` or ``2y``; 0 is no age."""
    found = _AGE.fullmatch(text.strip())
    return int(found[1]) * _MONTHS[found[2].lower()] if found else 0


def forget(  # noqa: PLR0913 - one for each option
    ctx: typer.Context,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="NUMBER|PERSON",
            help="A source, by the number that “vorzimmer sources” has; or a person, by"
            " name, profile address or mail address.",
        ),
    ] = None,
    *,
    older_than: Annotated[
        str | None,
        typer.Option(
            metavar="AGE",
            callback=_age,
            help="Requests and messages older than that: 24m, 2y.",
        ),
    ] = None,
    due: Annotated[
        bool,
        typer.Option("--due", help="What you do not want to keep any longer."),
    ] = False,
    everything: Annotated[
        bool,
        typer.Option("--everything", help="All of it; asks for a word."),
    ] = False,
    every: Annotated[
        bool,
        typer.Option("--all", help="Of a name, everybody who has it."),
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask; not with --everything.")
    ] = False,
) -> None:
    """Forget a source, a person, what is old, or everything."""
    from vorzimmer.cli import privacy_commands as run

    if bool(what) + bool(older_than) + due + everything != 1:
        raise WrongUseError(
            say("give one of NUMBER, PERSON, --older-than, --due and --everything.")
        )
    settings = ctx.obj.settings()
    _ = ctx.obj.translator()
    if everything:
        run.run_forget_everything(settings, _)
    elif due:
        run.run_fade(settings, _)
    elif older_than:
        run.run_forget_older(months_in(older_than), settings, _, is_sure=yes)
    elif what and what.isdecimal():
        from vorzimmer.cli.source_commands import run_forget

        run_forget(int(what), settings, _, is_sure=yes)
    elif what:
        run.run_forget_person(what, settings, _, is_sure=yes, is_every=every)


def _time(text: str | None) -> str | None:
    is_ever = text is not None and text.strip().casefold() == _EVER
    if text is not None and not is_ever and not 1 <= months_in(text) <= _MOST:
        raise WrongUseError(
            say(
                "{text} is no time; write 12m for months, 2y for years, or ever.",
                text=repr(text),
            )
        )
    return text


def retention(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="Of what: a name out of the first column."),
    ] = None,
    time: Annotated[
        str | None,
        typer.Argument(
            metavar="TIME", callback=_time, help="For how long: 12m, 2y, ever."
        ),
    ] = None,
    *,
    recommended: Annotated[
        bool, typer.Option("--recommended", help="Choose for all what we recommend.")
    ] = False,
    as_settings: Annotated[
        bool,
        typer.Option("--as-settings", help="Let the settings say it again."),
    ] = False,
) -> None:
    """Print for how long what is kept, or choose it; what is chosen goes first."""
    from vorzimmer.cli.retention_commands import FOR_EVER, run_retention

    if (time is not None) + recommended + as_settings > 1 or (recommended and name):
        raise WrongUseError(say("give one of TIME, --recommended and --as-settings."))
    months = None
    if time is not None:
        months = FOR_EVER if time.strip().casefold() == _EVER else months_in(time)
    run_retention(
        ctx.obj.settings(),
        ctx.obj.translator(),
        name=name,
        months=months,
        is_recommended=recommended,
        follows_settings=as_settings,
    )


def export(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A new ZIP file; yours alone.")
    ],
) -> None:
    """Write everything that the desk holds into a ZIP file."""
    from vorzimmer.cli.privacy_commands import run_export

    settings = ctx.obj.settings()
    run_export(file, settings, ctx.obj.translator())
