"""One stand-in for all tests of the interface, empty at the start of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest

from portability.rows import DOMAINS
from portability.stand_in import TOKEN, StandIn, served
from vorzimmer.portability import client as client_module
from vorzimmer.portability.client import Client
from vorzimmer.portability.tokens import VARIABLE, Token


@pytest.fixture(scope="session")
def running() -> Iterator[StandIn]:
    with served() as stand_in:
        yield stand_in


@pytest.fixture
def linkedin(running: StandIn, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    fresh = StandIn(address=running.address, domains=dict(DOMAINS))
    for each in fields(StandIn):
        setattr(running, each.name, getattr(fresh, each.name))
    monkeypatch.setattr(client_module, "ADDRESS", running.address)
    monkeypatch.setattr(client_module, "FIRST_WAIT_S", 0.0)
    monkeypatch.setenv(VARIABLE, TOKEN)
    return running


@pytest.fixture
def naps() -> list[float]:
    return []


@pytest.fixture
def client(linkedin: StandIn, naps: list[float]) -> Iterator[Client]:
    """A client whose waits only are written down."""
    with Client(Token(TOKEN), address=linkedin.address, sleep=naps.append) as line:
        yield line
