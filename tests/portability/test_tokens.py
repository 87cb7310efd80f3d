from __future__ import annotations

import pickle
import sys

import pytest

from portability.stand_in import TOKEN
from vorzimmer.errors import SourceError
from vorzimmer.portability.tokens import VARIABLE, Token, find_token


def test_the_token_comes_from_the_environment_before_the_keyring() -> None:
    found = find_token({VARIABLE: f"  {TOKEN}\n"}, lambda: "x" * 20)
    assert found.header() == f"Bearer {TOKEN}"
    assert find_token({}, lambda: TOKEN).header() == f"Bearer {TOKEN}"


def test_a_missing_token_is_told_with_both_places_for_it() -> None:
    with pytest.raises(SourceError) as error:
        find_token({VARIABLE: " "}, lambda: None)
    assert VARIABLE in str(error.value)
    assert "keyring set vorzimmer linkedin-portability" in str(error.value)


@pytest.mark.parametrize("value", ["short", f"{TOKEN}\r\nHost: x.example", "ä" * 20])
def test_what_is_no_token_is_refused_without_repeating_it(value: str) -> None:
    with pytest.raises(SourceError) as error:
        Token(value)
    assert value not in str(error.value)


def test_a_token_shows_itself_in_no_representation() -> None:
    token = Token(TOKEN)
    assert TOKEN not in f"{token!r} {token} {[token.header()]}"
    with pytest.raises(TypeError):
        pickle.dumps(token)


def rung(monkeypatch: pytest.MonkeyPatch, answer: str | Exception) -> None:
    """Let the keyring of the system answer so; an error is raised."""
    keyring = pytest.importorskip("keyring")

    def get_password(service: str, account: str) -> str:
        assert (service, account) == ("vorzimmer", "linkedin-portability")
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(keyring, "get_password", get_password)


def test_the_keyring_of_the_system_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    rung(monkeypatch, TOKEN)
    assert find_token({}).header() == f"Bearer {TOKEN}"


def test_a_system_without_a_keyring_has_no_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    errors = pytest.importorskip("keyring.errors")
    rung(monkeypatch, errors.NoKeyringError())
    with pytest.raises(SourceError, match="no token yet"):
        find_token({})
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(SourceError, match="no token yet"):
        find_token({})


def test_a_closed_keyring_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    errors = pytest.importorskip("keyring.errors")
    rung(monkeypatch, errors.KeyringLocked())
    with pytest.raises(SourceError, match="did not open") as error:
        find_token({})
    assert error.value.__context__ is None
