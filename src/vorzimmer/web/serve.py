"""Start the desk in the browser: on this machine, with a new key each time."""

from __future__ import annotations

import secrets
import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from threading import Timer

import uvicorn

from vorzimmer.desk import Desk
from vorzimmer.web.app import create_app

HOST = "127.0.0.1"
_BROWSER_AFTER_S = 0.3


def serve(
    desk: Desk,
    *,
    port: int = 0,
    open_browser: bool = True,
    tell: Callable[[str], None] = print,
) -> None:
    """Serve the desk until it is stopped (Ctrl+C).

    Args:
        desk: Whose pages; the caller opens and closes it.
        port: Where to listen; 0, or one that is taken, means any free one.
        open_browser: Whether to open the member's browser.
        tell: Shows the start address, which holds the key, to the member.
    """
    key, ticket = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    with listen(port) as listener:
        taken: int = listener.getsockname()[1]
        app = create_app(desk, key=key, ticket=ticket, port=taken)
        tell(f"http://{HOST}:{taken}/?key={key}")
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                access_log=False,  # addresses hold the key and ids of requests
                log_level="warning",
                server_header=False,
                proxy_headers=False,
                ws="none",
            )
        )
        timer = Timer(
            _BROWSER_AFTER_S, webbrowser.open, [f"http://{HOST}:{taken}/?key={ticket}"]
        )
        timer.daemon = True
        if open_browser:
            timer.start()
        # Ctrl+C is the way to close the desk, no mishap.
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
        timer.cancel()


def listen(port: int) -> socket.socket:
    """Return a socket that listens on this machine alone.

    Args:
        port: Where; 0, or one that is taken, means any free one.
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError:
        if port == 0:
            listener.close()
            raise
        listener.bind((HOST, 0))
    listener.listen()
    return listener
