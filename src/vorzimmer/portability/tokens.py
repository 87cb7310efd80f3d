"""The token that opens the interface: where it is kept, and how it stays hidden."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NoReturn

from vorzimmer.errors import SourceError
from vorzimmer.model import say

VARIABLE = "VORZIMMER_PORTABILITY_TOKEN"
"""The environment variable that may hold the token."""

SERVICE, ACCOUNT = "vorzimmer", "linkedin-portability"
"""Under which names the system's keyring holds it."""

# Letters of RFC 6750; LinkedIn's tokens have some 350 of them.
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{16,4096}")

# The sentences say themselves where something is wrong.
_NO_FILE = ""

NEW_TOKEN = say(
    "Make a new token and put it in the place of the old one; the page “Connect"
    " LinkedIn's portability interface” of the documentation shows how."
)
"""What to do about a token that opens nothing."""


class Token:
    """A token that shows itself to nobody but the interface."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        """Take the token.

        Raises:
            SourceError: It is none; the sentence does not repeat it.
        """
        stripped = value.strip()
        if not _TOKEN.fullmatch(stripped):
            problem = say(
                "What lies in the place of the token is none: a token is one long word"
                " of letters, digits and a few signs."
            )
            raise SourceError(_NO_FILE, problem, NEW_TOKEN)
        self._value = stripped

    def header(self) -> str:
        """Return the value of the header that carries it, hidden in what is shown."""
        return _Hidden(f"Bearer {self._value}")

    def __repr__(self) -> str:
        return "Token(hidden)"

    def __reduce__(self) -> NoReturn:
        message = "a token is not written down"
        raise TypeError(message)


class _Hidden(str):
    """Text that does not show in a representation, so in no list of variables."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'(hidden)'"


def find_token(
    environment: Mapping[str, str],
    keyring: Callable[[], str | None] | None = None,
) -> Token:
    """Return the token out of the environment, or else out of the system's keyring.

    Args:
        environment: Variables by name.
        keyring: Returns what the keyring holds; ``None`` asks that of the system.

    Raises:
        SourceError: There is none, or the keyring stays closed.
    """
    value = environment.get(VARIABLE, "").strip() or (keyring or _in_keyring)()
    if value:
        return Token(value)
    raise SourceError(
        _NO_FILE,
        say("There is no token yet, so LinkedIn would not answer."),
        say(
            "Put it into the keyring of your system with “keyring set {service}"
            " {account}”, or into the variable {variable}; the page “Connect LinkedIn's"
            " portability interface” of the documentation shows how to get it.",
            service=SERVICE,
            account=ACCOUNT,
            variable=VARIABLE,
        ),
    )


def _in_keyring() -> str | None:
    try:
        import keyring  # noqa: PLC0415 - it is optional, and slow to come
        from keyring.errors import KeyringError, NoKeyringError  # noqa: PLC0415
    except ImportError:
        return None
    is_closed = False
    try:
        return keyring.get_password(SERVICE, ACCOUNT)
    except NoKeyringError:
        return None
    except KeyringError:
        is_closed = True
    if is_closed:
        raise SourceError(
            _NO_FILE,
            say("The keyring of your system did not open."),
            say(
                "Unlock it and try again, or put the token into the variable"
                " {variable}.",
                variable=VARIABLE,
            ),
        )
    return None
