"""A desk that is served, watched by whoever looks at its pages."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

import uvicorn
from playwright.sync_api import ConsoleMessage, Page, Request

from vorzimmer.desk import Desk
from vorzimmer.web.app import create_app
from vorzimmer.web.serve import HOST, listen

KEY = "the-key-of-this-test"
# What htmx says when whoever writes on, or leaves, is faster than the desk: a request
# was given up. Whatever else ends one has a message of its own.
_GIVEN_UP = ("htmx:sendAbort", "htmx:afterRequest")


@dataclass(slots=True)
class Place:
    """A desk that is served.

    Attributes:
        origin: Its address.
        outside: Requests that did not go to it; there must be none.
        complaints: What the browser wrote to its console.
    """

    desk: Desk
    origin: str
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def start(self) -> str:
        """The address that lets in."""
        return f"{self.origin}/?key={KEY}"

    def watch(self, page: Page) -> Page:
        """Note what a page asks for and complains about."""

        def on_request(request: Request) -> None:
            if not request.url.startswith(f"{self.origin}/"):
                self.outside.append(request.url)

        def on_console(message: ConsoleMessage) -> None:
            if not message.text.startswith(_GIVEN_UP):
                self.complaints.append(message.text)

        page.on("request", on_request)
        page.on("console", on_console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.set_default_timeout(60_000)
        return page


@contextmanager
def served(desk: Desk) -> Iterator[Place]:
    """Serve a desk while the block runs."""
    with listen(0) as listener:
        port = listener.getsockname()[1]
        app = create_app(desk, key=KEY, port=port)
        server = uvicorn.Server(
            uvicorn.Config(app, access_log=False, log_level="warning", ws="none")
        )
        thread = Thread(target=server.run, args=([listener],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield Place(desk, f"http://{HOST}:{port}")
        finally:
            server.should_exit = True
            thread.join()
