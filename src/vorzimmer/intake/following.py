"""Which request a message goes on with that somebody pasted; pure.

A chat that is copied holds what came after a request: an answer to a question, or the
next message of somebody who asked before. That is no request of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from vorzimmer.model import Channel, ContactRequest, Person
from vorzimmer.names import how_common, plain_name
from vorzimmer.people import is_company_key, is_hidden, is_same_network, profile_key
from vorzimmer.reactions import State
from vorzimmer.text import normalise

# Where a talk goes on; who was turned away and writes again, asks anew.
_GOES_ON = frozenset(
    {
        *(State.PENDING, State.HELD, State.ASKED, State.ANSWERED),
        *(State.WRITTEN_TO, State.ACCEPTED),
    }
)
# An InMail is paid for and reaches anybody, so alone it goes on with nothing.
_IN_TALK = frozenset(_GOES_ON - {State.PENDING, State.HELD})
# Fewer characters than this may be anybody's words.
_SHORTEST = 12


def followed(
    request: ContactRequest,
    *,
    others: Iterable[ContactRequest],
    state: Callable[[str], State],
    is_reply: bool = False,
) -> ContactRequest | None:
    """Return the request with which a pasted one goes on; ``None``: it is one itself.

    Args:
        request: As it was pasted.
        others: All that are known.
        state: Where each of these stands, by its id.
        is_reply: Whether the chat shows that the member had written before.
    """
    found = list(others)
    if any(each.id == request.id for each in found):
        return None
    mine = [
        each for each in _of_same_person(request, found) if _is_before(each, request)
    ]
    mine.sort(key=lambda each: (state(each.id) is not State.ASKED, _newest_first(each)))
    for each in mine:
        if same_words(each, request) or _goes_on(
            request, state(each.id), is_reply=is_reply
        ):
            return each
    return None


def _goes_on(request: ContactRequest, stands: State, *, is_reply: bool) -> bool:
    if not request.note:
        return False
    if stands is State.ASKED or (is_reply and stands in _GOES_ON):
        # While an invitation waits for an answer, nobody can send another one.
        return True
    if request.channel is Channel.MESSAGE:
        return stands in _GOES_ON
    return request.channel is Channel.INMAIL and stands in _IN_TALK


def _of_same_person(
    request: ContactRequest, others: Iterable[ContactRequest]
) -> list[ContactRequest]:
    """Return the requests of who sent one: by profile, else by a name of one person."""
    sender = request.sender
    key, name = profile_key(sender.profile_url), plain_name(sender.name or "")
    if is_company_key(key):
        return []
    on_network = [
        each
        for each in others
        if request.network is None or each.network in {None, request.network}
    ]
    same = [each for each in on_network if key and profile_key(_url(each)) == key]
    if same or not name or is_hidden(sender.name or ""):
        return same
    named = [
        each
        for each in on_network
        if plain_name(each.sender.name or "") == name and not _are_two(sender, each)
    ]
    is_one = len({profile_key(_url(each)) for each in named} - {""}) <= 1
    is_telling = how_common(sender.name or "") < 1.0 or any(
        _same_headline(sender, each.sender) for each in named
    )
    return named if is_one and is_telling else []


def _url(request: ContactRequest) -> str | None:
    return request.sender.profile_url


def _are_two(person: Person, other: ContactRequest) -> bool:
    keys = profile_key(person.profile_url), profile_key(_url(other))
    return all(keys) and is_same_network(*keys)


def _same_headline(one: Person, two: Person) -> bool:
    mine, other = normalise(one.headline or ""), normalise(two.headline or "")
    return bool(mine) and mine == other


def _is_before(other: ContactRequest, request: ContactRequest) -> bool:
    """Return whether a request came first; where a day is missing, it may have."""
    days = _day(other), _day(request)
    return days[0] is None or days[1] is None or days[0] <= days[1]


def _day(request: ContactRequest) -> date | None:
    return request.sent_at.date() if request.sent_at else None


def _newest_first(request: ContactRequest) -> tuple[float, str]:
    return (-request.sent_at.timestamp() if request.sent_at else 0.0, request.id)


def same_words(one: ContactRequest, two: ContactRequest) -> bool:
    """Return whether two bring the same words, or one of them their beginning."""
    mine, other = normalise(one.note or ""), normalise(two.note or "")
    return min(len(mine), len(other)) >= _SHORTEST and (
        mine.startswith(other) or other.startswith(mine)
    )
