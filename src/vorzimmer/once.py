"""Makes what is dear and shared by all only once, whoever asks at the same time."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from threading import Lock
from typing import TypeVar

_Made = TypeVar("_Made")


def once(make: Callable[[], _Made]) -> Callable[[], _Made]:
    """Return a function that makes a value at the first call, and keeps it.

    ``functools.cache`` lets every thread make its own that comes before the first is
    done; here they wait for it. What fails is tried again by the next.

    Args:
        make: Makes the value.
    """
    kept, turn = cache(make), Lock()

    @wraps(make)
    def get() -> _Made:
        with turn:
            return kept()

    return get
