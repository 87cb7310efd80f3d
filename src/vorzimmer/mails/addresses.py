"""Links in mails: what they lead to, without the tokens in them; pure.

Links in the networks' mails log the reader in, accept requests, and tell who opened
them. So none is ever opened, and nothing but scheme, host and path is kept; of the path
too only what names a person or a page.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote, urlsplit

from vorzimmer.linkedin.cells import profile_url_of
from vorzimmer.links import find_links
from vorzimmer.mails.origin import is_within

# Where a network's own mails lead: its pages, its pictures, its app in the shops.
_OWN_HOSTS: dict[str, tuple[str, ...]] = {
    "linkedin": ("linkedin.com", "licdn.com", "lnkd.in", "linkedin.cn"),
    "xing": ("xing.com", "xing-news.com", "xingassets.com", "kununu.com", "onlyfy.com"),
}
_SHOPS = ("apps.apple.com", "itunes.apple.com", "play.google.com")
_PLAIN_HOST = re.compile(r"https?://([a-z0-9.-]+)(?=[/?#]|$)", re.IGNORECASE)
_QUERY = re.compile(r"(https?://[^\s?#<>\"']{0,2000})[?#][^\s<>\"']*", re.IGNORECASE)
_CREDENTIALS = re.compile(r"(https?://)[^\s/?#@.]{1,200}@", re.IGNORECASE)
_SECRET_PATH = re.compile(r"(/sharedKey|xing\.com/m)/[^\s]*", re.IGNORECASE)
_XING_PROFILE = re.compile(r"/(?:profile|profil)/([^/?#\s]{1,100})")
_INVITATION = re.compile(r"invitationId(?:/|=|%3D)([0-9]{15,20})", re.IGNORECASE)
_IS_ACCEPT = re.compile(r"invite-accept|/accept\b|contact_requests?/.*accept")
_TEMPLATE = re.compile(
    r"(?:trk|trkEmail|ek)=(?:eml-)?((?:email|m2m)_[a-z0-9_]{3,60})", re.IGNORECASE
)
_FIRST_NUMBERED = datetime(2010, 1, 1, tzinfo=UTC)
_LATEST_MAIL = timedelta(days=400)


def profile_of(address: str, network: str) -> str | None:
    """Return the clean address of the profile that a link leads to, if it does."""
    if not leads_to_network(address, network):
        return None
    if network == "linkedin":
        found = profile_url_of(re.sub(r"(linkedin\.com)/comm/", r"\1/", address))
        return None if found and "/in/" not in found else found
    page = _XING_PROFILE.search(urlsplit_path(address))
    return f"https://www.xing.com/profile/{unquote(page[1])}" if page else None


def urlsplit_path(address: str) -> str:
    """Return the path of an address, ``""`` when it cannot be taken apart."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def is_profile_link(address: str, network: str) -> bool:
    """Return whether a link shows a person: a profile, whether it can be named or not.

    Mails of 2016 lead to ``/comm/profile/view?id=…``, from which no address follows.
    """
    if profile_of(address, network):
        return True
    path = urlsplit_path(address)
    return leads_to_network(address, network) and "/profile/view" in path


def is_accept_link(address: str, network: str) -> bool:
    """Return whether a link accepts a request; it carries what logs the reader in."""
    if not leads_to_network(address, network):
        return False
    return bool(_IS_ACCEPT.search(urlsplit_path(address)))


def invitation_number(address: str) -> str:
    """Return the network's number of the request that a link is about, or ``""``."""
    found = _INVITATION.search(address)
    return found[1] if found else ""


def invited_at(number: str, mailed_at: datetime | None) -> datetime | None:
    """Return when a request was made, as LinkedIn's number of it says.

    ``number >> 22`` is milliseconds since 1970; ``None`` when that cannot be: before
    LinkedIn numbered so, after the mail, or more than a year before it. Source: two
    mails of 2016, in both 17 s before the mail's date.
    """
    if not number:
        return None
    try:
        moment = datetime.fromtimestamp((int(number) >> 22) / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    if moment < _FIRST_NUMBERED or mailed_at is None:
        return None
    is_near = mailed_at - _LATEST_MAIL <= moment <= mailed_at + timedelta(days=1)
    return moment if is_near else None


def template_in(address: str) -> str:
    """Return the name of the mail's template that a link carries, or ``""``."""
    found = _TEMPLATE.search(address)
    return found[1].casefold() if found else ""


def leads_to_network(address: str, network: str) -> bool:
    """Return whether a link leads to the network, as a browser reads it."""
    return is_within(_host(address), _OWN_HOSTS.get(network, ()))


def foreign_host(address: str, network: str) -> str:
    """Return the host of a link that leads away from the network, else ``""``."""
    if not address[:8].casefold().startswith(("http://", "https://")):
        return ""
    host = _host(address)
    own = (*_OWN_HOSTS.get(network, ()), *_SHOPS)
    return "" if not host or is_within(host, own) else host


def _host(address: str) -> str:
    plain = _PLAIN_HOST.match(address)
    if plain:
        return plain[1].strip(".").casefold()
    found = find_links(address[:2_000])
    return found[0].host if found and found[0].span[0] == 0 else ""


def without_tokens(text: str) -> str:
    """Return a text whose links are cut to scheme, host and path.

    A name before an @ stays only where it is dressed up as a host, since that is a
    trap that signals look for; of the networks' own paths what logs the reader in goes.
    """
    cut = _CREDENTIALS.sub(r"\1", _QUERY.sub(r"\1", text))
    cut = _SECRET_PATH.sub(r"\1", cut)
    for link in reversed(find_links(cut)):
        start, end = link.span
        bare = re.split(r"[?#]", cut[start:end], maxsplit=1)[0]
        cut = cut[:start] + bare + cut[end:]
    return cut


def shown_address(address: str) -> str:
    """Return scheme, host and path of an address, without anything personal."""
    return without_tokens(address.strip())
