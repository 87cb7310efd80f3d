"""Compiles a loop at its first call and keeps it for the next process."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any, ParamSpec, TypeVar, cast

from numba import njit


@cache
def _stamp() -> str:
    """Return what changes when any of the loops does."""
    digest = blake2b(digest_size=16)
    for file in sorted(files(__package__).iterdir(), key=lambda each: each.name):
        if file.name.endswith(".py"):
            digest.update(file.read_bytes())
    return digest.hexdigest()


P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Return the function as machine code.

    Kept beside the source, or in the user's cache folder where that is read-only;
    where neither can be written, it is compiled once a process.
    """
    try:
        made: Any = njit(cache=True, nogil=True, error_model="numpy")(function)
        # What is kept is good for one state of all loops, since they call each other
        # across files; numba alone looks at the one file.
        made._cache._cache_file._source_stamp = _stamp()  # noqa: SLF001
    except RuntimeError:  # numba found no place to keep it
        made = njit(nogil=True, error_model="numpy")(function)
    return cast(Callable[P, R], made)
