"""How long what was turned away is kept, and what stays of it afterwards; pure.

What stays are keyed hashes (BLAKE2b with a key, RFC 7693) of the request's id, the
person and the note. They answer one question, whether this was here before, and hold
no words.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from vorzimmer.model import ContactRequest, Person, Sentence, TieKind, say
from vorzimmer.reactions import State
from vorzimmer.repeats import TurnedAway, met_by, surely_met_by
from vorzimmer.text import normalise

FADING_KEY = "fading_key"
"""The preference that holds the key of the hashes; it is a secret, and not exported."""

# A shorter note may be anybody's.
_SHORTEST_NOTE = 40
_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Something that is kept for a time that the member chooses.

    Attributes:
        states: Where a request stands that is meant; empty for what is no request.
        recommended: Months that we recommend.
    """

    name: str
    title: Sentence
    states: frozenset[State] = frozenset()
    recommended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFor:
    """For how long something is kept, and who says so.

    Attributes:
        months: ``None`` is for ever.
        is_chosen: Whether it was chosen on the desk, which goes before the settings.
        settings_say: What the settings say; ``None`` is for ever.
        is_in_settings: Whether they say it, or it is only the default.
        place: The file and line, or the variable, where they do; else ``""``.
    """

    months: int | None
    is_chosen: bool = False
    settings_say: int | None = None
    is_in_settings: bool = False
    place: str = ""


KEEPS: tuple[Keep, ...] = (
    Keep(
        name="declined",
        title=say("Strangers whom you declined"),
        states=frozenset({State.DECLINED}),
        recommended=12,
    ),
    Keep(
        name="ignored",
        title=say("Strangers whom you ignored, or who withdrew"),
        states=frozenset({State.IGNORED, State.WITHDRAWN}),
        recommended=12,
    ),
    Keep(
        name="reported",
        title=say("Strangers whom you reported or blocked"),
        states=frozenset({State.REPORTED_SPAM, State.REPORTED_UNKNOWN, State.BLOCKED}),
        recommended=24,
    ),
    Keep(
        name="later_messages",
        title=say("What people wrote after their request"),
        recommended=24,
    ),
)
MONTHS = (3, 6, 12, 24, 36, 60)
"""What can be chosen; besides, for ever."""

# From whom there is nothing else but what they wrote themselves is a stranger still.
_OF_STRANGERS = frozenset({TieKind.WROTE_TO_YOU.value})


def months_before(now: datetime, months: int) -> datetime:
    """Return the moment so many calendar months before another one."""
    count = now.year * 12 + now.month - 1 - months
    year, month = divmod(count, 12)
    if year < 1:
        return datetime.min.replace(tzinfo=now.tzinfo)
    day = min(now.day, monthrange(year, month + 1)[1])
    return now.replace(year=year, month=month + 1, day=day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A request that is over.

    Attributes:
        since: From when on it stands there: when was decided, or the sender withdrew.
    """

    state: State
    since: datetime


def due(
    person_requests: Iterable[str],
    tie_kinds: Iterable[str],
    *,
    past: Mapping[str, Past],
    before: Mapping[State, datetime],
) -> bool:
    """Return whether everything about a person may fade.

    That is so when nothing shows that the member knows the person, and each of the
    person's requests was turned away, or withdrawn, long enough ago.

    Args:
        person_requests: Ids of all requests of the person.
        tie_kinds: In which ways the member knows the person.
        past: Of each request where it stands.
        before: From which moment back a state fades; one that is missing never does.
    """
    ids = list(person_requests)
    if not ids or set(tie_kinds) - _OF_STRANGERS:
        return False
    return all(_is_over(past.get(each), before) for each in ids)


def _is_over(past: Past | None, before: Mapping[State, datetime]) -> bool:
    if past is None or past.state not in before:
        return False
    return past.since < before[past.state]


class Digests:
    """Makes keyed hashes; without the key nobody can guess their way back."""

    def __init__(self, key: bytes) -> None:
        """Take the key, at most 64 bytes."""
        self._key = key

    def of_request(self, request_id: str) -> str:
        """Return the hash of a request's id."""
        return self._hash("request", request_id)

    def of_note(self, note: str | None) -> str | None:
        """Return the hash of a note; ``None`` where it is too short to tell."""
        normal = normalise(note or "")
        return self._hash("note", normal) if len(normal) >= _SHORTEST_NOTE else None

    def of_person(self, person: Person, network: str | None) -> tuple[str, ...]:
        """Return hashes by which somebody is met again; see ``repeats.met_by``."""
        return tuple(self._hash(*each) for each in met_by(person, network))

    def _hash(self, what: str, value: str) -> str:
        raw = f"{what}\n{value}".encode("utf-8", "surrogatepass")
        return blake2b(raw, digest_size=_DIGEST_BYTES, key=self._key).hexdigest()


def turned_away_of_old(
    digests: Digests, faded: Mapping[str, TurnedAway], request: ContactRequest
) -> TurnedAway | None:
    """Return what is still known of somebody whose earlier requests faded.

    Args:
        digests: Makes the hashes.
        faded: What was done about somebody, by the hash that stays.
        request: A newer one.
    """
    if not surely_met_by(request.sender, request.network):
        return None
    hashes = digests.of_person(request.sender, request.network)
    met = [faded[each] for each in hashes if each in faded]
    last = max(met, key=lambda each: each.on, default=None)
    sent_at = request.sent_at
    is_newer = last is not None and (sent_at is None or sent_at.date() >= last.on)
    return last if is_newer else None
