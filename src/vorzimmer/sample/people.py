"""People of the sample: names, profile addresses, and the circle of friends."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from vorzimmer.sample.chance import dice, years_before
from vorzimmer.sample.pages import page

PROFILE = "https://www.linkedin.com/in/"
MEMBER_NAME = "Maren Thießen"
MEMBER_URL = PROFILE + quote("maren-thießen")

_TITLES = frozenset({"Dr.", "Prof.", "Mag.", "Dr.-Ing.", "DI", "Dr", "Prof"})
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
# Letters that do not come apart into a plain one and a mark.
_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "đ": "d"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One invented person.

    Attributes:
        first: First name as the network shows it, titles before it.
        last: Last name, with all that people put behind it.
        sex: ``f``, ``m``, or ``""`` where nobody asks.
        speaks: ``du``, ``sie`` or ``en``: how the member and they write.
        talks: Of what besides everyday things: ``work``, ``club``.
        connected_on: ``None`` is no connection.
    """

    first: str
    last: str
    slug: str
    sex: str = ""
    company: str = ""
    position: str = ""
    speaks: str = "du"
    talks: tuple[str, ...] = ("work",)
    connected_on: date | None = None

    @property
    def name(self) -> str:
        """The full name as the network shows it."""
        return f"{self.first} {self.last}"

    @property
    def url(self) -> str:
        """The profile address as the archive writes it, percent-encoded."""
        return profile_url(self.slug)

    @property
    def given(self) -> str:
        """The first name without titles."""
        return self.first.split()[-1]

    @property
    def email(self) -> str:
        """An invented address at the invented employer."""
        domain = _mail_part(self.company.split()[0]) if self.company else "post"
        local = f"{_mail_part(self.given)}.{_mail_part(self.last.split(',')[0])}"
        return f"{local}@{domain}.example"


def profile_url(slug: str) -> str:
    """Return a profile's address; letters beyond ASCII are percent-encoded."""
    return PROFILE + quote(slug)


def split_name(name: str) -> tuple[str, str]:
    """Split a full name into first name (with titles) and the rest."""
    words = name.split()
    count = 1
    while count < len(words) - 1 and words[count - 1] in _TITLES:
        count += 1
    return " ".join(words[:count]), " ".join(words[count:])


def slug_of(name: str) -> str:
    """Return the profile name that the network might have given.

    Some keep their umlauts, some are transliterated, most end in a number.
    """
    chance = dice("slug", name)
    plain = [word for word in name.lower().split() if word.title() not in _TITLES]
    kept = "".join(c if c.isalnum() else "-" for c in "-".join(plain))
    stem = "-".join(filter(None, kept.split("-")))
    shape = chance.random()
    if shape > 0.5:
        stem = stem.translate(_GERMAN) if shape < 0.8 else _ascii(stem)
    length = chance.choice([0, 0, 0, 3, 6, 8, 9])
    digits = f"{chance.getrandbits(40):010x}"[:length]
    return f"{stem}-{digits}" if digits else stem


def circle(until: date) -> list[Contact]:
    """Return the people whom the member knows well, connected or not."""
    return [_from_circle(entry, until) for entry in page("circle")["people"]]


def _from_circle(entry: dict[str, Any], until: date) -> Contact:
    first, last = split_name(entry["name"])
    is_connected = entry.get("connected", True)
    day = years_before(until, entry["years"])
    return Contact(
        first=first,
        last=last,
        slug=entry.get("slug") or slug_of(entry["name"]),
        sex=entry["sex"],
        company=entry["company"],
        position=entry["position"],
        speaks=entry["speaks"],
        talks=tuple(entry.get("talks", ["work"])),
        connected_on=day if is_connected else None,
    )


def _mail_part(text: str) -> str:
    return _ascii(text.lower().translate(_GERMAN))


def _ascii(text: str) -> str:
    """Return lower-case ASCII letters, digits and hyphens of a text."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN))
    return "".join(c for c in plain if c.isascii() and (c.isalnum() or c == "-"))
