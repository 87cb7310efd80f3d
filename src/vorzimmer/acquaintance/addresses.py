"""Which addresses are one person's: profiles and e-mail addresses that stand together.

A card with a profile and two e-mail addresses makes one person of what a network, a
calendar and a mailbox know under each of them. Care comes first: an address that two
people use, or an office, joins nobody; nor do two profiles on one network become one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from vorzimmer.addressbook.addresses import is_shared
from vorzimmer.model import Person, Tie, TieKind
from vorzimmer.names import SAME, same_name
from vorzimmer.people import is_same_network, profile_key

_CARDS = {TieKind.IMPORTED_CONTACT, TieKind.COLLECTED_CONTACT}


def email_key(email: str | None) -> str:
    """Return the key of an e-mail address, ``""`` for none."""
    return f"e:{email.strip().casefold()}" if email else ""


def url_key(url: str | None) -> str:
    """Return the key of a profile, ``""`` for none."""
    key = profile_key(url)
    return f"p:{key}" if key else ""


def keys_of(person: Person) -> tuple[str, ...]:
    """Return the keys of a person's addresses: the profile first, then the e-mail."""
    keys = (url_key(person.profile_url), email_key(person.email))
    return tuple(key for key in keys if key)


def keys_of_each(ties: Sequence[Tie]) -> list[tuple[str, ...]]:
    """Return the keys of the person of each tie, made once for what is one object."""
    made: dict[int, tuple[str, ...]] = {}
    for tie in ties:
        if id(tie.person) not in made:
            made[id(tie.person)] = keys_of(tie.person)
    return [made[id(tie.person)] for tie in ties]


def _main_key(tie: Tie) -> str:
    """Return the key of the first address on the card that a tie is from."""
    if tie.kind not in _CARDS or not tie.detail:
        return ""
    return url_key(tie.detail) or email_key(tie.detail)


class Addresses:
    """Finds all addresses of a person by any of them."""

    def __init__(
        self, ties: Sequence[Tie], keys_of_ties: Sequence[tuple[str, ...]]
    ) -> None:
        """Read from ties which addresses stand together.

        Args:
            ties: All.
            keys_of_ties: As ``keys_of_each`` gave them.
        """
        self._roots: dict[str, str] = {}
        self._members: dict[str, tuple[str, ...]] = {}
        pairs: set[tuple[str, str]] = set()
        names: dict[str, set[str]] = {}
        profiles: defaultdict[str, set[str]] = defaultdict(set)
        for tie, keys in zip(ties, keys_of_ties, strict=True):
            if len(keys) == 2:
                profiles[keys[1]].add(keys[0])
                pairs.add((keys[0], keys[1]))
            if main := _main_key(tie):
                pairs.update((key, main) for key in keys if key != main)
            if (email := email_key(tie.person.email)) and tie.person.name:
                names.setdefault(email, set()).add(tie.person.name)
        for one, two in sorted(pairs):
            emails = [key for key in (one, two) if key[:2] == "e:"]
            if not any(_is_of_several(each, names, profiles) for each in emails):
                self._join(one, two)

    def _join(self, one: str, two: str) -> None:
        left, right = self._roots.get(one, one), self._roots.get(two, two)
        if left == right:
            return
        mine = self._members.get(left, (left,))
        theirs = self._members.get(right, (right,))
        if any(are_two(key, other) for key in mine for other in theirs):
            return
        self._members.pop(right, None)
        self._members[left] = mine + theirs
        for key in (*mine, *theirs):
            self._roots[key] = left

    @property
    def joined(self) -> Iterable[str]:
        """The keys of all addresses that stand together with others."""
        return self._roots

    def with_others(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Return these keys and all others of the same person, each once."""
        keys = tuple(dict.fromkeys(keys))
        if self._roots.keys().isdisjoint(keys):  # most are those of strangers
            return keys
        found: dict[str, None] = {}
        for key in keys:
            root = self._roots.get(key)
            found.update(dict.fromkeys((key,) if root is None else self._members[root]))
        return tuple(found)


def are_two(key: str, other: str) -> bool:
    """Return whether two keys are profiles on one network, and so of two people."""
    is_profile = key[:2] == other[:2] == "p:"
    return is_profile and key != other and is_same_network(key, other)


def _is_of_several(
    email: str, names: dict[str, set[str]], profiles: dict[str, set[str]]
) -> bool:
    """Whether several people use an e-mail address, as far as the ties show."""
    if is_shared(email[2:]):
        return True
    known = sorted(profiles.get(email, ()))
    if any(are_two(known[0], each) for each in known[1:]):
        return True
    called = sorted(names.get(email, ()))
    # One word alone ("Mira") contradicts nothing.
    called = [name for name in called if " " in name]
    return any(same_name(called[0], each) < SAME for each in called[1:])
