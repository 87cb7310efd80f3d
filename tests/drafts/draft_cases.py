"""Reads the cases of a draft rule and builds the facts they describe."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from vorzimmer.drafts.checking import facts_of
from vorzimmer.drafts.draft import Draft, Recipient
from vorzimmer.drafts.earlier import sketch_of
from vorzimmer.drafts.rule import Facts
from vorzimmer.model import Channel

CASES = Path(__file__).parent / "cases"
_RECIPIENT = {each.name for each in fields(Recipient)}
_DRAFT = {"text", "network", "account", "subject"}


@cache
def cases(name: str) -> dict[str, list[dict[str, Any]]]:
    """Return the cases of a rule: its hits and its misses."""
    return tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))


def build(case: dict[str, Any]) -> Facts:
    """Return the facts that a case describes.

    Keys are the fields of Draft and Recipient; ``earlier`` are texts sent before.
    """
    about = {key: _frozen(case[key]) for key in _RECIPIENT & case.keys()}
    given = {key: case[key] for key in _DRAFT & case.keys()}
    draft = Draft(
        **given,
        channel=Channel(case.get("channel", "invitation_note")),
        recipient=Recipient(**about),
        earlier=tuple(sketch_of(each) for each in case.get("earlier", [])),
    )
    return facts_of(draft)


def _frozen(value: Any) -> Any:  # noqa: ANN401 - as TOML has it
    return tuple(value) if isinstance(value, list) else value
