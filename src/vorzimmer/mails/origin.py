"""Whether a mail comes from the network that it names; pure.

Only the mailbox provider's own word counts: its ``Authentication-Results`` with DKIM
or DMARC passed for the network's domain. All else in a mail can be written by anybody.
The provider's own is a header with a name that the member has set, or with that of a
provider known to remove forged ones, if it also received the mail last. Without one the
origin is *not proven*, which is not the same as forged.

Source:
    RFC 8601 (Authentication-Results), sections 2.2, 2.3, 5 and 7.1; RFC 7489 (DMARC).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from vorzimmer.mails.mime import Mail

DOMAINS: dict[str, tuple[str, ...]] = {
    "linkedin": ("linkedin.com",),
    "xing": ("xing.com",),
}
"""The domains from which a network sends, by network."""

# Providers that remove headers with their own name from what they receive: the name
# that they write, and the end of the host that receives for them.
_PROVIDERS: tuple[tuple[str, str], ...] = (
    ("google.com", "google.com"),
    ("outlook.com", "outlook.com"),
    ("icloud.com", "icloud.com"),
    ("icloud.com", "apple.com"),
    ("yahoo.com", "yahoo.com"),
    ("messagingengine.com", "messagingengine.com"),
    ("gmx.net", "gmx.net"),
    ("web.de", "web.de"),
    ("t-online.de", "t-online.de"),
    ("posteo.de", "posteo.de"),
    ("mailbox.org", "mailbox.org"),
    ("freenet.de", "freenet.de"),
    ("protonmail.ch", "protonmail.ch"),
    ("zoho.com", "zoho.com"),
)
_MOST_HEADERS = 30
_RECEIVED_BY = re.compile(r"\bby\s+([A-Za-z0-9.-]{1,250})")
# Hosts inside a provider have names or numbers that nobody registered.
_INTERNAL = re.compile(r"(?:[0-9.]+|localhost|[^.]+|.+\.(?:internal|local|lan))\.?")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.){0,1000}"|[^\s;=()"]+|[;=()]')


def is_proven(mail: Mail, network: str, *, trusted: Collection[str] = ()) -> bool:
    """Return whether the mailbox provider vouches that the network sent this mail.

    Args:
        mail: The mail, with its headers from top to bottom.
        network: Whose mail it says that it is.
        trusted: Names (authserv-id) under which the member's own provider writes its
            results; those of its sub-domains count, too.
    """
    domains = DOMAINS.get(network, ())
    senders = mail.all("from")
    if len(senders) != 1 or not is_within(domain_of_sender(mail), domains):
        return False
    return any(
        _vouches(result, domains)
        for server, results in _own_results(mail, trusted)
        for result in results
        if server is not None
    )


def domain_of_sender(mail: Mail) -> str:
    """Return the domain of the address in ``From``, ``""`` when there is none."""
    return address_of(mail.header("from"))[1].rpartition("@")[2].strip(".").casefold()


def address_of(value: str) -> tuple[str, str]:
    """Return name and address of a header like ``From``; the first of several.

    An address counts only where it closes the header: in ``"a@b" <c@d>`` it is c@d.
    """
    name, bracket, rest = value.rpartition("<")
    if bracket:
        address = rest.partition(">")[0].strip()
        return name.strip().strip('"').replace('\\"', '"').strip(), address
    return "", value.strip() if "@" in value else ""


def is_within(domain: str, domains: Collection[str]) -> bool:
    """Return whether a domain is one of these, or below one."""
    return any(domain == each or domain.endswith(f".{each}") for each in domains)


def _own_results(
    mail: Mail, trusted: Collection[str]
) -> Iterator[tuple[str | None, list[dict[str, str]]]]:
    """Yield the results that the mailbox provider itself wrote."""
    names = [each.casefold() for each in trusted]
    receiver = _receiver(mail)
    known = [server for server, host in _PROVIDERS if is_within(receiver, (host,))]
    for value in mail.all("authentication-results")[:_MOST_HEADERS]:
        server, results = _read(value)
        # Outlook leaves its name out; then who received the mail has to be Outlook.
        server = server or ("outlook.com" if "outlook.com" in known else "")
        if is_within(server, names or known):
            yield server, results


def _receiver(mail: Mail) -> str:
    """Return the host that received the mail last: written on top, by the provider."""
    for value in mail.all("received")[:_MOST_HEADERS]:
        found = _RECEIVED_BY.search(_without_comments(value))
        if found and not _INTERNAL.fullmatch(found[1]):
            return found[1].strip(".").casefold()
    return ""


def _without_comments(value: str) -> str:
    return " ".join(_words(value))


def _words(value: str) -> Iterator[str]:
    """Yield words and signs; comments, also nested ones, are left out."""
    depth = 0
    for found in _TOKEN.finditer(value):
        word = found.group()
        if word == "(":
            depth += 1
        elif word == ")":
            depth = max(0, depth - 1)
        elif not depth:
            yield word


def _read(value: str) -> tuple[str, list[dict[str, str]]]:
    """Return who wrote a header, and its results: properties by name."""
    statements: list[list[str]] = [[]]
    for word in _words(value):
        if word == ";":
            statements.append([])
        else:
            statements[-1].append(word)
    first = statements[0]
    has_name = bool(first) and "=" not in first[:2]
    server = first[0].strip(".").casefold() if has_name else ""
    rest = statements[1:] if has_name else statements
    return server, [_properties(each) for each in rest if each]


def _properties(words: list[str]) -> dict[str, str]:
    """Return ``method=result`` and its properties; the first of a name counts."""
    found: dict[str, str] = {}
    for place, word in enumerate(words[:-2]):
        if words[place + 1] == "=" and word[:1] != '"':
            found.setdefault(word.casefold(), words[place + 2].casefold())
    if words:
        found["method"] = words[0].casefold()
    return found


def _vouches(result: dict[str, str], domains: Collection[str]) -> bool:
    method = result.get("method", "").partition("/")[0]
    if result.get(result.get("method", "")) != "pass":
        return False
    if method == "dkim":
        signer = result.get("header.d") or result.get("header.i", "")
        return is_within(signer.rpartition("@")[2], domains)
    if method == "dmarc":
        return is_within(result.get("header.from", ""), domains)
    return False
