"""The templates and links to reading that come with the package."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from vorzimmer.form_of_address import Manner
from vorzimmer.replies.template import SUFFIX, Template, read_template

Key = tuple[str, Manner]
"""Which template: its name, and how it speaks."""


@cache
def shipped_templates() -> Mapping[Key, Template]:
    """Return the templates that come with the package, in the order of their names."""
    folder = files("vorzimmer") / "replies" / "templates"
    found = {}
    for each in sorted(folder.iterdir(), key=lambda each: each.name.split(".")):
        if each.name.endswith(SUFFIX):
            text = each.read_text("utf-8")
            made = read_template(each.name, text, file=each.name)
            found[made.name, made.manner] = made
    return found


@cache
def shipped_reading(language: str) -> str:
    """Return links to reading on good networking, one a line.

    Args:
        language: ``"de"`` or ``"en"``.
    """
    place = files("vorzimmer") / "replies" / "reading.toml"
    table = tomllib.loads(place.read_text("utf-8"))
    return "\n".join(each[language] for each in table["reading"])
