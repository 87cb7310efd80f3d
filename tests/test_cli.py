"""The command line: what it prints, and what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from command_line import COMMAND, CommandLine
from vorzimmer import cli
from vorzimmer.cli.tables import harmless
from vorzimmer.sample import MEMBER_URL, write_archive
from vorzimmer.settings import default_file


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_archive(tmp_path_factory.mktemp("sample"))


def test_screen_groups_by_proposed_action_and_names_the_clause(
    run: CommandLine,
) -> None:
    result = run("screen", run.lines, "--policy", "answer-collectors")
    assert result.exit_code == 0
    assert "Ask back · 1" in result.stdout
    assert "no word at all: ask for the reason" in result.stdout
    assert "2 requests, policy: Answer the collectors" in result.stdout


def test_screen_sums_up_skipped_rows_on_standard_error(run: CommandLine) -> None:
    result = run("screen", run.lines)
    assert "1 row was skipped:" in result.stderr
    assert ":3: The field" in result.stderr
    assert "skipped" not in result.stdout


def test_json_goes_to_standard_output_alone_one_line_a_request(
    run: CommandLine,
) -> None:
    result = run("screen", run.lines, "--json")
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["id"] for each in answers] == ["a", "b"]
    assert "1 row was skipped:" in result.stderr


def test_json_lines_come_from_standard_input_too(run: CommandLine) -> None:
    result = run("screen", "-", "--json", given='{"id": 7}\nnonsense\n')
    assert json.loads(result.stdout)["id"] == "7"
    assert "standard input:2: This is not JSON" in result.stderr


def test_no_input_at_all_is_no_error(run: CommandLine) -> None:
    result = run("screen", "-", given="")
    assert result.exit_code == 0
    assert "0 requests" in result.stdout


def test_names_and_notes_cannot_command_the_terminal(run: CommandLine) -> None:
    shown = run("screen", run.lines).stdout
    assert not any(sign in shown for sign in "\x1b\x9b\u202e")
    assert "␛[2J" in shown


def test_mark_up_in_names_is_shown_as_it_is(run: CommandLine) -> None:
    shown = run("screen", run.lines).stdout
    assert "[bold" in shown
    assert "[link=x]here" in shown


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\u2066"])
def test_a_control_character_becomes_a_sign(sign: str) -> None:
    assert sign not in harmless(f"a{sign}b")
    assert harmless(f"a{sign}b") != "ab"


def test_line_breaks_become_blanks() -> None:
    assert harmless("a\nb\r\tc\u2028d") == "a b  c d"


@pytest.mark.parametrize("width", ["20", "40", "75", "200"])
def test_any_width_of_the_terminal_shows_every_name(
    run: CommandLine, width: str
) -> None:
    shown = run("screen", run.lines, COLUMNS=width).stdout
    assert "Jörg Ünal" in shown
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= int(width)


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (("--language", "de", "screen"), {}),
        (("screen", "--language", "de"), {}),
        (("screen",), {"LC_ALL": "", "LANG": "de_DE.UTF-8"}),
        (("screen",), {"VORZIMMER_LANGUAGE": "de"}),
    ],
)
def test_german_by_option_by_settings_and_by_environment(
    run: CommandLine,
    arguments: tuple[str, ...],
    environment: dict[str, str],
) -> None:
    result = run(*arguments, run.lines, **environment)
    assert "2 Anfragen, Grundsatz: Erst nachfragen" in result.stdout
    assert "1 Zeile wurde übersprungen:" in result.stderr


@pytest.mark.parametrize(
    ("line", "arguments", "environment", "said"),
    [
        ("", ("--language", "de", "signals", "nie"), {}, "Ein Signal „nie“ gibt es"),
        ('language = "de"', ("signals", "nie"), {}, "Ein Signal „nie“ gibt es nicht."),
        ("", ("screen", "nie.zip", "--language", "de"), {}, "oder diesen Ordner gibt"),
        ("", ("structure", "nie.zip"), {"LC_ALL": "de_DE"}, "oder diesen Ordner gibt"),
        ("a = 1", ("--language", "de", "settings"), {}, "Zeile 2: Eine Einstellung"),
        ("a = 1", ("settings",), {"LC_ALL": "de_DE"}, "Zeile 2: Eine Einstellung „a“"),
    ],
)
def test_what_went_wrong_is_told_in_german_too(
    run: CommandLine,
    line: str,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    said: str,
) -> None:
    run.set(line)
    result = run(*arguments, **environment)
    assert result.exit_code == 1
    assert said in result.stderr


def test_a_policy_may_be_a_file(run: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('otherwise = "block"\ntitle = "Mine"\n', "utf-8")
    result = run("screen", run.lines, "--policy", str(file))
    assert "Block · 2" in result.stdout
    assert "policy: Mine" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("screen", "nowhere.zip"), "nowhere.zip"),
        (("screen", "-", "--policy", "ask-bak"), 'Did you mean "ask-back"?'),
        (("screen", "-", "--policy", "nowhere.toml"), "nowhere.toml"),
        (("signals", "blank_not"), 'Did you mean "blank_note"?'),
        (("policies", "open-dor"), 'Did you mean "open-door"?'),
        (("policies", "xyz"), '"xyz". “vorzimmer policies” lists them.'),
        (("signals", "xyz"), '"xyz". “vorzimmer signals” lists them.'),
        (("letters", "xyz"), '"xyz". “vorzimmer letters” lists them.'),
        (("import", "nowhere.zip"), "nowhere.zip"),
        (("import", "-"), "Standard input cannot be imported."),
        (("structure", "nowhere.zip"), "nowhere.zip"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_exit_code_1(
    run: CommandLine, arguments: tuple[str, ...], said: str
) -> None:
    result = run(*arguments, given="")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("vorzimmer: ")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("polcy = 1", 'line 2: There is no setting "polcy". Did you mean "policy"?'),
        ('policy = "ask-bak"', 'line 2: There is no policy "ask-bak".'),
        ("weights = { blank_not = 1 }", 'line 2: There is no signal "blank_not".'),
    ],
)
def test_a_mistake_in_the_settings_is_told_with_its_line(
    run: CommandLine, written: str, said: str
) -> None:
    run.set(written)
    for command in (("screen", "-"), ("settings",), ("import", run.lines), ("desk",)):
        result = run(*command, given="")
        assert result.exit_code == 1
        assert said in result.stderr
    assert not run.database.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("scren",),
        ("screen",),
        ("screen", "-", "--jsn"),
        ("--language", "fr", "policies"),
        ("desk", "--port", "70000"),
        ("desk", "--sample", "--archive", "x.zip"),
    ],
)
def test_wrong_usage_is_exit_code_2(
    run: CommandLine, arguments: tuple[str, ...]
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr


def test_signals_lists_all_with_the_weight_that_holds(run: CommandLine) -> None:
    run.set("weights = { blank_note = -1.5 }")
    result = run("signals")
    (row,) = (line for line in result.stdout.splitlines() if "blank_note" in line)
    assert "−1.5 *" in row
    assert "* your own weight" in result.stdout


def test_a_signal_shows_default_learned_and_own_weight_and_which_holds(
    run: CommandLine,
) -> None:
    before = run("signals", "blank_note").stdout
    run.set("weights = { blank_note = 2 }")
    after = run("signals", "blank_note").stdout
    assert values(
        before, "Default weight", "Learned weight", "Own weight", "Holds"
    ) == [
        "+0.6",
        "-",
        "-",
        "default",
    ]
    assert values(after, "Own weight", "Holds") == ["+2", "own"]
    assert "\nWhy it matters:\n" in after
    german = run("--language", "de", "signals", "blank_note").stdout
    assert "nur auf Englisch" in german
    assert "\nWarum es zählt:\n" in german


def values(shown: str, *names: str) -> list[str]:
    rows = {line[:14].strip(): line[14:].strip() for line in shown.splitlines()}
    return [rows[name] for name in names]


def test_policies_lists_all_and_marks_the_one_in_use(run: CommandLine) -> None:
    shown = run("policies").stdout
    assert "ask-back (by your settings)" in shown
    assert "open-door" in shown


def test_a_policy_shows_its_clauses_in_order(run: CommandLine) -> None:
    shown = run("policies", "open-door").stdout
    first = shown.index("Danger: at least 60%")
    assert first < shown.index("Advertising: at least 85%")
    assert "no clause applies" in shown


def test_a_broken_policy_is_told_and_stops_only_itself(
    run: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "mine.toml").write_text('otherwise = "acept"\n', "utf-8")
    run.set('policies_folder = "nowhere/../own"')
    told = f"{tmp_path / 'own' / 'mine.toml'}, line 1: "
    shown = run("policies", COLUMNS="300")
    assert shown.exit_code == 0
    assert "mine (cannot be used)" in shown.stdout
    assert told in shown.stdout
    assert run("settings").exit_code == 0
    assert run("screen", run.lines, "--policy", "open-door").exit_code == 0
    stopped = run("screen", run.lines, "--policy", "mine")
    assert (stopped.exit_code, told in stopped.stderr) == (1, True)
    run.set('policies_folder = "own"\npolicy = "mine"')
    assert run("screen", run.lines).exit_code == 1


def test_settings_says_where_each_value_comes_from(run: CommandLine) -> None:
    environment = {"VORZIMMER_POLICY": "open-door", "COLUMNS": "300"}
    shown = run("settings", **environment).stdout
    rows = {line.split()[0]: line for line in shown.splitlines()}
    assert f"{run.settings}:1" in rows["database"]
    assert "VORZIMMER_POLICY" in rows["policy"]
    assert rows["language"].rstrip().endswith("default")


def test_settings_says_where_the_file_lies_or_would_lie(
    run: CommandLine, tmp_path: Path
) -> None:
    environment = {"XDG_CONFIG_HOME": str(tmp_path), "LC_ALL": "C", "COLUMNS": "300"}
    bare = CliRunner().invoke(cli.app, ["settings"], env=environment)
    missing = bare.stdout.splitlines()[-1]
    assert str(default_file().name) in missing
    assert "none is there" in missing
    there = run("settings", COLUMNS="300").stdout.splitlines()[-1]
    assert there == f"The file of settings: {run.settings}"


def test_structure_tells_no_name(run: CommandLine, archive: Path) -> None:
    result = run("structure", str(archive))
    assert result.exit_code == 0
    assert "Invitations.csv" in result.stdout
    assert MEMBER_URL.rpartition("/")[2] not in result.stdout


def test_the_sample_archive_is_screened_as_a_table_and_as_json(
    run: CommandLine, archive: Path
) -> None:
    shown = run("screen", str(archive))
    told = run("screen", str(archive), "--json")
    assert shown.exit_code == told.exit_code == 0
    answers = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(answers) > 100
    assert f"{len(answers)} requests" in shown.stdout


def test_help_imports_nothing_heavy() -> None:
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-X", "importtime", "-c", COMMAND, "--help"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "Exit codes: 0 done" in done.stdout
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    heavy = {"rich", "babel", "sqlalchemy", "fastapi", "uvicorn", "msgspec", "jinja2"}
    assert "typer" in loaded
    assert heavy & loaded == set()


def test_every_command_has_help_with_its_exit_codes(run: CommandLine) -> None:
    for command in cli.app.registered_commands:
        name = command.name or str(getattr(command.callback, "__name__", ""))
        result = run(name, "--help")
        assert result.exit_code == 0
        assert "Exit codes:" in result.stdout


def test_version_is_printed(run: CommandLine) -> None:
    assert run("--version").stdout.startswith("vorzimmer 0.")
