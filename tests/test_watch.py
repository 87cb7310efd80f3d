"""A mailbox on the command line: import, watch, and what can go wrong."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from command_line import COMMAND, CommandLine
from dovecot import PASSWORD, USER, Breaking, Dovecot, running
from network_mails import SERVER, TOKEN, raw, samples
from vorzimmer.cards import Card
from vorzimmer.cli import mail_commands
from vorzimmer.desk import Desk
from vorzimmer.errors import ConnectionLostError, SourceError, UnknownNameError
from vorzimmer.mailbox import Mailbox
from vorzimmer.passwords import password_of
from vorzimmer.settings import read_settings
from vorzimmer.translation import translator
from vorzimmer.watch import mailbox_of, watch

SAMPLES = samples()
VARIABLE = "VORZIMMER_MAILBOX_HOME_PASSWORD"


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running() as server:
        server.fill("INBOX", [raw(each) for each in SAMPLES.values()])
        yield server


@pytest.fixture
def run(tmp_path: Path, dovecot: Dovecot) -> CommandLine:
    line = CommandLine(tmp_path)
    set_mailbox(line, dovecot)
    return line


def set_mailbox(line: CommandLine, dovecot: Dovecot, **more: object) -> None:
    facts = {"host": "localhost", "user": USER, "port": dovecot.port} | more
    facts.setdefault("certificates", dovecot.certificates.as_posix())
    rows = "\n".join(
        f"{key} = {value}" if isinstance(value, int) else f'{key} = "{value}"'
        for key, value in facts.items()
    )
    line.set(f'mail.trusted_servers = "{SERVER}"\n[mailbox.home]\n{rows}')


def test_a_mailbox_is_imported_once(run: CommandLine, dovecot: Dovecot) -> None:
    unread = dovecot.unread("INBOX")
    first = run("import", "imap:home", **{VARIABLE: PASSWORD})
    assert (first.exit_code, first.stdout) == (0, "")
    assert "new requests" in first.stderr
    again = run("import", "imap:home", **{VARIABLE: PASSWORD})
    assert again.stderr == "Nothing new in this mailbox.\n"
    assert dovecot.unread("INBOX") == unread == len(SAMPLES)


def test_neither_password_nor_token_is_stored_or_printed(run: CommandLine) -> None:
    done = run("import", "imap:home", **{VARIABLE: PASSWORD})
    again = run("watch", "--once", **{VARIABLE: PASSWORD})
    stored = b"".join(each.read_bytes() for each in run.database.parent.iterdir())
    for secret in (PASSWORD, TOKEN):
        assert secret.encode() not in stored
        assert secret not in done.output + again.output


def test_a_connection_that_breaks_keeps_what_came(
    run: CommandLine, dovecot: Dovecot
) -> None:
    size = sum(len(raw(each)) for each in SAMPLES.values())
    with closing(Breaking(dovecot.port, after=int(0.9 * size))) as breaking:
        set_mailbox(run, dovecot, port=breaking.port)
        broken = run("import", "imap:home", **{VARIABLE: PASSWORD})
    assert (broken.exit_code, "broke off" in broken.stderr) == (1, True)
    with closing(sqlite3.connect(run.database)) as stored:
        (kept,) = stored.execute("SELECT count(*) FROM request").fetchone()
    set_mailbox(run, dovecot)
    run("import", "imap:home", **{VARIABLE: PASSWORD})
    with closing(sqlite3.connect(run.database)) as stored:
        (whole,) = stored.execute("SELECT count(*) FROM request").fetchone()
    assert 0 < kept < whole


def test_a_wrong_password_is_one_sentence(run: CommandLine) -> None:
    done = run("import", "imap:home", **{VARIABLE: "falsch"})
    assert (done.exit_code, done.stdout) == (1, "")
    assert "refused the name or the password" in done.stderr
    assert "falsch" not in done.stderr


def test_watching_once_prints_what_is_new(run: CommandLine) -> None:
    first = run("watch", "--once", **{VARIABLE: PASSWORD})
    assert "Mira Beispiel" in first.stdout
    again = run("watch", "home", "--once", **{VARIABLE: PASSWORD})
    assert (again.exit_code, again.stdout) == (0, "")


def test_ctrl_c_ends_watching_cleanly(run: CommandLine) -> None:
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", COMMAND, "--settings", run.settings, "watch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, VARIABLE: PASSWORD, "LC_ALL": "C"},
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 0
    assert told.startswith("Watching home (katrin@example.org, localhost, INBOX);")
    assert told.count("\n") == 1


def test_watching_tells_a_broken_connection_and_tries_again(
    tmp_path: Path, dovecot: Dovecot
) -> None:
    line = CommandLine(tmp_path)
    set_mailbox(line, dovecot)
    settings = read_settings(line.settings, environment={})
    pauses: list[float] = []
    gone = Mailbox(name="x", host="127.0.0.1", user="x", port=9)
    with Desk.open(settings) as desk:
        news = watch(desk, gone, password="x", seconds=1, sleep=pauses.append)  # noqa: S106
        told = [next(news), next(news), next(news)]
        assert all(isinstance(each, ConnectionLostError) for each in told)
        assert pauses == [5.0, 10.0]
        home = mailbox_of("home", settings)
        news = watch(desk, home, password=PASSWORD, seconds=1, sleep=pauses.append)
        cards = next(news)
    assert isinstance(cards, tuple)
    assert all(isinstance(each, Card) for each in cards)
    assert len(cards) > 35


def test_the_desktop_is_told_only_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "notify-send"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > "{tmp_path}/told"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    mail_commands.show_on_desktop(3, translator("de"))
    assert (tmp_path / "told").read_text("utf-8").split("|")[1:3] == [
        "Vorzimmer",
        "3 neue Kontaktanfragen",
    ]


def test_a_mailbox_that_the_settings_do_not_know(tmp_path: Path) -> None:
    line = CommandLine(tmp_path)
    line.set('[mailbox.home]\nhost = "a.example"\nuser = "a"')
    done = line("watch", "work")
    assert (done.exit_code, done.stderr) == (
        1,
        'vorzimmer: There is no mailbox "work" in the settings.\n',
    )
    settings = read_settings(line.settings, environment={})
    assert mailbox_of(None, settings).name == "home"
    with pytest.raises(UnknownNameError, match='Did you mean "home"'):
        mailbox_of("hom", settings)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ('host = "a.example"', 'The mailbox "home" has no "user".'),
        ('host = "a"\nuser = "b"\npassword = "c"', "A password does not belong into"),
        ('host = "a"\nuser = "b"\nfolders = "c"', 'Did you mean "folder"?'),
        ('host = "a"\nuser = "b"\nport = "993"', 'does not fit "mailbox.home.port"'),
        ('host = ""\nuser = "b"', 'does not fit "mailbox.home.host"'),
    ],
)
def test_mistakes_in_the_settings_of_a_mailbox(
    tmp_path: Path, rows: str, words: str
) -> None:
    line = CommandLine(tmp_path)
    line.set(f"[mailbox.home]\n{rows}")
    done = line("settings")
    assert done.exit_code == 1
    assert words in done.stderr
    assert '"c"' not in done.stderr


def test_starttls_has_a_port_of_its_own(tmp_path: Path) -> None:
    line = CommandLine(tmp_path)
    line.set('[mailbox.a]\nhost = "a.example"\nuser = "a"\nstarttls = true')
    mailbox = read_settings(line.settings, environment={}).mailboxes["a"]
    assert (mailbox.port, mailbox.starttls) == (143, True)


def test_a_password_that_is_nowhere_is_told_with_where_to_put_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    mailbox = Mailbox(name="my-box", host="a", user="b")
    assert password_of(mailbox, environment={mailbox.variable: "x"}) == "x"
    with pytest.raises(SourceError, match="keyring set vorzimmer my-box") as caught:
        password_of(mailbox, environment={})
    assert "VORZIMMER_MAILBOX_MY_BOX_PASSWORD" in str(caught.value)
