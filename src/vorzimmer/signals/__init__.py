"""Every signal that Vorzimmer knows, one a file, found by file name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from vorzimmer.signal import Signal

__all__ = ["all_signals", "signals_by_name"]


@cache
def all_signals() -> tuple[Signal, ...]:
    """Return all signals in the order of their names, loaded once."""
    return tuple(
        _load(module.name)
        for module in iter_modules(__path__)
        if not module.name.startswith("_")
    )


@cache
def signals_by_name() -> Mapping[str, Signal]:
    """Return the signals by name, in the same order."""
    return {each.name: each for each in all_signals()}


def _load(name: str) -> Signal:
    found: Signal = getattr(import_module(f"{__name__}.{name}"), name)
    return found
