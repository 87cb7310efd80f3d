"""Start the desk in the browser: on this machine, with a new key each time."""

from __future__ import annotations

import gc
import secrets
import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from threading import Thread, Timer

import uvicorn

from vorzimmer.classifier import shipped_classifier
from vorzimmer.desk import Desk
from vorzimmer.errors import VorzimmerError
from vorzimmer.languages import language_of
from vorzimmer.model import Sentence, say
from vorzimmer.web.app import create_app
from vorzimmer.web.office import environment

HOST = "127.0.0.1"
_BROWSER_AFTER_S = 0.3
_LAST_WAIT_S = 5.0
# Pages leave little that is not gone by itself; searching all of what they keep after
# some hundred of them is enough.
_SEARCHES = (2_000, 20, 100)
# More requests than anybody looks at in one session.
_LOOKED_AT = 300
# For loading what reads a text; long enough for its language to be told.
_ANY_TEXT = "Hello, this is a text like many others, long enough to be read."


def serve(
    desk: Desk,
    *,
    port: int = 0,
    open_browser: bool = True,
    tell: Callable[[Sentence], None] = print,
) -> None:
    """Serve the desk until it is stopped (Ctrl+C).

    Args:
        desk: Whose pages; the caller opens and closes it.
        port: Where to listen; 0, or one that is taken, means any free one.
        open_browser: Whether to open the member's browser.
        tell: Says to the member where the desk is; the address holds the key.
    """
    key, ticket = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    with listen(port) as listener:
        taken: int = listener.getsockname()[1]
        app = create_app(desk, key=key, ticket=ticket, port=taken)
        address = f"http://{HOST}:{taken}/?key={key}"
        if port not in {0, taken}:
            words = say("Port {port} is taken; another one is used.", port=str(port))
            tell(words)
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
        by_hand = say("Open this address in your browser: {address}", address=address)

        def open_it() -> None:
            if not webbrowser.open(f"http://{HOST}:{taken}/?key={ticket}"):
                tell(by_hand)

        timer = Timer(_BROWSER_AFTER_S, open_it)
        timer.daemon = True
        if open_browser:
            tell(say("Your desk is open; Ctrl+C closes it: {address}", address=address))
            timer.start()
        else:
            words = say(
                "Your desk is open; Ctrl+C closes it."
                " Open this address in your browser: {address}",
                address=address,
            )
            tell(words)
        loading = Thread(target=get_ready, args=(desk,), daemon=True)
        loading.start()
        # Ctrl+C is the way to close the desk, no mishap.
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
        timer.cancel()
        loading.join(_LAST_WAIT_S)  # it reads the store, which is closed next


def get_ready(desk: Desk) -> None:
    """Load all that pages need, while the browser starts.

    That is what waits, screened; the compiled loops of the text model, by which a note
    is read ten times as fast; the templates; and what is said of those who come first.
    What is loaded stays, so no search for garbage has to go through it again: that
    stopped a page for up to half a second.
    """
    # Whatever is wrong with the store or the policy, the page says it.
    with suppress(VorzimmerError):
        desk.session()
    language_of(_ANY_TEXT)
    classifier = shipped_classifier()
    classifier.compile()
    classifier.read([_ANY_TEXT])
    classifier.strongest(_ANY_TEXT.encode())
    templates = environment()
    for name in templates.list_templates():
        templates.get_template(name)
    with suppress(VorzimmerError):
        desk.sitting.look_ahead(_LOOKED_AT)
    gc.freeze()
    gc.set_threshold(*_SEARCHES)


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
