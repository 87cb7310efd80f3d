"""Finds whose page was pasted, and what stands below the name; pure.

A name is what several signs agree on: a degree behind it, the same line twice, the text
of a picture, a sentence of the network, the address of the profile. Each sign counts,
and a line without a sign is nobody's name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from vorzimmer.names import plain_name
from vorzimmer.pasted.page import Page, can_be_name
from vorzimmer.pasted.words import (
    has_word,
    is_closing,
    is_greeting,
    is_labelled,
    is_prose,
    is_surely_name,
    name_in,
    place_sureness,
)
from vorzimmer.people import is_hidden

_LONGEST_HEADLINE = 260
_QUOTES = '“”„"»«‚‘'
_JOB_LINE = re.compile(r"\b(?:at|bei|@|and|und|für|for)\b|[|@•·]|, ")
_AT_COMPANY = re.compile(
    r"(?:\bat|\bbei(?: der| dem)?|@)\s+(?:the )?"
    r"(?P<company>[^\s|•·,;/–][^|•·,;/–]{1,78})",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"(?:angestellte?r?|beschäftigte?r?|employed|employee|selbstst?ändige?r?|self-employed"
    r"|freiberufler(?:in)?|freiberuflich|freelancer|beamte?r?|beamtin|inhaber(?:in)?"
    r"|unternehmer(?:in)?|geschäftsführer(?:in)?|owner|führungskraft|executive"
    r"|vorstand|student(?:in)?)[,\s]",
    re.IGNORECASE,
)
_SURENESS = ((8, 0.98), (5, 0.95), (4, 0.9), (3, 0.8), (2, 0.65))
_SIGNED = 0.5
_IN_COMPANIES = frozenset(
    [
        "of",
        "and",
        "und",
        "der",
        "die",
        "das",
        "für",
        "for",
        "the",
        "&",
        "de",
        "van",
        "von",
        "eG",
        "e.V.",
    ]
)
# What a line of the network that names somebody is worth.
_POINTS = {"asks": 5.0, "wrote": 5.0, "visited": 4.0, "from": 4.0, "picture": 3.0}
_FEWEST_POINTS = 2
# A card of a list may show a sign less than the next one, and still comes first.
_NEAR = 0.6


@dataclass(slots=True)
class Candidate:
    """One name, and what speaks for it.

    Attributes:
        text: As written.
        points: How much speaks for it.
        places: Lines that are this name and nothing else.
        first: Where it is first spoken of.
        asks: Whether a sentence says that this person asks.
        is_signed: Whether it stands below a letter.
        is_alone: Whether nothing stands below it.
    """

    text: str
    first: int
    points: float = 0
    places: list[int] = field(default_factory=list)
    asks: bool = False
    is_signed: bool = False
    is_alone: bool = False

    @property
    def sure(self) -> float:
        """How surely this is the name, 0..1."""
        if self.points < _FEWEST_POINTS:
            return _SIGNED
        return next(sure for points, sure in _SURENESS if self.points >= points)


def find_people(page: Page) -> list[Candidate]:
    """Return who may be meant: the likeliest first, then others that are shown."""
    found: dict[str, Candidate] = {}
    for at in range(page.end):
        for text, points in _signs(page, at):
            key = plain_name(text)
            if not key or page.is_member(text) or is_hidden(text):
                continue
            known = found.setdefault(key, Candidate(text, at))
            known.points += points
            known.asks = known.asks or page.roles[at] == "asks"
            known.is_signed = known.is_signed or points == _SIGNED
    _add_lone_words(found)
    _add_places(page, found)
    _add_addresses(page, found)
    enough = [each for each in found.values() if each.points >= _FEWEST_POINTS]
    if not enough:
        signed = [each for each in found.values() if each.is_signed]
        return signed[:1]
    most = max(each.points for each in enough)
    near = [each for each in enough if each.points >= _NEAR * most]
    best = min(near, key=lambda each: each.first)
    return [best, *(each for each in enough if each is not best)]


def _signs(page: Page, at: int) -> list[tuple[str, float]]:
    """Return names that a line speaks of, each with its points."""
    line, role = page.lines[at], page.roles[at]
    if role in _POINTS:
        name = name_in(role, line.text)
        return [(name, _POINTS[role])] if name and not _is_network(name) else []
    if role == "label name":
        labelled = is_labelled(line.text)
        return [(labelled[1], 6.0)] if labelled and labelled[1] else []
    if not can_be_name(page, at) or _is_greeting_or_place(line.text):
        return []
    signs = defaultdict(float)
    following = page.next_role(at)
    if following in {"degree", "pronoun"} and at + 1 < page.end:
        signs["degree"] = 4.0
    if line.times > 1:
        signs["twice"] = 3.0
    if is_surely_name(line.text):
        signs |= _signs_of_sure_name(page, at)
    return [(line.text, sum(signs.values()))] if signs else []


def _signs_of_sure_name(page: Page, at: int) -> dict[str, float]:
    signs: dict[str, float] = {}
    before = page.roles[:at]
    is_first = all(role not in {"", "shared name", "section"} for role in before)
    is_signature = at > 0 and is_closing(page.lines[at - 1].text)
    if is_signature:
        return {"signature": _SIGNED}
    if is_first:
        signs["first"] = 2.0
    below = page.lines[at + 1].text if at + 1 < page.end else ""
    is_free = at + 1 < page.end and not page.roles[at + 1]
    if is_free and not is_prose(below) and not is_greeting(below):
        is_job = has_word("job", below) or _JOB_LINE.search(below)
        signs["job below"] = 2.0 if is_job else 0.0
    if page.next_role(at) in {"shared", "contacts"}:
        signs["figures below"] = 2.0
    return signs


def _is_network(name: str) -> bool:
    return bool(re.search(r"\b(?:linkedin|xing)\b", name, re.IGNORECASE))


def _is_greeting_or_place(text: str) -> bool:
    return is_greeting(text) or is_closing(text) or place_sureness(text) > 0


def _add_lone_words(found: dict[str, Candidate]) -> None:
    """Give what first names alone have to the one whole name that has it."""
    for key in [key for key in found if " " not in key]:
        whole = [each for name, each in found.items() if name.startswith(f"{key} ")]
        if whole:
            lone = found.pop(key)
            whole[0].points += 1
            whole[0].asks = whole[0].asks or lone.asks


def _add_places(page: Page, found: dict[str, Candidate]) -> None:
    for at, line in enumerate(page.lines[: page.end]):
        if len(line.text) <= 100 and not page.roles[at]:
            known = found.get(plain_name(line.text))
            if known:
                known.places.append(at)


def _add_addresses(page: Page, found: dict[str, Candidate]) -> None:
    for _, address in page.addresses:
        for key, each in found.items():
            if agrees(address, key):
                each.points += 3


def agrees(address: str, key: str) -> bool:
    """Return whether a profile's address bears the words of a name.

    Args:
        address: Of the profile.
        key: The plain name.
    """
    slug = plain_name(re.sub(r"[\W_\d]+", " ", address.rsplit("/", 1)[-1]))
    words = {word for word in key.split() if len(word) > 1}
    return bool(words) and words <= set(slug.split())


@dataclass(slots=True)
class About:
    """What stands below a name.

    Attributes:
        after: The first line that does not belong to it.
        taken: The lines that do.
    """

    after: int
    headline: tuple[str, float] | None = None
    place: tuple[str, float] | None = None
    company: tuple[str, float] | None = None
    taken: set[int] = field(default_factory=set)


def about(page: Page, person: Candidate) -> About:
    """Return headline, place and company, which stand below a name."""
    anchor = _anchor(page, person)
    found = About(anchor + 1)
    found.taken.add(anchor)
    key = plain_name(person.text)
    has_degree = has_figures = False
    at = anchor
    for at in range(anchor + 1, page.end):
        text, role = page.lines[at].text, page.roles[at]
        if role in {"answer", "section", "from"} or role.startswith("label"):
            break
        has_degree = has_degree or role in {"degree", "pronoun"}
        has_figures = has_figures or role in {"shared", "contacts", "day"}
        if role or plain_name(text) == key:
            found.taken.add(at)
        elif not _take(page, at, found, is_sure=has_degree, is_late=has_figures):
            break
        else:
            found.taken.add(at)
    else:
        at = page.end
    found.after = at
    _add_company(found)
    return found


def _anchor(page: Page, person: Candidate) -> int:
    """Return the line with the name that what is said of the person stands below."""
    for wanted in ({"degree", "pronoun"}, {""}):
        for at in person.places:
            if page.next_role(at) in wanted:
                return at
    return person.places[0] if person.places else person.first


def _take(page: Page, at: int, found: About, *, is_sure: bool, is_late: bool) -> bool:
    """Take a line as headline, place or company, if it can be one."""
    text = page.lines[at].text
    if is_greeting(text) or text[:1] in _QUOTES or is_closing(text):
        return False
    place = place_sureness(text)
    if found.headline is None and place < 0.9 and not is_late:
        if _is_headline(page, at, is_sure=is_sure):
            found.headline = (text, 0.95 if is_sure else 0.85)
            return True
        return False
    has_info = at + 1 < page.end and page.lines[at + 1].text.startswith(
        ("Contact info", "Kontakt", "contact info")
    )
    if found.place is None and (place or (has_info and len(text) <= 60)):
        found.place = (text, 0.95 if has_info else place)
        return True
    if is_prose(text) or len(text) > 80 or is_late:
        return False
    return _take_company(page, at, found)


def _take_company(page: Page, at: int, found: About) -> bool:
    text = page.lines[at].text
    if has_word("school", text):
        return True
    headline = found.headline[0] if found.headline else ""
    if text in headline or has_word("legal", text):
        found.company = found.company or (text, 0.9)
        return True
    below = page.lines[at + 1].text if at + 1 < page.end else ""
    if place_sureness(below) and not page.roles[at + 1]:
        found.company = found.company or (text, 0.6)
        return True
    return False


def _is_headline(page: Page, at: int, *, is_sure: bool) -> bool:
    text = page.lines[at].text
    if len(text) > _LONGEST_HEADLINE or re.search(r"https?://", text):
        return False
    if not is_prose(text):
        return True
    following = page.next_role(at)
    is_card = following in {"shared", "contacts", "day", "degree", "answer"}
    below = page.lines[at + 1].text if at + 1 < page.end else ""
    return is_sure or is_card or place_sureness(below) >= 0.9


def _add_company(found: About) -> None:
    """Take the company out of the headline, where it names one."""
    if found.company or not found.headline:
        return
    headline, _ = found.headline
    parts = [part.strip() for part in headline.split(",")]
    if _STATUS.match(f"{headline} ") and len(parts) >= 3:
        found.company = (parts[-1], 0.85)
        return
    named = _AT_COMPANY.search(headline)
    company = _named_company(named["company"]) if named else ""
    if company:
        found.company = (company, 0.75)


def _named_company(text: str) -> str:
    """Return the words of a company's name, up to where a sentence goes on."""
    words: list[str] = []
    for word in text.split():
        if word[:1].islower() and word not in _IN_COMPANIES:
            break
        words.append(word)
    while words and words[-1] in _IN_COMPANIES:
        words.pop()
    return " ".join(words).strip(" .!-")
