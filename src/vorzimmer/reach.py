"""What accepting a request would add to a member's network; pure.

Beside the risk, never mixed with it: fields, firms and places that are new or shared,
people who would come within two steps, readers. docs/explanation/after-accepting.md
explains the estimate, its assumptions and its spread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from vorzimmer.fields_of_work import fields_in
from vorzimmer.model import ContactRequest, Member, Person, Tie, TieKind
from vorzimmer.names import company_key, plain_name
from vorzimmer.people import identity

CAPPED = frozenset({500, 999})
"""Networks show no higher number of contacts: at least so many."""

# Of somebody else's contacts, how many are the member's too, when nobody says: from
# none to a twentieth, with this in the middle.
_UNKNOWN_SHARE = (0.0, 0.005, 0.05)
# How many contacts a contact of the sender has, and how much rarer the member's
# contacts are among these than among the sender's own: low, middle, high. Assumptions.
_DEGREES = (100, 200, 400)
_DILUTIONS = (0.1, 0.25, 0.5)
# "None of n" is compatible with a share of up to 3/n at 95 %. Source: rule of three,
# Hanley and Lippman-Hand, JAMA 1983.
_NONE_OF = 3.0
# A network of one or two has no fields that are new to it.
_FEWEST_CONTACTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPeople:
    """An estimate of how many people would newly be two steps away.

    Attributes:
        low: Lower end of the spread.
        middle: In the middle of the assumptions.
        high: Upper end; ``None`` where the network caps the number of contacts.
        contacts: Contacts of the sender, as shown.
        shared: Contacts in common; ``None`` is not known.
        already: Share of the sender's contacts that are within reach already, middle.
    """

    low: int
    middle: int
    high: int | None
    contacts: int
    shared: int | None
    already: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What accepting would add.

    Attributes:
        shared_fields: Fields of work that member and sender have in common.
        new_fields: Fields that nobody among the member's contacts works in.
        rare_fields: Fields that few of the member's contacts work in, with how many.
        company: Where the sender works, and how many contacts the member has there;
            ``None`` is not known.
        place: Where the sender lives, and whether the member lives there too;
            ``None`` where either is not known.
        new_people: ``None`` where nobody knows how many contacts the sender has.
        readers: How many may read what the sender shares or likes; ``None`` as above.
        is_capped: Whether ``readers`` is a lower bound.
        helps_with_work: Whether the sender hires, or works where the member has no
            contact; ``None`` while the member looks for no work.
    """

    shared_fields: tuple[str, ...] = ()
    new_fields: tuple[str, ...] = ()
    rare_fields: tuple[tuple[str, int], ...] = ()
    company: tuple[str, int] | None = None
    place: tuple[str, bool] | None = None
    new_people: NewPeople | None = None
    readers: int | None = None
    is_capped: bool = False
    helps_with_work: bool | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is anything to say."""
        return bool(
            self.shared_fields
            or self.new_fields
            or self.rare_fields
            or self.company
            or self.place
            or self.new_people
            or self.helps_with_work
        )


class Reach:
    """The member's network, counted once."""

    def __init__(
        self, ties: Iterable[Tie], member: Member, *, is_looking_for_work: bool = False
    ) -> None:
        """Count where contacts work and in which fields.

        Args:
            ties: All that are known; contacts are those that are connected.
            member: Whose network it is.
            is_looking_for_work: Whether the member looks for work.
        """
        self._is_looking = is_looking_for_work
        self._companies: Counter[str] = Counter()
        self._fields: Counter[str] = Counter()
        self._people: set[str] = set()
        for tie in ties:
            if tie.kind is not TieKind.CONNECTION:
                continue
            key = identity(tie.person)
            if key in self._people:
                continue
            self._people.add(key)
            if tie.person.company:
                self._companies[company_key(tie.person.company)] += 1
            self._fields.update(_fields_of(tie.person))
        self.contacts = len(self._people)
        titles = [each.title for each in member.positions if each.ended_on is None]
        words = (member.headline, member.industry, *titles)
        self._own_fields = frozenset().union(*map(fields_in, filter(None, words)))
        self._place = _place_words(member.location)

    def value(self, request: ContactRequest) -> Value:
        """Return what accepting a request would add."""
        sender = request.sender
        fields = _fields_of(sender)
        is_counted = self.contacts >= _FEWEST_CONTACTS
        # Who is a contact already is not counted as one of the others.
        own = 1 if identity(sender) in self._people else 0
        counts = {field: max(self._fields[field] - own, 0) for field in sorted(fields)}
        contacts = sender.contacts_count
        return Value(
            shared_fields=tuple(sorted(fields & self._own_fields)),
            new_fields=tuple(
                field for field, count in counts.items() if is_counted and not count
            ),
            rare_fields=tuple(
                (field, count)
                for field, count in counts.items()
                if is_counted and 0 < count <= self.contacts // 50
            ),
            company=self._company(sender, own),
            place=self._place_of(sender),
            new_people=new_people(contacts, sender.mutual_contacts_count),
            readers=contacts,
            is_capped=contacts in CAPPED,
            helps_with_work=self._helps_with_work(sender, fields),
        )

    def _company(self, sender: Person, own: int) -> tuple[str, int] | None:
        key = company_key(sender.company) if sender.company else ""
        if not key or self.contacts < _FEWEST_CONTACTS:
            return None
        return sender.company or "", max(self._companies[key] - own, 0)

    def _place_of(self, sender: Person) -> tuple[str, bool] | None:
        words = _place_words(sender.location or "")
        if not words or not self._place:
            return None
        # Countries and regions stand behind the first word; the town comes first.
        return sender.location or "", words[0] == self._place[0]

    def _helps_with_work(self, sender: Person, fields: frozenset[str]) -> bool | None:
        if not self._is_looking:
            return None
        if "people" in fields or "leadership" in fields:
            return True
        company = self._company(sender, 0)
        is_new = company is not None and not company[1]
        return is_new and bool(fields & self._own_fields)


def _fields_of(person: Person) -> frozenset[str]:
    words = (person.position, person.headline)
    return frozenset().union(*(fields_in(each) for each in words if each))


def _place_words(location: str) -> list[str]:
    parts = (plain_name(each) for each in location.split(","))
    return [each for each in parts if each]


def new_people(contacts: int | None, shared: int | None) -> NewPeople | None:
    """Return how many people would newly be two steps away, with a spread.

    With ``n`` contacts of the sender, ``m`` of them shared, ``s = m / n`` the shared
    part: each of the other ``n - m - 1`` contacts is in reach already if any of its own
    ``d`` contacts is the member's, so with ``1 - (1 - s·h)^d``, where ``h`` says how
    much thinner the member's contacts are one step on. The spread takes ``d`` from 100
    to 400 and ``h`` from 0.1 to 0.5. Source: own estimate; networks publish nothing.

    Args:
        contacts: How many contacts the sender has; ``None`` is not known.
        shared: How many of them are the member's, too; ``None`` is not known.

    Returns:
        ``None`` where ``contacts`` is not known.
    """
    if contacts is None:
        return None
    rest = max(contacts - (shared or 0) - 1, 0)
    shares = _shares(contacts, shared)
    least, middle, most = (
        1 - (1 - min(share * dilution, 1.0)) ** degree
        for share, dilution, degree in zip(shares, _DILUTIONS, _DEGREES, strict=True)
    )
    return NewPeople(
        low=round(rest * (1 - most)),
        middle=round(rest * (1 - middle)),
        high=None if contacts in CAPPED else round(rest * (1 - least)),
        contacts=contacts,
        shared=shared,
        already=middle,
    )


def _shares(contacts: int, shared: int | None) -> tuple[float, float, float]:
    """Return the share of the sender's contacts that are the member's: a spread."""
    if shared is None:
        return _UNKNOWN_SHARE
    count = max(contacts, shared, 1)
    if shared == 0:
        return 0.0, 0.5 / (count + 1), min(_NONE_OF / count, 1.0)
    share = shared / count
    return share, share, share
