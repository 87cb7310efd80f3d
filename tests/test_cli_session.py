"""The notice of what waits, as a text, a mail and JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email import message_from_string
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default, strict
from pathlib import Path

import pytest

from command_line import CommandLine
from vorzimmer.cli import session_commands


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
    assert "2 Anfragen warten." in german.get_content()
    own = mail_of(filled("session", "--mail", "--subject", "Grüße\nBcc: a@b.c").output)
    assert own["Subject"] == "Grüße Bcc: a@b.c"
    assert own["Bcc"] is None


@pytest.mark.parametrize("account", ["mia", "mia.roth", "CORP\\mia", "mia roth", ""])
def test_without_an_address_the_mail_goes_to_the_account_of_this_machine(
    filled: CommandLine, monkeypatch: pytest.MonkeyPatch, account: str
) -> None:
    monkeypatch.setattr(session_commands, "getuser", lambda: account)
    mail = mail_of(filled("session", "--mail").output)
    wanted = account if account in {"mia", "mia.roth"} else "vorzimmer"
    for name in ("From", "To"):
        (address,) = mail[name].addresses
        assert address.addr_spec == f"{wanted}@localhost"


def test_an_account_that_the_system_cannot_name_is_no_reason_to_fail(
    filled: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise KeyError(0)

    monkeypatch.setattr(session_commands, "getuser", nobody)
    assert mail_of(filled("session", "--mail").output)["To"] == "vorzimmer@localhost"


@pytest.mark.parametrize("address", [(), ("--to", "mia@example.org")])
def test_a_mail_program_can_send_it_as_it_is(
    filled: CommandLine, address: tuple[str, ...]
) -> None:
    raw = filled("session", "--mail", *address, "--from", "desk@example.org").output
    mail = BytesParser(policy=strict).parsebytes(raw.encode("ascii"))
    # What RFC 5322 §3.6 wants, each once, and somebody to whom "sendmail -t" sends it.
    for name in ("From", "Date", "To", "Message-ID", "Subject", "MIME-Version"):
        assert len(mail.get_all(name, [])) == 1, name
    assert mail["From"] == "desk@example.org"
    assert all(each.domain for each in mail["To"].addresses)
    assert raw.endswith("\n")
    assert all(0 < len(line) <= 78 for line in raw.partition("\n\n")[0].splitlines())


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "mia@example.org"),
        ("--mail", "--from", "mia"),
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
