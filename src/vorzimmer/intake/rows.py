"""The rows of a source, sorted by what they are, and who among them is the member."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from datetime import UTC, date, datetime, time
from functools import cached_property

from vorzimmer.intake.address_book import AddressBook
from vorzimmer.intake.conversations import Conversation, Conversations, Written, joined
from vorzimmer.intake.correspondence import Correspondence
from vorzimmer.intake.ledger import UNKNOWN, People, TieLedger
from vorzimmer.intake.meetings import Meetings
from vorzimmer.items import (
    Account,
    Connection,
    Cursor,
    Endorsement,
    FileRead,
    ImportedContact,
    Invitation,
    Item,
    MailNotice,
    Meeting,
    Message,
    Occasion,
    OwnFact,
    PrivateNote,
    Recommendation,
    SentMail,
)
from vorzimmer.model import Education, Member, Person, Position, Skipped, Tie, TieKind
from vorzimmer.names import first_name_of, how_common, last_name_of, plain_name
from vorzimmer.people import is_nobody, profile_key

# Who takes part in so large a share of the conversations is the member …
_NEARLY_ALL = 0.8
# … if there are enough of them to tell.
_ENOUGH_TALKS = 3


class Rows:
    """What a source says, sorted; fill it with ``add``, then ``find_own_keys``."""

    def __init__(self) -> None:
        """Start empty."""
        self.people = People()
        self.ledger = TieLedger()
        self.conversations = Conversations()
        self.address_book = AddressBook()
        self.correspondence = Correspondence()
        self.meetings = Meetings()
        self.invitations: list[Invitation] = []
        self.mails: list[MailNotice] = []
        self.counts: Counter[str] = Counter()
        self.missing: set[str] = set()
        self.there: set[str] = set()
        self.skipped: list[Skipped] = []
        self.occasions: dict[str, Occasion] = {}
        # The latest moment of which the source speaks.
        self.latest: datetime | None = None
        self.own_keys: frozenset[str] = frozenset()
        self._accounts: set[Account] = set()
        self._facts: set[OwnFact] = set()
        self._own_key = ""
        # Keys that stand on the member's side of invitations.
        self._votes: Counter[str] = Counter()
        self._positions: set[Position] = set()
        self._educations: set[Education] = set()
        # Since when people are contacts, by profile address; and all of them by key.
        self._by_address: dict[str, date | None] = {}
        self._contacts: set[tuple[str, str, date | None]] = set()

    def add(self, item: Item) -> None:
        """Sort in one item."""
        match item:
            case Message():
                sender = self.people.meet(item.sender)
                recipients = [self.people.meet(each) for each in item.recipients]
                self.conversations.add(item, sender=sender, recipients=recipients)
                self._speaks_of(item.sent_at)
            case Invitation():
                self._add_invitation(item)
            case Connection():
                self._add_connection(item)
            case Skipped():
                self.skipped.append(item)
            case FileRead():
                self._add_file(item)
            case ImportedContact() | SentMail() | Meeting() | MailNotice() | Cursor():
                self._add_from_outside(item)
            case Endorsement() | Recommendation() | PrivateNote():
                self._add_tie(item)
            case _:
                self._add_own(item)

    def _speaks_of(self, moment: datetime | None) -> None:
        if moment and (self.latest is None or moment > self.latest):
            self.latest = moment

    def _add_invitation(self, invitation: Invitation) -> None:
        self.invitations.append(invitation)
        self._speaks_of(invitation.sent_at)
        sender = self.people.meet(invitation.sender)
        recipient = self.people.meet(invitation.recipient)
        self._votes[recipient if invitation.is_incoming else sender] += 1
        if not invitation.is_incoming:
            days = (invitation.sent_at, invitation.sent_at)
            self.ledger.add(recipient, TieKind.INVITED, days=days)

    def _add_connection(self, connection: Connection) -> None:
        person, day = connection.person, connection.connected_on
        if is_nobody(person):
            return
        key = self.people.meet(person)
        self.ledger.add(key, TieKind.CONNECTION, days=(day, None))
        self._speaks_of(datetime.combine(day, time(), UTC) if day else None)
        address = profile_key(person.profile_url)
        if address:
            self._by_address[address] = _earlier(self._by_address.get(address), day)
        self._contacts.add((key, person.name or "", day))

    def _add_file(self, file: FileRead) -> None:
        if file.rows is not None:
            self.counts[file.file] += file.rows
        # What is there is not missing, though nobody can read it.
        is_missing = file.rows is None and not file.has_unknown_columns
        (self.missing if is_missing else self.there).add(file.file.casefold())

    def _add_from_outside(
        self, item: ImportedContact | SentMail | Meeting | MailNotice | Cursor
    ) -> None:
        """Sort in what comes from beyond the network's archive."""
        match item:
            case ImportedContact():
                self.people.meet(item.person)
                self.address_book.add(item)
            case SentMail():
                self.correspondence.add(item)
            case Meeting():
                self.meetings.add(item)
            case MailNotice():
                self.mails.append(item)
            case Cursor():
                pass  # it is for whoever reads on another time

    def _add_tie(self, item: Endorsement | Recommendation | PrivateNote) -> None:
        key = self.people.meet(item.person)
        detail = ""
        match item:
            case Endorsement():
                given, received = TieKind.ENDORSED, TieKind.WAS_ENDORSED_BY
                kind, day = given if item.is_given else received, item.endorsed_on
                detail = item.skill
            case Recommendation():
                given, received = TieKind.RECOMMENDED, TieKind.WAS_RECOMMENDED_BY
                kind, day = given if item.is_given else received, item.written_on
            case _:
                kind, day = TieKind.NOTED, item.written_on
        self.ledger.add(key, kind, days=(day, None), detail=detail)

    def _add_own(
        self, item: Account | OwnFact | Position | Education | Occasion
    ) -> None:
        match item:
            case Occasion():
                self.occasions[item.id] = item
            case Account():
                self._accounts.add(item)
            case OwnFact():
                self._facts.add(item)
            case Position():
                self._positions.add(item)
            case Education():
                self._educations.add(item)

    def ties(self) -> Iterator[Tie]:
        """Yield how the member knows people; first ``find_own_keys``."""
        own = self.own_keys
        yield from self.address_book.ties(besides=own)
        yield from self.meetings.ties(besides=own)
        yield from self.correspondence.ties(besides=own)
        yield from self.ledger.ties(self.people, besides=own)

    def find_own_keys(self) -> None:
        """Find out who of all these people is the member.

        Invitations say it: they were sent by or to the member. Without addresses
        there, it is who takes part in nearly all conversations, or who bears the
        name in the profile and takes part in most of them.
        """
        names = self._own_names()
        key = _most(self._voted_addresses()) or self._in_nearly_all(names)
        key = key or _most(self._talks(names))
        if key:
            names.add(plain_name(self.people.person(key).name or ""))
        emails = {f"e:{email}" for email in self._values("email")}
        self.own_keys = frozenset(
            {f"n:{name}|" for name in names - {""}} | ({key} if key else set()) | emails
        )
        self._own_key = key

    def _own_names(self) -> set[str]:
        named = {key: count for key, count in self._votes.items() if key[:2] == "n:"}
        names = {
            plain_name(f"{each.first_name} {last}")
            for each in self._accounts
            for last in (each.last_name, each.maiden_name)
            if last
        }
        voted = _most(named)
        if voted:
            names.add(plain_name(self.people.person(voted).name or ""))
        return names - {""}

    def _voted_addresses(self) -> dict[str, int]:
        return {key: count for key, count in self._votes.items() if key[:2] == "p:"}

    def _talks(self, names: set[str]) -> dict[str, int]:
        """Return in how many conversations each of some people takes part.

        Args:
            names: Plain names of these people.
        """
        return {
            key: count
            for key, count in self._all_talks().items()
            if plain_name(self.people.person(key).name or "") in names
        }

    def _all_talks(self) -> Counter[str]:
        return Counter(
            key
            for conversation in self.conversations.by_id.values()
            for key in conversation.people
            if key[:2] == "p:"
        )

    def _in_nearly_all(self, names: set[str]) -> str:
        """Return who takes part in nearly all conversations, if it is one person."""
        counted = len(self.conversations.by_id)
        best = self._all_talks().most_common(2)
        if counted < _ENOUGH_TALKS or not best or best[0][1] < _NEARLY_ALL * counted:
            return ""
        if len(best) > 1 and best[1][1] == best[0][1]:
            return ""
        key = best[0][0]
        name = plain_name(self.people.person(key).name or "")
        return key if not names or name in names else ""

    def contact_since(self, person: Person) -> tuple[bool, date | None]:
        """Return whether the person is a contact now, and since when.

        Without an address on either side the name decides, if only one contact has
        it and it is not a frequent one.
        """
        address = profile_key(person.profile_url)
        if address in self._by_address:
            return True, self._by_address[address]
        names = self._without_address if address else self._named
        contacts = names.get(plain_name(person.name or ""), ())
        is_one = len({key for key, _ in contacts}) == 1
        if not is_one or how_common(person.name or "") >= 1.0:
            return False, None
        return True, min((day for _, day in contacts if day), default=None)

    @cached_property
    def _named(self) -> dict[str, list[tuple[str, date | None]]]:
        return _by_name(self._contacts)

    @cached_property
    def _without_address(self) -> dict[str, list[tuple[str, date | None]]]:
        return _by_name(each for each in self._contacts if each[0][:2] != "p:")

    def own_words(self, conversation: Conversation) -> Written:
        """Return what the member wrote in a conversation."""
        own = [each for key, each in conversation.by.items() if key in self.own_keys]
        return own[0] if len(own) == 1 else joined(own)

    def others(self, conversation: Conversation) -> dict[str, Written | None]:
        """Return all who are not the member, with what they wrote.

        Who is there with an address, and once more by name only, is one person.
        """
        keys = conversation.people - self.own_keys - {UNKNOWN}
        if all(key[:2] == "p:" for key in keys):
            return {key: conversation.by.get(key) for key in sorted(keys)}
        addressed = {
            plain_name(self.people.person(key).name or "")
            for key in keys
            if key[:2] == "p:"
        }
        return {
            key: conversation.by.get(key)
            for key in sorted(keys)
            if key[:2] == "p:" or key[2:].rstrip("|") not in addressed
        }

    def member(self) -> Member:
        """Return the member, as far as the source says who it is."""
        account = max(self._accounts, key=astuple, default=Account())
        own = self.people.person(self._own_key) if self._own_key else Person()
        name = f"{account.first_name} {account.last_name}".strip() or own.name or ""
        return Member(
            name=name,
            first_name=account.first_name or first_name_of(name) or "",
            last_name=account.last_name or last_name_of(name) or "",
            profile_url=own.profile_url,
            headline=account.headline,
            location=account.location,
            industry=account.industry,
            emails=self._values("email"),
            positions=tuple(sorted(self._positions, key=_newest_first)),
            educations=tuple(sorted(self._educations, key=_newest_first)),
            skills=self._values("skill"),
            languages=self._values("language"),
        )

    def _values(self, what: str) -> tuple[str, ...]:
        return tuple(sorted(each.value for each in self._facts if each.what == what))


def _by_name(
    contacts: Iterable[tuple[str, str, date | None]],
) -> dict[str, list[tuple[str, date | None]]]:
    names: defaultdict[str, list[tuple[str, date | None]]] = defaultdict(list)
    for key, name, day in contacts:
        plain = plain_name(name)
        if plain:
            names[plain].append((key, day))
    return names


def _most(counts: Mapping[str, int]) -> str:
    """Return the key that is counted most often, ``""`` when there is none."""
    return max(counts, key=lambda key: (counts[key], key), default="")


def _earlier(one: date | None, two: date | None) -> date | None:
    return min((day for day in (one, two) if day), default=None)


def _newest_first(stay: Position | Education) -> tuple[int, str]:
    started = stay.started_on.toordinal() if stay.started_on else 0
    return (-started, repr(stay))
