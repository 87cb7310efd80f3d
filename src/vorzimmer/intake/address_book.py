"""The member's address books while they are read: who stands in them; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from vorzimmer.items import ImportedContact
from vorzimmer.model import Person, Tie, TieKind
from vorzimmer.people import fuller, identity, profile_key

# By address or, where there is none, by name; the kind; the address it belongs to.
_Key = tuple[str, TieKind, str]


class AddressBook:
    """Contacts as they come by, from one book or several; each counts once.

    A person with several addresses gets a tie for each of them, so that each is known.
    The tie's detail names the first address, which says that they are one person's.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._entries: dict[_Key, tuple[Person, date | None]] = {}

    def add(self, contact: ImportedContact) -> None:
        """Add a contact; nobody's card is left out."""
        collected, kept = TieKind.COLLECTED_CONTACT, TieKind.IMPORTED_CONTACT
        kind = collected if contact.is_collected else kept
        person = contact.person
        first = identity(person)
        self._put(first, kind, "", person, contact.created_on)
        url, email = person.profile_url, person.email
        main = url or email or ""
        for further in contact.emails:
            if further != email:
                other = replace(person, email=further, profile_url=None)
                self._put(identity(other), kind, main, other, contact.created_on)
        for further in contact.profile_urls:
            if profile_key(further) != profile_key(url):
                other = replace(person, email=email, profile_url=further)
                self._put(identity(other), kind, main, other, contact.created_on)

    def _put(
        self, who: str, kind: TieKind, main: str, person: Person, since: date | None
    ) -> None:
        if not who:
            return
        key = (who, kind, main)
        known = self._entries.get(key)
        if known is None:
            self._entries[key] = (person, since)
        elif known != (person, since):
            days = [day for day in (known[1], since) if day]
            self._entries[key] = (fuller(known[0], person), min(days, default=None))

    def ties(self, *, besides: Collection[str]) -> Iterator[Tie]:
        """Yield the ties in an order that does not depend on that of adding.

        Args:
            besides: Keys of the member, who is no tie.
        """
        for (who, kind, main), (person, since) in sorted(
            self._entries.items(), key=lambda each: each[0]
        ):
            if who not in besides:
                yield Tie(person=person, kind=kind, since=since, detail=main)
