"""Ends of a command that come from outside."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def stops_as_by_ctrl_c() -> Iterator[None]:
    """Let a stop by the system or a closed terminal be as Ctrl-C is: orderly.

    What the one who started us wants ignored (``nohup``) stays ignored.
    """
    names = ("SIGTERM", "SIGHUP")  # there is no SIGHUP on Windows
    wanted = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {each: signal.getsignal(each) for each in wanted}
    taken = [each for each in wanted if before[each] is signal.SIG_DFL]
    for each in taken:
        signal.signal(each, _interrupt)
    try:
        yield
    finally:
        for each in taken:
            signal.signal(each, signal.SIG_DFL)


def _interrupt(_: int, frame: FrameType | None) -> None:
    now = signal.getsignal(signal.SIGINT)
    if not callable(now):
        raise KeyboardInterrupt
    now(signal.SIGINT, frame)
