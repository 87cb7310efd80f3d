"""Every draft rule, one a file, found by file name."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from vorzimmer.drafts.rule import Rule

__all__ = ["all_rules"]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return all rules in the order of their names, loaded once."""
    return tuple(
        _load(module.name)
        for module in iter_modules(__path__)
        if not module.name.startswith("_")
    )


def _load(name: str) -> Rule:
    found: Rule = getattr(import_module(f"{__name__}.{name}"), name)
    return found
