"""A mailbox as the settings describe it; its password stands elsewhere.

In the settings file, a table for each: ``[mailbox.home]``. The password comes from the
environment, or from the keyring of the system, and is asked for when it is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vorzimmer.errors import ConfigurationError
from vorzimmer.model import say
from vorzimmer.toml_places import line_of, nearest

_NAME = re.compile(r"[A-Za-z0-9_-]{1,40}")
_SECRETS = {"password", "passwort", "pass", "pw", "secret", "token"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """One mailbox that can be read with IMAP.

    Attributes:
        name: As the settings call it.
        host: The mail server.
        user: The name to log in with, mostly the mail address.
        port: 993 is that for encrypted connections.
        folder: Which folder to read.
        sent: The folder of the member's own sent mail; ``""`` is not to be read.
        starttls: Whether encryption begins after the greeting, on port 143; a
            connection without encryption is never used.
        certificates: File with certificates to trust besides those of the system,
            for a server of one's own; ``None`` is none.
    """

    name: str
    host: str
    user: str
    port: int = 993
    folder: str = "INBOX"
    sent: str = ""
    starttls: bool = False
    certificates: Path | None = None

    @property
    def variable(self) -> str:
        """The environment variable in which the password may stand."""
        return f"VORZIMMER_MAILBOX_{self.name.upper().replace('-', '_')}_PASSWORD"

    @property
    def place(self) -> str:
        """How to call it in what is told: user, host and folder."""
        return f"{self.name} ({self.user}, {self.host}, {self.folder})"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value.isprintable()


def _is_port(value: object) -> bool:
    return type(value) is int and 1 <= value <= 65_535


_FIELDS: dict[str, Callable[[object], bool]] = {
    "host": _is_text,
    "user": _is_text,
    "port": _is_port,
    "folder": _is_text,
    "sent": _is_text,
    "starttls": lambda value: isinstance(value, bool),
    "certificates": _is_text,
}
FIELDS: dict[str, str] = {
    "host": "The mail server, e.g. imap.example.org. Needed.",
    "user": "The name to log in with, mostly your mail address. Needed.",
    "port": "993 where it is left out.",
    "folder": "Which folder to read; INBOX where it is left out.",
    "sent": "The folder of your own sent mail, to know whom you wrote to; else unread.",
    "starttls": "true where encryption begins after the greeting (port 143).",
    "certificates": "A file with certificates to trust besides those of your system.",
}
"""What may stand in the table of a mailbox, for the reference page."""


def read_mailboxes(table: object, text: str, path: Path) -> Mapping[str, Mailbox]:
    """Return the mailboxes that a settings file describes, by name.

    Args:
        table: What stands under ``mailbox``.
        text: The whole file, to find the line of a mistake.
        path: The file.

    Raises:
        ConfigurationError: A mistake in one of them.
    """
    if not isinstance(table, dict):
        problem = say(
            '"{key}" is a table: write [{key}], and its settings below.',
            key="mailbox.NAME",
        )
        raise ConfigurationError(path, line_of(text, ("mailbox",)), problem)
    return {name: _mailbox(name, each, text, path) for name, each in table.items()}


def _mailbox(name: str, table: Any, text: str, path: Path) -> Mailbox:  # noqa: ANN401 - whatever stands there
    way = ("mailbox", name)
    if not isinstance(table, dict) or not _NAME.fullmatch(name):
        problem = say(
            "A mailbox is a table [mailbox.NAME]; its name has letters, digits, - and"
            " _ only."
        )
        raise ConfigurationError(path, line_of(text, way), problem)
    for key, value in table.items():
        _check(key, value, (*way, key), text, path)
    for key in ("host", "user"):
        if key not in table:
            problem = say('The mailbox "{name}" has no "{key}".', name=name, key=key)
            raise ConfigurationError(path, line_of(text, way), problem)
    facts = dict(table)
    if "certificates" in facts:
        facts["certificates"] = path.parent / facts["certificates"]
    if facts.get("starttls") and "port" not in facts:
        facts["port"] = 143
    return Mailbox(name=name, **facts)


def _check(
    key: str, value: object, way: tuple[str, ...], text: str, path: Path
) -> None:
    if key.casefold() in _SECRETS:
        problem = say(
            "A password does not belong into this file. Take it out, and put it into"
            " your keyring or into an environment variable;"
            " docs/howto/connect-your-mailbox.md shows how."
        )
        raise ConfigurationError(path, line_of(text, way), problem)
    if key not in _FIELDS:
        problem = say('There is no setting "{name}".', name=".".join(way))
        raise ConfigurationError(
            path, line_of(text, way), problem, nearest(key, _FIELDS)
        )
    if not _FIELDS[key](value):
        problem = say('This does not fit "{name}".', name=".".join(way))
        raise ConfigurationError(path, line_of(text, way), problem)
