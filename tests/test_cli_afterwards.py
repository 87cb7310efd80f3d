"""``vorzimmer afterwards``: for people, and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vorzimmer.cli.after_commands import answers, run_afterwards
from vorzimmer.desk import Desk
from vorzimmer.sample import write_archive
from vorzimmer.settings import Settings
from vorzimmer.translation import translator


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("after")
    made = Settings(database=str(folder / "desk.db"))
    with Desk.open(made) as desk:
        desk.import_from(write_archive(folder))
    return made


def test_programs_get_one_finding_a_line(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    run_afterwards(settings, translator("en"), as_json=True)
    found = [json.loads(each) for each in capsys.readouterr().out.splitlines()]
    assert {each["what"] for each in found} == {"unlike", "alarm", "proposal"}
    (pitch,) = [each for each in found if each["name"] == "Ralf Hüsing"]
    assert (pitch["kind"], pitch["days"]) == ("solicitation", 1)
    assert pitch["evidence"]
    (alarm,) = [each for each in found if each["name"] == "Simon Ackerley"]
    assert alarm["evidence"][0].startswith("praise: ")
    assert alarm["points"]


def test_people_get_a_table_in_their_language(
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    run_afterwards(settings, translator("de"), as_json=False)
    table = capsys.readouterr().out
    assert "entfernen?" in table
    assert "Ralf Hüsing" in table
    assert "möglicherweise gehackt" in table


def test_what_is_settled_is_there_for_programs(settings: Settings) -> None:
    with Desk.open(settings) as desk:
        first, second = desk.after.view().proposals[:2]
        desk.after.remove(first.request.id)
        desk.after.keep(second.request.id)
        told = {each["request"]: each["what"] for each in answers(desk.after.view())}
        assert told[first.request.id] == "removed"
        assert told[second.request.id] == "kept"
        desk.after.take_back(first.request.id)
        desk.after.take_back(second.request.id)


def test_a_quiet_desk_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quiet = Settings(database=str(tmp_path / "desk.db"))
    run_afterwards(quiet, translator("en"), as_json=False)
    assert "Nothing that wants your attention" in capsys.readouterr().out
