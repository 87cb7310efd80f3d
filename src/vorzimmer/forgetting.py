"""Forgets people: what goes with them, and what stays of strangers who fade."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from vorzimmer.blanking import terms_of
from vorzimmer.fading import faded_rows, make_digests
from vorzimmer.model import Decision, Member
from vorzimmer.names import plain_name
from vorzimmer.store import Reading, Transaction
from vorzimmer.traces import Known

_COUNTED = frozenset({"request", "later_message", "tie"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What goes, or went.

    Attributes:
        requests: Requests.
        decided: How many of these the member decided about.
        messages: Later messages.
        ties: Ties to people.
        rows: Other rows: what sources said, habits, skipped rows.
        is_swept: Whether the file was written anew without it; not while another
            program reads it, or on a server. ``None``: nothing went yet.
    """

    requests: int = 0
    decided: int = 0
    messages: int = 0
    ties: int = 0
    rows: int = 0
    is_swept: bool | None = None

    def __bool__(self) -> bool:
        return any((self.requests, self.messages, self.ties, self.rows))


def gone_with(decided: Container[str], people: Iterable[Known]) -> Gone:
    """Return what goes with people.

    Args:
        decided: The requests about which was decided.
        people: Who goes.
    """
    traces = [trace for each in people for trace in each.traces]
    # What is part of another request is not shown, and not counted.
    ids = {
        each.request_id
        for each in traces
        if each.table == "request" and each.key == (each.request_id,)
    }
    names = [each.table for each in traces]
    return Gone(
        requests=len(ids),
        decided=sum(each in decided for each in ids),
        messages=names.count("later_message"),
        ties=names.count("tie"),
        rows=sum(each not in _COUNTED for each in names),
    )


def erase_people(
    t: Transaction, chosen: Sequence[Known], people: Iterable[Known]
) -> None:
    """Erase people: all rows that speak of them, and their names in other texts.

    Args:
        t: The transaction.
        chosen: Who goes.
        people: Everybody, so that a name that somebody else has stays in texts.
    """
    ids = {each.id for each in chosen}
    staying = {
        plain_name(name) for each in people if each.id not in ids for name in each.names
    }
    own = t.member() or Member()
    staying.add(plain_name(own.name))
    names = {n for each in chosen for n in each.names if plain_name(n) not in staying}
    addresses = {
        url for each in chosen for url in each.addresses if url != own.profile_url
    }
    emails = {mail for each in chosen for mail in each.emails if mail not in own.emails}
    t.erase(
        request_ids={key for each in chosen for key in each.request_ids},
        rows=[trace for each in chosen for trace in each.traces],
        terms=terms_of(names, addresses, emails),
    )


def keep_hashes(
    t: Transaction,
    chosen: Iterable[Known],
    decisions: Mapping[str, Decision],
    *,
    since: Mapping[str, datetime],
) -> None:
    """Keep of people who fade that they asked, and what was decided.

    Args:
        t: The transaction.
        chosen: Who fades.
        decisions: Those that stand, by id of the request.
        since: From when on each request stands where it does, by its id.
    """
    ids = {key for each in chosen for key in each.request_ids}
    others: dict[str, list[str]] = {}
    for other, key in (*t.request_ids().items(), *t.aliases().items()):
        others.setdefault(key, []).append(other)
    # What was decided goes before what was not; the newest comes last, and holds.
    requests = sorted(
        (each for each in t.requests() if each.id in ids),
        key=lambda each: (each.id in decisions, since[each.id]),
    )
    digests, known = make_digests(t), t.faded()
    rows = faded_rows(digests, requests, decisions, since=since, other_ids=others)
    news = {
        each.digest: each for each in rows if each.decided or each.digest not in known
    }
    t.put_faded(news.values())


def tie_kinds(store: Reading, people: Iterable[Known]) -> dict[str, set[str]]:
    """Return in which ways the member knows people, by their ids."""
    kinds = store.tie_kinds()
    return {
        each.id: {kinds[trace.key] for trace in each.traces if trace.table == "tie"}
        for each in people
    }
