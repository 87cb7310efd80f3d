"""The pasted samples, what is to be found in each, and how much of it is found."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vorzimmer.pasted import Found, Pasted, read_paste

TODAY = date(2026, 11, 21)
MEMBER = "Katrin Brandt"
FOLDER = Path(__file__).parent / "pasted"
# What a chat shows of its course is tested by itself.
_COURSE = {"is_own", "has_reply", "replied_on"}
FIELDS = tuple(name for name in Pasted.__dataclass_fields__ if name not in _COURSE)


@dataclass(frozen=True)
class Sample:
    """A pasted text, and what it shows."""

    name: str
    text: str
    wanted: dict[str, Any]


def samples(*files: str) -> Iterator[Sample]:
    """Yield the samples of these files of ``tests/pasted``; of all if none is named."""
    for path in sorted(FOLDER.glob("*.toml")):
        if files and path.stem not in files:
            continue
        for name, entry in tomllib.loads(path.read_text("utf-8"))["paste"].items():
            text = entry.pop("text")
            yield Sample(f"{path.stem}-{name}", text, entry)


def found(sample: Sample) -> dict[str, Any]:
    """Return what is read out of a sample, as the files write it."""
    pasted = read_paste(sample.text, today=TODAY, member=MEMBER)
    values: dict[str, Any] = {}
    for field in FIELDS:
        value = getattr(pasted, field)
        if isinstance(value, Found):
            values[field] = value.value
        elif value:
            values[field] = list(value)
    return values


def accuracy(*files: str) -> dict[str, tuple[int, int]]:
    """Return for each field how many samples are right, and how many show it.

    Right is the same value, or rightly none.
    """
    counted: dict[str, tuple[int, int]] = {}
    for sample in samples(*files):
        values = found(sample)
        for field in FIELDS:
            right, shown = counted.get(field, (0, 0))
            is_right = values.get(field) == sample.wanted.get(field)
            counted[field] = right + is_right, shown + (field in sample.wanted)
    return counted
