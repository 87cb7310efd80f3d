"""Advice and letters for people who are no members, out of an invitation mail."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPSConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from command_line import CommandLine
from network_mails import SERVER, raw, samples
from vorzimmer.cli import mail_commands
from vorzimmer.errors import SourceError
from vorzimmer.nonmembers import Advice, Letter, advise, sentences, write_letter
from vorzimmer.translation import translator
from vorzimmer.unsubscribing import unsubscribe

SAMPLES = samples()
GUEST = raw(SAMPLES["linkedin-guest_de"])
ADDRESS = "https://www.linkedin.com/e/v2?e=SECRET&t=lun"


def said(advice: Advice) -> str:
    return "\n".join(map(str, sentences(advice)))


def test_an_invitation_to_a_non_member_is_told_as_one() -> None:
    advice = advise(GUEST, trusted=[SERVER])
    assert advice.is_to_non_member
    assert (advice.sender, advice.recipient) == ("Bernd Kuhlmann", "katrin@example.org")
    assert said(advice).startswith(
        "This is an invitation by Bernd Kuhlmann to somebody who is no member of"
        " LinkedIn."
    )


def test_the_addresses_to_unsubscribe_are_shown_whole() -> None:
    advice = advise(GUEST, trusted=[SERVER])
    mail = "mailto:unsubscribe@linkedin.com?subject=SECRET"
    assert advice.addresses == (ADDRESS, mail)
    assert advice.one_click == ADDRESS
    assert "Not all of these" not in said(advice)
    assert said(advice).count("shown, not opened") == 2


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_everybody_is_warned_of_pages_that_want_a_password(name: str) -> None:
    advice = advise(raw(SAMPLES[name]), trusted=[SERVER])
    is_networks = bool(SAMPLES[name]["network"])
    assert ("Never type the password of your mailbox" in said(advice)) == is_networks


def test_one_click_needs_a_proven_origin() -> None:
    advice = advise(GUEST)
    assert advice.one_click == ""
    assert "Nobody vouches that LinkedIn sent it. Open no link in it" in said(advice)


def test_one_click_needs_an_address_of_the_network() -> None:
    elsewhere = GUEST.replace(b"www.linkedin.com/e/v2?e=SECRET&t", b"trap.example/?t")
    advice = advise(elsewhere, trusted=[SERVER])
    assert advice.one_click == ""
    assert "Not all of these addresses are LinkedIn's." in said(advice)


def test_one_click_needs_the_header_that_offers_it() -> None:
    without = GUEST.replace(b"List-Unsubscribe-Post", b"X-Nothing")
    assert advise(without, trusted=[SERVER]).one_click == ""


def test_without_an_address_the_letter_is_the_way() -> None:
    advice = advise(raw(SAMPLES["linkedin-guest_en"]), trusted=[SERVER])
    assert "names no address to unsubscribe" in said(advice)


def test_an_invitation_to_a_member_is_not_called_one_to_a_non_member() -> None:
    advice = advise(raw(SAMPLES["xing-request_de"]), trusted=[SERVER])
    assert "it does not say that it goes to somebody who is no member" in said(advice)


@pytest.mark.parametrize("letter", Letter)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_letter_holds_all_facts_of_the_mail(letter: Letter, language: str) -> None:
    advice = advise(GUEST, trusted=[SERVER])
    text = write_letter(
        advice, letter, language=language, written=translator(language).date
    )
    day = {"de": "4. November 2026", "en": "4 November 2026"}[language]
    article = {Letter.OBJECTION: "Art. 21", Letter.ACCESS: "Art. 15"}[letter]
    for fact in (
        day,
        article,
        "katrin@example.org",
        "Bernd Kuhlmann",
        "Bernd Kuhlmann hat Ihnen eine Einladung auf LinkedIn gesendet",
        "LinkedIn Ireland Unlimited Company\nWilton Place",
    ):
        assert fact in text
    assert "$" not in text


@pytest.mark.parametrize(("language", "blank"), [("de", "ergänzen"), ("en", "fill in")])
def test_what_is_not_known_is_left_to_fill_in(language: str, blank: str) -> None:
    text = write_letter(
        Advice(network="xing"), Letter.ACCESS, language=language, written=str
    )
    assert text.count(blank) >= 5
    assert "Am Strandkai 1" in text


@given(st.binary(max_size=200))
def test_whatever_comes_gets_an_answer(data: bytes) -> None:
    assert said(advise(GUEST[:700] + data))


class Answering(BaseHTTPRequestHandler):
    """Remembers what was sent, and answers as its server is told to."""

    def do_POST(self) -> None:
        server: Any = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server.got.append((self.path, body, self.headers.get("Cookie")))
        self.send_response(server.status)
        self.send_header("Location", "https://trap.example/")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Any]:
    authority = trustme.CA()
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(trust)
    running: Any = HTTPServer(("127.0.0.1", 0), Answering)
    running.socket = trust.wrap_socket(running.socket, server_side=True)
    running.got, running.status = [], 200
    running.trust = ssl.create_default_context()
    authority.configure_trust(running.trust)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


def click(server: Any) -> None:  # noqa: ANN401 - see the fixture
    def connect(_: str, __: int, **rest: Any) -> HTTPSConnection:  # noqa: ANN401 - as http.client
        rest["context"] = server.trust
        return HTTPSConnection("localhost", server.server_address[1], **rest)

    unsubscribe(ADDRESS, connect=connect)


def test_one_click_sends_the_fixed_words_and_nothing_else(server: Any) -> None:  # noqa: ANN401 - see the fixture
    click(server)
    body = b"List-Unsubscribe=One-Click"
    assert server.got == [("/e/v2?e=SECRET&t=lun", body, None)]


@pytest.mark.parametrize("status", [302, 404, 500])
def test_another_answer_is_told_and_no_redirect_followed(
    server: Any,  # noqa: ANN401 - see the fixture
    status: int,
) -> None:
    server.status = status
    with pytest.raises(SourceError, match=f"it answered {status}") as caught:
        click(server)
    assert "SECRET" not in str(caught.value)
    assert len(server.got) == 1


def test_a_network_that_cannot_be_reached_is_told() -> None:
    def connect(_: str, __: int, **rest: Any) -> HTTPSConnection:  # noqa: ANN401 - as http.client
        return HTTPSConnection("127.0.0.1", 9, **rest)

    with pytest.raises(SourceError, match="cannot be reached"):
        unsubscribe(ADDRESS, connect=connect)


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    line = CommandLine(tmp_path)
    line.set(f'mail.trusted_servers = "{SERVER}"')
    (tmp_path / "guest.eml").write_bytes(GUEST)
    return line


def test_the_command_prints_advice_and_letters(
    run: CommandLine, tmp_path: Path
) -> None:
    mail = str(tmp_path / "guest.eml")
    advice = run("--language", "de", "nonmember", mail)
    assert "Tippen Sie das Passwort Ihres Postfachs nirgends" in advice.stdout
    assert ADDRESS in advice.stdout
    letter = run("--language", "de", "nonmember", mail, "--letter", "objection")
    assert "Widerspruch nach Art. 21 DSGVO" in letter.stdout
    missing = run("nonmember", str(tmp_path / "none.eml"))
    assert (missing.exit_code, "no such file" in missing.stderr) == (1, True)


def test_nothing_is_sent_without_a_yes(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr(mail_commands, "unsubscribe", sent.append)
    mail = str(tmp_path / "guest.eml")
    run("nonmember", mail)
    run("nonmember", mail, "--stop", given="n\n")
    none = run("nonmember", mail, "--stop", given="")
    assert (none.exit_code, "Nothing was sent." in none.stderr) == (1, True)
    assert sent == []
    done = run("nonmember", mail, "--stop", given="y\n")
    assert sent == [ADDRESS]
    assert done.stdout.endswith("Done: you are unsubscribed.\n")


def test_unsafe_unsubscribing_is_refused(run: CommandLine, tmp_path: Path) -> None:
    run.set('mail.trusted_servers = "elsewhere.example"')
    done = run("nonmember", str(tmp_path / "guest.eml"), "--stop", given="y\n")
    assert done.exit_code == 1
    assert "no unsubscribing with one click that is safe" in done.stderr


def test_facts_of_an_advice_cannot_break_out_of_a_letter() -> None:
    advice = replace(Advice(network="xing"), sender="$blank ${x", subject="$")
    text = write_letter(advice, Letter.ACCESS, language="en", written=str)
    assert "in the name of: $blank ${x" in text
