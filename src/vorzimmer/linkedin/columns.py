"""How LinkedIn names its columns, and under which name mappers look for them; pure.

Source:
    Headers of exports from 2018 to 2026. English ones were seen, of the German ones
    those of Connections.csv; the other German ones are likely.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_ALIASES = {
    # One thing, two English names.
    "companyname": "company",
    "organization": "company",
    "jobtitle": "position",
    "enddate": "finishedon",
    "startdate": "startedon",
    # German.
    "vorname": "firstname",
    "nachname": "lastname",
    "emailadresse": "emailaddress",
    "unternehmen": "company",
    "namedesunternehmens": "company",
    "verbundenam": "connectedon",
    "vernetztam": "connectedon",
    "von": "from",
    "an": "to",
    "gesendetam": "sentat",
    "nachricht": "message",
    "richtung": "direction",
    "profilurldeseinladenden": "inviterprofileurl",
    "profilurldeseingeladenen": "inviteeprofileurl",
    "unterhaltungsid": "conversationid",
    "konversationsid": "conversationid",
    "titelderunterhaltung": "conversationtitle",
    "konversationstitel": "conversationtitle",
    "profilurldesabsenders": "senderprofileurl",
    "profilurlsderempfänger": "recipientprofileurls",
    "datum": "date",
    "betreff": "subject",
    "inhalt": "content",
    "ordner": "folder",
    "geburtsname": "maidenname",
    "profilslogan": "headline",
    "branche": "industry",
    "standort": "geolocation",
    "titel": "title",
    "begonnenam": "startedon",
    "beendetam": "finishedon",
    "startdatum": "startedon",
    "enddatum": "finishedon",
    "namederschule": "schoolname",
    "schule": "schoolname",
    "hochschule": "schoolname",
    "abschluss": "degreename",
    "erstelltam": "createdon",
    "notiz": "note",
}


def column(header: str) -> str:
    """Return the name under which mappers look for a column.

    Letters and digits in lower case, so that ``First Name``, ``FirstName`` and ``FIRST
    NAME`` are one; names in other languages become the English ones.
    """
    plain = re.sub(r"[\W_]+", "", header).casefold()
    return _ALIASES.get(plain, plain)


def columns(headers: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the columns; of two with one name the first one counts."""
    names: list[str] = []
    for header in headers:
        name = column(header)
        names.append(f"{name} {len(names)}" if name in names else name)
    return tuple(names)
