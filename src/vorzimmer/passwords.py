"""Where passwords come from: the environment, or the keyring of the system."""

from __future__ import annotations

import os
from collections.abc import Mapping

from vorzimmer.errors import SourceError
from vorzimmer.mailbox import Mailbox
from vorzimmer.model import say

SERVICE = "vorzimmer"
"""Under which name passwords lie in the keyring."""


def password_of(
    mailbox: Mailbox, *, environment: Mapping[str, str] | None = None
) -> str:
    """Return the password of a mailbox.

    Args:
        mailbox: Whose.
        environment: Variables by name; ``None`` are those of the process.

    Raises:
        SourceError: There is none.
    """
    variables = os.environ if environment is None else environment
    password = variables.get(mailbox.variable) or _from_keyring(mailbox.name)
    if password:
        return password
    raise SourceError(
        mailbox.place,
        say("There is no password for this mailbox."),
        say(
            "Put it into your keyring ({line}), or into the environment variable"
            " {variable}.",
            line=f"keyring set {SERVICE} {mailbox.name}",
            variable=mailbox.variable,
        ),
    )


def _from_keyring(name: str) -> str | None:
    # Takes a while to import, and is not there on every machine.
    try:
        import keyring  # noqa: PLC0415 - see above
        from keyring.errors import KeyringError  # noqa: PLC0415 - see above
    except ImportError:
        return None
    try:
        return keyring.get_password(SERVICE, name)
    except (KeyringError, RuntimeError):  # locked, or the system has none
        return None
