"""A pasted text with what each of its lines is; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from vorzimmer.mails.addresses import profile_of
from vorzimmer.names import SAME, plain_name, same_name
from vorzimmer.pasted.figures import (
    FOLLOWERS,
    SHARED_HEAD,
    contacts_count,
    looks_like_day,
    shared_contacts,
)
from vorzimmer.pasted.lines import PastedLine
from vorzimmer.pasted.words import (
    is_labelled,
    is_surely_name,
    may_be_name,
    patterns,
    role_of,
)

_ADDRESS = re.compile(
    r"(?:https?://)?(?:[a-z]{2,3}\.)?(?:linkedin\.com|xing\.com)/[^\s<>\"')]{2,500}",
    re.IGNORECASE,
)
_MOST_ADDRESSES = 200
_FEWEST_LABELS = 2
_ENDS = {"end", "footer"}
_QUIET = {"noise", "badge", "degree", "pronoun", "picture"}


@dataclass(frozen=True)  # no slots: keeps what was asked once
class Page:
    """The lines of one pasted text.

    Attributes:
        lines: All of them.
        today: For days that are counted from now; ``None`` when nobody says it.
        member: Name of the member, ``""`` when not known.
    """

    lines: tuple[PastedLine, ...]
    today: date | None = None
    member: str = ""

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """What each line is; ``""`` is somebody's own words."""
        roles = [_role(line.text) for line in self.lines]
        _mark_labels(self.lines, roles)
        _mark_shared_names(self.lines, roles)
        return tuple(roles)

    @cached_property
    def end(self) -> int:
        """Where other people, or the network's small print, begin."""
        has_said = False
        for at, role in enumerate(self.roles):
            if has_said and role in _ENDS:
                return at
            has_said = has_said or role not in {"noise", *_ENDS}
        return len(self.lines)

    @cached_property
    def addresses(self) -> tuple[tuple[str, str], ...]:
        """Network and address of each profile above the end, once each."""
        found: dict[tuple[str, str], None] = {}
        for line in self.lines[: self.end]:
            for each in _ADDRESS.findall(line.text)[:_MOST_ADDRESSES]:
                for network in ("linkedin", "xing"):
                    whole = each if "://" in each else f"https://{each}"
                    address = profile_of(whole.rstrip(".,;"), network)
                    if address:
                        found[network, address] = None
        return tuple(found)

    def is_member(self, name: str) -> bool:
        """Return whether a name is the member's own."""
        if not self.member:
            return False
        is_plain = plain_name(name) == plain_name(self.member)
        return is_plain or same_name(name, self.member) >= SAME

    def has(self, role: str) -> bool:
        """Return whether a line above the end is this."""
        return role in self.roles[: self.end]

    def next_role(self, at: int) -> str:
        """Return what follows a line, but for pictures' texts and buttons."""
        for role in self.roles[at + 1 : self.end]:
            if role not in _QUIET - {"degree", "pronoun"}:
                return role
        return "end"


_FIGURES: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("shared", shared_contacts),
    ("shared head", SHARED_HEAD.fullmatch),
    ("contacts", lambda text: contacts_count(text) is not None),
    ("followers", FOLLOWERS.fullmatch),
    ("day", looks_like_day),
)


def _role(text: str) -> str:
    for role, is_so in _FIGURES:
        if is_so(text):
            return role
    rest = _ADDRESS.sub("", text).strip(" :=>-–—|•·[]()") if "/" in text else text
    is_alone = rest != text and (not rest or role_of(rest) in _QUIET)
    return "address" if is_alone else role_of(text)


def _mark_labels(lines: Sequence[PastedLine], roles: list[str]) -> None:
    """Mark lines like ``Name: …``, where there are several of them, or a note."""
    labels = {
        at: found for at, line in enumerate(lines) if (found := is_labelled(line.text))
    }
    fields = {field for field, _ in labels.values()}
    if len(fields) < _FEWEST_LABELS and not fields & {"note", "profile_url"}:
        return
    for at, (field, _) in labels.items():
        if roles[at] not in {"from", "shared", "contacts"}:
            roles[at] = f"label {field}"
        if field == "note":
            return  # all that follows belongs to it


def _mark_shared_names(lines: Sequence[PastedLine], roles: list[str]) -> None:
    """Mark the names in a list below ``Shared contacts``."""
    for at, role in enumerate(roles):
        if role != "shared head":
            continue
        place = at + 1
        while place < len(lines) and (
            roles[place] in {"degree", "picture", "badge"}
            or (not roles[place] and is_surely_name(lines[place].text))
        ):
            roles[place] = roles[place] or "shared name"
            place += 1


def speaks_of(network: str, page: Page) -> int:
    """Return how many lines above the end bear words of a network."""
    pattern = patterns("words", network)
    return sum(bool(pattern.search(line.text[:400])) for line in page.lines[: page.end])


def can_be_name(page: Page, at: int) -> bool:
    """Return whether a line can be a name, if something beside it says so."""
    return not page.roles[at] and may_be_name(page.lines[at].text)
