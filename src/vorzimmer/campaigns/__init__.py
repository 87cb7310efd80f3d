"""Campaigns: requests whose notes are near-duplicates of each other; pure.

docs/howto/find-campaigns.md tells how they are found and what their ids mean.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from vorzimmer.campaigns.clustering import cluster
from vorzimmer.campaigns.common_text import SLOT, Part, common_text, shown
from vorzimmer.kernels.plain_sketches import fingerprint
from vorzimmer.model import ContactRequest
from vorzimmer.note import normal_form

if TYPE_CHECKING:
    from vorzimmer.campaigns.index import NoteIndex

__all__ = ["FEWEST", "SLOT", "Campaign", "Groups", "Part", "group_notes", "shown"]

# Two alike notes may be one person with two profiles; three are a campaign.
FEWEST = 3
# A note shorter than this is alike by chance ("Hallo!"), not because it was copied.
_SHORTEST_COMPARED = 20
# So many different notes are worth keeping an index, so that new ones find their group
# at once; fewer are grouped anew within a moment, and then nothing depends on the order
# in which they came. All are, once so many of a hundred are new, since boilerplate and
# groups of new notes are found by looking at all of them.
_MANY, _NEW_OF_100 = 5_000, 2
# Digits of an id: two of a million campaigns share one with a chance of 1 in 500.
_ID_DIGITS = 12


@dataclass(frozen=True)  # no slots: keeps the common text, once it was made
class Campaign:
    """Requests whose notes are near-duplicates.

    Attributes:
        id: Made from the earliest note, so it stays when later ones come.
        requests: The earliest first; without a day last, in the order they came.
        senders: How many different people sent them.
    """

    id: str
    requests: tuple[ContactRequest, ...]
    senders: int

    @property
    def since(self) -> datetime | None:
        """When the first note was sent; ``None`` when no day is known."""
        return self.requests[0].sent_at

    @property
    def until(self) -> datetime | None:
        """When the last note was sent; ``None`` when no day is known."""
        return max(
            (each.sent_at for each in self.requests if each.sent_at), default=None
        )

    @cached_property
    def text(self) -> tuple[Part, ...]:
        """The words that the notes have in common, with slots where they differ."""
        return common_text([each.note or "" for each in self.requests])


@dataclass(frozen=True)  # no slots: keeps what was computed
class Groups:
    """Requests by the group of near-duplicates that their notes belong to.

    Attributes:
        requests: Those of each group, by its number.
        numbers: Number of the group of each note, by its normal form.
        normals: Normal form of each note as it was written.
        index: Finds the group of a new note; ``None`` where there are few notes, or
            none is to come.
        settled: How many different notes were looked at together.
    """

    requests: Mapping[int, Sequence[ContactRequest]]
    numbers: Mapping[str, int]
    normals: Mapping[str, str] = field(default_factory=dict, repr=False)
    index: NoteIndex | None = field(default=None, repr=False, compare=False)
    settled: int = field(default=0, repr=False, compare=False)
    _made: dict[int, Campaign] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def senders(self) -> Mapping[str, int]:
        """How many people sent a note or one much like it, by its normal form."""
        counts = {number: _senders(each) for number, each in self.requests.items()}
        return {normal: counts[number] for normal, number in self.numbers.items()}

    @cached_property
    def campaigns(self) -> tuple[Campaign, ...]:
        """The campaigns, the largest first."""
        found = [
            self._campaign(number)
            for number, each in self.requests.items()
            if len(each) >= FEWEST
        ]
        return tuple(sorted(found, key=lambda each: (-len(each.requests), each.id)))

    def campaign_of(self, request: ContactRequest) -> Campaign | None:
        """Return the campaign that a request belongs to, if it does."""
        return self.campaign_with(normal_form(request.note))

    def campaign_with(self, normal: str) -> Campaign | None:
        """Return the campaign that a note in its normal form belongs to, if it does."""
        number = self.numbers.get(normal)
        if number is None or len(self.requests[number]) < FEWEST:
            return None
        return self._campaign(number)

    def origin_of(self, normal: str) -> str | None:
        """Return what is the same for near-duplicates.

        ``None`` of a note that is unknown, or so short that it is alike by chance.

        Args:
            normal: A note in its normal form.
        """
        number = self.numbers.get(normal)
        return None if number is None else self._campaign(number).id

    def _campaign(self, number: int) -> Campaign:
        if number not in self._made:
            requests = tuple(sorted(self.requests[number], key=_day))
            made = Campaign(_id_of(requests), requests, _senders(requests))
            self._made[number] = made
        return self._made[number]

    def with_one(self, request: ContactRequest) -> Groups:
        """Return the groups with one more request; of many, only its own.

        Args:
            request: Takes the place of one with its id. It is not kept.
        """
        if self.index is None:
            others = (each for some in self.requests.values() for each in some)
            return group_notes(
                [*(each for each in others if each.id != request.id), request]
            )
        normal = normal_form(request.note)
        if len(normal) < _SHORTEST_COMPARED:
            return Groups({}, {})
        number = self.numbers.get(normal)
        if number is None:
            number = self.index.find(_line(normal))
        same = self.requests.get(number, ()) if number is not None else ()
        others = (each for each in same if each.id != request.id)
        return Groups({0: [*others, request]}, {normal: 0})


def group_notes(
    requests: Iterable[ContactRequest],
    *,
    jobs: int = 1,
    before: Groups | None = None,
    will_grow: bool = False,
) -> Groups:
    """Return requests by groups of near-duplicate notes.

    Args:
        requests: In any order; the groups do not depend on it. Notes that are
            unknown, blank or very short are left out.
        jobs: Threads to use when there are many.
        before: What was returned for them when some were not there yet. Of many, the
            new ones are then added to the groups that there are.
        will_grow: Whether what is returned will be ``before`` or asked for one more.
    """
    known = before.normals if before else {}
    normals: dict[str, str] = {}
    with_note: dict[str, list[ContactRequest]] = defaultdict(list)
    for request in requests:
        note = request.note or ""
        normal = normals[note] = known.get(note) or normal_form(note)
        if len(normal) >= _SHORTEST_COMPARED:
            with_note[normal].append(request)
    numbers, index, settled = _numbers(
        list(with_note), before, jobs=jobs, will_grow=will_grow
    )
    grouped: dict[int, list[ContactRequest]] = defaultdict(list)
    for normal, same in with_note.items():
        grouped[numbers[normal]] += same
    kept = normals if will_grow else {}
    return Groups(dict(grouped), numbers, kept, index, settled)


def _numbers(
    normals: Sequence[str], before: Groups | None, *, jobs: int, will_grow: bool
) -> tuple[dict[str, int], NoteIndex | None, int]:
    """Return numbers of groups, what finds more, and how many were grouped together."""
    if before and before.index and before.numbers.keys() <= set(normals):
        new = [each for each in normals if each not in before.numbers]
        grown = len(normals) - before.settled
        if grown * 100 <= before.settled * _NEW_OF_100:
            added = {each: before.index.add(_line(each)) for each in new}
            return {**before.numbers, **added}, before.index, before.settled
    lines = [_line(each) for each in normals]
    index = None
    if will_grow and len(lines) >= _MANY:
        from vorzimmer.campaigns.index import NoteIndex  # noqa: PLC0415 - loads numba

        index = NoteIndex(lines, jobs=jobs)
    labels = index.labels if index else cluster(lines, jobs=jobs)
    return dict(zip(normals, labels, strict=True)), index, len(lines)


def _line(normal: str) -> bytes:
    return normal.encode("utf-8", "replace")


def _id_of(requests: Sequence[ContactRequest]) -> str:
    first = requests[0]
    # Of notes sent in the same second, any may come first in a source.
    normal = min(
        normal_form(each.note)
        for each in requests
        if each is first or (first.sent_at and each.sent_at == first.sent_at)
    )
    return f"{fingerprint(_line(normal)):016x}"[:_ID_DIGITS]


def _day(request: ContactRequest) -> tuple[bool, float]:
    sent_at = request.sent_at
    return sent_at is None, sent_at.timestamp() if sent_at else 0.0


def _senders(requests: Iterable[ContactRequest]) -> int:
    return len({_sender_key(each) for each in requests})


def _sender_key(request: ContactRequest) -> str:
    sender = request.sender
    return sender.profile_url or sender.email or sender.name or request.id
