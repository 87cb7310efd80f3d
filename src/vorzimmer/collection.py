"""Holds back the search for cyclic garbage while many lasting objects are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_back() -> Iterator[None]:
    """Make no search for cycles inside the block; there are none to find.

    An import keeps a million small values that point nowhere back. Looking through
    them again and again took a fifth of its time (docs/experiments.md).
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
