"""Reads LinkedIn's Member Data Portability interface, for members in EU, EEA and CH.

The first reading takes the whole snapshot: profile, jobs, schools, skills, languages,
invitations, contacts, the imported address book, endorsements and the inbox. Later
ones ask the change log what happened since, and read again what is always small
(profile, invitations, contacts) and, where something happened there, the inbox. Rows go
to the mappers of the archive, so nothing that the archive tells twice is told twice.
Left out: recommendations, groups, events and followed people, and all that is
nobody's business (logins, searches, receipts).

Built from LinkedIn's public documentation, and tested against a stand-in built from it.

Source:
    LinkedIn, Member Data Portability API: memberAuthorizations, memberSnapshotData,
    memberChangeLogs.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from vorzimmer.items import (
    Account,
    Cursor,
    FileRead,
    Invitation,
    Item,
    Message,
)
from vorzimmer.linkedin.domains import DOMAINS, INBOX, Domain, item_of
from vorzimmer.model import Person, Sentence, Skipped, say
from vorzimmer.portability.changes import (
    KEPT_DAYS,
    Changes,
    LoggedMessage,
    read_changes,
)
from vorzimmer.portability.client import Client
from vorzimmer.portability.pages import Page, pages, snapshot_page
from vorzimmer.portability.refusals import RefusalError
from vorzimmer.portability.spool import Spool
from vorzimmer.source import Source, Takes

AUTHORISATIONS = "/rest/memberAuthorizations"
CHANGE_LOG = "change log"
_DAY_MS = 86_400_000
# Clocks differ; what comes twice does no harm.
_MARGIN_MS = 300_000
_SAME_MOMENT_S = 2.0

_DELETED = say("This message was deleted since, so it was left out.")
_NOTHING_YET = say(
    "LinkedIn has nothing to tell yet. It gathers your data after you made the token;"
    " try again in an hour."
)
_REGISTERED = say(
    "LinkedIn did not keep a change log for you so far, and was asked to do so."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What to read, and how.

    Attributes:
        cursor: What the last reading gave; ``""`` is that there was none.
        since: Read the change log from here on, milliseconds since 1970; ``None`` is
            where the last reading ended.
        is_again: Whether to read the whole snapshot, whatever was read before; pages of
            an unfinished reading count as read now.
        spool: Where to keep the pages of an unfinished reading; ``None`` is nowhere.
        now: Milliseconds since 1970.
        told: Told the name of a domain before each of its pages.
    """

    now: int
    cursor: str = ""
    since: int | None = None
    is_again: bool = False
    spool: Path | None = None
    told: Callable[[str], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class _Mark:
    """How far a member was read: what a cursor says.

    Attributes:
        owner: The member, as LinkedIn calls them.
        at: Up to when the change log is read, milliseconds since 1970.
        seen: Events of that moment, which LinkedIn tells again.
        is_behind: Whether the inbox did not show everything yet.
    """

    owner: str = ""
    at: int = 0
    seen: frozenset[str] = frozenset()
    is_behind: bool = False

    @classmethod
    def of(cls, cursor: str) -> _Mark:
        with suppress(ValueError, KeyError, TypeError, RecursionError):
            read = json.loads(cursor)
            seen = frozenset(map(str, read["seen"]))
            return cls(str(read["owner"]), int(read["at"]), seen, bool(read["behind"]))
        return cls()

    def cursor(self) -> str:
        how_far = {"owner": self.owner, "at": self.at, "behind": self.is_behind}
        return json.dumps({**how_far, "seen": sorted(self.seen)})


def read(client: Client, wish: Wish) -> Iterator[Item | Cursor]:
    """Yield one item, or one ``Skipped``, for each row that is needed.

    Each domain is followed by a ``FileRead``; a ``Cursor`` comes at the very end, since
    one half of the data cannot be understood without the other. What was read of an
    unfinished reading is kept, and not asked for again the next time.

    Raises:
        SourceError: LinkedIn does not answer, or the pages cannot be kept.
    """
    owner, notice = _owner(client)
    if notice:
        yield Skipped(CHANGE_LOG, 0, notice)
    mark = _Mark.of(wish.cursor)
    is_old = mark.at < wish.now - KEPT_DAYS * _DAY_MS
    is_whole = wish.is_again or is_old or mark.owner != owner
    since = wish.since or (None if is_whole else mark.at)
    wish.told(CHANGE_LOG)
    changes = read_changes(
        client,
        since=since,
        now=wish.now + _MARGIN_MS,
        besides=() if is_whole or wish.since else mark.seen,
    )
    for number, problem in changes.problems:
        yield Skipped(CHANGE_LOG, number, problem)
    yield FileRead(CHANGE_LOG, changes.events)
    with Spool(wish.spool) as spool:
        spool.begin(owner=owner, now=wish.now / 1000)
        snapshot = _Snapshot(client, spool, wish.told, changes)
        has_news = changes.has_messages or mark.is_behind
        yield from snapshot.items(
            each
            for each in DOMAINS
            if is_whole or each.is_always_read or (each is INBOX and has_news)
        )
        yield Cursor(
            _Mark(
                owner,
                changes.latest or wish.now - _MARGIN_MS,
                changes.latest_keys,
                snapshot.is_behind,
            ).cursor()
        )
        spool.clear()


def _owner(client: Client) -> tuple[str, Sentence | None]:
    """Return the member, as LinkedIn calls them; have a log kept if none is.

    This is the first question, so that a token that opens nothing is told at once. What
    only this question does not get, it goes without.
    """
    try:
        answer = client.get(AUTHORISATIONS, {"q": "memberAndApplication"})
        elements = (answer or {}).get("elements")
        if elements == []:
            client.post(AUTHORISATIONS)
            return "", _REGISTERED
    except RefusalError as error:
        if error.status not in {400, 403, 409, 422}:
            raise
        return "", None
    for each in elements if isinstance(elements, list) else ():
        key = _map(_map(each).get("memberComplianceAuthorizationKey"))
        if isinstance(member := key.get("member"), str):
            return member, None
    return "", None


def _map(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


class _Snapshot:
    """One reading of the domains, and what it takes to place the logged messages.

    Attributes:
        is_behind: Whether the inbox lacked messages that the change log tells of.
    """

    def __init__(
        self,
        client: Client,
        spool: Spool,
        told: Callable[[str], None],
        changes: Changes,
    ) -> None:
        self._client = client
        self._spool = spool
        self._told = told
        self._changes = changes
        self.is_behind = False
        self._own_urls: Counter[str] = Counter()
        self._own_name = ""
        self._threads: set[str] = set()
        # Moments at which a text was sent, by the text.
        self._sent: dict[int, list[float]] = {}
        self._gone: dict[str, list[LoggedMessage]] = {}
        for each in changes.deleted:
            self._gone.setdefault(each.text, []).append(each)

    def items(self, domains: Iterator[Domain]) -> Iterator[Item]:
        """Yield the items of the domains, then what only the change log has."""
        rows = 0
        for domain in domains:
            for item in self._rows(domain):
                rows += not isinstance(item, FileRead)
                yield item
        if not rows:
            yield Skipped("LinkedIn", 0, _NOTHING_YET)
        yield from self._only_logged()

    def _rows(self, domain: Domain) -> Iterator[Item]:
        seen: set[int] = set()
        count = 0
        known = self._spool.pages(domain.name)
        for page in pages(partial(self._turn, domain.name), known=known):
            if page.notice:
                yield Skipped(domain.name, 0, page.notice)
            for row in page.rows:
                digest = hash(json.dumps(row, sort_keys=True))
                if digest in seen:  # pages overlap
                    continue
                seen.add(digest)
                count += 1
                yield self._item(domain, row, count)
        yield FileRead(domain.name, count)

    def _turn(self, domain: str, start: int) -> Page | None:
        self._told(domain)
        page = snapshot_page(self._client, domain, start)
        if page is not None:
            self._spool.keep(domain, page)
        return page

    def _item(self, domain: Domain, row: object, number: int) -> Item:
        item = item_of(domain, row)
        match item:
            case Sentence():
                return Skipped(domain.name, number, item)
            case Account():
                self._own_name = f"{item.first_name} {item.last_name}".strip()
            case Invitation():
                own = item.recipient if item.is_incoming else item.sender
                self._own_urls[own.profile_url or ""] += 1
            case Message():
                if any(_is_at(item, each) for each in self._gone.get(item.text, ())):
                    return Skipped(domain.name, number, _DELETED)
                self._threads.add(item.conversation_id)
                if self._changes.messages and item.sent_at:
                    moments = self._sent.setdefault(hash(item.text), [])
                    moments.append(item.sent_at.timestamp())
        return item

    def _only_logged(self) -> Iterator[Item]:
        """Yield the logged messages that the inbox does not show yet.

        Only where the numbers of conversations are seen to be those of the inbox: else
        a message of somebody known would look like that of a stranger.
        """
        logged = self._changes.messages.values()
        missing = [each for each in logged if not self._is_shown(each)]
        is_alike = any(each.conversation_id in self._threads for each in logged)
        self.is_behind = bool(missing)
        if not missing:
            return
        if self._threads and not is_alike:
            words = say(
                "Messages that are newer than the inbox LinkedIn shows: {count}. They"
                " come with a later reading.",
                count=len(missing),
            )
            yield Skipped(INBOX.name, 0, words)
            return
        url = max(self._own_urls, key=self._own_urls.__getitem__, default="")
        member = Person(name=self._own_name or None, profile_url=url or None)
        for each in missing:
            if not each.is_own or member != Person():
                yield _item(each, member)

    def _is_shown(self, logged: LoggedMessage) -> bool:
        at = logged.sent_at.timestamp() if logged.sent_at else None
        moments = self._sent.get(hash(logged.text), ())
        return any(
            at is None or abs(at - moment) <= _SAME_MOMENT_S for moment in moments
        )


def _is_at(message: Message, logged: LoggedMessage) -> bool:
    if message.sent_at is None or logged.sent_at is None:
        return message.conversation_id == logged.conversation_id
    between = (message.sent_at - logged.sent_at).total_seconds()
    return abs(between) <= _SAME_MOMENT_S


def _item(logged: LoggedMessage, member: Person) -> Message:
    return Message(
        conversation_id=logged.conversation_id,
        sender=member if logged.is_own else Person(),
        recipients=() if logged.is_own else (member,),
        sent_at=logged.sent_at,
        subject=logged.subject,
        text=logged.text,
    )


SOURCE = Source(
    name="portability",
    title=say("LinkedIn: portability interface (EU, EEA, Switzerland)"),
    brings=(
        say(
            "The same as the archive, without waiting for it, and later only the news."
        ),
    ),
    steps=(
        say("Open linkedin.com/developers/apps and click on “Create app”."),
        say(
            "Give it a name, and as LinkedIn page “Member Data Portability (Member)"
            " Default Company”; then “Create app”."
        ),
        say(
            "On the tab “Products”, find “Member Data Portability API (Member)” and"
            " click on “Request access”."
        ),
        say(
            "Open “Docs and tools”, “OAuth Token Tools”, “Create token”; choose your"
            " app, tick the box, and click on “Request access token”."
        ),
        say("Put the token into your keyring; docs/howto says how."),
    ),
    takes=(Takes.TOKEN,),
    command="vorzimmer import portability",
    page="",
    has_own_ids=True,
)
