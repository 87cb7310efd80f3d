"""The notice of what waits, as a text, a mail and JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from command_line import CommandLine


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture
def filled(run: CommandLine) -> CommandLine:
    assert run("import", run.lines).exit_code == 0
    return run


def mail_of(text: str) -> EmailMessage:
    mail = message_from_string(text, policy=default)
    assert isinstance(mail, EmailMessage)
    assert not mail.defects
    return mail


def test_an_empty_desk_has_nothing_to_say(run: CommandLine) -> None:
    done = run("session")
    assert (done.exit_code, done.output) == (0, "No request is waiting.\n")
    quiet = run("session", "--mail", "--only-if-any")
    assert (quiet.exit_code, quiet.output) == (0, "")


def test_the_notice_says_how_many_who_and_how_long(filled: CommandLine) -> None:
    text = filled("session").output
    assert "2 requests wait." in text
    assert "It will take about one minute." in text
    assert "Worth a look first:" in text
    assert "- Jörg Ünal – " in text


def test_no_name_moves_the_terminal_or_breaks_a_line(filled: CommandLine) -> None:
    for form in ((), ("--mail",)):
        text = filled("session", *form).output
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert all(line.isprintable() for line in text.splitlines())


def test_the_mail_is_one_that_mail_programs_read(filled: CommandLine) -> None:
    raw = filled("session", "--mail", "--to", "mia@example.org").output
    assert raw.isascii()
    assert max(map(len, raw.splitlines())) <= 78
    mail = mail_of(raw)
    assert mail["From"] == mail["To"] == "mia@example.org"
    assert mail["Subject"] == "Vorzimmer: 2 requests wait"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"
    assert "Jörg Ünal" in mail.get_content()
    at = datetime.strptime(mail["Date"], "%a, %d %b %Y %H:%M:%S %z")
    assert abs((datetime.now(UTC) - at).total_seconds()) < 60  # noqa: TID251 - what the command read
    assert mail["Message-ID"].endswith("@vorzimmer.invalid>")


def test_subject_and_language_are_as_wished(filled: CommandLine) -> None:
    german = mail_of(filled("--language", "de", "session", "--mail").output)
    assert german["Subject"] == "Vorzimmer: 2 Anfragen warten"
    assert german["To"] is None
    assert "2 Anfragen warten." in german.get_content()
    own = mail_of(filled("session", "--mail", "--subject", "Grüße\nBcc: a@b.c").output)
    assert own["Subject"] == "Grüße Bcc: a@b.c"
    assert own["Bcc"] is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("--mail", "--json"),
        ("--to", "mia@example.org"),
        ("--mail", "--to", "mia"),
        ("--mail", "--to", "mia@example.org\nBcc: a@b.c"),
    ],
)
def test_what_makes_no_sense_is_refused(
    run: CommandLine, arguments: tuple[str, ...]
) -> None:
    assert run("session", *arguments).exit_code == 2


def test_programs_read_the_same(filled: CommandLine) -> None:
    found = json.loads(filled("session", "--json", "--only-if-any").output)
    assert (found["open"], found["since"], found["silent"]) == (2, None, [])
    assert found["minutes"] == 1
    assert not found["pace_is_measured"]
    assert {each["request"] for each in found["first"]} == {"a", "b"}
