"""Who may come in: host, key, origin and size are checked before any page is asked.

The desk listens on this machine only, but every web page that the member opens, and
every other account of the machine, can knock. Hence: the Host header must be ours
(DNS rebinding), all but the start address needs the cookie, a write needs our own
origin and a token, and no body is longer than its page allows.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vorzimmer.model import Sentence, say

log = logging.getLogger(__name__)

HEADERS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'self'; img-src 'self' data:; style-src 'self'; "
        "script-src 'self'; connect-src 'self'; object-src 'none'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
TOKEN_HEADER = "x-csrf-token"  # noqa: S105 - the name of a header, no secret
# What the page at the closed door needs; our own origin may read it without the key.
OPEN_FILES = frozenset({"/static/door.css"})
READS = frozenset({"GET", "HEAD", "OPTIONS"})
# A form of the desk is a few fields; the longest is a note to oneself.
FORM_BYTES = 64 * 1024

Refuse = Callable[[Request, int, Sentence], Response]

NO_KEY = say(
    "This desk opens only with its key. Start it again with “vorzimmer desk”, or use "
    "the address that it printed when it started."
)
WRONG_HOST = say("This address does not belong to the desk.")
FROM_OUTSIDE = say("This was sent by another website. Nothing was changed.")
NO_TOKEN = say(
    "The desk was started again, so this page is out of date. Nothing was changed. Copy"
    " what you typed, load the page again and repeat the last step."
)
TOO_LONG = say("That was more than the desk takes in at once.")


class RefusedError(HTTPException):
    """A request that is not answered; ``sentence`` says why.

    An ``HTTPException``, since FastAPI takes any other for a form it cannot read.
    """

    def __init__(self, status: int, sentence: Sentence) -> None:
        """Keep the status of the answer and the sentence for people."""
        super().__init__(status, str(sentence))
        self.sentence = sentence


@dataclass(slots=True)
class Keys:
    """The secrets of one run of the desk.

    Attributes:
        key: Opens the desk as often as wanted; only the member's terminal shows it.
        ticket: Opens it once. The browser gets it on its command line, where other
            accounts of the machine can read it.
        port: Part of the cookie's name: cookies do not tell ports apart.
    """

    key: str
    ticket: str = ""
    port: int = 0
    cookie: str = field(init=False)
    token: str = field(init=False)

    def __post_init__(self) -> None:
        """Derive what the browser keeps from the key, so that it is never the key."""
        self.cookie = self._derived("cookie")
        self.token = self._derived("token")

    @property
    def cookie_name(self) -> str:
        """The cookie's name."""
        return f"vorzimmer_{self.port}"

    def opens(self, given: str) -> bool:
        """Return whether ``given`` is the key, or the ticket, which it then spends."""
        if _same(given, self.key):
            return True
        if self.ticket and _same(given, self.ticket):
            self.ticket = ""
            return True
        return False

    def admits(self, request: Request) -> bool:
        """Return whether the request brings the cookie."""
        return _same(request.cookies.get(self.cookie_name, ""), self.cookie)

    def is_token(self, given: str) -> bool:
        """Return whether ``given`` is the token that every write must bring."""
        return _same(given, self.token)

    def _derived(self, purpose: str) -> str:
        return hmac.new(self.key.encode(), purpose.encode(), "sha256").hexdigest()


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


class Doorkeeper:
    """ASGI middleware that lets in only the member's own browser."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        keys: Keys,
        hosts: frozenset[str],
        refuse: Refuse,
        size_limits: Mapping[str, int],
    ) -> None:
        """Take what to guard and how.

        Args:
            app: What is behind the door.
            keys: The secrets of this run.
            hosts: Values of the Host header that are ours, in lower case.
            refuse: Makes the answer to those who stay outside.
            size_limits: Longest body in bytes by path; others are ``FORM_BYTES``.
        """
        self.app = app
        self.keys = keys
        self.hosts = hosts
        self.refuse = refuse
        self.size_limits = size_limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or hand it on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope)
        guarded = _with_headers(send)
        answer = self._opened(request) or self._stopped(request)
        if answer is None:
            limit = self._limit(request)
            await self.app(scope, _limited(receive, limit), guarded)
        else:
            await answer(scope, receive, guarded)

    def _opened(self, request: Request) -> Response | None:
        """Return the way in for whoever brings the key, ``None`` for all others."""
        given = request.query_params.get("key")
        if given is None or request.url.path != "/" or not self._is_ours(request):
            return None
        if not self.keys.opens(given) and not self.keys.admits(request):
            return None
        way_in = RedirectResponse("/", status_code=303)
        way_in.set_cookie(
            self.keys.cookie_name, self.keys.cookie, httponly=True, samesite="strict"
        )
        return way_in

    def _stopped(self, request: Request) -> Response | None:
        if not self._is_ours(request):
            return self._refused(request, 421, WRONG_HOST)
        is_open = request.url.path in OPEN_FILES and request.method in READS
        has_key = self.keys.admits(request) and "key" not in request.query_params
        if not (is_open or has_key):
            return self._refused(request, 403, NO_KEY)
        if not _is_from_here(request):
            return self._refused(request, 403, FROM_OUTSIDE)
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._limit(request):
            return self._refused(request, 413, TOO_LONG)
        return None

    def _refused(self, request: Request, status: int, why: Sentence) -> Response:
        # Neither path nor headers: both are in the hand of whoever knocks.
        log.warning("Refused a request with %d: %s", status, why)
        return self.refuse(request, status, why)

    def _is_ours(self, request: Request) -> bool:
        return request.headers.get("host", "").casefold() in self.hosts

    def _limit(self, request: Request) -> int:
        return self.size_limits.get(request.url.path, FORM_BYTES)


def _is_from_here(request: Request) -> bool:
    """Return whether our own page, or the member by hand, made the request.

    Browsers tell by Sec-Fetch-Site; where one does not, a write must name our origin
    or none at all (programs that are no browser), and the token decides.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        allowed = (
            {"same-origin", "none"} if request.method in READS else {"same-origin"}
        )
        return site in allowed
    if request.method in READS:
        return True
    origin = request.headers.get("origin")
    return origin in {None, f"http://{request.headers.get('host', '')}"}


def _limited(receive: Receive, limit: int) -> Receive:
    """Return a ``receive`` that stops a body longer than it said, or than allowed."""
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise RefusedError(413, TOO_LONG)
        return message

    return counted


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return sent
