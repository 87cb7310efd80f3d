"""Asks LinkedIn's portability interface, one question at a time, within limits.

Only one host is ever asked, over TLS with a checked certificate; redirects are not
followed; answers are bounded in size, time and depth. What may pass (too many
questions, trouble, a broken connection) is asked again after a while, some times.
"""

from __future__ import annotations

import json
import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import certifi
import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.response import BaseHTTPResponse

from vorzimmer.model import Sentence
from vorzimmer.portability import refusals
from vorzimmer.portability.refusals import RefusalError, refusal
from vorzimmer.portability.tokens import Token

ADDRESS = "https://api.linkedin.com"
"""Where the interface is; the token goes nowhere else."""

VERSION = "202312"
"""Of the interface; every other one is refused with 426.

Source: LinkedIn, Member Data Portability API, request headers.
"""

MAX_ANSWER_BYTES = 16 << 20  # a page of ten long messages has some 100 KB
MAX_ANSWER_S = 120.0
CONNECT_S, READ_S = 10.0, 30.0
TRIES = 6
FIRST_WAIT_S = 1.0  # doubled from try to try: half a minute in all
LONGEST_WAIT_S = 120.0  # LinkedIn may ask for more; then we come again another day
MOST_WAITING_S = 900.0  # of one client, all questions together
_CHUNK = 1 << 16
_NO_DATA = 404
_SECONDS = re.compile(r"[0-9]{1,6}")

Words = tuple[Sentence, Sentence]


@dataclass(eq=False)
class _Mishap(Exception):  # noqa: N818 - never leaves this module
    """What may pass: say ``words`` if it does not, wait ``wait_s`` before asking again.

    Attributes:
        wait_s: How long LinkedIn asks to wait; 0 where it does not.
        status: Of the answer; 0 where none came.
    """

    words: Words
    wait_s: float = 0.0
    status: int = 0


class Client:
    """One member's line to the interface; close it when done."""

    def __init__(
        self,
        token: Token,
        *,
        address: str | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Take the token; nothing is asked yet.

        Args:
            token: Of the member.
            address: Scheme and host; ``None`` is LinkedIn's own.
            clock: Seconds from anywhere, only going forward.
            sleep: Waits that many seconds.
        """
        self.address = address or ADDRESS
        self._token = token
        self._clock = clock
        self._sleep = sleep
        self._waited = 0.0
        self._pool = urllib3.PoolManager(
            num_pools=1,
            ssl_context=_checking() if self.address.startswith("https:") else None,
            timeout=urllib3.Timeout(connect=CONNECT_S, read=READ_S),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.clear()

    def get(self, path: str, query: Mapping[str, str]) -> dict[str, Any] | None:
        """Return the object that is the answer; ``None`` is that there is no data.

        Args:
            path: Beginning with a stroke.
            query: What to ask.

        Raises:
            RefusalError: There is no answer that can be read, after all tries.
        """
        return self._ask("GET", f"{path}?{urlencode(query)}")

    def post(self, path: str) -> None:
        """Send an empty object, and pass over what comes back.

        Raises:
            RefusalError: It was refused.
        """
        self._ask("POST", path, body=b"{}")

    def _ask(
        self, method: str, target: str, body: bytes | None = None
    ) -> dict[str, Any] | None:
        for number in range(TRIES):
            mishap, answer = self._one_try(method, target, body)
            if mishap is None:
                return answer
            is_last = number + 1 == TRIES
            wait = max(mishap.wait_s, FIRST_WAIT_S * 2**number)
            is_too_long = wait > LONGEST_WAIT_S or self._waited + wait > MOST_WAITING_S
            if is_last or is_too_long:
                raise RefusalError(mishap.words, status=mishap.status)
            self._waited += wait
            self._sleep(wait)
        raise AssertionError  # pragma: no cover - the last try returns or raises

    def _one_try(
        self, method: str, target: str, body: bytes | None
    ) -> tuple[_Mishap | None, dict[str, Any] | None]:
        # Our own errors are raised where no error of the line is under way: those
        # know the headers, and nobody is to see the token in a traceback.
        words: Words | None = None
        mishap: _Mishap | None = None
        answer: dict[str, Any] | None = None
        try:
            answer = self._sent(method, target, body)
        except _Mishap as passing:
            mishap = _Mishap(passing.words, passing.wait_s, passing.status)
        except SSLError:
            words = refusals.NOT_TRUSTED
        except (NewConnectionError, ConnectTimeoutError):
            mishap = _Mishap(refusals.UNREACHABLE)
        except ReadTimeoutError:
            mishap = _Mishap(refusals.TOO_SLOW)
        except (HTTPError, OSError):
            mishap = _Mishap(refusals.BROKEN_OFF)
        if words:
            raise RefusalError(words)
        return mishap, answer

    def _sent(
        self, method: str, target: str, body: bytes | None
    ) -> dict[str, Any] | None:
        response = self._pool.request(
            method,
            self.address + target,
            body=body,
            headers={
                "Authorization": self._token.header(),
                "LinkedIn-Version": VERSION,
                "Accept": "application/json",
                "Accept-Encoding": "identity",
                "Content-Type": "application/json",
                "User-Agent": "vorzimmer",
            },
            redirect=False,
            retries=False,
            preload_content=False,
        )
        try:
            return self._understood(response)
        finally:
            # What is left of an answer is not worth waiting for.
            response.close()

    def _understood(self, response: BaseHTTPResponse) -> dict[str, Any] | None:
        status = response.status
        if status == _NO_DATA:
            self._whole(response)  # so that the line can be used again
            return None
        if status in {408, 429} or status >= 500:
            words = refusals.TOO_MANY if status == 429 else refusals.IN_TROUBLE
            raise _Mishap(words, _wait(response.headers.get("Retry-After")), status)
        if not 200 <= status < 300:
            raise refusal(status)
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise RefusalError(refusals.NOT_UNDERSTOOD, status=status)
        data = self._whole(response)
        if response.status in {201, 204} and not data.strip():
            return {}
        return _decoded(data, status)

    def _whole(self, response: BaseHTTPResponse) -> bytes:
        until = self._clock() + MAX_ANSWER_S
        data = bytearray()
        while chunk := response.read1(_CHUNK):
            data += chunk
            if len(data) > MAX_ANSWER_BYTES:
                raise RefusalError(refusals.TOO_LARGE, status=response.status)
            if self._clock() > until:
                raise _Mishap(refusals.TOO_SLOW, status=response.status)
        return bytes(data)


def _checking() -> ssl.SSLContext:
    """Return what checks that a certificate is that of the host, and trusted."""
    context = ssl.create_default_context()
    # Some systems bring no list of their own that Python finds.
    context.load_verify_locations(certifi.where())
    return context


def _wait(header: str | None) -> float:
    """Return for how many seconds the header asks; a date there is passed over."""
    found = _SECONDS.fullmatch((header or "").strip())
    return float(found[0]) if found else 0.0


def _decoded(data: bytes, status: int) -> dict[str, Any]:
    """Return the object; the parser itself bounds how deep it may be nested."""
    is_broken = False
    answer: Any = None
    try:
        answer = json.loads(data)
    except RecursionError:
        answer = None
    except ValueError:  # no JSON, no UTF-8, or a number of thousands of digits
        is_broken = True
    if is_broken and not data.rstrip().endswith(b"}"):
        # Cut off; whoever closes too early may do better the next time.
        raise _Mishap(refusals.BROKEN_OFF, status=status)
    if not isinstance(answer, dict):
        raise RefusalError(refusals.NOT_UNDERSTOOD, status=status)
    return answer
