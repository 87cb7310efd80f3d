"""The commands on one's own data."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from command_line import CommandLine
from vorzimmer.retention import KEEPS

ROWS = (
    {
        "id": "a",
        "note": "Moin, ich baue Klappbrücken in Husum und möchte mich gern vernetzen.",
        "network": "linkedin",
        "kind": "invitation_note",
        "sent_at": "2024-03-04T09:30:00Z",
        "sender": {
            "name": "Zora Quistgård",
            "profile_url": "https://www.linkedin.com/in/zora-quist-7",
        },
    },
    {
        "id": "b",
        "note": "Gruß von Zora Quistgård",
        "network": "xing",
        "sent_at": "2024-03-09T09:30:00Z",
        "sender": {
            "name": "Zora Quistgård",
            "profile_url": "https://www.xing.com/profile/Zora_Q",
        },
    },
    {"id": "c", "note": "Hallo", "sender": {"name": "Jörg Ünal"}},
)


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    made = CommandLine(tmp_path)
    Path(made.lines).write_text("\n".join(map(json.dumps, ROWS)), "utf-8")
    assert made("import", made.lines).exit_code == 0
    return made


def held(run: CommandLine) -> dict[str, int]:
    """Return how many rows each table holds, as the export counts them."""
    file = run.database.with_name("held.zip")
    file.unlink(missing_ok=True)
    assert run("export", str(file)).exit_code == 0
    with ZipFile(file) as archive:
        return {
            name.removesuffix(".jsonl"): archive.read(name).count(b"\n")
            for name in archive.namelist()
        }


def test_who_says_for_how_long_is_told_and_what_is_chosen_goes_first(
    run: CommandLine,
) -> None:
    assert "for ever" in run("retention").stdout
    file = run.database.with_name("own.toml")
    file.write_text(
        f'database = "{run.database.as_posix()}"\n[keep]\ndeclined = 9\n', "utf-8"
    )
    settings = ("--settings", str(file))

    def told(*words: str) -> str:
        done = run(*settings, "retention", *words)
        assert done.exit_code == 0, done.output
        return " ".join(done.stdout.split())

    assert "declined 9 months own.toml:3 Strangers whom you declined" in told()
    chosen = told("declined", "2y")
    assert "24 months chosen on the desk; own.toml:3 says: 9 months" in chosen
    assert "ignored" not in chosen
    assert "for ever chosen on the desk;" in told("declined", "ever")
    assert "9 months" in told("declined", "--as-settings")
    assert told("--recommended").count("chosen on the desk") == len(KEEPS)


@pytest.mark.parametrize(
    ("words", "status", "problem"),
    [
        (("declind", "2y"), 1, 'Did you mean "declined"?'),
        (("declind",), 1, 'Did you mean "declined"?'),
        (("declined", "soon"), 2, "12m for months"),
        (("declined", "0m"), 2, "12m for months"),
        (("declined", "2y", "--as-settings"), 2, "give one of"),
        (("declined", "--recommended"), 2, "give one of"),
    ],
)
def test_no_time_is_chosen_by_mistake(
    run: CommandLine, words: tuple[str, ...], status: int, problem: str
) -> None:
    before = run("retention").stdout
    told = run("retention", *words)
    assert told.exit_code == status
    assert problem in " ".join(told.output.replace("│", " ").split())
    assert run("retention").stdout == before


def test_forgetting_a_person_says_whom_and_what_and_asks(run: CommandLine) -> None:
    kept = run("forget", "Jörg Ünal", given="n\n")
    assert "Jörg Ünal" in kept.stderr
    assert "one request" in kept.stderr
    assert kept.stderr.endswith("Forget it? [y/N] vorzimmer: Nothing was forgotten.\n")
    assert (kept.exit_code, kept.stdout) == (1, "")
    assert held(run)["request"] == 3
    gone = run("forget", "jörg ünal", given="y\n")
    assert gone.exit_code == 0
    assert "Forgotten. one request" in gone.stderr
    assert held(run)["request"] == 2
    assert "Ünal".encode() not in run.database.read_bytes()


def test_who_is_asked_in_german_may_answer_in_german(run: CommandLine) -> None:
    gone = run("--language", "de", "forget", "Jörg Ünal", given="j\n")
    assert "Vergessen? [j/N] Vergessen." in gone.stderr
    assert gone.exit_code == 0
    assert held(run)["request"] == 2


@pytest.mark.parametrize("more", [["Jörg Ünal"], ["--older-than", "2y"]])
def test_the_end_of_input_is_no_yes(run: CommandLine, more: list[str]) -> None:
    told = run("--language", "de", "forget", *more, given="")
    assert told.exit_code == 1
    assert told.stderr.endswith("[j/N] \nvorzimmer: Nichts wurde vergessen.\n")
    assert held(run)["request"] == 3


def test_of_two_with_one_name_nobody_goes_until_it_is_clear(run: CommandLine) -> None:
    told = run("forget", "Zora Quistgård", "--yes")
    assert told.exit_code == 1
    assert "These are 2 people" in told.stderr
    assert "zora-quist-7" in told.stderr
    assert "Somebody else has this name" in told.stderr
    assert held(run)["request"] == 3
    one = run("forget", "https://linkedin.com/in/zora-quist-7", "--yes")
    assert one.exit_code == 0
    assert held(run)["request"] == 2
    assert run("forget", "Zora Quistgård", "--all", "--yes").exit_code == 0
    assert held(run)["request"] == 1
    assert "Quistgård".encode() not in run.database.read_bytes()


def test_who_is_not_there_is_told_so(run: CommandLine) -> None:
    told = run("--language", "de", "forget", "Niemand Hier", "--yes")
    assert told.exit_code == 1
    assert "Niemand Hier" in told.stderr


def test_what_is_old_goes(run: CommandLine) -> None:
    told = run("forget", "--older-than", "2y", "--yes")
    assert told.exit_code == 0
    assert "Goes: 2 requests" in told.stderr
    assert held(run)["request"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("1", "--due"),
        ("Zora", "--everything"),
        ("--older-than", "long"),
        ("--older-than", "0m"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(
    run: CommandLine, arguments: tuple[str, ...]
) -> None:
    assert run("forget", *arguments).exit_code == 2
    assert held(run)["request"] == 3


def test_what_is_due_is_nothing_until_somebody_says_so(run: CommandLine) -> None:
    told = run("forget", "--due")
    assert told.exit_code == 0
    assert "kept for ever" in told.stderr


@pytest.mark.parametrize(("typed", "is_gone"), [("alles", True), ("yes", False)])
def test_everything_goes_only_after_the_word(
    run: CommandLine, typed: str, *, is_gone: bool
) -> None:
    told = run("--language", "de", "forget", "--everything", given=f"{typed}\n")
    assert told.exit_code == (0 if is_gone else 1)
    assert run.database.exists() is not is_gone


def test_an_export_does_not_write_over_a_file(run: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "mine.zip"
    file.write_text("mine", "utf-8")
    told = run("export", str(file))
    assert told.exit_code == 1
    assert "there already" in told.stderr
    assert file.read_text("utf-8") == "mine"
