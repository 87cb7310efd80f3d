"""How a command ends: in order, in a sentence, or because nobody listens any more."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

import typer
from typer.core import TyperGroup

from vorzimmer.cli import speaking
from vorzimmer.errors import UnknownNameError, VorzimmerError, WritingError

# ruff: noqa: PLC0415 - imports inside functions, so that help is there at once
if TYPE_CHECKING:
    from vorzimmer.settings import Settings
    from vorzimmer.translation import Translator

CANNOT_READ = 1


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
        from vorzimmer.language_names import environment_language
        from vorzimmer.translation import translator

        return translator(self.language or environment_language(os.environ))


# What to type for all names of a sort, where none is near the one that was given.
_LISTS = {
    "letter": "vorzimmer letters",
    "policy": "vorzimmer policies",
    "signal": "vorzimmer signals",
}
# What the system says of a place where nothing more can be written.
_NOT_WRITTEN = {
    errno.EBADF,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EIO,
    errno.ENOSPC,
    errno.EROFS,
}


class Commands(TyperGroup):
    """Says what went wrong in one sentence; takes a closed pipe for the end.

    Help and complaints of wrong use are in German where that is wished.
    """

    _language = "en"

    def make_context(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - as in TyperGroup
        """Read what stands before the command."""
        try:
            return super().make_context(*args, **extra)
        except speaking.WRONG_USE as error:
            self._complain(error)

    def _complain(self, error: Any) -> NoReturn:  # noqa: ANN401 - what typer raises
        if self._language != "de":
            raise error
        speaking.complain_in_german(error)
        raise typer.Exit(error.exit_code) from None

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as in TyperGroup
        """Run a command; what it could not do ends here."""
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
        except speaking.WRONG_USE as error:
            self._complain(error)
        except BrokenPipeError:
            # Whoever read our output has enough; what is left goes nowhere.
            _give_up(sys.stdout)
            raise typer.Exit(0) from None
        except OSError as error:
            _end_unwritten(error, self._wished(ctx.obj))
        except VorzimmerError as error:
            _tell(error, self._wished(ctx.obj))
            raise typer.Exit(CANNOT_READ) from None
        return done

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - as in TyperGroup
        """Run; what ``--help`` and ``--version`` could not write ends here."""
        _open_closed_streams()
        given = extra.get("args", args[0] if args else None)
        arguments = sys.argv[1:] if given is None else given
        self._language = speaking.language_wished(arguments)
        if self._language == "de":
            speaking.let_speak_german(self)
        try:
            return super().main(*args, **extra)
        except OSError as error:
            _end_unwritten(error, self._language)

    def _wished(self, given: Options) -> str:
        return given.language or self._language


def _end_unwritten(error: OSError, language: str) -> NoReturn:
    """End the program since a file, its output or a passing one, is out of reach."""
    if error.errno not in _NOT_WRITTEN:
        _end_unopened(error, language)
    _give_up(sys.stdout)
    with suppress(OSError):
        _tell(WritingError(error), language)
    _give_up(sys.stderr)
    sys.exit(CANNOT_READ)


def _end_unopened(error: OSError, language: str) -> NoReturn:
    if not isinstance(error.filename, str):
        raise error
    from vorzimmer.archive import not_opened

    _tell(not_opened(Path(error.filename), error), language)
    sys.exit(CANNOT_READ)


def _open_closed_streams() -> None:
    """Let a stream that whoever started us closed (``>&-``) be one without an end."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - it stays open, as they do
            setattr(sys, name, stream)


def _tell(error: VorzimmerError, language: str) -> None:
    from vorzimmer.cli.tables import harmless
    from vorzimmer.translation import translator

    _ = translator(language)
    words = _.error(error)
    if isinstance(error, UnknownNameError) and not error.nearest:
        lists = _LISTS.get(error.what)
        if lists:
            words += " " + _("“{command}” lists them.", command=lists)
    sys.stderr.write(f"vorzimmer: {harmless(words)}\n")
    sys.stderr.flush()


def _give_up(stream: IO[str]) -> None:
    """Let what is left in a stream go nowhere, else Python complains at its end."""
    with suppress(OSError):  # a stream that is no file needs no end
        stream.flush()
        return
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
