"""Requests that faded: what stays of them, and that they do not come in again."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from vorzimmer.intake import Intake
from vorzimmer.model import ContactRequest, Decision, Person, TieKind
from vorzimmer.retention import FADING_KEY, Digests
from vorzimmer.store import WITHDREW, Faded, Reading, Transaction
from vorzimmer.traces import person_of_key

_KEY_BYTES = 32
# A name alone is hashed with its network, which ties do not tell.
_NETWORKS = (None, "linkedin", "xing")


def digests_of(store: Reading) -> Digests | None:
    """Return what makes the hashes of a database; ``None``: nothing faded yet."""
    key = store.preference(FADING_KEY)
    return Digests(bytes.fromhex(key)) if key else None


def make_digests(t: Transaction) -> Digests:
    """Return what makes the hashes; the key is drawn once."""
    key = t.preference(FADING_KEY)
    if key is None:
        key = secrets.token_hex(_KEY_BYTES)
        t.put_preference(FADING_KEY, key)
    return Digests(bytes.fromhex(key))


def faded_rows(
    digests: Digests,
    requests: Iterable[ContactRequest],
    decisions: Mapping[str, Decision],
    *,
    since: Mapping[str, datetime],
    other_ids: Mapping[str, Iterable[str]],
) -> Iterator[Faded]:
    """Yield what stays of requests.

    Args:
        digests: Makes the hashes.
        requests: Which fade.
        decisions: Those that stand, by id of the request; where there is none, the
            sender withdrew.
        since: From when on each request stands where it does, by its id.
        other_ids: Ids under which a request may come in again, by its id.
    """
    for request in requests:
        decision = decisions.get(request.id)
        at = since[request.id] if decision is None else decision.at
        month = date(at.year, at.month, 1)
        hashed = [
            ("request", digests.of_request(each))
            for each in (request.id, *other_ids.get(request.id, ()))
        ]
        who = digests.of_person(request.sender, request.network)
        hashed += [("person", each) for each in who]
        # Words that nobody turned away say nothing of who sends them again.
        if decision and (note := digests.of_note(request.note)):
            hashed.append(("note", note))
        for what, digest in hashed:
            yield Faded(
                digest=digest,
                what=what,
                action=decision.action.value if decision else WITHDREW,
                month=month,
            )


def without_faded(store: Reading, intake: Intake) -> Intake:
    """Return what a source brought, without what has faded here before.

    An archive tells of old requests again and again. Who asks anew comes in.
    """
    digests, faded = digests_of(store), store.faded()
    if digests is None or not faded:
        return intake
    requests = tuple(
        each for each in intake.requests if digests.of_request(each.id) not in faded
    )
    gone = {each.id for each in intake.requests} - {each.id for each in requests}
    asked = {
        digest
        for each in requests
        for digest in digests.of_person(each.sender, each.network)
    }

    def is_gone(person: Person) -> bool:
        """Say whether somebody faded, and does not ask anew."""
        hashes = {
            digest
            for network in _NETWORKS
            for digest in digests.of_person(person, network)
        }
        return bool(hashes & faded.keys()) and not hashes & asked

    return replace(
        intake,
        requests=requests,
        past=tuple(each for each in intake.past if each.request_id not in gone),
        ties=tuple(
            each
            for each in intake.ties
            if each.kind is not TieKind.WROTE_TO_YOU or not is_gone(each.person)
        ),
        later=tuple(each for each in intake.later if not is_gone(each.person)),
        habits={
            key: each
            for key, each in intake.habits.items()
            if not is_gone(person_of_key(key))
        },
        aliases={old: new for old, new in intake.aliases.items() if new not in gone},
    )
