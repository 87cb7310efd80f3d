"""The command line: what it understands; what it does stands in ``commands``.

Everything heavy is imported inside the commands, so that help is there at once.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from vorzimmer.cli import (
    draft_options,
    import_options,
    letter_commands,
    mail_options,
    meeting_options,
    paste_options,
    policy_options,
    privacy_options,
    rehearsal_options,
    session_options,
    source_options,
)
from vorzimmer.cli.ending import CANNOT_READ, Commands, Options
from vorzimmer.cli.speaking import WrongUseError
from vorzimmer.model import Kind, say

# ruff: noqa: PLC0415 - imports inside functions, as the first paragraph explains
EXIT_CODES: dict[int, str] = {
    0: "Done.",
    CANNOT_READ: "A source, a policy, the settings or the database cannot be read or"
    " written, the output cannot be written, or a question was not answered with yes;"
    " one sentence on standard error says what, where and how to mend it.",
    2: "Wrong usage: an unknown command or option.",
    draft_options.MEND: "`draft check`: mend the draft first.",
    draft_options.BETTER_NOT_SEND: "`draft check`: better not send the draft.",
    130: "Interrupted, with Ctrl-C or by the system; nothing is half done.",
}
_EPILOG = "Exit codes: 0 done, 1 cannot be read, 2 wrong usage, 130 interrupted."


app = typer.Typer(
    name="vorzimmer",
    cls=Commands,
    help="Screens the contact requests of a professional network, on this machine.",
    epilog=_EPILOG,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        from importlib.metadata import version

        typer.echo(f"vorzimmer {version('vorzimmer')}")
        raise typer.Exit


def _language(wished: str | None) -> str | None:
    if wished not in {None, "de", "en"}:
        raise WrongUseError(
            say("there is no {wished}; there are de and en.", wished=repr(wished))
        )
    return wished


def _source(source: str) -> str:
    if not source:
        raise WrongUseError(say("it is empty; name a file or a folder."))
    return source


LanguageOption = Annotated[
    str | None,
    typer.Option(
        metavar="de|en", callback=_language, help="Language of what is printed."
    ),
]


@app.callback()
def options(
    ctx: typer.Context,
    *,
    settings: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Settings to use instead of your own."),
    ] = None,
    language: LanguageOption = None,
    version: Annotated[  # noqa: ARG001 - its callback has done everything
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Take what stands before the command."""
    ctx.obj = Options(settings, language)


RequestsArgument = Annotated[
    str,
    typer.Argument(
        metavar="SOURCE",
        callback=_source,
        help="An archive (ZIP or folder), one CSV file of it, mails (mbox, Maildir,"
        " .eml, or a folder), JSON lines (.jsonl, .jsonl.gz), Parquet (.parquet), a"
        " folder of such files, or - for JSON lines on standard input.",
    ),
]


@app.command(epilog=_EPILOG)
def screen(  # noqa: PLR0913 - one for each option
    ctx: typer.Context,
    source: RequestsArgument,
    *,
    policy: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE", help="Policy to propose by; else that of the settings."
        ),
    ] = None,
    all_skipped: Annotated[
        bool,
        typer.Option(
            "--all-skipped", help="Print every row that was skipped, and why."
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a request.")
    ] = False,
    scores: Annotated[
        bool,
        typer.Option("--scores", help="The same with scores only: twice as fast."),
    ] = False,
    jobs: Annotated[
        int,
        typer.Option(
            metavar="N", min=1, max=256, help="Processes, for JSON lines and Parquet."
        ),
    ] = 1,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Write JSON lines, or .parquet, instead of printing."
        ),
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Print what to do about each request; stores nothing."""
    from vorzimmer.cli import commands

    ctx.obj.language = language or ctx.obj.language
    settings = ctx.obj.settings()
    _ = ctx.obj.translator()
    is_rows = commands.is_stream(source)
    if not is_rows and (scores or output or jobs > 1):
        raise WrongUseError(
            say(
                "--scores, --jobs and --output need a .jsonl or .parquet file, a folder"
                " of such files, or -."
            )
        )
    run = partial(commands.run_screen, as_json=as_json)
    if is_rows and (as_json or scores or output or commands.has_parquet(source)):
        stream = commands.StreamOptions(only_scores=scores, jobs=jobs, output=output)
        run = partial(commands.run_stream, options=stream)
    run(source, policy, all_skipped=all_skipped, settings=settings, _=_)


@app.command(epilog=_EPILOG)
def campaigns(
    ctx: typer.Context,
    source: RequestsArgument,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a campaign.")
    ] = False,
    language: LanguageOption = None,
) -> None:
    """Print which notes are near-duplicates of each other; stores nothing."""
    from vorzimmer.cli.campaign_commands import run_campaigns

    ctx.obj.language = language or ctx.obj.language
    ctx.obj.settings()
    run_campaigns(source, as_json=as_json, _=ctx.obj.translator())


app.command("import", epilog=_EPILOG)(import_options.import_)


app.command(epilog=_EPILOG)(source_options.sources)
app.command(epilog=_EPILOG)(privacy_options.forget)
app.command(epilog=_EPILOG)(privacy_options.export)
app.command(epilog=_EPILOG)(privacy_options.retention)
app.command(epilog=_EPILOG)(mail_options.watch)
app.command(epilog=_EPILOG)(mail_options.nonmember)
app.command(epilog=_EPILOG)(paste_options.paste)
app.add_typer(draft_options.app, epilog=_EPILOG)
app.command(epilog=_EPILOG)(letter_commands.letters)
app.command(epilog=_EPILOG)(meeting_options.introductions)
app.command(epilog=_EPILOG)(meeting_options.people)


@app.command(epilog=_EPILOG)
def desk(
    ctx: typer.Context,
    *,
    archive: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Import this before the desk opens."),
    ] = None,
    sample: Annotated[
        bool,
        typer.Option("--sample", help="Open on an invented member; nothing is kept."),
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=0,
            max=65535,
            help="Port on 127.0.0.1, 0 for any free one; else that of the settings.",
        ),
    ] = None,
    browser: Annotated[
        bool | None,
        typer.Option("--browser/--no-browser", help="Open it in the browser or not."),
    ] = None,
) -> None:
    """Open the desk in the browser; it ends with Ctrl-C."""
    from vorzimmer.cli.desk_commands import run_desk, run_sample

    if archive and sample:
        raise WrongUseError(say("--archive and --sample exclude each other."))
    settings = ctx.obj.settings()
    run = run_sample if sample else partial(run_desk, archive)
    run(
        settings,
        ctx.obj.translator(),
        port=settings.web.port if port is None else port,
        open_browser=settings.web.open_browser if browser is None else browser,
    )


@app.command(epilog=_EPILOG)
def signals(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="One of them, in full.")
    ] = None,
) -> None:
    """List what screening looks for, or explain one signal."""
    from vorzimmer.cli.commands import run_signals
    from vorzimmer.cli.teaching_commands import learned_so_far

    settings = ctx.obj.settings()
    weights = learned_so_far(settings).weights
    run_signals(name, settings, ctx.obj.translator(), learned=weights)


@app.command(epilog=_EPILOG)
def correct(
    ctx: typer.Context,
    request: Annotated[
        str, typer.Argument(metavar="REQUEST", help="Its id, as screen --json has it.")
    ],
    kind: Annotated[
        Kind | None,
        typer.Argument(metavar="KIND", help="What it really is.", show_default=False),
    ] = None,
    *,
    back: Annotated[
        bool, typer.Option("--back", help="Take back what you said of it.")
    ] = False,
    nothing: Annotated[
        bool, typer.Option("--nothing", help="Let nothing be learned from it.")
    ] = False,
) -> None:
    """Say what a request really is, so that Vorzimmer learns from it."""
    from vorzimmer.cli.teaching_commands import run_correct

    if (kind is not None) + back + nothing != 1:
        raise WrongUseError(say("give one of KIND, --back and --nothing."))
    settings = ctx.obj.settings()
    run_correct(request, kind, back=back, settings=settings, _=ctx.obj.translator())


@app.command(epilog=_EPILOG)
def learned(
    ctx: typer.Context,
    *,
    reset: Annotated[
        bool, typer.Option("--reset", help="Forget it; your decisions stay.")
    ] = False,
) -> None:
    """Print what was learned from you, from what, and how good it is."""
    from vorzimmer.cli.teaching_commands import run_learned

    settings = ctx.obj.settings()
    run_learned(settings, ctx.obj.translator(), reset=reset)


@app.command(epilog=_EPILOG)
def asked(
    ctx: typer.Context,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a question.")
    ] = False,
) -> None:
    """Print whom you asked back, who answered, and who is silent."""
    from vorzimmer.cli.asked_commands import run_asked

    settings = ctx.obj.settings()
    run_asked(settings, ctx.obj.translator(), as_json=as_json)


@app.command(epilog=_EPILOG)
def afterwards(
    ctx: typer.Context,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON lines, one a finding.")
    ] = False,
) -> None:
    """List what came after accepting: advertising, threads, hacked contacts."""
    from vorzimmer.cli.after_commands import run_afterwards

    settings = ctx.obj.settings()
    run_afterwards(settings, ctx.obj.translator(), as_json=as_json)


app.command(epilog=_EPILOG)(policy_options.policies)


@app.command("network-settings", epilog=_EPILOG)
def network_settings(ctx: typer.Context) -> None:
    """Print which settings of LinkedIn and XING fit your policy, and the way there."""
    from vorzimmer.cli.advice_commands import run_network_settings

    settings = ctx.obj.settings()
    run_network_settings(settings, ctx.obj.translator())


@app.command("contact-card", epilog=_EPILOG)
def contact_card(
    ctx: typer.Context,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print it for a sender's coach.")
    ] = False,
) -> None:
    """Print your policy as a few sentences for your profile."""
    from vorzimmer.cli.advice_commands import run_contact_card

    settings = ctx.obj.settings()
    run_contact_card(settings, ctx.obj.translator(), as_json=as_json)


app.command(epilog=_EPILOG)(rehearsal_options.rehearse)
app.command(epilog=_EPILOG)(session_options.session)


@app.command(epilog=_EPILOG)
def settings(ctx: typer.Context) -> None:
    """Print every setting, its value, and where it is from."""
    from vorzimmer.cli.commands import run_settings

    settings = ctx.obj.settings()
    run_settings(settings, ctx.obj.translator())


@app.command(epilog=_EPILOG)
def structure(
    archive: Annotated[
        Path, typer.Argument(metavar="ARCHIVE", help="ZIP, folder or one CSV file.")
    ],
) -> None:
    """Print the shape of an archive, and no personal data."""
    from vorzimmer.cli.commands import run_structure

    run_structure(archive)


def main() -> None:
    """Run the command line."""
    app()
