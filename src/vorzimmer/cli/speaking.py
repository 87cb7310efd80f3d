"""Help and complaints of the command line in German.

Help has to be there at once, so its German does not come from the catalogue, which
takes half a second, but from ``locale/de/help.json``, which tools/make_translations.py
makes of it. What typer itself says is known by its templates.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import typer

from vorzimmer.errors import VorzimmerError
from vorzimmer.model import Sentence

WORDS = (
    "Usage",
    "Arguments",
    "Options",
    "Commands",
    "required",
    "default: ",
    "Show this message and exit.",
    "Error",
    "Try '{command}' for help.",
    "[OPTIONS]",
    "COMMAND [ARGS]...",
    "<str>",
    "<path>",
)
"""Words of typer's own that stand in help."""
NAMED = (
    "help",
    "epilog",
    "short_help",
    "metavar",
    "options_metavar",
    "subcommand_metavar",
)
"""What commands and their parameters are told by in help."""
COMPLAINTS = (
    "Invalid value: {why}",
    "Invalid value for {what}: {why}",
    "Value error, {why}",
    "Missing argument {what}.",
    "Missing option {what}.",
    "Missing command.",
    "No such command {what}. Did you mean {near}?",
    "No such command {what}.",
    "No such option: {what} (Possible options: {near})",
    "No such option: {what}",
    "Option {what} requires an argument.",
    "Option {what} does not take a value.",
    "Got unexpected extra argument(s) ({what})",
    "{what} is not one of {near}.",
    "Input should be a valid integer, unable to parse string as an integer",
    "Input should be a valid number, unable to parse string as a number",
    "Input should be greater than or equal to {least}",
    "Input should be less than or equal to {most}",
)
"""What typer complains of; ``{why}`` is another of these, or one of our sentences.

The first that fits is taken.
"""
_EXTRA = re.compile(r"\[(?:default: |required)[^]]*\]$")
_TYPE = re.compile(r"<(?:str|path)>$")
# What typer raises for all wrong use; it has no public name.
WRONG_USE: Any = typer.BadParameter.__mro__[1]


class WrongUseError(typer.BadParameter):
    """Options or arguments that do not go together, or cannot be."""

    def __init__(self, sentence: Sentence) -> None:
        """Take what is wrong."""
        super().__init__(str(sentence))
        self.sentence = sentence


def language_wished(
    arguments: Sequence[str], environment: Mapping[str, str] = os.environ
) -> str:
    """Return the language of help: as wished, as set, or as usual on this machine.

    Settings that cannot be read set none; the command itself complains of them.

    Args:
        arguments: Of the command line.
        environment: Variables by name.
    """
    wished = _given("--language", arguments)
    if wished in {"de", "en"}:
        return wished
    from vorzimmer.language_names import environment_language  # noqa: PLC0415

    usual = environment_language(environment)
    named = _given("--settings", arguments)
    with suppress(VorzimmerError):
        # Help is there in half the time where nobody set anything.
        if named or _is_anything_set(environment):
            from vorzimmer.settings import read_settings  # noqa: PLC0415

            settings = read_settings(Path(named) if named else None)
            return usual if settings.language == "auto" else settings.language
    return usual


def _is_anything_set(environment: Mapping[str, str]) -> bool:
    if any(name.startswith("VORZIMMER_") for name in environment):
        return True
    from platformdirs import user_config_path  # noqa: PLC0415 - help needs it seldom

    # As ``settings.default_file`` has it.
    folder: Path = user_config_path("vorzimmer", appauthor=False)
    return (folder / "vorzimmer.toml").is_file()


def _given(option: str, arguments: Sequence[str]) -> str:
    """Return what is given with an option; ``""`` is nothing."""
    for place, each in enumerate(arguments):
        if each == "--":
            break
        if each == option:
            return "".join(arguments[place + 1 : place + 2])
        if each.startswith(f"{option}="):
            return each.partition("=")[2]
    return ""


@cache
def _german() -> Mapping[str, str]:
    # What finds files of packages takes longer to load than all of this.
    place = Path(__file__).parents[1] / "locale" / "de" / "help.json"
    found: dict[str, str] = json.loads(place.read_text("utf-8"))
    return found


def _said(words: str) -> str:
    return _german().get(words, words)


_TypersFormatter: Any = typer.Context.formatter_class


class _Formatter(_TypersFormatter):  # type: ignore[misc]  # typer tells its class so
    """Writes help as typer does, with German headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is called."""
        super().write_usage(prog, args, prefix or f"{_said('Usage')}: ")

    def section(self, name: str) -> Any:  # noqa: ANN401 - typer's own
        """Open a section."""
        return super().section(_said(name))

    def write_dl(self, rows: Iterable[tuple[str, str]], **form: int) -> None:
        """Write options or commands, and what they mean."""
        german = [
            (_TYPE.sub(_in_german, first), _EXTRA.sub(_in_german, _said(second)))
            for first, second in rows
        ]
        super().write_dl(german, **form)


def _in_german(extra: re.Match[str]) -> str:
    for word in ("default: ", "required", "<str>", "<path>"):
        if word in extra[0]:
            return extra[0].replace(word, _said(word), 1)
    return extra[0]


class _Context(typer.Context):
    formatter_class = _Formatter


def let_speak_german(command: Any) -> None:  # noqa: ANN401 - typer's own class
    """Give a command and all below it German help; nobody else has these objects."""
    command.context_class = _Context
    for each in (command, *command.params):
        for name in NAMED:
            words = getattr(each, name, None)
            if words:
                setattr(each, name, _said(words))
    # Else typer cuts it off in the list of commands, where German needs more room.
    command.short_help = command.short_help or command.help
    for each in getattr(command, "commands", {}).values():
        let_speak_german(each)


def complain_in_german(error: Any) -> None:  # noqa: ANN401 - what typer raises
    """Write to standard error what is wrong with the use of a command."""
    context, message = error.ctx, error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(f"{message}\n")
        return
    if isinstance(error, WrongUseError):
        # The catalogue takes its time, which a complaint may.
        from vorzimmer.translation import translator  # noqa: PLC0415

        own = translator("de").say(error.sentence)
        message = message.removesuffix(str(error.sentence)) + own
    if context is not None:
        option = f"{context.command_path} --help"
        hint = _said("Try '{command}' for help.").format(command=option)
        sys.stderr.write(f"{context.get_usage()}\n{hint}\n\n")
    sys.stderr.write(f"{_said('Error')}: {complaint(message)}\n")


def complaint(message: str) -> str:
    """Return in German what typer complains of; what is not known stays as it is."""
    for template, pattern in _patterns():
        found = pattern.fullmatch(message)
        if found:
            slots = found.groupdict()
            if "why" in slots:
                slots["why"] = complaint(slots["why"])
            return _said(template).format(**slots)
    return message


@cache
def _patterns() -> Sequence[tuple[str, re.Pattern[str]]]:
    """Return the templates, and what fits them."""
    from string import Formatter  # noqa: PLC0415 - not for help

    made = []
    for template in COMPLAINTS:
        parts = [
            re.escape(text) + (f"(?P<{name}>.+?)" if name else "")
            for text, name, *_ in Formatter().parse(template)
        ]
        made.append((template, re.compile("".join(parts), re.DOTALL)))
    return made
