"""Which requests are of the same person, however the sources call them; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from vorzimmer.model import ContactRequest, Person
from vorzimmer.names import how_common, plain_name
from vorzimmer.people import is_nobody, profile_key

_FREQUENT = 1.0


class Senders:
    """Which requests are of the same person: an index built once.

    One profile address is one person, and one mail address that belongs to one profile.
    Where neither is known, a rare name on the same network is.
    """

    def __init__(self, requests: Iterable[ContactRequest]) -> None:
        """Take all requests."""
        asked = list(requests)
        shared = _shared_mails(asked)
        self._above: dict[str, str] = {}
        self._key_of: dict[str, str] = {}
        for each in asked:
            keys = list(_keys(each, shared))
            for other in keys[1:]:
                self._join(keys[0], other)
            if keys:
                self._key_of[each.id] = self._top(keys[0])
        self._join_names(asked)
        self._together: defaultdict[str, list[ContactRequest]] = defaultdict(list)
        for each in asked:
            if key := self._key_of.get(each.id):
                self._together[self._top(key)].append(each)

    def together(self, request_id: str) -> tuple[ContactRequest, ...]:
        """Return the requests of the sender of one, with it, the earliest first.

        Nothing where it is not known who the sender is.
        """
        key = self._key_of.get(request_id)
        found = self._together[self._top(key)] if key else ()
        return tuple(sorted(found, key=asked_at))

    def _join_names(self, requests: Iterable[ContactRequest]) -> None:
        """Join who is known by name alone with the one person of that name."""
        owners: defaultdict[str, set[str]] = defaultdict(set)
        for each in requests:
            key = self._key_of.get(each.id, "n:")
            if not key.startswith("n:") and (name := _name(each)):
                owners[name].add(self._top(key))
        for name, keys in owners.items():
            if name in self._above and len(keys) == 1:
                self._join(keys.pop(), name)

    def _top(self, key: str) -> str:
        while (above := self._above.setdefault(key, key)) != key:
            key = above
        return key

    def _join(self, one: str, other: str) -> None:
        one, other = self._top(one), self._top(other)
        self._above[max(one, other)] = min(one, other)


def _shared_mails(requests: Iterable[ContactRequest]) -> set[str]:
    """Return mail addresses of several profiles: a whole department's is nobody's."""
    profiles: defaultdict[str, set[str]] = defaultdict(set)
    for each in requests:
        if mail := _mail(each.sender):
            profiles[mail].add(profile_key(each.sender.profile_url))
    return {mail for mail, keys in profiles.items() if len(keys - {""}) > 1}


def _keys(request: ContactRequest, shared: Collection[str]) -> Iterator[str]:
    """Yield the keys of a sender, the surest first."""
    profile, mail = profile_key(request.sender.profile_url), _mail(request.sender)
    if profile:
        yield f"p:{profile}"
    if mail and mail not in shared:
        yield f"e:{mail}"
    if not profile and not mail and (name := _name(request)):
        yield name


def _mail(person: Person) -> str:
    return (person.email or "").strip().casefold()


def _name(request: ContactRequest) -> str:
    name = request.sender.name or ""
    if not request.network or is_nobody(Person(name=name)):
        return ""
    if how_common(name) >= _FREQUENT:
        return ""
    return f"n:{request.network}|{plain_name(name)}"


def asked_at(request: ContactRequest) -> tuple[float, str]:
    """Return when a request came, to put several in order; not known comes first."""
    return (request.sent_at.timestamp() if request.sent_at else 0.0, request.id)
