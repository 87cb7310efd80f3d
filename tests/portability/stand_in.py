"""A stand-in for LinkedIn's portability interface, on this machine only.

Built from LinkedIn's public documentation, not from the real interface: headers,
paging, the end of data, the change log and every error look as they are described
there. What is made up besides is only how it misbehaves (``Trouble``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

TOKEN = "AQX-invented-token_0123456789.abcdef"  # noqa: S105 - opens nothing
OWNER = "urn:li:person:ME00000001"
STRANGER = "urn:li:person:OTHER00001"
AUTHORISATIONS = "/rest/memberAuthorizations"
SNAPSHOT = "/rest/memberSnapshotData"
CHANGES = "/rest/memberChangeLogs"
NO_DATA = "No data found for this memberId"

Row = Mapping[str, Any]
Answer = tuple[int, Any]

# Source of the bodies: LinkedIn's documentation, and issues of public clients.
ERRORS: dict[int, dict[str, Any]] = {
    401: {
        "serviceErrorCode": 65602,
        "code": "EXPIRED_ACCESS_TOKEN",
        "message": "The token used in the request has expired",
    },
    403: {
        "serviceErrorCode": 100,
        "code": "ACCESS_DENIED",
        "message": "Not enough permissions to access: memberSnapshotData.FINDER",
    },
    404: {"message": NO_DATA},
    426: {
        "code": "NONEXISTENT_VERSION",
        "message": "Requested version 20241101 is not active",
    },
    429: {"code": "TOO_MANY_REQUESTS", "message": "Resource level throttle limit"},
}


@dataclass(slots=True)
class Trouble:
    """How the next answers go wrong.

    Attributes:
        status: Of the answer.
        headers: Of the answer, besides the usual ones.
        body: To the letter; ``None`` is what is documented for the status.
        lost: How many bytes at the end of the body never come.
        has_length: Whether it says how long the body is; else it comes in one chunk,
            without an end.
        times: How often.
        at: What has to stand in the question for it.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    lost: int = 0
    has_length: bool = True
    times: int = 1
    at: str = ""


@dataclass(slots=True)
class StandIn:
    """What the interface knows, how it behaves, and what it was asked.

    Attributes:
        domains: Rows by domain.
        events: The change log, oldest first.
        page_size: Rows a page of the snapshot.
        is_registered: Whether a change log is kept for the member.
        has_links: Whether pages name the next one.
        next_link: What they name instead.
        repeats: Whether each page comes again and again, under ever new numbers.
        asked: The questions so far, as method and target.
    """

    domains: dict[str, Sequence[Any]] = field(default_factory=dict)
    events: Sequence[Any] = ()
    page_size: int = 2
    is_registered: bool = True
    has_links: bool = True
    next_link: str | None = None
    repeats: bool = False
    troubles: list[Trouble] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def asked_for(self, part: str) -> int:
        """Return how many questions held a part."""
        return sum(part in each for each in self.asked)

    def answer(self, method: str, target: str, headers: Mapping[str, str]) -> Answer:
        """Return status and body of the answer to a question."""
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, ERRORS[401]
        if headers.get("LinkedIn-Version") != "202312":
            return 426, ERRORS[426]
        parts = urlsplit(target)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if parts.path == AUTHORISATIONS:
            return self._authorisations(method)
        if parts.path == SNAPSHOT and query.get("q") == "criteria":
            return self._snapshot(query["domain"], int(query.get("start", 0)))
        if parts.path == CHANGES and query.get("q") == "memberAndApplication":
            return self._changes(query)
        return 403, ERRORS[403]

    def _authorisations(self, method: str) -> Answer:
        if method == "POST":
            self.is_registered = True
            return 201, None
        key = {
            "developerApplication": "urn:li:developerApplication:100000001",
            "member": OWNER,
        }
        each = {
            "memberComplianceAuthorizationKey": key,
            "regulatedAt": 1_768_800_000_000,
            "memberComplianceScopes": ["DMA"],
        }
        return 200, {"elements": [each] if self.is_registered else []}

    def _snapshot(self, domain: str, start: int) -> Answer:
        rows = self.domains.get(domain, ())
        size = self.page_size
        page = rows[:size] if self.repeats else rows[start * size : (start + 1) * size]
        if not page:
            return 404, ERRORS[404]
        element = {"snapshotDomain": domain, "snapshotData": page}
        links = [self._link(domain, start + 1)] if self.has_links else []
        # The documentation says that the total is too low.
        paging = {"start": start, "count": 10, "links": links, "total": 1}
        return 200, {"paging": paging, "elements": [element]}

    def _link(self, domain: str, start: int) -> dict[str, str]:
        asked = {"count": 10, "domain": domain, "q": "criteria", "start": start}
        href = self.next_link or f"{SNAPSHOT}?{urlencode(asked)}"
        return {"type": "application/json", "rel": "next", "href": href}

    def _changes(self, query: Mapping[str, str]) -> Answer:
        since, count = query.get("startTime", "0"), int(query.get("count", 10))
        if not since.isdecimal() or not 1 <= count <= 50:
            return 400, {"status": 400, "message": "Invalid startTime or count"}
        page = [
            each
            for each in self.events
            if not isinstance(each, dict) or each.get("processedAt", 0) >= int(since)
        ]
        return 200, {"paging": {"start": 0, "links": []}, "elements": page[:count]}


class _Handler(BaseHTTPRequestHandler):
    """Answers as the stand-in does, unless there is trouble."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    state: StandIn

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer("POST")

    def _answer(self, method: str) -> None:
        self.state.asked.append(f"{method} {self.path}")
        trouble = self._trouble()
        if trouble is None:
            status, body = self.state.answer(method, self.path, dict(self.headers))
            self._send(status, json.dumps(body).encode() if body else b"")
            return
        body = trouble.body
        if body is None:
            # An answer that repeats what it was sent, which must not spread.
            echo = {"status": trouble.status, "sent": self.headers["Authorization"]}
            body = json.dumps(ERRORS.get(trouble.status, {}) | echo).encode()
        headers = dict(trouble.headers)
        if not trouble.has_length:
            headers["Transfer-Encoding"] = "chunked"
            body = f"{len(body):x}\r\n".encode() + body
            self.close_connection = True
        self._send(trouble.status, body, headers=headers, lost=trouble.lost)

    def _trouble(self) -> Trouble | None:
        for each in self.state.troubles:
            if each.times > 0 and each.at in self.path:
                each.times -= 1
                return each
        return None

    def _send(
        self,
        status: int,
        body: bytes,
        *,
        headers: Mapping[str, str] | None = None,
        lost: int = 0,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if "Transfer-Encoding" not in (headers or {}):
            self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body[: len(body) - lost])
        except OSError:  # whoever asked has heard enough
            self.close_connection = True
        self.close_connection |= bool(lost)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    """Serves until told to stop; who hangs up in the middle is no news."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served() -> Iterator[StandIn]:
    """Serve a stand-in on a free port of this machine."""
    state = StandIn()
    handler = type("Handler", (_Handler,), {"state": state})
    with _Server(("127.0.0.1", 0), handler) as server:
        state.address = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield state
        server.shutdown()
        thread.join()
