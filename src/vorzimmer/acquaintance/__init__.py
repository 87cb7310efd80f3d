"""Who the member knows, and from where: an index built once, asked per request; pure.

A profile address or an e-mail address says for certain who somebody is. A name says it
only when it is not a frequent one and something else agrees, or when it is rare and no
address contradicts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from vorzimmer.acquaintance.addresses import (
    Addresses,
    are_two,
    keys_of,
    keys_of_each,
    url_key,
)
from vorzimmer.acquaintance.mentions import MentionIndex
from vorzimmer.acquaintance.places import Place, headline_words, is_named_in, places_of
from vorzimmer.acquaintance.strangers import (
    ANYHOW,
    BY_ADDRESS,
    BY_NAME,
    BY_PLACE,
    Strangers,
)
from vorzimmer.addressbook.addresses import company_of
from vorzimmer.model import Member, Person, Tie, TieKind
from vorzimmer.names import (
    SAME,
    company_key,
    how_common,
    may_have_keys,
    name_keys,
    plain_name,
    same_name,
)
from vorzimmer.names.sounds import consonants, plain_consonants
from vorzimmer.people import identity, is_same_network, profile_key
from vorzimmer.signal import Mention
from vorzimmer.ties import MUTUAL, describe, tie_order, tie_strength

__all__ = ["Acquaintance", "Acquainted", "describe", "tie_strength"]

# A name that so many ties bear is a frequent one, whatever our lists say.
_TOO_MANY = 200
# Only people who are known at least so surely are looked for in notes and as doubles.
_REALLY_KNOWN = 0.6


@dataclass(frozen=True, slots=True)
class Acquainted:
    """How the member knows a sender.

    Attributes:
        ties: Strongest first, one a kind; none is an unknown sender.
        doubles: One tie for each known person who has the sender's name, but another
            profile on the same network; only for people who are really known.
    """

    ties: tuple[Tie, ...] = ()
    doubles: tuple[Tie, ...] = ()


_STRANGER = Acquainted()


class Acquaintance:
    """Everybody whom the member knows, by address, e-mail and name."""

    def __init__(self, ties: Iterable[Tie], member: Member) -> None:
        """Build the index; some ten microseconds a tie.

        Args:
            ties: Facts that show whom the member knows.
            member: Whose employers and schools are compared with the sender's.
        """
        ties = tuple(ties)
        addresses = keys_of_each(ties)
        self._addresses = Addresses(ties, addresses)
        self._by_address: defaultdict[str, list[Tie]] = defaultdict(list)
        self._by_name: defaultdict[str, list[Tie]] = defaultdict(list)
        self._places = places_of(member)
        # Without all its words, no text names a place; the longest rules out most.
        self._sounds = tuple(
            sorted((consonants(word).encode() for word in place.key.split()), key=len)
            for place in self._places
        )
        self._mentions = MentionIndex(self._places)
        self._strangers: Strangers | None = None  # once many are asked about
        keys: dict[str, tuple[str, ...]] = {}
        own, own_names = plain_name(member.name), set[str]()
        for tie, keys_of_tie in zip(ties, addresses, strict=True):
            for key in keys_of_tie:
                self._by_address[key].append(tie)
            name = tie.person.name
            if name and name not in keys:
                keys[name] = name_keys(name)
                if plain_name(name) == own:
                    own_names.add(name)
                elif tie_strength(tie) >= _REALLY_KNOWN:
                    self._mentions.add_person(name)
            if name in own_names and not tie.person.profile_url:
                continue  # the member's own cards and mails make no impostor known
            for key in keys.get(name or "", ()):
                self._by_name[key].append(tie)

    def look_up(self, sender: Person) -> Acquainted:
        """Return how the member knows the sender, as far as the data show it."""
        ways = ANYHOW if self._may_share_place(sender) else BY_ADDRESS | BY_NAME
        return self._look_up(sender, ways)

    def look_up_all(self, senders: Sequence[Person]) -> list[Acquainted]:
        """Return the same for many senders, few of whom have to be looked up."""
        if self._strangers is None:
            keys = (*self._by_address, *self._addresses.joined)
            self._strangers = Strangers(keys, self._by_name, self._sounds)
        return [
            self._look_up(sender, ways) if ways else _STRANGER
            for sender, ways in zip(senders, self._strangers.ways(senders), strict=True)
        ]

    def _look_up(self, sender: Person, ways: int) -> Acquainted:
        """Return how the member knows a sender, by those ways that it may be."""
        ties = self._at(keys_of(sender)) if ways & BY_ADDRESS else []
        named = self._namesakes(sender, besides=ties) if ways & BY_NAME else []
        shared = self._shared(sender) if ways & BY_PLACE else []
        if not (ties or named or shared):
            return _STRANGER
        ties += self._of_one_person(named, sender, besides=ties)
        is_known = any(tie_strength(tie) >= _REALLY_KNOWN for tie in ties)
        doubles = () if is_known else _doubles(named, sender)
        ties += shared
        return Acquainted(tuple(_one_a_kind(ties)), doubles)

    def _at(self, keys: Iterable[str]) -> list[Tie]:
        """Return the ties at some addresses, and at all others of the same person."""
        found: dict[int, Tie] = {}
        for key in self._addresses.with_others(keys):
            if key in self._by_address:
                found.update((id(tie), tie) for tie in self._by_address[key])
        return list(found.values())

    def mentions(self, normal_note: str) -> tuple[Mention, ...]:
        """Return which known people and which of the member's places a note names.

        The member's own name is left out, since it stands in most greetings. Spans
        count in the normal form.

        Args:
            normal_note: The note in its normal form (``text.normalise``).
        """
        return self._mentions.find(normal_note)

    def mentions_in(
        self, normal_notes: Sequence[str], lines: Sequence[bytes]
    ) -> list[tuple[Mention, ...]]:
        """Return the mentions of each of many notes, in compiled passes.

        Args:
            normal_notes: Their normal forms.
            lines: The same encoded (``lines.encoded``).
        """
        return self._mentions.find_in(normal_notes, lines)

    def _namesakes(self, sender: Person, *, besides: list[Tie]) -> list[Tie]:
        """Return the ties whose person may have the sender's name."""
        name = sender.name
        if not name or not may_have_keys(name, self._by_name):
            return []
        if not _has_job(sender) and how_common(name) >= 1.0:
            return []
        known = {id(tie) for tie in besides}
        found: dict[int, Tie] = {}
        for key in name_keys(name):
            ties = self._by_name.get(key, ())
            if len(ties) > _TOO_MANY:
                return []
            found.update((id(tie), tie) for tie in ties if id(tie) not in known)
        return [
            tie
            for tie in found.values()
            if same_name(name, tie.person.name or "") >= SAME
        ]

    def _may_share_place(self, sender: Person) -> bool:
        """Whether the profile has the consonants of a place of the member."""
        text = f"{sender.company or ''} | {sender.headline or ''}"
        heard = plain_consonants(text)
        if heard is None:
            return True
        for sounds in self._sounds:
            if sounds[-1] in heard and all(each in heard for each in sounds):
                return True
        return False

    def _of_one_person(
        self, named: list[Tie], sender: Person, *, besides: list[Tie]
    ) -> list[Tie]:
        """Return the ties that are the sender's by name, unless they are two people's.

        All that is known at the other addresses of such a person comes with them.
        """
        mine = url_key(sender.profile_url)
        ties = [
            tie
            for tie in named
            if _is_sender(tie.person, sender)
            and not any(
                are_two(mine, key)
                for key in self._addresses.with_others(keys_of(tie.person))
            )
        ]
        addresses = {profile_key(tie.person.profile_url) for tie in ties} - {""}
        contacts = {
            identity(tie.person) for tie in ties if tie.kind is TieKind.CONNECTION
        }
        if len(addresses) > 1 or len(contacts) > 1:
            ties = [tie for tie in ties if _has_same_company(tie.person, sender)]
        known = {id(tie) for tie in besides}
        keys = [key for tie in ties for key in keys_of(tie.person)]
        found = {id(tie): tie for tie in (*ties, *self._at(keys))}
        return [tie for mark, tie in found.items() if mark not in known]

    def _shared(self, sender: Person) -> list[Tie]:
        """Return a tie for each place of the member that the sender's profile names."""
        if not self._places or not _has_job(sender):
            return []
        company = company_key(sender.company) if sender.company else ""
        words = headline_words(sender.headline) if sender.headline else ""
        return [
            _shared_tie(place, sender)
            for place in self._places
            if place.key == company or is_named_in(words, place.key)
        ]


def _shared_tie(place: Place, sender: Person) -> Tie:
    return Tie(
        person=sender,
        kind=TieKind.SHARED_SCHOOL if place.is_school else TieKind.SHARED_EMPLOYER,
        since=place.since,
        until=place.until,
        detail=place.name,
    )


def _is_sender(known: Person, sender: Person) -> bool:
    """Whether a person of the same name is the sender, for want of an address."""
    if _has_other_address(known, sender):
        return False
    common = _frequency(known, sender)
    if common >= 1.0:
        return False
    if _has_same_company(known, sender):
        return True
    if common > 0.0 or (known.email and sender.email):
        return False
    # Nothing agrees but a rare name, so there must be nothing that could contradict.
    return not known.profile_url or not (sender.profile_url or sender.email)


def _frequency(known: Person, sender: Person) -> float:
    return max(how_common(sender.name or ""), how_common(known.name or ""))


def _has_job(sender: Person) -> bool:
    return bool(sender.company or sender.headline)


def _has_other_address(known: Person, sender: Person) -> bool:
    mine, theirs = profile_key(known.profile_url), profile_key(sender.profile_url)
    return bool(mine and theirs and mine != theirs and is_same_network(mine, theirs))


def _has_same_company(known: Person, sender: Person) -> bool:
    company = company_key(known.company) if known.company else ""
    at = company_of(known.email) if known.email else ""
    if not company and not at:
        return False
    theirs = company_key(sender.company) if sender.company else ""
    if theirs and (theirs == company or _joined(theirs) == _joined(at)):
        return True
    words = headline_words(sender.headline) if sender.headline else ""
    return any(is_named_in(words, key) for key in (company, at) if words and key)


def _joined(words: str) -> str:
    return words.replace(" ", "")


def _doubles(named: list[Tie], sender: Person) -> tuple[Tie, ...]:
    doubles: dict[str, Tie] = {}
    for tie in sorted(named, key=tie_order):
        known = tie.person
        if tie_strength(tie) < _REALLY_KNOWN or not _has_other_address(known, sender):
            continue
        # Frequent names have many bearers; a double copies the job, too.
        if _frequency(known, sender) < 1.0 or _has_same_company(known, sender):
            doubles.setdefault(profile_key(known.profile_url), tie)
    return tuple(doubles.values())


def _one_a_kind(ties: Iterable[Tie]) -> list[Tie]:
    """Return the strongest tie of each kind, strongest first."""
    kinds: defaultdict[tuple[TieKind, str], list[Tie]] = defaultdict(list)
    for tie in ties:
        is_shared = tie.kind in {TieKind.SHARED_EMPLOYER, TieKind.SHARED_SCHOOL}
        kinds[tie.kind, tie.detail if is_shared else ""].append(tie)
    wrote_to_you = kinds.get((TieKind.WROTE_TO_YOU, ""))
    if wrote_to_you and (TieKind.WROTE, "") in kinds:
        del kinds[TieKind.WROTE_TO_YOU, ""]
        best = _newest(kinds[TieKind.WROTE, ""])
        kinds[TieKind.WROTE, ""] = [replace(best, detail=MUTUAL)]
    return sorted(map(_together, kinds.values()), key=tie_order)


def _together(ties: list[Tie]) -> Tie:
    best = _newest(ties)
    if best.kind in {TieKind.MAILED, TieKind.MET}:
        return _summed([tie for tie in ties if tie.detail == best.detail])
    if best.kind in {TieKind.ENDORSED, TieKind.WAS_ENDORSED_BY}:
        skills = {tie.detail for tie in ties if tie.detail}
        return replace(best, count=max(len(skills), best.count or 1))
    if best.kind in {TieKind.IMPORTED_CONTACT, TieKind.COLLECTED_CONTACT}:
        # Which addresses stand on one card is of no more use now.
        return replace(best, detail="") if best.detail else best
    return best


def _summed(ties: list[Tie]) -> Tie:
    """Return what was at several addresses of one person as one tie."""
    days = [tie.since for tie in ties if tie.since]
    lasts = [tie.until for tie in ties if tie.until]
    return replace(
        _newest(ties),
        since=min(days, default=None),
        until=max(lasts, default=None),
        count=sum(tie.count or 1 for tie in ties),
    )


def _newest(ties: list[Tie]) -> Tie:
    """Return the strongest tie; of equal ones the newest."""

    def key(tie: Tie) -> tuple[float, int, int, str]:
        day = tie.until or tie.since
        return (
            tie_strength(tie),
            tie.count or 0,
            day.toordinal() if day else 0,
            tie.detail,
        )

    return max(ties, key=key)
