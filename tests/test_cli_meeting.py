"""Introductions and people to meet on the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from command_line import CommandLine
from vorzimmer.desk import Desk
from vorzimmer.meeting import StepKind
from vorzimmer.model import Person, Tie, TieKind
from vorzimmer.settings import Settings


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    made = CommandLine(tmp_path)
    person = Person(
        name="Jonna \x1b[2JAhlers",
        company="Heidekrug Waagenbau",
        profile_url="https://www.linkedin.com/in/jonna",
    )
    with Desk.open(Settings(database=str(made.database))) as desk:
        with desk._store.transaction() as store:  # noqa: SLF001 - a contact without an archive
            tie = Tie(person=person, kind=TieKind.CONNECTION, since=date(2019, 5, 2))
            store.put_ties([tie])
        number = desk.meeting.add(Person(name="Ocke Bruhns"), why="Baut Waagen")
        desk.meeting.note(number, StepKind.WROTE, text_name="Messe")
        desk.meeting.add(Person(name="Swantje Ohm", company="Moorlicht"), why="Optik")
    return made


def test_who_could_introduce_you_is_printed_with_what_shows_it(
    run: CommandLine,
) -> None:
    done = run("introductions", "Ocke Bruhns", "--at", "Heidekrug")
    assert done.exit_code == 0
    assert "works at Heidekrug Waagenbau, as your list of contacts says" in (
        " ".join(done.stdout.split())
    ).replace("Works", "works")
    assert "connected since 2019" in done.stdout
    assert "\x1b" not in done.stdout


def test_nobody_is_said_honestly_in_both_languages(run: CommandLine) -> None:
    assert "Nobody in your data" in run("introductions", "Moorlicht").stdout
    german = run("--language", "de", "introductions", "Moorlicht").stdout
    assert "Niemand in Ihren Daten" in german


def test_introductions_as_json(run: CommandLine) -> None:
    found = json.loads(run("introductions", "heidekrug", "--json").stdout)
    assert (found["firm"], found["name"]) == ("heidekrug", None)
    (way,) = found["found"]
    assert way["closeness"] == 1.0
    assert way["links"][0]["is_shown"] is True


def test_an_empty_question_is_wrong_usage(run: CommandLine) -> None:
    assert run("introductions", " ").exit_code == 2


def test_people_to_meet_are_printed_due_ones_first(run: CommandLine) -> None:
    done = run("people").stdout
    assert done.index("Swantje Ohm") < done.index("Ocke Bruhns")
    due = run("people", "--due").stdout
    assert "due since" in due
    assert "Ocke Bruhns" not in due


def test_people_to_meet_as_json(run: CommandLine) -> None:
    lines = run("people", "--json").stdout.splitlines()
    read = [json.loads(line) for line in lines]
    assert [each["next"]["step"] for each in read] == ["look", "wait"]
    assert read[1]["steps"][0]["text_name"] == "Messe"


def test_an_empty_list_says_where_to_begin(tmp_path: Path) -> None:
    assert "Nobody is on the list yet" in CommandLine(tmp_path)("people").stdout
