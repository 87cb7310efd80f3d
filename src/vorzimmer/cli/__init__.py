"""The command line: what it understands; what it does stands in ``commands``.

Everything heavy is imported inside the commands, so that help is there at once.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from vorzimmer.cli import mail_options
from vorzimmer.errors import VorzimmerError, WritingError

# ruff: noqa: PLC0415 - imports inside functions, as the first paragraph explains
if TYPE_CHECKING:
    from vorzimmer.settings import Settings
    from vorzimmer.translation import Translator

CANNOT_READ = 1
EXIT_CODES: dict[int, str] = {
    0: "Done.",
    CANNOT_READ: "A source, a policy, the settings or the database cannot be read or"
    " written, or the output cannot be written; one sentence on standard error says"
    " what, where and how to mend it.",
    2: "Wrong usage: an unknown command or option.",
    130: "Interrupted with Ctrl-C; nothing is half done.",
}
_EPILOG = "Exit codes: 0 done, 1 cannot be read, 2 wrong usage, 130 interrupted."


# What the system says of a place where nothing more can be written.
_NOT_WRITTEN = {
    errno.EBADF,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EIO,
    errno.ENOSPC,
    errno.EROFS,
}


class _Commands(TyperGroup):
    """Says what went wrong in one sentence; takes a closed pipe for the end."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as in TyperGroup
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read our output has enough; what is left goes nowhere.
            _give_up(sys.stdout)
            raise typer.Exit(0) from None
        except OSError as error:
            _end_unwritten(error, ctx.obj)
        except VorzimmerError as error:
            _tell(error, ctx.obj)
            raise typer.Exit(CANNOT_READ) from None
        return done

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - as in TyperGroup
        """Run; what ``--help`` and ``--version`` could not write ends here."""
        try:
            return super().main(*args, **extra)
        except OSError as error:
            _end_unwritten(error, None)


def _end_unwritten(error: OSError, given: Options | None) -> NoReturn:
    """End the program since its output, or a passing file, cannot be written."""
    if error.errno not in _NOT_WRITTEN:
        raise error
    _give_up(sys.stdout)
    with suppress(OSError):
        _tell(WritingError(error), given)
    _give_up(sys.stderr)
    sys.exit(CANNOT_READ)


def _tell(error: VorzimmerError, given: Options | None) -> None:
    from vorzimmer.cli.tables import harmless

    _ = (given or Options()).translator()
    sys.stderr.write(f"vorzimmer: {harmless(_.error(error))}\n")
    sys.stderr.flush()


def _give_up(stream: IO[str]) -> None:
    """Let what is left in a stream go nowhere, else Python complains at its end."""
    with suppress(OSError):  # a stream that is no file needs no end
        stream.flush()
        return
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


app = typer.Typer(
    name="vorzimmer",
    cls=_Commands,
    help="Screens the contact requests of a professional network, on this machine.",
    epilog=_EPILOG,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@dataclass(slots=True)
class Options:
    """What stands before the command.

    Attributes:
        settings_file: ``None`` is the member's own.
        language: Wished for, or set; ``None`` is the one usual here.
    """

    settings_file: Path | None = None
    language: str | None = None

    def settings(self) -> Settings:
        """Return the settings that hold."""
        from vorzimmer.settings import read_settings

        settings = read_settings(self.settings_file)
        if self.language is None and settings.language != "auto":
            self.language = settings.language
        return settings

    def translator(self) -> Translator:
        """Return the translator for the language; first read the settings."""
        from vorzimmer.translation import environment_language, translator

        return translator(self.language or environment_language(os.environ))


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        from importlib.metadata import version

        typer.echo(f"vorzimmer {version('vorzimmer')}")
        raise typer.Exit


def _language(wished: str | None) -> str | None:
    if wished not in {None, "de", "en"}:
        sentence = f"there is no {wished!r}; there are de and en."
        raise typer.BadParameter(sentence)
    return wished


def _source(source: str) -> str:
    if not source:
        sentence = "it is empty; name a file or a folder."
        raise typer.BadParameter(sentence)
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


@app.command(epilog=_EPILOG)
def screen(  # noqa: PLR0913 - one for each option
    ctx: typer.Context,
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            callback=_source,
            help="An archive (ZIP or folder), one CSV file of it, mails (mbox, Maildir,"
            " .eml, or a folder), JSON lines (.jsonl), or - for JSON lines on standard"
            " input.",
        ),
    ],
    *,
    policy: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE", help="Policy to propose by; else that of the settings."
        ),
    ] = None,
    all_skipped: Annotated[
        bool,
        typer.Option("--all-skipped", help="Print every reason why rows were skipped."),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a request.")
    ] = False,
    language: LanguageOption = None,
) -> None:
    """Print what to do about each request; stores nothing."""
    from vorzimmer.cli.commands import run_screen

    ctx.obj.language = language or ctx.obj.language
    settings = ctx.obj.settings()
    _ = ctx.obj.translator()
    run_screen(
        source,
        policy,
        as_json=as_json,
        all_skipped=all_skipped,
        settings=settings,
        _=_,
    )


@app.command("import", epilog=_EPILOG)
def import_(
    ctx: typer.Context,
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            callback=_source,
            help="An archive (ZIP or folder), one CSV file of it, mails (mbox, Maildir,"
            " .eml, or a folder), JSON lines (.jsonl), or imap:NAME for a mailbox of"
            " the settings.",
        ),
    ],
) -> None:
    """Take a source into your database; twice is as once."""
    from vorzimmer.cli.desk_commands import run_import

    settings = ctx.obj.settings()
    run_import(source, settings, ctx.obj.translator())


app.command(epilog=_EPILOG)(mail_options.watch)
app.command(epilog=_EPILOG)(mail_options.nonmember)


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
        sentence = "--archive and --sample exclude each other."
        raise typer.BadParameter(sentence)
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
    name: Annotated[str | None, typer.Argument(help="One of them, in full.")] = None,
) -> None:
    """List what screening looks for, or explain one signal."""
    from vorzimmer.cli.commands import run_signals

    settings = ctx.obj.settings()
    run_signals(name, settings, ctx.obj.translator())


@app.command(epilog=_EPILOG)
def policies(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME|FILE]", help="One of them, in full.")
    ] = None,
) -> None:
    """List the policies, or show the clauses of one."""
    from vorzimmer.cli.commands import run_policies

    settings = ctx.obj.settings()
    run_policies(name, settings, ctx.obj.translator())


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
