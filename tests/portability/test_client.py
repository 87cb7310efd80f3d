from __future__ import annotations

import logging
import socket
import ssl
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from portability.stand_in import SNAPSHOT, TOKEN, StandIn, Trouble
from vorzimmer.model import Sentence
from vorzimmer.portability import client as client_module
from vorzimmer.portability import refusals
from vorzimmer.portability.client import TRIES, Client
from vorzimmer.portability.refusals import RefusalError
from vorzimmer.portability.tokens import Token
from vorzimmer.translation import translator

PROFILE = {"q": "criteria", "domain": "PROFILE"}
Case = tuple[Trouble, tuple[Sentence, Sentence]]
# What may pass is asked again.
PASSING: dict[str, Case] = {
    "throttled": (Trouble(429), refusals.TOO_MANY),
    "trouble": (Trouble(503), refusals.IN_TROUBLE),
    "cut off": (Trouble(body=b'{"elements": [{"snap', lost=0), refusals.BROKEN_OFF),
    "no end": (Trouble(body=b'{"a": 1}', has_length=False), refusals.BROKEN_OFF),
    "no chunk": (
        Trouble(body=b'{"a": 1}', has_length=False, lost=5),
        refusals.BROKEN_OFF,
    ),
    "closed": (Trouble(body=b'{"elements": []}', lost=5), refusals.BROKEN_OFF),
}
LASTING: dict[str, Case] = {
    "expired": (Trouble(401), refusals.EXPIRED),
    "wrong product": (Trouble(403), refusals.WRONG_PRODUCT),
    "old version": (Trouble(426), refusals.OLD_VERSION),
    "bad question": (Trouble(400), refusals.REFUSED),
    "redirect": (
        Trouble(302, {"Location": "http://127.0.0.1:9/else"}),
        refusals.SENT_AWAY,
    ),
    "no object": (Trouble(body=b"[1]"), refusals.NOT_UNDERSTOOD),
    "no JSON": (Trouble(body=b"<html>{so}"), refusals.NOT_UNDERSTOOD),
    "no UTF-8": (Trouble(body=b'{"a": "\xff"}'), refusals.NOT_UNDERSTOOD),
    "packed": (
        Trouble(headers={"Content-Encoding": "gzip"}, body=b"\x1f\x8b"),
        refusals.NOT_UNDERSTOOD,
    ),
    "deep": (
        Trouble(body=b'{"a":' * 50_000 + b"1" + b"}" * 50_000),
        refusals.NOT_UNDERSTOOD,
    ),
    "huge number": (
        Trouble(body=b'{"a": ' + b"9" * 9_000 + b"}"),
        refusals.NOT_UNDERSTOOD,
    ),
}
ALL = {**PASSING, **LASTING}


def test_a_question_is_asked_as_documented(client: Client, linkedin: StandIn) -> None:
    answer = client.get(SNAPSHOT, PROFILE)
    assert answer
    assert answer["elements"][0]["snapshotDomain"] == "PROFILE"
    assert linkedin.asked == [f"GET {SNAPSHOT}?q=criteria&domain=PROFILE"]


def test_the_end_of_the_data_is_no_error(client: Client) -> None:
    assert client.get(SNAPSHOT, {**PROFILE, "start": "9"}) is None


@pytest.mark.parametrize("what", PASSING)
def test_what_may_pass_is_asked_again(
    what: str, client: Client, linkedin: StandIn, naps: list[float]
) -> None:
    linkedin.troubles = [PASSING[what][0]]
    linkedin.troubles[0].times = 2
    assert client.get(SNAPSHOT, PROFILE)
    assert len(naps) == 2


@pytest.mark.parametrize("what", PASSING)
def test_what_does_not_pass_is_told(
    what: str, client: Client, linkedin: StandIn
) -> None:
    trouble, words = PASSING[what]
    linkedin.troubles = [trouble]
    trouble.times = TRIES
    with pytest.raises(RefusalError) as error:
        client.get(SNAPSHOT, PROFILE)
    assert error.value.sentences == words
    assert len(linkedin.asked) == TRIES


@pytest.mark.parametrize("what", LASTING)
def test_what_lasts_is_told_at_once(
    what: str, client: Client, linkedin: StandIn
) -> None:
    trouble, words = LASTING[what]
    linkedin.troubles = [trouble]
    trouble.times = 1
    with pytest.raises(RefusalError) as error:
        client.get(SNAPSHOT, PROFILE)
    assert error.value.sentences == words
    assert len(linkedin.asked) == 1


@pytest.mark.parametrize("what", ALL)
@pytest.mark.parametrize("language", ["en", "de"])
def test_each_error_has_its_sentences_in_both_languages(
    what: str, language: str
) -> None:
    words = ALL[what][1]
    said = translator(language).error(RefusalError(words))
    assert "LinkedIn" in said
    assert (said == str(RefusalError(words))) == (language == "en")


def test_waits_grow_and_follow_the_server(
    client: Client,
    linkedin: StandIn,
    naps: list[float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client_module, "FIRST_WAIT_S", 1.0)
    linkedin.troubles = [
        Trouble(429, times=2),
        Trouble(429, {"Retry-After": "17"}),
        Trouble(503, {"Retry-After": "Fri, 20 Nov 2026 10:00:00 GMT"}),
    ]
    client.get(SNAPSHOT, PROFILE)
    assert naps == [1.0, 2.0, 17.0, 8.0]


def test_who_is_to_wait_long_comes_another_time(
    client: Client, linkedin: StandIn, naps: list[float]
) -> None:
    linkedin.troubles = [Trouble(429, {"Retry-After": "3600"})]
    with pytest.raises(RefusalError, match="asked to wait"):
        client.get(SNAPSHOT, PROFILE)
    assert naps == []


def test_waiting_ends_after_a_quarter_of_an_hour_in_all(
    client: Client, linkedin: StandIn, naps: list[float]
) -> None:
    linkedin.troubles = [Trouble(429, {"Retry-After": "100"}, times=99)]
    for _ in range(4):
        with pytest.raises(RefusalError):
            client.get(SNAPSHOT, PROFILE)
    assert sum(naps) == client_module.MOST_WAITING_S


def test_an_answer_is_bounded_in_size(
    client: Client, linkedin: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "MAX_ANSWER_BYTES", 1_000)
    linkedin.troubles = [Trouble(body=b'{"a": "' + b"x" * 1_000 + b'"}')]
    with pytest.raises(RefusalError, match="more at once"):
        client.get(SNAPSHOT, PROFILE)


def test_an_answer_is_bounded_in_time(linkedin: StandIn) -> None:
    hours = iter(range(0, 3_600_000, 3_600))
    slow = Client(Token(TOKEN), clock=lambda: next(hours), sleep=lambda _: None)
    with slow, pytest.raises(RefusalError, match="too long to answer"):
        slow.get(SNAPSHOT, PROFILE)
    assert len(linkedin.asked) == TRIES


def test_silence_is_told_as_slowness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "READ_S", 0.01)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"http://127.0.0.1:{mute.getsockname()[1]}"
        line = Client(Token(TOKEN), address=address, sleep=lambda _: None)
        with line, pytest.raises(RefusalError, match="too long to answer"):
            line.get(SNAPSHOT, PROFILE)


def test_nobody_there_is_told(naps: list[float]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    line = Client(Token(TOKEN), address=f"http://127.0.0.1:{port}", sleep=naps.append)
    with line, pytest.raises(RefusalError, match="could not be reached"):
        line.get(SNAPSHOT, PROFILE)
    assert naps == [1.0, 2.0, 4.0, 8.0, 16.0]


@pytest.mark.parametrize("what", ALL)
def test_the_token_shows_nowhere_after_a_failure(
    what: str, client: Client, linkedin: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    linkedin.troubles = [ALL[what][0]]
    linkedin.troubles[0].times = TRIES
    with pytest.raises(RefusalError) as error:
        client.get(SNAPSHOT, PROFILE)
    told = traceback.TracebackException.from_exception(error.value, capture_locals=True)
    shown = "".join(told.format()) + repr(error.value) + caplog.text + repr(client)
    assert "RefusalError" in shown
    assert TOKEN not in shown
    assert TOKEN[4:20] not in shown


@pytest.fixture(scope="module")
def liar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Serve TLS with a certificate that nobody vouches for; give the port."""
    folder = tmp_path_factory.mktemp("liar")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_self_signed(folder))
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=_shake_hands, args=(server, context), daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def _shake_hands(server: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            line, _ = server.accept()
        except OSError:
            return
        try:
            context.wrap_socket(line, server_side=True).close()
        except OSError:
            line.close()


def _self_signed(folder: Path) -> Path:
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=36_500))
        .sign(key, hashes.SHA256())
    )
    form, pem = serialization.PrivateFormat.PKCS8, serialization.Encoding.PEM
    file = folder / "both.pem"
    secret = key.private_bytes(pem, form, serialization.NoEncryption())
    file.write_bytes(secret + made.public_bytes(pem))
    return file


def test_who_cannot_prove_to_be_linkedin_gets_no_token(
    liar: int, naps: list[float]
) -> None:
    address = f"https://127.0.0.1:{liar}"
    line = Client(Token(TOKEN), address=address, sleep=naps.append)
    with line, pytest.raises(RefusalError, match="could not prove to be LinkedIn"):
        line.get(SNAPSHOT, PROFILE)
    assert naps == []


def test_only_linkedin_itself_is_asked_in_earnest() -> None:
    assert Client(Token(TOKEN)).address == "https://api.linkedin.com"
