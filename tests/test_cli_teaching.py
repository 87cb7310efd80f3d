"""Teaching by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import CommandLine
from test_teaching import PITCHES


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    made = CommandLine(tmp_path)
    Path(made.lines).write_text("\n".join(map(json.dumps, PITCHES)), "utf-8")
    return made


def test_what_was_said_is_learned_shown_and_forgotten(run: CommandLine) -> None:
    assert "Nothing was learned yet" in run("learned").stdout
    run("import", run.lines)
    for each in PITCHES:
        assert (
            run("correct", str(each["id"]), "personal").stdout == "Noted: Personal.\n"
        )
    shown = run("learned").stdout
    assert f"{len(PITCHES)} cases are too few to tell." in shown
    assert "%" not in shown
    assert "How common: Personal" in shown
    assert "seller-elbe" in shown
    assert "you said: Personal" in shown
    signal = run("signals", "asks_for_a_call").stdout
    assert "Holds           learned" in signal
    assert "Learned weight  -" not in signal
    assert "+ learned from you" in run("signals").stdout
    assert "as shipped again" in run("learned", "--reset").stdout
    assert "Nothing was learned yet" in run("learned").stdout


def test_a_correction_can_be_taken_back(run: CommandLine) -> None:
    run("import", run.lines)
    run("correct", "seller-elbe", "danger")
    assert run("correct", "seller-elbe", "--back").exit_code == 0
    again = run("correct", "seller-elbe", "--back")
    assert (again.exit_code, again.stderr) == (
        1,
        "vorzimmer: You have said nothing of this request.\n",
    )
    assert run("correct", "seller-elbe", "--nothing").exit_code == 0


@pytest.mark.parametrize("wrong", [(), ("danger", "--back"), ("spam",)])
def test_what_is_meant_must_be_clear(run: CommandLine, wrong: tuple[str, ...]) -> None:
    assert run("correct", "seller-elbe", *wrong).exit_code == 2


def test_signals_make_no_database(run: CommandLine) -> None:
    assert run("signals").exit_code == 0
    assert not run.database.exists()
