"""What may be done about a request, and where it stands after: a state machine; pure.

A request has a history: the member's decisions and what happened besides, in the order
in which Vorzimmer learned of them. Its state follows from the history alone. What was
recorded counts, even where it would be refused today: the record is what was done.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vorzimmer.errors import ReactionError
from vorzimmer.model import Action, Channel, ContactRequest, Decision, Sentence, say


class State(StrEnum):
    """Where a request stands."""

    PENDING = "pending"
    HELD = "held"
    ASKED = "asked"
    ANSWERED = "answered"
    WRITTEN_TO = "written_to"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    IGNORED = "ignored"
    REPORTED_UNKNOWN = "reported_unknown"
    REPORTED_SPAM = "reported_spam"
    BLOCKED = "blocked"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"


class Happening(StrEnum):
    """What can happen to a request without the member's deciding."""

    SENDER_ANSWERED = "sender_answered"
    SHOWN_ACCEPTED = "shown_accepted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a request; never changed, only followed by another.

    Attributes:
        id: Increasing number given by the store.
        at: When it happened, not when it was learned of.
        after_decision: The newest decision when it was learned of; 0 is none.
        actor: Who says so: ``"member"``, or ``"archive"`` for what a source shows.
        clause: By which rule it counts; ``""`` of an undoing, and of what older
            versions wrote down.
        key: Tells it from what else happened to the request; ``None`` of an undoing.
        undoes: Id of the event that this one takes back, if it does.
    """

    id: int
    request_id: str
    what: Happening
    at: datetime
    after_decision: int = 0
    actor: str = "archive"
    clause: str = ""
    key: str | None = None
    undoes: int | None = None


AS_SHOWN = "as your archive shows"
"""The clause of what a source shows to have been done."""

AS_NOTED = "as you noted"
"""The clause of what the member says to have happened."""

OPEN = frozenset({State.PENDING, State.HELD, State.ANSWERED})
"""States in which a request waits for the member."""

# Whatever was before: who accepts has a contact.
_LEADS_TO: dict[Action, State] = {
    Action.ACCEPT: State.ACCEPTED,
    Action.ASK: State.ASKED,
    Action.ANSWER: State.WRITTEN_TO,
    Action.DECLINE: State.DECLINED,
    Action.IGNORE: State.IGNORED,
    Action.REPORT_UNKNOWN: State.REPORTED_UNKNOWN,
    Action.REPORT_SPAM: State.REPORTED_SPAM,
    Action.BLOCK: State.BLOCKED,
    Action.REMOVE: State.REMOVED,
    Action.HOLD: State.HELD,
}
# An event is a fact and cannot be refused; where it is not listed, it changes nothing.
_UNFINISHED = (*OPEN, State.ASKED, State.WRITTEN_TO)
_BRINGS: dict[Happening, dict[State, State]] = {
    Happening.SENDER_ANSWERED: {State.ASKED: State.ANSWERED},
    Happening.SHOWN_ACCEPTED: dict.fromkeys(_UNFINISHED, State.ACCEPTED),
    Happening.WITHDRAWN: dict.fromkeys(_UNFINISHED, State.WITHDRAWN),
}
_NOTHING: frozenset[Action] = frozenset()
_HARDER = (Action.REPORT_SPAM, Action.BLOCK)
_FIRST = (
    Action.ACCEPT,
    Action.ASK,
    Action.ANSWER,
    Action.DECLINE,
    Action.IGNORE,
    Action.REPORT_UNKNOWN,
    *_HARDER,
    Action.HOLD,
)
_POSSIBLE: dict[State, tuple[Action, ...]] = {
    State.PENDING: _FIRST,
    State.HELD: _FIRST,
    State.ANSWERED: _FIRST,
    State.ASKED: tuple(a for a in _FIRST if a not in {Action.ASK, Action.HOLD}),
    State.WRITTEN_TO: tuple(a for a in _FIRST if a is not Action.HOLD),
    State.ACCEPTED: (Action.REMOVE, *_HARDER),
    State.DECLINED: (Action.REPORT_UNKNOWN, *_HARDER),
    State.IGNORED: (Action.REPORT_UNKNOWN, *_HARDER),
    State.REPORTED_UNKNOWN: _HARDER,
    State.REPORTED_SPAM: (Action.BLOCK,),
    State.BLOCKED: (),
    State.REMOVED: _HARDER,
    State.WITHDRAWN: _HARDER,
}
# What a network does not offer for what came by a way. That one does not know somebody
# can be said of an invitation; under a message there is no such button.
_LACKING: dict[Channel, frozenset[Action]] = dict.fromkeys(
    (Channel.MESSAGE, Channel.INMAIL, Channel.MAIL), frozenset({Action.REPORT_UNKNOWN})
)
_REFUSALS: dict[State, Sentence] = {
    State.ASKED: say(
        "You have asked back already. Wait for the answer, move its date, or decide"
        " otherwise."
    ),
    State.WRITTEN_TO: say(
        "You have answered with a letter; to decide later, just leave it as it is."
    ),
    State.ACCEPTED: say(
        "You have accepted this request. Now you can remove the contact, report it as"
        " spam, or block it."
    ),
    State.DECLINED: say(
        "You have declined this request. Now you can report or block its sender."
    ),
    State.IGNORED: say(
        "You have ignored this request. Now you can report or block its sender."
    ),
    State.REPORTED_UNKNOWN: say(
        "You have reported the sender as unknown to you. Now you can report spam, or"
        " block."
    ),
    State.REPORTED_SPAM: say(
        "You have reported this request as spam. Now you can block its sender."
    ),
    State.BLOCKED: say("You have blocked the sender; there is no more to be done."),
    State.REMOVED: say(
        "You have removed this contact. Now you can report or block the person."
    ),
    State.WITHDRAWN: say(
        "The sender has taken this request back. You can still report or block."
    ),
}
_NOT_ACCEPTED = say("Only a contact that you accepted can be removed.")
_NOT_OFFERED = say(
    "Only of a contact request can you say on the network that you do not know its"
    " sender, not of a message. Ignore it, report it as spam, or block the sender."
)
_OR_UNDO = say("If that was a mistake, undo it.")
_NOT_WITHDRAWN = say(
    "You have decided about this request; that its sender takes it back changes"
    " nothing any more."
)
_WITHDRAWN_ALREADY = say("It is noted already that the sender took this request back.")


def lacking(request: ContactRequest) -> frozenset[Action]:
    """Return what the network does not offer for what came by this way."""
    return _LACKING.get(request.channel, _NOTHING) if request.channel else _NOTHING


def possible(state: State, request: ContactRequest | None = None) -> tuple[Action, ...]:
    """Return what may be done in a state, in the order in which it is offered.

    Args:
        state: Where it stands.
        request: What it is; ``None`` leaves aside by which way it came.
    """
    if request is None or not (missing := lacking(request)):
        return _POSSIBLE[state]
    return tuple(each for each in _POSSIBLE[state] if each not in missing)


def refused(
    state: State, action: Action, request: ContactRequest | None = None
) -> ReactionError | None:
    """Return why an action is not possible in a state; ``None``: it is.

    Args:
        state: Where the request stands.
        action: What is to be done.
        request: What it is; ``None`` leaves aside by which way it came.
    """
    if request is not None and action in lacking(request):
        return ReactionError(_NOT_OFFERED)
    if action in _POSSIBLE[state]:
        return None
    if action is Action.REMOVE:
        return ReactionError(_NOT_ACCEPTED)
    more = () if state in {State.ASKED, State.WRITTEN_TO} else (_OR_UNDO,)
    return ReactionError(_REFUSALS[state], *more)


def not_withdrawn(state: State) -> ReactionError | None:
    """Return why the sender cannot take a request back any more; ``None``: can."""
    if state in _BRINGS[Happening.WITHDRAWN]:
        return None
    is_known = state is State.WITHDRAWN
    return ReactionError(_WITHDRAWN_ALREADY if is_known else _NOT_WITHDRAWN)


def after(state: State, step: Decision | Event) -> State:
    """Return the state to which a decision or an event leads.

    Args:
        state: The one before.
        step: It must be no undoing.
    """
    if isinstance(step, Decision):
        return _LEADS_TO[step.action]
    return _BRINGS[step.what].get(state, state)


def in_order(
    decisions: Iterable[Decision], events: Iterable[Event]
) -> list[Decision | Event]:
    """Return a history: decisions and events in the order in which one learned them."""
    placed: list[tuple[tuple[int, int, int], Decision | Event]] = [
        ((each.id, 0, 0), each) for each in decisions
    ]
    placed += [((each.after_decision, 1, each.id), each) for each in events]
    placed.sort(key=lambda each: each[0])
    return [each for _, each in placed]


def standing(history: Iterable[Decision | Event]) -> list[Decision | Event]:
    """Return what of a history was not undone, without the undoings."""
    history = list(history)
    undone = {(type(each), each.undoes) for each in history}
    return [
        each
        for each in history
        if each.undoes is None and (type(each), each.id) not in undone
    ]


def state_of(history: Sequence[Decision | Event]) -> State:
    """Return where a request stands after its history, in the order of ``in_order``."""
    state = State.PENDING
    for step in standing(history):
        state = after(state, step)
    return state


def state_after(decision: Decision | None, events: Iterable[Event] = ()) -> State:
    """Return where a request stands, from what stands of its history.

    As a decision leads where it does from any state, only the last one matters, and
    what happened after it; this is ``state_of`` for thousands of requests.

    Args:
        decision: The last that stands; ``None``: there is none.
        events: Those that stand.
    """
    return _last_step(decision, events)[0]


def happened_last(
    decision: Decision | None, events: Iterable[Event] = ()
) -> Event | None:
    """Return the event that brought a request where it stands; ``None``: none did.

    Args:
        decision: The last that stands; ``None``: there is none.
        events: Those that stand.
    """
    return _last_step(decision, events)[1]


def _last_step(
    decision: Decision | None, events: Iterable[Event]
) -> tuple[State, Event | None]:
    state = State.PENDING if decision is None else _LEADS_TO[decision.action]
    since = 0 if decision is None else decision.id
    last: Event | None = None
    later = (each for each in events if each.after_decision >= since)
    for event in sorted(later, key=lambda each: (each.after_decision, each.id)):
        before, state = state, after(state, event)
        last = last if state is before else event
    return state, last
