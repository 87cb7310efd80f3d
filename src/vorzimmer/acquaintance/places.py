"""Where the member was: employers and schools, and whether a text names them; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vorzimmer.model import Member
from vorzimmer.names import AFTER_COMPANY, company_key, fold
from vorzimmer.names.words import word_set

_LONGEST_HEADLINE = 300
_PIECE = re.compile(r"[^\W_]+|(?<=\s)[-–—](?=\s)|[|,;:•·/@()]")
_LEFT_OUT = frozenset({"und", "and"})
# Stand before an employer; a company of one word ("Target") must be led in by one of
# them, or stand between signs.
_BEFORE = word_set("| at bei beim chez en presso bij fur for von of ex former")
_AFTER = AFTER_COMPANY | {"|"}


@dataclass(frozen=True, slots=True)
class Place:
    """An employer or school of the member.

    Attributes:
        key: Its name as ``names.company_key`` gives it.
        name: Its name as the member writes it.
        since: First day there.
        until: Last day there; ``None`` when it lasts or is not known.
    """

    key: str
    name: str
    is_school: bool
    since: date | None = None
    until: date | None = None


def places_of(member: Member) -> tuple[Place, ...]:
    """Return the member's employers and schools, several stays put together."""
    places: dict[tuple[str, bool], Place] = {}
    stays = [
        *(
            (job.company, False, job.started_on, job.ended_on)
            for job in member.positions
        ),
        *(
            (each.school, True, each.started_on, each.ended_on)
            for each in member.educations
        ),
    ]
    for name, is_school, since, until in stays:
        stay = Place(company_key(name), name, is_school, since, until)
        if stay.key:
            known = places.get((stay.key, stay.is_school))
            places[stay.key, stay.is_school] = _both(known, stay) if known else stay
    return tuple(places.values())


def _both(one: Place, two: Place) -> Place:
    since = _first(each.since for each in (one, two))
    lasts = one.until is None or two.until is None
    until = None if lasts else max(filter(None, (one.until, two.until)))
    return Place(one.key, one.name, one.is_school, since, until)


def _first(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day), default=None)


def headline_words(headline: str) -> str:
    """Return a headline as folded words; ``|`` stands for all that divides them."""
    found = (_fold_piece(each) for each in _PIECE.findall(headline[:_LONGEST_HEADLINE]))
    return " ".join((" |", *(each for each in found if each not in _LEFT_OUT), "| "))


def _fold_piece(piece: str) -> str:
    return fold(piece) if piece[0].isalnum() else "|"


def is_named_in(words: str, key: str) -> bool:
    """Return whether a headline names a company or school.

    Several words in a row are enough. A single word must stand where an employer
    stands: "Head of Sales at Target", not "Target groups".

    Args:
        words: The headline, as ``headline_words`` gives it.
        key: The company, as ``names.company_key`` gives it.
    """
    at = words.find(f" {key} ") if key else -1
    if at < 0 or " " in key:
        return at >= 0
    while at >= 0:
        before = words[:at].rpartition(" ")[2]
        after = words[at + len(key) + 2 :].partition(" ")[0]
        if before in _BEFORE and after in _AFTER:
            return True
        at = words.find(f" {key} ", at + 1)
    return False
