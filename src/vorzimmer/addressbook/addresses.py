"""E-mail and profile addresses as other programs write them; pure."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from vorzimmer.linkedin.cells import profile_url_of as linkedin_url_of

LONGEST_WORD = 200
"""Letters of a name or company that are kept; longer ones are advertising."""

# RFC 5321 allows 64 letters before the sign and 255 behind; 254 in all fit a path.
_LONGEST_EMAIL = 254
_EMAIL = re.compile(r"[^\s<>()\[\],;:\"'\\@]{1,64}@[^\s<>()\[\],;:\"'\\@]{1,190}")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_XING = re.compile(
    r"\s*(?:https?://)?(?:www\.|m\.)?xing\.com/profile/([^/?#\s]{1,200})", re.IGNORECASE
)
_PERSONAL = ("https://www.linkedin.com/in/", "https://www.linkedin.com/pub/")
# Nobody reads what is sent there.
_AUTOMATIC = re.compile(
    r"(?:no|not|do-?not)[-_.]?(?:answer|reply)\b|mailer-daemon$|postmaster$|bounces?\b"
    r"|notifications?$|notify$|unsubscribe|.*[-+.]bounces?$|.*[-_.]no-?reply$"
    r"|unknownorganizer$"
)
_AUTOMATIC_HOSTS = (
    "calendar.google.com",  # rooms, groups and imported events
    "reply.github.com",
    "docs.google.com",
)
# Who has a mailbox there need not work there; who works there looks unknown instead.
_ANYBODYS = frozenset(
    {"aol", "arcor", "bluewin", "chello", "freenet", "gmail", "gmx", "googlemail"}
    | {"hotmail", "icloud", "kabelmail", "laposte", "live", "mail", "mailbox", "msn"}
    | {"online", "orange", "outlook", "posteo", "proton", "protonmail", "t-online"}
    | {"tutanota", "unitybox", "versanet", "vodafone", "web", "yahoo", "yandex"}
)
_SHORTEST_COMPANY = 4
# Read by more than one person, so they say of nobody who it is.
_SHARED = re.compile(
    r"(?:admin|all|anfragen?|bestellungen?|bewerbung(?:en)?|buchhaltung|buero|büro"
    r"|contact|einkauf|empfang|event(?:s)?|familie|family|hallo|hello|help|hilfe|hr"
    r"|info|jobs?|karriere|kontakt|kundenservice|mail|marketing|news(?:letter)?|office"
    r"|order|personal|post|praxis|presse|press|rechnung(?:en)?|redaktion|sales"
    r"|sekretariat|service|support|team|vertrieb|verwaltung|vorstand|webmaster|welcome"
    r"|zentrale)[0-9]*"
)


def word_of(text: str) -> str:
    """Return one line of text without control characters, ends stripped, cut short."""
    if not text.isprintable():
        text = _UNSEEN.sub(" ", text)
    return " ".join(text[: 4 * LONGEST_WORD].split())[:LONGEST_WORD]


@lru_cache(maxsize=32768)
def email_of(text: str) -> str | None:
    """Return an e-mail address in lower case, or ``None`` when there is none.

    ``mailto:``, angle brackets and what follows a question mark are left out.
    """
    if "@" not in text or len(text) > 4 * _LONGEST_EMAIL:
        return None
    bare = text.strip().strip("<>'\"")
    if bare[:7].casefold() == "mailto:":
        bare = unquote(bare[7:].partition("?")[0]).strip()
    if len(bare) > _LONGEST_EMAIL or not _EMAIL.fullmatch(bare):
        return None
    host = bare.rpartition("@")[2].strip(".")
    return bare.casefold() if "." in host and bare.isprintable() else None


def profile_url_of(text: str) -> str | None:
    """Return the address of a person's profile on LinkedIn or XING, without tokens."""
    folded = text.casefold()
    if "linkedin.com" in folded:
        url = linkedin_url_of(text)
        return url if url and url.startswith(_PERSONAL) else None
    found = _XING.match(text) if "xing.com" in folded else None
    return f"https://www.xing.com/profile/{found[1]}" if found else None


@lru_cache(maxsize=32768)
def is_automatic(email: str) -> bool:
    """Return whether no person reads what is sent to this address."""
    local, _, host = email.partition("@")
    return bool(_AUTOMATIC.match(local)) or host.endswith(_AUTOMATIC_HOSTS)


def company_of(email: str) -> str:
    """Return the company that an address is at, as words; ``""`` where none is.

    ``mira@nordlicht-logistik.example`` is at "nordlicht logistik". Mailboxes that
    anybody can have say nothing.
    """
    labels = email.rpartition("@")[2].casefold().split(".")
    # The label before the last, or before "co.uk" and the like.
    at = -3 if len(labels) > 2 and len(labels[-2]) <= 3 else -2
    label = labels[at] if len(labels) >= -at else ""
    is_company = len(label) >= _SHORTEST_COMPANY and label not in _ANYBODYS
    return label.replace("-", " ") if is_company else ""


def is_shared(email: str) -> bool:
    """Return whether an address belongs to an office rather than to a person."""
    return bool(_SHARED.fullmatch(email.partition("@")[0]))
