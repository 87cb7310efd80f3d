"""Who is who: profile addresses as keys, and senders that are nobody one can know."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize
from urllib.parse import unquote

from vorzimmer.model import Member, Person
from vorzimmer.names import SAME, company_key, plain_name, same_name

# How the networks name people who left, were removed, or blocked the member. The
# English one was seen, the others are likely.
_HIDDEN = frozenset(
    map(
        plain_name,
        (
            "LinkedIn Member", "LinkedIn User", "LinkedIn-Mitglied", "LinkedIn-Nutzer",
            "Membre de LinkedIn", "Membre LinkedIn", "Miembro de LinkedIn",
            "Usuario de LinkedIn", "Utente LinkedIn", "Membro di LinkedIn",
            "Usuário do LinkedIn", "Membro do LinkedIn", "Lid van LinkedIn",
            "LinkedIn-lid", "Użytkownik LinkedIn", "LinkedIn Üyesi",
            "LinkedIn-gebruiker", "XING-Mitglied",
        ),
    )
)  # fmt: skip
_COMPANY_PATH = re.compile(r"/(?:company|school|showcase|companies|pages)/")


@lru_cache(maxsize=65536)
def profile_key(url: str | None) -> str:
    """Return the key of a profile: host and path in one spelling, ``""`` for none.

    Scheme, ``www`` and country sub-domains, query, case, percent signs and the slash
    at the end do not count. Source: the spellings seen in exports of LinkedIn.
    """
    if not url:
        return ""
    bare = url.strip().partition("://")[2] or url.strip()
    bare = bare.partition("?")[0].partition("#")[0].rstrip("/")
    host, slash, path = bare.partition("/")
    if not slash or "." not in host:
        return ""
    if "%" in path:
        path = unquote(path)
    host = host.lower()
    sub, _, rest = host.partition(".")
    if "." in rest and (sub == "www" or len(sub) == 2 or sub == "m"):
        host = rest
    return f"{host}/{normalize('NFC', path).lower()}"


def is_same_network(key: str, other: str) -> bool:
    """Return whether two profile keys can be compared: one host, no opaque ids.

    LinkedIn writes some members as ``/in/ACoAA…``; the same person has a plain
    address, too, so such a key contradicts nothing.
    """
    if key.partition("/")[0] != other.partition("/")[0]:
        return False
    return "/in/acoaa" not in key and "/in/acoaa" not in other


def is_company(person: Person) -> bool:
    """Return whether the sender is a page of a company or school."""
    return is_company_key(profile_key(person.profile_url))


def is_company_key(key: str) -> bool:
    """Return whether a profile key is that of a page of a company or school."""
    return bool(_COMPANY_PATH.search(key))


def is_hidden(name: str) -> bool:
    """Return whether the network shows this in place of a name ("LinkedIn Member")."""
    folded = name.casefold()
    # Most names end here; to read one takes a hundred times as long.
    return ("linkedin" in folded or "xing" in folded) and plain_name(name) in _HIDDEN


def is_nobody(person: Person) -> bool:
    """Return whether nothing says who it is: no name, no address, or a closed account.

    A name without words (only signs) is none.
    """
    if person.profile_url or person.email:
        return False
    plain = plain_name(person.name or "")
    return not plain or plain in _HIDDEN


def identity(person: Person) -> str:
    """Return a key for the person: profile address, else e-mail, else the name.

    ``""`` for companies and for senders who are nobody. A name alone is parted by the
    company, since two contacts may share it.
    """
    key = profile_key(person.profile_url)
    if key:
        return "" if _COMPANY_PATH.search(key) else f"p:{key}"
    if person.email:
        return f"e:{person.email.strip().casefold()}"
    if is_nobody(person):
        return ""
    company = company_key(person.company) if person.company else ""
    return f"n:{plain_name(person.name or '')}|{company}"


def is_other_member(member: Member, other: Member) -> bool:
    """Return whether two members are surely two people.

    A shared e-mail address, or names that may be one, make them one: profile addresses
    change. With one address they are one whatever their names. What is not known
    decides nothing.
    """
    emails = {each.strip().casefold() for each in member.emails}
    if emails & {each.strip().casefold() for each in other.emails}:
        return False
    if member.name and other.name and _may_be_one(member.name, other.name):
        return False
    key, other_key = profile_key(member.profile_url), profile_key(other.profile_url)
    if key and other_key and is_same_network(key, other_key):
        return key != other_key
    return bool(member.name and other.name)


def _may_be_one(name: str, other: str) -> bool:
    return plain_name(name) == plain_name(other) or same_name(name, other) >= SAME


def fuller(person: Person, other: Person) -> Person:
    """Return one person with what either says; the longer word wins.

    In which order they come does not matter.
    """
    if person is other or person == other:
        return person
    return Person(
        name=_longer(person.name, other.name),
        headline=_longer(person.headline, other.headline),
        company=_longer(person.company, other.company),
        position=_longer(person.position, other.position),
        location=_longer(person.location, other.location),
        country=_longer(person.country, other.country),
        email=_longer(person.email, other.email),
        profile_url=_longer(person.profile_url, other.profile_url),
    )


def _longer(one: str | None, two: str | None) -> str | None:
    if one is None or two is None:
        return two if one is None else one
    return max(one, two, key=lambda word: (len(word), word))
