"""The command on policies: what each would propose, and choosing one."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import CommandLine
from vorzimmer.policy_file import preset_policies


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


def test_what_each_would_propose_is_counted(run: CommandLine) -> None:
    told = run("import", run.lines)
    assert "vorzimmer policies --waiting" in told.stderr
    shown = run("policies", "--waiting").stdout
    for name in preset_policies():
        assert name in shown
    assert shown.count("Of what waits:") == len(preset_policies())
    assert "Ask back 2" in shown
    assert "ask-back (in use)" in shown


def test_the_hint_comes_once(run: CommandLine) -> None:
    run("import", run.lines)
    assert "--waiting" not in run("import", run.lines).stderr
    named = CommandLine(run.database.parent)
    named.database.unlink()
    named.set('policy = "open-door"')
    assert "--waiting" not in named("import", named.lines).stderr


def test_a_policy_is_chosen_and_holds_from_then_on(run: CommandLine) -> None:
    run("import", run.lines)
    told = run("--language", "de", "policies", "--use", "open-door").stdout
    assert "Ab jetzt: Offene Tür" in told
    assert "Von dem, was wartet: Annehmen 2" in told
    assert "open-door (in use)" in run("policies", "--waiting").stdout


def test_an_unknown_one_is_told_with_the_nearest(run: CommandLine) -> None:
    told = run("policies", "--use", "open-dor")
    assert told.exit_code == 1
    assert "open-door" in told.stderr


def test_nothing_waits_where_nothing_was_read(run: CommandLine) -> None:
    assert run("policies", "--waiting").stdout == "No request is waiting.\n"
    assert not run.database.exists()
    run("policies", "--use", "open-door")
    assert run("policies", "--waiting").stdout.endswith("No request is waiting.\n")


def test_only_one_thing_at_a_time(run: CommandLine) -> None:
    for more in (["open-door", "--waiting"], ["--use", "open-door", "--waiting"]):
        assert run("policies", *more).exit_code == 2
