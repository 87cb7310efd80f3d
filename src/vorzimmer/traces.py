"""Whom rows of a database speak of: people, found by name or address; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from vorzimmer.model import Person
from vorzimmer.names import plain_name
from vorzimmer.people import is_hidden, profile_key

_WRITER = ("person ", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """A row that speaks of a person.

    Attributes:
        table: Name of the table.
        key: The values of its primary key, without the member's number.
        person: Who, as far as the row says it.
        request_id: The request that it is of; ``""`` is of none.
    """

    table: str
    key: tuple[str | int, ...]
    person: Person
    request_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody of whom the database speaks.

    Attributes:
        id: A digest of what the person is told apart by.
        names: In all spellings, the longest first.
        addresses: Of profiles.
        emails: Mail addresses.
        headline: The longest that is known, or ``""``.
        traces: All rows that speak of the person.
        namesakes: How many others have one of the names.
    """

    id: str
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    emails: tuple[str, ...]
    headline: str
    traces: tuple[Trace, ...]
    namesakes: int = 0

    @property
    def request_ids(self) -> frozenset[str]:
        """The requests that the person sent."""
        return frozenset(each.request_id for each in self.traces) - {""}


def person_of_key(key: str) -> Person:
    """Return what a key of ``people.identity`` says of a person.

    Args:
        key: The key, or a subject that was settled.
    """
    kind, _, rest = key.removeprefix(_WRITER[0]).partition(":")
    if kind == "p":
        return Person(profile_url=rest)
    if kind == "e":
        return Person(email=rest)
    return Person(name=rest.rpartition("|")[0]) if kind == "n" else Person()


def people_of(traces: Iterable[Trace]) -> list[Known]:
    """Return the people of whom rows speak, by name.

    One profile address, one mail address or one request makes one person of two rows.
    A name alone does where only one person has it.
    """
    groups = _Groups()
    named: list[tuple[str, Trace]] = []
    for trace in traces:
        keys = list(_keys(trace))
        if keys:
            groups.add(keys, trace)
        else:
            name = _name(trace.person)
            if name:
                named.append((name, trace))
    by_name: defaultdict[str, set[str]] = defaultdict(set)
    for root, group in groups.items():
        for each in group:
            if name := _name(each.person):
                by_name[name].add(root)
    for name, trace in named:
        owners = by_name.get(name, set())
        groups.add([next(iter(owners)) if len(owners) == 1 else f"n:{name}"], trace)
    return _known(groups)


def _known(groups: _Groups) -> list[Known]:
    whole = {root: tuple(group) for root, group in groups.items()}
    by_name: defaultdict[str, set[str]] = defaultdict(set)
    for root, group in whole.items():
        for each in group:
            if name := _name(each.person):
                by_name[name].add(root)
    found = [
        _person(group, _namesakes([by_name[name] for name in _names_of(group)]))
        for group in whole.values()
    ]
    return sorted(found, key=lambda each: (each.names[:1], each.id))


def _namesakes(owners: Sequence[set[str]]) -> int:
    """Return how many others there are, of those who own each of somebody's names."""
    if len(owners) == 1:  # Of most, and quick also where a thousand share one name.
        return len(owners[0]) - 1
    return max(len(set[str]().union(*owners)) - 1, 0)


def _names_of(group: Sequence[Trace]) -> set[str]:
    return {name for each in group if (name := _name(each.person))}


def _person(group: Sequence[Trace], namesakes: int) -> Known:
    people = [each.person for each in group]
    keys = sorted({key for each in group for key in (*_keys(each), _name(each.person))})
    digest = blake2b("\n".join(keys).encode("utf-8", "surrogatepass"), digest_size=10)
    return Known(
        id=digest.hexdigest(),
        names=_distinct(each.name for each in people),
        addresses=_distinct(each.profile_url for each in people),
        emails=_distinct(each.email for each in people),
        headline=next(iter(_distinct(each.headline for each in people)), ""),
        traces=tuple(group),
        namesakes=namesakes,
    )


def _distinct(words: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({word for word in words if word}, key=lambda w: (-len(w), w)))


def _name(person: Person) -> str:
    return _plain(person.name or "")


@lru_cache(maxsize=65_536)
def _plain(name: str) -> str:
    # Asked several times of each row; to fold a name is what takes the time.
    return "" if is_hidden(name) else plain_name(name)


def _keys(trace: Trace) -> Iterator[str]:
    if trace.request_id:
        yield f"r:{trace.request_id}"
    if key := profile_key(trace.person.profile_url):
        yield f"p:{key}"
    if trace.person.email:
        yield f"e:{trace.person.email.strip().casefold()}"


@dataclass(slots=True)
class _Groups:
    """Rows in groups; groups with a common key are one."""

    _above: dict[str, str] = field(default_factory=dict)
    _rows: defaultdict[str, list[Trace]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, keys: Sequence[str], trace: Trace) -> None:
        first = self._root(keys[0])
        for key in keys[1:]:
            root = self._root(key)
            if root != first:
                self._above[root] = first
                self._rows[first] += self._rows.pop(root, [])
        self._rows[first].append(trace)

    def items(self) -> list[tuple[str, list[Trace]]]:
        return list(self._rows.items())

    def _root(self, key: str) -> str:
        while (above := self._above.get(key, key)) != key:
            self._above[key] = self._above.get(above, above)
            key = above
        return key


def find_people(people: Iterable[Known], words: str) -> list[Known]:
    """Return whom somebody means, an exact name before a part of one.

    Args:
        people: Everybody.
        words: A name or a part of it, a profile address or its end, a mail address.
    """
    wanted = words.strip()
    address = wanted.casefold()
    key = profile_key(wanted)
    plain = plain_name(wanted)
    parts = set(plain.split())
    exact, partly = [], []
    for each in people:
        names = [_plain(name) for name in each.names]
        slugs = {profile_key(url).rpartition("/")[2] for url in each.addresses}
        if (
            address in {mail.strip().casefold() for mail in each.emails}
            or (key and key in map(profile_key, each.addresses))
            or (address and address in slugs)
            or (plain and plain in names)
        ):
            exact.append(each)
        elif parts and any(parts <= set(name.split()) for name in names):
            partly.append(each)
    return exact + partly
