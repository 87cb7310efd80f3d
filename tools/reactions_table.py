"""The table of states for the reference page, made from the state machine itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from vorzimmer.model import Action, Channel, ContactRequest, Decision, Person
from vorzimmer.reactions import (
    OPEN,
    Event,
    Happening,
    State,
    after,
    lacking,
    possible,
)
from vorzimmer.translation import STATES

_AT = datetime(2026, 1, 1, tzinfo=UTC)


def reactions() -> Iterator[tuple[str, str, str, str, str]]:
    """Yield a row for each state: its names, what can be done, what can happen."""
    for state in State:
        yield (
            f"`{state.value}`",
            STATES[state],
            "yes" if state in OPEN else "",
            ", ".join(_can(state)) or "nothing more",
            ", ".join(_happens(state)),
        )


def not_offered() -> Iterator[str]:
    """Yield a phrase for each way that lacks an action which others have."""
    for channel in Channel:
        request = ContactRequest(id="", sender=Person(), channel=channel)
        if missing := sorted(each.value for each in lacking(request)):
            yield f"`{channel.value}`: {', '.join(f'`{each}`' for each in missing)}"


def _can(state: State) -> Iterator[str]:
    for action in possible(state):
        yield f"{action.value} → `{_decided(state, action).value}`"


def _happens(state: State) -> Iterator[str]:
    for what in Happening:
        led_to = after(state, Event(id=1, request_id="", what=what, at=_AT))
        if led_to is not state:
            yield f"{what.value} → `{led_to.value}`"


def _decided(state: State, action: Action) -> State:
    step = Decision(id=1, request_id="", action=action, actor="member", at=_AT)
    return after(state, step)
