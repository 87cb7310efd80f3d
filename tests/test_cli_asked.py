"""Whom one asked back, by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import CommandLine
from vorzimmer import quality
from vorzimmer.acting import SentText
from vorzimmer.desk import Desk
from vorzimmer.model import Action
from vorzimmer.settings import read_settings


def test_what_was_asked_is_printed_with_its_rate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = CommandLine(tmp_path)
    assert run("asked").stdout == "Nothing asked yet.\n"
    assert run("asked", "--json").stdout == ""
    run("import", run.lines)
    with Desk.open(read_settings(run.settings, environment={})) as desk:
        words = SentText(text="Woher?", text_id="kurz")
        desk.reactions.decide("a", Action.ASK, sent=words, days=0)
        desk.reactions.decide("b", Action.ASK, sent=words)
    shown = run("asked").stdout
    assert "Did not answer · 1" in shown
    assert "Still open · 1" in shown
    assert "\x1b" not in shown
    assert "Text: kurz" in shown
    assert "0 of 1: too few to tell" in shown
    assert "0%" not in shown.partition("Others report:")[0]
    monkeypatch.setattr(quality, "FEWEST_TELLING", 1)
    assert "0% (0 of 1; 0% to 79%)" in run("asked").stdout
    rows = [json.loads(each) for each in run("asked", "--json").stdout.splitlines()]
    assert [(row["request"], row["is_silent"]) for row in rows] == [
        ("a", True),
        ("b", False),
    ]
    assert rows[0]["text_id"] == "kurz"


def test_the_days_to_wait_are_a_setting(tmp_path: Path) -> None:
    run = CommandLine(tmp_path)
    run.set("ask.days = 3")
    assert "ask.days" in run("settings").stdout
    run.set("ask.days = 0")
    wrong = run("settings")
    assert wrong.exit_code == 1
    assert "1 to 365" in wrong.stderr
