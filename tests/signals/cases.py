"""Reads the cases of a signal and builds the request and context they describe."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from builders import MEMBER, NOON
from vorzimmer.classifier import shipped_classifier
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.habits import habit_of
from vorzimmer.model import (
    PERSON_FACTS,
    Action,
    Channel,
    ContactRequest,
    Person,
    Tie,
    TieKind,
)
from vorzimmer.note import read_notes
from vorzimmer.repeats import TurnedAway
from vorzimmer.signal import Context, Mention, Signal
from vorzimmer.text import normalise

CASES = Path(__file__).parent / "cases"
SENDER_FACTS = set(PERSON_FACTS)
REQUEST_FACTS = {each.name for each in fields(ContactRequest)} - {"sender", "id"}


@cache
def cases(name: str) -> dict[str, list[dict[str, Any]]]:
    """Return the cases of a signal: its hits and its misses."""
    return tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))


def build(case: dict[str, Any]) -> tuple[ContactRequest, Context]:
    """Return the request and the context that a case describes.

    Keys are the fields of ContactRequest and Person; besides ``ties`` and
    ``doubles`` (tables of Tie, with ``name``, ``profile_url``, ``email``),
    ``mentions`` (tables of name, is_person), ``same_note_count``, ``usual``
    (earlier messages of the sender, as often as there are) and ``turned_away`` (a table
    of action and day).
    """
    sender = Person(**{key: case[key] for key in SENDER_FACTS & case.keys()})
    facts = {key: case[key] for key in REQUEST_FACTS & case.keys()}
    if "channel" in facts:
        facts["channel"] = Channel(facts["channel"])
    facts.setdefault("sent_at", NOON)
    request = ContactRequest(id="r", sender=sender, **facts)
    (note,) = read_notes(
        [request.note], shipped_phrasebook(), classifier=shipped_classifier()
    )
    (headline,) = read_notes([sender.headline], shipped_phrasebook())
    context = Context(
        member=MEMBER,
        note=note,
        headline=headline if headline.text else None,
        ties=tuple(_tie(each) for each in case.get("ties", [])),
        doubles=tuple(_tie(each) for each in case.get("doubles", [])),
        mentions=tuple(
            _mention(each, note.normal) for each in case.get("mentions", [])
        ),
        same_note_count=case.get("same_note_count"),
        habit=habit_of((each, NOON) for each in case["usual"])
        if "usual" in case
        else None,
        turned_away=_turned_away(case.get("turned_away")),
    )
    return request, context


def all_cases(signal: Signal) -> list[dict[str, Any]]:
    """Return hits and misses of a signal together."""
    read = cases(signal.name)
    return [*read["hit"], *read["miss"]]


def _tie(table: dict[str, Any]) -> Tie:
    about = {key: table[key] for key in SENDER_FACTS & table.keys()}
    rest = {key: value for key, value in table.items() if key not in about}
    rest["kind"] = TieKind(rest["kind"])
    return Tie(person=Person(**about), **rest)


def _turned_away(table: dict[str, Any] | None) -> TurnedAway | None:
    if table is None:
        return None
    return TurnedAway(action=Action(table["action"]), on=table["on"])


def _mention(table: dict[str, Any], normal: str) -> Mention:
    start = normal.index(normalise(table["name"]))
    span = (start, start + len(normalise(table["name"])))
    return Mention(table["name"], span, is_person=table["is_person"])
