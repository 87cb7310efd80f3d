"""The same request from exports of different years is one request; pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from vorzimmer.intake import Intake


def with_known_ids(
    intake: Intake, *, stored: Collection[str], aliases: Mapping[str, str]
) -> Intake:
    """Return the intake with requests under the ids that the store has for them.

    Exports before 2023 tell no addresses, so a request gets its id from the sender's
    name there, and from the address later. Whichever came first keeps its id, so that
    decisions stay with it.

    Args:
        intake: What a source brought.
        stored: Ids of the requests that are stored.
        aliases: Ids of stored requests by their other ids.
    """
    known = {new: old for old, new in intake.aliases.items() if old in stored}
    known |= {
        each.id: aliases[each.id] for each in intake.requests if each.id in aliases
    }
    others = {
        old: new
        for old, new in intake.aliases.items()
        if new not in known and old not in stored
    }
    return replace(
        intake,
        requests=tuple(
            replace(each, id=known.get(each.id, each.id)) for each in intake.requests
        ),
        past=tuple(
            replace(each, request_id=known.get(each.request_id, each.request_id))
            for each in intake.past
        ),
        said_at={known.get(key, key): each for key, each in intake.said_at.items()},
        aliases=others | known,
    )
