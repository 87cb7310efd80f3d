"""Help and complaints of wrong use, in German where that is wished."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import typer

from command_line import COMMAND, CommandLine
from vorzimmer.cli import app, speaking
from vorzimmer.cli.letter_commands import MANNERS
from vorzimmer.form_of_address import Manner

GERMAN = "de_DE.UTF-8"
WAYS = [
    *([], ["screen"], ["draft"], ["draft", "check"], ["correct"], ["letters"]),
    *(["desk"], ["export"], ["forget"], ["paste"], ["policies"], ["structure"]),
]


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


def all_commands(command: Any) -> Iterator[Any]:  # noqa: ANN401 - typer's own class
    yield command
    for each in getattr(command, "commands", {}).values():
        yield from all_commands(each)


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_help_is_german_where_the_machine_is(run: CommandLine, way: list[str]) -> None:
    told = run(*way, "--help", LC_ALL=GERMAN)
    assert told.exit_code == 0
    assert told.output.startswith("Aufruf: ")
    assert "\nOptionen:\n" in told.output
    assert "Zeigt diese Hilfe." in told.output
    foreign = r"OPTIONS|COMMAND|ARGS|SOURCE|FILE|REQUEST|<str|<int|<path"
    assert not re.search(foreign, told.output)
    english = run(*way, "--help").output
    same = {*told.output.splitlines()} & {*english.splitlines()}
    # Names stay as they are; sentences do not.
    assert not [line for line in same if re.search(r"[a-z]+ [a-z]+ [a-z]+", line)]
    assert "Usage: " in english
    assert "Show this message and exit." in english


def test_no_line_of_the_list_of_commands_is_cut_off_in_german(run: CommandLine) -> None:
    told = run("--help", LC_ALL=GERMAN).output
    commands = told.partition("Befehle:\n")[2]
    assert "screen" in commands
    assert "..." not in commands


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["screen"], "Es fehlt die Angabe 'QUELLE'."),
        (["scren"], "Den Befehl 'scren' gibt es nicht. Meinten Sie 'screen'?"),
        (["xyz"], "Den Befehl 'xyz' gibt es nicht."),
        (["screen", "a", "b"], "Das ist zu viel: b"),
        (["screen", "a", "--jbs"], "Die Option --jbs gibt es nicht. Meinten Sie --job"),
        (["screen", "a", "--policy"], "Zur Option '--policy' gehört eine Angabe."),
        (["screen", "a", "--jobs", "x"], "passt so nicht: es muss eine ganze Zahl sei"),
        (["screen", "a", "--jobs", "0"], "'--jobs' passt so nicht: es muss mindestens"),
        (["correct", "1", "x"], "'ART' passt so nicht: 'x' ist keines von 'known',"),
        (["draft", "chek"], "Den Befehl 'chek' gibt es nicht. Meinten Sie 'check'?"),
        (["screen", ""], "es ist leer; nennen Sie eine Datei oder einen Ordner."),
        (["import", "a", "--again"], "--again und --since gibt es nur mit portability"),
        (["policies", "a", "--use", "b"], "NAME, --use und --waiting schließen einand"),
        (["desk", "--sample", "--archive", "x"], "--archive und --sample schließen ei"),
    ],
)
def test_wrong_use_is_told_in_german(
    run: CommandLine, arguments: list[str], told: str
) -> None:
    result = run(*arguments, LC_ALL=GERMAN)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert "Error" not in result.stderr


def test_wrong_use_is_told_in_english_elsewhere(run: CommandLine) -> None:
    result = run("scren")
    assert result.exit_code == 2
    assert "Error: No such command 'scren'. Did you mean 'screen'?" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": GERMAN}, "de"),
        (["--language", "en"], {"LANG": GERMAN}, "en"),
        (["screen", "--language=de"], {}, "de"),
        (["paste", "--", "--language=de"], {}, "en"),
        (["--language"], {"LANG": GERMAN}, "de"),
        ([], {"VORZIMMER_LANGUAGE": "de"}, "de"),
        (["--settings", "missing.toml"], {"LANG": GERMAN}, "de"),
    ],
)
def test_help_speaks_as_wished_as_set_or_as_usual(
    arguments: list[str],
    environment: dict[str, str],
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert speaking.language_wished(arguments, environment) == language


@pytest.mark.parametrize(
    "arguments", [["structure", "missing.zip"], ["--settings", "missing", "settings"]]
)
def test_what_goes_wrong_before_settings_are_read_is_told_as_wished(
    run: CommandLine, arguments: list[str]
) -> None:
    run.set('language = "de"')
    environment = {"VORZIMMER_LANGUAGE": "de"}
    assert " gibt es nicht." in run(*arguments, **environment).stderr
    assert " gibt es nicht." in run("--language", "de", *arguments).stderr


def test_help_speaks_as_the_settings_say(run: CommandLine) -> None:
    run.set('language = "de"')
    assert run("--help").output.startswith("Aufruf: ")
    run.set('language = "en"')
    assert run("--help", LC_ALL=GERMAN).output.startswith("Usage: ")


def test_all_texts_of_help_have_their_german() -> None:
    german = json.loads(
        Path(speaking.__file__).parents[1].joinpath("locale/de/help.json").read_text()
    )
    for command in all_commands(typer.main.get_command(app)):
        for each in (command, *command.params):
            for name in speaking.NAMED:
                words = getattr(each, name, None)
                assert not words or german[words]
    assert all(german[each] for each in (*speaking.WORDS, *speaking.COMPLAINTS))


def test_german_help_leaves_the_english_of_the_next_command_alone(
    run: CommandLine,
) -> None:
    before = run("screen", "--help").output
    run("screen", "--help", LC_ALL=GERMAN)
    assert run("screen", "--help").output == before


def test_what_is_not_known_stays_as_it_is() -> None:
    assert speaking.complaint("Something new.") == "Something new."


def test_manners_of_letters_are_all_there() -> None:
    assert get_args(MANNERS) == tuple(each.value for each in Manner)


@pytest.mark.parametrize("language", ["en", "de"])
def test_help_loads_nothing_heavy(language: str) -> None:
    heavy = (
        r"numpy|rich|babel|sqlalchemy|vorzimmer\.(names|translation|policy|settings)"
    )
    done = subprocess.run(  # noqa: S603 - our own command
        [
            *(sys.executable, "-X", "importtime", "-c", COMMAND),
            *("--language", language, "--help"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = re.findall(r"\| +([\w.]+)$", done.stderr, re.MULTILINE)
    assert "typer.main" in loaded
    assert not [each for each in loaded if re.fullmatch(heavy, each)]
