"""Unsubscribes with one click, once a person has clicked; the only thing ever sent.

Source:
    RFC 8058: one POST over TLS with a fixed body, no cookies, no redirect followed.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from http.client import HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from vorzimmer.errors import SourceError
from vorzimmer.model import say

_BODY = b"List-Unsubscribe=One-Click"
_TIMEOUT_S = 15.0
_DONE = range(200, 300)

Connect = Callable[..., HTTPSConnection]


def unsubscribe(address: str, *, connect: Connect = HTTPSConnection) -> None:
    """Send the one click.

    Args:
        address: As ``nonmembers.advise`` found it: the network's own, and proven.
        connect: Makes the connection.

    Raises:
        SourceError: It did not work, as far as the answer tells.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    connection = connect(
        host,
        parts.port or 443,
        timeout=_TIMEOUT_S,
        context=ssl.create_default_context(),
    )
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        connection.request("POST", target, body=_BODY, headers=kind)
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        raise SourceError(
            host,
            say("The network cannot be reached, so nothing was unsubscribed."),
            say("Try again later, or send the letter of objection."),
        ) from error
    finally:
        connection.close()
    if status not in _DONE:
        raise SourceError(
            host,
            say("The network did not accept it; it answered {status}.", status=status),
            say("Open the address yourself, or send the letter of objection."),
        )
