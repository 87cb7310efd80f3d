"""Who can introduce the member to somebody, as far as the member's data show it; pure.

The data show where contacts work now, and sometimes where they worked; they do not show
whom contacts know. So a way is always a guess with its evidence, and none is a finding,
too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from vorzimmer.acquaintance import Acquaintance
from vorzimmer.acquaintance.places import (
    Place,
    headline_words,
    is_named_in,
    places_of,
)
from vorzimmer.addressbook.addresses import company_of
from vorzimmer.model import ContactRequest, Member, Person, Sentence, Tie, TieKind, say
from vorzimmer.names import SAME, company_key, plain_name, read_name, same_name
from vorzimmer.people import fuller, identity, is_company, is_nobody
from vorzimmer.ties import tie_strength
from vorzimmer.ways import SHARED, Link, Wanted, Way, Ways

MOST_WAYS = 50
"""So many ways are named; nobody asks more people for one introduction."""

MOST_LIKELY = 10
"""So many are named whose way is only likely; it is true for few of them."""

LONGEST_ASKED = 200
"""Characters of a name or firm that are read."""

# Whom the member hardly knows cannot be asked for a favour; estimated: an address that
# the mail program collected, or one message of a stranger.
_KNOWN_ENOUGH = 0.5
# Names in notes are looked for only where they have two words of some length.
_SHORTEST_NAME = 5
_RECOMMENDING = {TieKind.RECOMMENDED, TieKind.WAS_RECOMMENDED_BY}
_CARDS = {TieKind.IMPORTED_CONTACT, TieKind.COLLECTED_CONTACT}


@dataclass(slots=True)
class Circle:
    """The member's data that show ways.

    Attributes:
        ties: All of them.
        requests: All that came, whose notes and senders say something, too.
    """

    ties: Sequence[Tie]
    requests: Sequence[ContactRequest]
    acquaintance: Acquaintance
    member: Member = field(default_factory=Member)
    _companies: dict[str, str] | None = None

    def companies(self) -> dict[str, str]:
        """Return the key of each company that is named, by its name as written."""
        if self._companies is None:
            named = {tie.person.company or "" for tie in self.ties}
            named |= {each.sender.company or "" for each in self.requests}
            self._companies = {each: company_key(each) for each in named if each}
        return self._companies

    def people(self) -> Iterator[Person]:
        """Yield everybody who is named, one person maybe often."""
        yield from (tie.person for tie in self.ties)
        yield from (each.sender for each in self.requests)


def read_wanted(text: str, circle: Circle, *, firm: str = "") -> Wanted:
    """Return what one line asks for: a firm, if the data name it, else a person.

    A single word is a firm, whether the data name it or not.

    Args:
        text: A person's name or a firm's.
        circle: The member's data.
        firm: Where the person works; given, the line is a person.
    """
    asked, at = _line(text), _line(firm)
    if at:
        return Wanted(asked, at)
    key = company_key(asked)
    if any(_is_at(key, each) for each in circle.companies().values()):
        return Wanted(firm=asked)
    name = read_name(asked)
    is_person = name is not None and bool(name.family) and not _has_legal_form(asked)
    return Wanted(name=asked) if is_person else Wanted(firm=asked)


def _line(text: str) -> str:
    return " ".join(text[:LONGEST_ASKED].split())


def _has_legal_form(text: str) -> bool:
    return len(company_key(text).split()) < len(text.split())


def find_ways(wanted: Wanted, circle: Circle) -> Ways:
    """Return who may introduce the member, best known first.

    Args:
        wanted: Whom to get to know.
        circle: The member's data.
    """
    firms = _firms(wanted, circle)
    found: dict[str, Way] = {}
    hardly: set[str] = set()
    for person, link in _links(wanted, set(firms.values()), circle):
        if _is_left_out(person, wanted, circle.member):
            continue
        way = _way(person, link, circle)
        key = _key(way)
        if way.closeness < _KNOWN_ENOUGH:
            hardly.add(key)
        else:
            found[key] = _joined(found[key], way) if key in found else way
    found = _without_doubles(found)
    shown = [each for each in found.values() if each.is_shown]
    likely = [each for each in found.values() if not each.is_shown]
    ordered = [
        *sorted(shown, key=_order)[:MOST_WAYS],
        *sorted(likely, key=_order)[:MOST_LIKELY],
    ]
    return Ways(
        wanted=wanted,
        firms=tuple(sorted(firms)),
        is_firm_known_from_data=bool(firms) and not wanted.firm,
        themselves=_themselves(wanted, circle),
        found=tuple(ordered),
        left_out=len(found) - len(ordered),
        hardly=len(hardly - found.keys()),
    )


def _firms(wanted: Wanted, circle: Circle) -> dict[str, str]:
    """Return the firms to look for: their keys, by name as the data write it."""
    if wanted.firm:
        key = company_key(wanted.firm)
        named = circle.companies().items()
        found = {name: each for name, each in named if _is_at(key, each)}
        return found or ({wanted.firm: key} if key else {})
    return {
        person.company: key
        for person in _of_name(wanted.name, circle.people())
        if person.company and (key := circle.companies()[person.company])
    }


def _is_at(key: str, company: str) -> bool:
    """Whether a company is the firm of a key, or a part of it that bears its name."""
    return bool(key) and (company == key or company.startswith(f"{key} "))


def _links(
    wanted: Wanted, keys: set[str], circle: Circle
) -> Iterator[tuple[Person, Link]]:
    stays = [
        place
        for place in places_of(circle.member)
        if not place.is_school and place.key in keys
    ]
    if keys:
        for tie in circle.ties:
            for link in _of_tie(tie, keys, circle):
                yield tie.person, link
            for place in stays:
                if tie.kind is TieKind.CONNECTION and _falls_into(tie.since, place):
                    yield tie.person, _met_there(tie.since, place.name)
    for request in circle.requests:
        yield from _of_request(request, keys, circle)
        if wanted.name and _names(request.note or "", wanted.name):
            yield request.sender, _mentioned(request)


def _of_tie(tie: Tie, keys: set[str], circle: Circle) -> Iterator[Link]:
    person = tie.person
    firm = person.company or ""
    if firm and circle.companies()[firm] in keys:
        words, rank = _says_of_company(tie, firm)
        yield Link(words, firm, rank=rank)
    elif person.headline and _is_in_headline(person.headline, keys):
        headline = person.headline[:LONGEST_ASKED]
        yield Link(say("the profile says “{words}”", words=headline))
    if person.email:
        at = company_key(company_of(person.email)).replace(" ", "")
        if at and any(at == key.replace(" ", "") for key in keys):
            host = person.email.rpartition("@")[2]
            yield Link(say("has a mail address at {host}", host=host))


def _says_of_company(tie: Tie, firm: str) -> tuple[Sentence, int]:
    position = tie.person.position or ""
    if tie.kind in _RECOMMENDING:
        words = say("was at {firm} when one of you recommended the other", firm=firm)
        return words, 0
    if tie.kind in _CARDS:
        return say("stands in your address book with {firm}", firm=firm), 1
    if tie.kind is not TieKind.CONNECTION:
        return say("your data name {firm} for this person", firm=firm), 2
    if not position:
        return say("works at {firm}, as your list of contacts says", firm=firm), 0
    words = say(
        "works at {firm} ({position}), as your list of contacts says",
        firm=firm,
        position=position,
    )
    return words, 0


def _is_in_headline(headline: str, keys: set[str]) -> bool:
    words = headline_words(headline)
    return any(is_named_in(words, key) for key in keys)


def _falls_into(day: date | None, place: Place) -> bool:
    if day is None or place.since is None or day < place.since:
        return False
    return place.until is None or day <= place.until


def _met_there(day: date | None, firm: str) -> Link:
    year = str(day.year) if day else ""
    words = say(
        "became your contact in {year}, while you were at {firm} yourself",
        year=year,
        firm=firm,
    )
    return Link(words, firm, is_shown=False, rank=3)


def _of_request(
    request: ContactRequest, keys: set[str], circle: Circle
) -> Iterator[tuple[Person, Link]]:
    sender = request.sender
    firm = sender.company or ""
    is_there = bool(firm) and circle.companies()[firm] in keys
    if not is_there and not (
        keys and sender.headline and _is_in_headline(sender.headline, keys)
    ):
        return
    named = firm if is_there else (sender.headline or "")[:LONGEST_ASKED]
    if request.sent_at is None:
        words = say("asked you for contact as “{words}”", words=named)
    else:
        words = say(
            "asked you for contact on {on} as “{words}”",
            on=request.sent_at.date(),
            words=named,
        )
    yield sender, Link(words, firm if is_there else "")


def _names(note: str, name: str) -> bool:
    return len(name) >= _SHORTEST_NAME and name.casefold() in note.casefold()


def _mentioned(request: ContactRequest) -> Link:
    if request.sent_at is None:
        return Link(say("names this person in a note to you"))
    day = request.sent_at.date()
    return Link(say("names this person in a note to you of {on}", on=day))


def _is_left_out(person: Person, wanted: Wanted, member: Member) -> bool:
    """Whether it is nobody to ask: the member, the wanted person, or no person."""
    if is_nobody(person) or is_company(person):
        return True
    name = person.name or ""
    if not name or (member.name and plain_name(name) == plain_name(member.name)):
        return True
    return bool(wanted.name) and same_name(name, wanted.name) >= SAME


def _way(person: Person, link: Link, circle: Circle) -> Way:
    ties = circle.acquaintance.look_up(person).ties
    known = tuple(tie for tie in ties if tie.kind not in SHARED)
    for tie in known:
        person = fuller(person, tie.person)
    contact = next((tie for tie in ties if tie.kind is TieKind.CONNECTION), None)
    if contact:
        # What the person says of him- or herself now, not the longer word of old.
        now = contact.person
        person = replace(
            person,
            company=now.company or person.company,
            position=now.position or person.position,
        )
    strengths = sum(tie_strength(tie) for tie in ties)
    is_known = any(tie_strength(tie) >= _KNOWN_ENOUGH for tie in known)
    return Way(
        person=person,
        links=(link,),
        ties=ties,
        closeness=round(strengths, 3) if is_known else 0.0,
    )


def _key(way: Way) -> str:
    contact = next((t.person for t in way.ties if t.kind is TieKind.CONNECTION), None)
    return identity(contact or way.person) or plain_name(way.person.name or "")


def _joined(one: Way, other: Way) -> Way:
    links = dict.fromkeys((*one.links, *other.links))
    best = min((link.rank for link in links if link.firm), default=0)
    # What only repeats the firm says nothing beside what says it better.
    telling = [each for each in links if not each.firm or each.rank <= max(best, 1)]
    return replace(one, links=tuple(sorted(telling, key=lambda link: link.rank)))


def _order(way: Way) -> tuple[bool, float, int, str]:
    last = way.last_on
    return (
        not way.is_shown,
        -way.closeness,
        -last.toordinal() if last else 0,
        way.person.name or "",
    )


def _themselves(wanted: Wanted, circle: Circle) -> tuple[Way, ...]:
    """Return the people of the wanted name whom the member knows already."""
    if not wanted.name:
        return ()
    link = Link(say("has the name that you look for"))
    found: dict[str, Way] = {}
    for person in _of_name(wanted.name, (tie.person for tie in circle.ties)):
        way = _way(person, link, circle)
        if way.closeness >= _KNOWN_ENOUGH:
            found.setdefault(_key(way), way)
    return tuple(sorted(_without_doubles(found).values(), key=_order))


def _without_doubles(found: dict[str, Way]) -> dict[str, Way]:
    """Return the ways with cards of the address book joined to their contacts.

    A card without profile address is a contact's of the same name, if mail address or
    company agree, or it names no company.
    """
    kept = {key: way for key, way in found.items() if way.person.profile_url}
    names = {plain_name(way.person.name or ""): key for key, way in kept.items()}
    for key, way in found.items():
        if key in kept:
            continue
        contact = names.get(plain_name(way.person.name or ""), "")
        if contact and _may_be_one(way.person, kept[contact].person):
            kept[contact] = _joined(kept[contact], way)
        else:
            kept[key] = way
    return kept


def _may_be_one(card: Person, contact: Person) -> bool:
    if card.email and card.email == contact.email:
        return True
    company = company_key(card.company or "")
    return not company or company == company_key(contact.company or "")


def _of_name(name: str, people: Iterable[Person]) -> Iterator[Person]:
    verdicts: dict[str, bool] = {}
    for person in people:
        other = person.name or ""
        if other not in verdicts:
            verdicts[other] = same_name(other, name) >= SAME
        if verdicts[other]:
            yield person
