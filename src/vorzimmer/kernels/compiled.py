"""Compiles a loop at its first call and keeps it for the next process."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from numba import njit

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Return the function as machine code.

    Kept beside the source, or in the user's cache folder where that is read-only;
    where neither can be written, it is compiled once a process.
    """
    try:
        made = njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:  # numba found no place to keep it
        made = njit(nogil=True, error_model="numpy")(function)
    return cast(Callable[P, R], made)
