"""Makes requests of what several sources say, and takes a source away again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from vorzimmer.errors import UnknownNameError
from vorzimmer.importers import source_named
from vorzimmer.intake.joining import Contribution, joined, neighbours
from vorzimmer.intake.sayings import leader, merged
from vorzimmer.store import (
    EARLIER,
    KEPT,
    Reading,
    StoredSource,
    Teller,
    Told,
    Transaction,
)


def join_again(
    t: Transaction,
    seeds: Collection[str],
    *,
    news: Mapping[str, Contribution] | None = None,
) -> tuple[int, int]:
    """Make requests of what the sources say now; return how many are new, changed.

    It changes only what is not so already, and no decision.

    Args:
        t: The transaction.
        seeds: Ids and keys of what may be joined in another way than before.
        news: What came just now, by its id in its source.
    """
    if not seeds:
        return 0, 0
    news = news or {}
    links = t.links()
    asked, parts = set[str](), [*news.values()]
    # What only this source tells of, and just now, need not be read back.
    if len(links) > len(news):
        told = Counter(own_id for own_id, *_ in links)
        parts = [each for key, each in news.items() if told[key] == 1]
        asked = neighbours(links, seeds) - {each.request.id for each in parts}
    if asked:
        parts += t.contributions(telling_apart(t.sources()), own_ids=sorted(asked))
    return _make_requests(t, joined(parts))


def _make_requests(
    t: Transaction, groups: Iterable[list[Contribution]]
) -> tuple[int, int]:
    before = t.request_ids()
    stored, ranks = {*before.values()}, t.decision_ranks()
    requests, changed = [], dict[str, str]()
    for group in groups:
        request_id = leader(group, decided=ranks, stored=stored)
        requests.append(merged(group, request_id))
        for own_id in {part.request.id for part in group}:
            if before[own_id] != request_id:
                changed[own_id] = request_id
    brought = t.put_requests(requests, is_whole=True)
    t.put_request_ids(changed)
    whole = {each.id for each in requests}
    parts = {own_id: each for own_id, each in changed.items() if own_id != each}
    # A request may have gone by an id that no source tells any more.
    parts |= {
        old: each
        for own_id, each in changed.items()
        if (old := before[own_id]) not in whole
    }
    t.hide_requests(parts)
    return brought


def has_own_ids(kinds: Iterable[str]) -> bool:
    """Return whether a source surely tells its own requests apart."""
    declared = [source_named(each) for each in kinds]
    return all(each is not None and each.has_own_ids for each in declared)


def telling_apart(sources: Iterable[StoredSource]) -> set[int]:
    """Return the sources that surely tell their own requests apart, by number."""
    ours = {EARLIER, KEPT}
    return {each.id for each in sources if each.name in ours or has_own_ids(each.kinds)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """What goes when a source is forgotten, and what stays.

    Attributes:
        requests: Requests that go: no other source tells of them.
        kept: Requests that stay, though no other source tells of them, since the
            member decided or said something about them.
        shared: Requests that stay, since others tell of them; facts may go.
        answers: Requests of which only this source shows that they were answered.
        ties: Facts on who knows whom that go.
    """

    requests: int
    kept: int
    shared: int
    answers: int
    ties: int


def losses_of(reading: Reading, source_id: int) -> Losses:
    """Return what goes with a source.

    Raises:
        UnknownNameError: There is no such source, or it cannot be forgotten.
    """
    find_source(reading, source_id)
    tellers = reading.tellers()
    told, alone = _told(tellers, source_id)
    held = reading.held()
    return Losses(
        requests=len(alone - held),
        kept=len(alone & held),
        shared=len(told - alone),
        answers=len(_unanswered(reading, tellers, source_id)),
        ties=reading.ties_only_of(source_id),
    )


def forget(t: Transaction, source_id: int, *, now: datetime) -> StoredSource:
    """Remove what only this source brought; what the member decided or said stays.

    Raises:
        UnknownNameError: There is no such source, or it cannot be forgotten.
    """
    source = find_source(t, source_id)
    tellers = t.tellers()
    told, alone = _told(tellers, source_id)
    unanswered = _unanswered(t, tellers, source_id)
    own_ids = {each.own_id for each in tellers if each.source == source_id}
    seeds = {own_id for own_id in own_ids if own_id}
    for own_id, *keys in t.links():
        if own_id in own_ids:
            seeds.update(each for each in keys if each)
    seeds |= {each.own_id for each in tellers if each.request_id in told}
    _keep_decided(t, alone & t.held(), now=now)
    t.forget_source(source_id)
    t.forget_answers(unanswered)
    join_again(t, seeds)
    t.note_arrivals(source.read_at or now)
    left = {*t.request_ids().values()}
    t.drop_requests((told | own_ids) - left)
    return source


def find_source(reading: Reading, source_id: int) -> StoredSource:
    """Return a source that can be forgotten.

    Raises:
        UnknownNameError: There is none of that number.
    """
    for each in reading.sources():
        if each.id == source_id and each.name != KEPT:
            return each
    raise UnknownNameError(str(source_id), what="source")


def _told(tellers: Iterable[Teller], source_id: int) -> tuple[set[str], set[str]]:
    """Return of which requests a source tells, and of which nobody else does."""
    mine: set[str] = set()
    others: set[str] = set()
    for each in tellers:
        (mine if each.source == source_id else others).add(each.request_id)
    return mine, mine - others


def _unanswered(
    reading: Reading, tellers: Iterable[Teller], source_id: int
) -> set[str]:
    """Return of which requests only this source shows that they were answered."""
    mine: set[str] = set()
    others: set[str] = set()
    for each in tellers:
        if each.has_past:
            (mine if each.source == source_id else others).add(each.request_id)
    return (mine - others) & reading.shown_as_answered()


def _keep_decided(
    t: Transaction, request_ids: Collection[str], *, now: datetime
) -> None:
    """Let a source of their own tell what is known of requests from now on."""
    if not request_ids:
        return
    kept = t.put_source(KEPT, "")
    known = (t.request(each) for each in sorted(request_ids))
    told = [Told(request=each) for each in known if each is not None]
    t.bring_requests(kept, told, run_id=0, read_at=now, has_own_ids=True)
