"""The same request from several sources is one request; pure.

A notification mail, the archive and a page that was pasted may all tell of one request.
Which of them belong together depends only on what they say, not on which came first,
and joining what was joined changes nothing. Where two people could be meant, nothing is
joined: two requests that are one cost a look, one that is two hides a person.

1. An equal id is an equal request.
2. An equal profile address joins: on one day, on two days in a row; then, unless the
   words are others, within ``_AGAIN_DAYS`` (reminders), and where one has no day.
3. Without an address on one side the name joins, with an equal note, on one day, or on
   two days in a row. A frequent name needs an equal headline, or a long equal note,
   besides.

What a mail says that may be forged is joined with nothing else: it must neither hide
behind a real request nor speak for it.

Each step looks at all that may belong together at once. Where one of them contradicts
another (two profile addresses, two ids in one reading of an archive), the step joins
none of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import combinations

from vorzimmer.model import Channel, ContactRequest
from vorzimmer.names import how_common, plain_name
from vorzimmer.people import (
    is_company_key,
    is_hidden,
    is_same_network,
    profile_key,
)
from vorzimmer.text import normalise

# LinkedIn lets nobody ask again within three weeks of withdrawing; what comes before
# is a reminder of the same request. Source: LinkedIn help a551012
_AGAIN_DAYS = 20
# More requests under one name or address than this are not compared with each other.
_MOST_ALIKE = 50
# Fewer characters than this may be anybody's words ...
_SHORTEST_NOTE = 12
# ... and a default text of a network has no more than this.
_LONGEST_DEFAULT = 90
_FREQUENT = 1.0
# Mails show the beginning of a long note.
_CUT = ("…", "...")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one source says of one request.

    Attributes:
        source: Number of the source.
        run: Number of the reading in which it was said last.
        request: As the source says it, under the id that it has there.
        said_at: Of which moment it speaks.
        has_own_ids: Whether two ids within one reading are surely two requests.
    """

    source: int
    run: int
    request: ContactRequest
    said_at: datetime
    has_own_ids: bool = False


@dataclass(slots=True, eq=False)
class _Unit:
    """Contributions that are one request for sure, and what they say."""

    parts: list[Contribution]
    ids: set[str] = field(default_factory=set)
    networks: set[str] = field(default_factory=set)
    ways: set[bool] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    headlines: set[str] = field(default_factory=set)
    days: set[int] = field(default_factory=set)
    readings: set[tuple[int, int]] = field(default_factory=set)
    is_doubtful: bool = False

    @classmethod
    def of(cls, parts: list[Contribution]) -> _Unit:
        unit = cls(parts)
        for part in parts:
            unit._hear(part)
        return unit

    def _hear(self, part: Contribution) -> None:
        request, sender = part.request, part.request.sender
        address, name = keys_of(sender.name, sender.profile_url)
        self.ids.add(request.id)
        self.networks |= _known(request.network)
        self.addresses |= _known(address)
        self.names |= _known(name)
        # Such mails have ids of their own from the beginning; see intake.mails.
        self.is_doubtful |= bool(request.leads_to) and not request.is_origin_proven
        self.notes |= _known(request.note)
        self.headlines |= _known(sender.headline)
        if request.channel:
            self.ways.add(request.channel is Channel.INVITATION_NOTE)
        if request.sent_at:
            self.days.add(request.sent_at.toordinal())
        if part.has_own_ids:
            self.readings.add((part.source, part.run))

    def take(self, other: _Unit) -> None:
        """Become one with another unit."""
        self.parts += other.parts
        self.ids |= other.ids
        self.networks |= other.networks
        self.ways |= other.ways
        self.addresses |= other.addresses
        self.names |= other.names
        self.notes |= other.notes
        self.headlines |= other.headlines
        self.days |= other.days
        self.readings |= other.readings
        self.is_doubtful |= other.is_doubtful


def keys_of(name: str | None, profile_url: str | None) -> tuple[str, str]:
    """Return by what requests are found that may be one: address, and name, or ``""``.

    Companies and people whose names are hidden share names with everybody.
    """
    address = profile_key(profile_url)
    if not name or is_hidden(name) or is_company_key(address):
        return address, ""
    return address, plain_name(name)


def neighbours(links: Iterable[tuple[str, ...]], seeds: Collection[str]) -> set[str]:
    """Return all ids that lead to one of the seeds over shared keys, step by step.

    What is joined with what depends on nothing beyond them.

    Args:
        links: Of each contribution its id, then its keys; ``""`` is no key.
        seeds: Ids and keys to begin with.
    """
    keys: defaultdict[str, set[str]] = defaultdict(set)
    ids: defaultdict[str, list[str]] = defaultdict(list)
    for own_id, *linked in links:
        for key in linked:
            if key:
                keys[own_id].add(key)
                ids[key].append(own_id)
    found = {each for each in seeds if each in keys}
    seen = {each for each in seeds if each in ids}
    waiting = [*found, *(own_id for key in seen for own_id in ids[key])]
    while waiting:
        own_id = waiting.pop()
        found.add(own_id)
        for key in keys[own_id] - seen:
            seen.add(key)
            waiting += ids[key]
    return found


def _known(word: str | None) -> set[str]:
    return {word} if word else set()


def joined(contributions: Iterable[Contribution]) -> list[list[Contribution]]:
    """Return the contributions, those to one request together.

    The order is that of the ids; it does not depend on that of the contributions.
    """
    by_id: defaultdict[str, list[Contribution]] = defaultdict(list)
    for each in contributions:
        by_id[each.request.id].append(each)
    groups = [by_id[key] for key in sorted(by_id)]
    readings = {(each.source, each.run) for group in groups for each in group}
    # One reading of an archive tells its requests apart, which spares the rest.
    if len(readings) > 1 or not all(group[0].has_own_ids for group in groups):
        units = list(map(_Unit.of, groups))
        for step in _STEPS:
            units = _step(units, step)
        groups = [unit.parts for unit in units]
    groups = [sorted(group, key=_order) for group in groups]
    return sorted(groups, key=lambda group: group[0].request.id)


def _order(part: Contribution) -> tuple[str, int]:
    return part.request.id, part.source


@dataclass(frozen=True, slots=True)
class _Step:
    """One step: which units to compare, by what, and when two are one."""

    keys: Callable[[_Unit], Iterable[str]]
    is_one: Callable[[_Unit, _Unit], bool]
    contradicts: Callable[[_Unit, _Unit], bool]


def _step(units: Sequence[_Unit], step: _Step) -> list[_Unit]:
    buckets: defaultdict[str, list[int]] = defaultdict(list)
    for place, unit in enumerate(units):
        for key in step.keys(unit):
            buckets[key].append(place)
    leaders = list(range(len(units)))
    for places in buckets.values():
        if 1 < len(places) <= _MOST_ALIKE and _may_join(units, places):
            for one, two in combinations(places, 2):
                if step.is_one(units[one], units[two]):
                    _unite(leaders, one, two)
    together: defaultdict[int, list[_Unit]] = defaultdict(list)
    for place, unit in enumerate(units):
        together[_leader(leaders, place)].append(unit)
    return [unit for group in together.values() for unit in _agreed(group, step)]


def _may_join(units: Sequence[_Unit], places: Sequence[int]) -> bool:
    """Whether not all of them come from one reading, which tells them apart."""
    shared = set.intersection(*(units[place].readings for place in places))
    return not shared


def _agreed(group: list[_Unit], step: _Step) -> Iterator[_Unit]:
    """Yield a group as one unit, or as it is where one contradicts another."""
    if any(step.contradicts(one, two) for one, two in combinations(group, 2)):
        yield from group
        return
    first, *others = group
    for each in others:
        first.take(each)
    yield first


def _leader(leaders: list[int], place: int) -> int:
    while leaders[place] != place:
        leaders[place] = leaders[leaders[place]]
        place = leaders[place]
    return place


def _unite(leaders: list[int], one: int, two: int) -> None:
    one, two = _leader(leaders, one), _leader(leaders, two)
    leaders[max(one, two)] = min(one, two)


def _contradicts(one: _Unit, two: _Unit) -> bool:
    """Whether two units cannot be one request, whatever else they share."""
    if not one.readings.isdisjoint(two.readings):
        return True
    if one.is_doubtful or two.is_doubtful:
        return True
    if _differ(one.networks, two.networks) or _differ(one.ways, two.ways):
        return True
    return any(
        key != other and is_same_network(key, other)
        for key in one.addresses
        for other in two.addresses
    )


def _contradicts_by_words(one: _Unit, two: _Unit) -> bool:
    """Whether they are two: who writes something else days later asks anew."""
    if _contradicts(one, two):
        return True
    mine, others = (set(map(_plain, each.notes)) - {""} for each in (one, two))
    return bool(mine and others) and not any(
        _begins_alike(note, other) for note in mine for other in others
    )


def _contradicts_by_name(one: _Unit, two: _Unit) -> bool:
    if _contradicts(one, two):
        return True
    if one.notes and two.notes:
        # Equal words outweigh a headline, which people change.
        return not _same_note(one, two)
    return bool(one.headlines and two.headlines) and not _same_headline(one, two)


def _differ(one: set[str] | set[bool], two: set[str] | set[bool]) -> bool:
    return bool(one and two) and one.isdisjoint(two)


def _days_between(one: _Unit, two: _Unit) -> int | None:
    """Return how many days lie between them, ``None`` where one has no day."""
    if not one.days or not two.days:
        return None
    return min(abs(day - other) for day in one.days for other in two.days)


def _within(days: int) -> Callable[[_Unit, _Unit], bool]:
    def is_one(one: _Unit, two: _Unit) -> bool:
        between = _days_between(one, two)
        return between is not None and between <= days

    return is_one


def _without_day(one: _Unit, two: _Unit) -> bool:
    return _days_between(one, two) is None


def _same_words(one: _Unit, two: _Unit) -> bool:
    between = _days_between(one, two)
    is_near = between is None or between <= _AGAIN_DAYS
    return is_near and _same_note(one, two) and _is_telling(one, two)


def _named_within(days: int) -> Callable[[_Unit, _Unit], bool]:
    near = _within(days)

    def is_one(one: _Unit, two: _Unit) -> bool:
        return near(one, two) and _is_telling(one, two)

    return is_one


def _is_telling(one: _Unit, two: _Unit) -> bool:
    """Whether the name they share, and what goes with it, tells one person."""
    if all(how_common(name) < _FREQUENT for name in one.names & two.names):
        return True
    notes = (len(_plain(note)) > _LONGEST_DEFAULT for note in one.notes | two.notes)
    return _same_headline(one, two) or (_same_note(one, two) and any(notes))


def _same_headline(one: _Unit, two: _Unit) -> bool:
    return any(
        _begins_alike(_plain(mine), _plain(other))
        for mine in one.headlines
        for other in two.headlines
    )


def _same_note(one: _Unit, two: _Unit) -> bool:
    """Whether they bring the same words, or one of them their beginning."""
    return any(
        min(len(_plain(note)), len(_plain(other))) >= _SHORTEST_NOTE
        and _begins_alike(_plain(note), _plain(other))
        for note in one.notes
        for other in two.notes
    )


def _begins_alike(one: str, two: str) -> bool:
    return one.startswith(two) or two.startswith(one)


@lru_cache(maxsize=4096)
def _plain(words: str) -> str:
    bare = words.strip()
    for cut in _CUT:
        bare = bare.removesuffix(cut)
    return normalise(bare).strip()


def _addresses(unit: _Unit) -> Iterable[str]:
    return unit.addresses


def _names(unit: _Unit) -> Iterable[str]:
    return unit.names


_STEPS: tuple[_Step, ...] = (
    *(_Step(_addresses, _within(days), _contradicts) for days in (0, 1)),
    _Step(_addresses, _within(_AGAIN_DAYS), _contradicts_by_words),
    _Step(_addresses, _without_day, _contradicts_by_words),
    _Step(_names, _same_words, _contradicts_by_name),
    *(_Step(_names, _named_within(days), _contradicts_by_name) for days in (0, 1)),
)
