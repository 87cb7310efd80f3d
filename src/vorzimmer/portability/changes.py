"""Reads the change log: what happened since a moment, in the member's account.

The log names nobody: people are numbers in it, which mean nothing outside it. So it
tells whether the inbox has to be read again, which messages are newer than the inbox
shows, and which were deleted. A request that came in is not in it before the member
answered it; for that, the invitations are read again every time.

Source:
    LinkedIn, Member Data Portability API, member change log.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from vorzimmer.linkedin.cells import plain_text
from vorzimmer.model import Sentence, say
from vorzimmer.portability.client import Client
from vorzimmer.portability.refusals import RefusalError

CHANGES = "/rest/memberChangeLogs"
KEPT_DAYS = 28  # LinkedIn keeps no more
COUNT = 50  # events a page, the most that it gives
MAX_PAGES = 5_000
_LATEST_MS = 4_102_444_800_000  # the year 2100

_THREAD = "urn:li:messagingThread:"
_MENTION = re.compile(r"@\[([^\[\]]{1,200})\]\(urn:li:[^()\s]{1,200}\)")
_SOUND = re.compile(r"\{(?:audio|video)\|urn:li:[^{}\s]{1,200}\}")
_MAX_TEXT = 131_072
_MAX_KEY = 100

_TOO_CLOSE = say(
    "More happened within one moment than LinkedIn tells. Run the import with --again"
    " to be sure that nothing is missing."
)
_TOO_MANY = say("Only the first {most} pages are read.", most=MAX_PAGES)
_UNREADABLE = say("LinkedIn says that it could not write this event down.")
_NO_EVENT = say("This is no event with named fields.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedMessage:
    """A message as the change log has it.

    Attributes:
        conversation_id: That of the inbox, as far as anybody has seen.
        is_own: Whether the member wrote it.
    """

    conversation_id: str
    is_own: bool
    sent_at: datetime | None
    subject: str
    text: str


@dataclass(slots=True)
class Changes:
    """What the change log told.

    Attributes:
        events: How many there were, each counted once.
        latest: When LinkedIn wrote down the last of them, milliseconds since 1970; 0
            where there was none.
        latest_keys: Which events were written down then.
        messages: Those that stand, by their number.
        deleted: Messages that were written and deleted again since.
        has_messages: Whether anything at all happened in the inbox.
        problems: Number of the event, from 1, and why it is left out; 0 is the whole.
    """

    events: int = 0
    latest: int = 0
    latest_keys: frozenset[str] = frozenset()
    messages: dict[str, LoggedMessage] = field(default_factory=dict)
    deleted: list[LoggedMessage] = field(default_factory=list)
    has_messages: bool = False
    problems: list[tuple[int, Sentence]] = field(default_factory=list)

    def add(self, event: object) -> None:
        """Take in one event, in the order of the log."""
        self.events += 1
        if not isinstance(event, dict):
            self.problems.append((self.events, _NO_EVENT))
            return
        if event.get("resourceName") != "messages":
            return
        self.has_messages = True
        number = str(event.get("resourceId") or event.get("activityId") or "")
        if event.get("method") == "DELETE":
            gone = self.messages.pop(number, None)
            if gone:
                self.deleted.append(gone)
            return
        if event.get("activityStatus", "SUCCESS") == "FAILURE":
            return
        message = _message(event)
        if isinstance(message, Sentence):
            self.problems.append((self.events, message))
        elif message:
            self.messages[number] = message


def _message(event: Mapping[str, Any]) -> LoggedMessage | Sentence | None:
    activity = event.get("activity")
    thread = activity.get("thread") if isinstance(activity, dict) else None
    if not isinstance(activity, dict) or not isinstance(thread, str):
        return _UNREADABLE
    text = _text(activity.get("content"))
    if not text:
        return None  # a sound, a picture, a reaction: nothing to read
    subject = activity.get("subject")
    owner = event.get("owner")
    return LoggedMessage(
        conversation_id=_whole_letters(thread.removeprefix(_THREAD)),
        is_own=owner is not None and event.get("actor") == owner,
        sent_at=_moment(activity.get("deliveredAt") or activity.get("createdAt")),
        subject=_whole_letters(subject)[:1_000] if isinstance(subject, str) else "",
        text=text,
    )


def _text(content: object) -> str:
    if not isinstance(content, dict):
        return ""
    text = content.get("fallback")
    inner = content.get("content")
    if not isinstance(text, str) and isinstance(inner, dict):
        text = inner.get("string")
    if not isinstance(text, str):
        return ""
    text = _SOUND.sub("", _MENTION.sub(r"\1", text[:_MAX_TEXT]))
    return plain_text(_whole_letters(text))


def _whole_letters(text: str) -> str:
    """Return a text without half letters (lone surrogates), which only JSON has."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _moment(value: object) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return datetime.fromtimestamp(value / 1000, UTC) if 0 < value < _LATEST_MS else None


def read_changes(
    client: Client, *, since: int | None, now: int, besides: Collection[str] = ()
) -> Changes:
    """Return what happened since a moment, at most the last 28 days.

    Args:
        client: The line to LinkedIn.
        since: Milliseconds since 1970, inclusive; ``None`` is as far as it goes.
        now: The same for this moment.
        besides: Events that are known.

    Raises:
        RefusalError: It cannot be read.
    """
    changes = Changes()
    seen = set(besides)
    for event in _events(client, since, now, changes, seen=seen):
        changes.add(event)
    return changes


def _events(
    client: Client, since: int | None, now: int, changes: Changes, *, seen: set[str]
) -> Iterator[object]:
    """Yield each event once; the last moment of a page is asked for again."""
    at = since
    for _ in range(MAX_PAGES):
        page = _page(client, at)
        fresh = [each for each in page if _key(each) not in seen]
        seen.update(map(_key, fresh))
        yield from fresh
        latest = max((w for w in map(_processed, page) if w <= now), default=0)
        if latest > changes.latest:
            changes.latest = latest
            last = (each for each in page if _processed(each) == latest)
            changes.latest_keys = frozenset(map(_key, last))
        if latest == at and len(page) >= COUNT:
            changes.problems.append((0, _TOO_CLOSE))
            at += 1
        elif fresh and latest > (at or 0):
            at = latest
        else:
            return
    changes.problems.append((0, _TOO_MANY))


def _page(client: Client, at: int | None) -> list[Any]:
    query = {"q": "memberAndApplication", "count": str(COUNT)}
    asked = {**query, "startTime": str(at)} if at else query
    try:
        answer = client.get(CHANGES, asked)
    except RefusalError as error:
        if error.status != 400 or at is None:
            raise
        # A moment that LinkedIn does not take; without one, it gives all it has.
        answer = client.get(CHANGES, query)
    elements = (answer or {}).get("elements")
    return elements if isinstance(elements, list) else []


def _key(event: object) -> str:
    if not isinstance(event, dict):
        return repr(event)[:_MAX_KEY]
    number = event.get("id") or event.get("activityId") or sorted(map(repr, event))
    return repr(number)[:_MAX_KEY]


def _processed(event: object) -> int:
    """Return when LinkedIn wrote an event down, milliseconds; 0 is not known."""
    value = event.get("processedAt") if isinstance(event, dict) else None
    return value if type(value) is int and value > 0 else 0
