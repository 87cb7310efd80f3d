"""How the desk is started: on this machine only, with secrets made anew."""

from __future__ import annotations

import gc
import webbrowser
from pathlib import Path
from socket import socket
from threading import Event

import pytest
import uvicorn

from vorzimmer.classifier import load_classifier
from vorzimmer.errors import StoreError
from vorzimmer.model import Sentence, say
from vorzimmer.web.serve import HOST, get_ready, listen, serve
from web_client import open_desk


def test_the_desk_listens_on_this_machine_alone() -> None:
    with listen(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_replaced_by_a_free_one() -> None:
    with listen(0) as first, listen(first.getsockname()[1]) as second:
        assert first.getsockname()[1] != second.getsockname()[1]


def test_the_browser_gets_a_ticket_and_the_member_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Sentence] = []
    opened: list[str] = []
    has_opened = Event()

    def run(_: uvicorn.Server, sockets: list[socket]) -> None:
        assert sockets[0].getsockname()[0] == HOST
        has_opened.wait(5)
        raise KeyboardInterrupt

    def open_browser(address: str) -> bool:
        opened.append(address)
        has_opened.set()
        return True

    monkeypatch.setattr(uvicorn.Server, "run", run)
    monkeypatch.setattr(webbrowser, "open", open_browser)
    monkeypatch.setattr("vorzimmer.web.serve._BROWSER_AFTER_S", 0.0)
    monkeypatch.setattr("vorzimmer.web.serve.get_ready", lambda _: None)
    with open_desk(tmp_path) as desk:
        serve(desk, tell=told.append)
        serve(desk, open_browser=False, tell=told.append)
    (ticket,) = opened
    addresses = [str(words).rpartition(" ")[2] for words in told]
    assert len({ticket, *addresses}) == 3
    assert [str(words).partition(":")[0] for words in told] == [
        "Your desk is open; Ctrl+C closes it",
        "Your desk is open; Ctrl+C closes it. Open this address in your browser",
    ]
    for address in (ticket, *addresses):
        start, _, secret = address.partition("/?key=")
        assert start.startswith(f"http://{HOST}:")
        assert len(secret) >= 43


def test_another_port_and_a_browser_that_does_not_open_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    has_told = Event()

    def tell(words: Sentence) -> None:
        told.append(str(words).partition(":")[0])
        if len(told) == 3:
            has_told.set()

    monkeypatch.setattr(uvicorn.Server, "run", lambda *_, **__: has_told.wait(5))
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    monkeypatch.setattr("vorzimmer.web.serve._BROWSER_AFTER_S", 0.0)
    monkeypatch.setattr("vorzimmer.web.serve.get_ready", lambda _: None)
    with open_desk(tmp_path) as desk, listen(0) as other:
        port = other.getsockname()[1]
        serve(desk, port=port, tell=tell)
    assert told == [
        f"Port {port} is taken; another one is used.",
        "Your desk is open; Ctrl+C closes it",
        "Open this address in your browser",
    ]


def test_what_pages_need_is_loaded_when_the_desk_is_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh, frozen = load_classifier(), list[bool]()
    monkeypatch.setattr("vorzimmer.web.serve.shipped_classifier", lambda: fresh)
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(fresh.is_compiled))
    monkeypatch.setattr(gc, "set_threshold", lambda *_: None)
    assert not fresh.is_compiled
    with open_desk(tmp_path, [{"id": "r1", "note": "Hallo"}]) as desk:
        get_ready(desk)
        monkeypatch.setattr("vorzimmer.desk.screen_store", None)  # not again
        ((_, (card,)),) = desk.session().groups
        assert {"assessment", "question"} <= vars(card).keys()
    assert frozen == [True]


def test_a_store_that_cannot_be_read_is_for_the_page_to_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise StoreError(say("It is gone."))

    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(gc, "set_threshold", lambda *_: None)
    with open_desk(tmp_path) as desk:
        monkeypatch.setattr(desk, "session", fail)
        get_ready(desk)
