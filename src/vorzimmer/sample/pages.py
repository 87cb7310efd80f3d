"""The hand-written data beside this module, one TOML file a subject."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def page(name: str) -> dict[str, Any]:
    """Return the content of one data file; do not change what it returns."""
    text = (files("vorzimmer.sample") / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def request_pages() -> tuple[str, ...]:
    """Return the names of the files that hold contact requests, in order."""
    names = (entry.name for entry in files("vorzimmer.sample").iterdir())
    return tuple(
        sorted(
            name.removesuffix(".toml")
            for name in names
            if name.startswith("requests_") and name.endswith(".toml")
        )
    )
