"""The requests that the member received, read from the pages ``requests_*.toml``.

A page has one ``truth``, the kind of all its requests; an entry may name its own.
An entry has ``name`` and ``note`` (without one it is blank), and may have:

- ``days``: how long before the last day it came; drawn where it is missing,
- ``accepted``: the member accepted it; the sender then is a connection,
- ``slug``: the profile name, where it matters,
- ``default``: the note is a text of the network itself,
- ``campaign``: a name for requests with nearly the same note,
- ``also``: a second kind that holds as well,
- ``company``, ``position``, ``sex``: for senders who became connections,
- ``answer``: what the member answered when she accepted,
- ``after``: what the sender wrote as soon as she had accepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from vorzimmer.sample.chance import LAST_DAY, dice, moment
from vorzimmer.sample.pages import page, request_pages
from vorzimmer.sample.people import PROFILE, profile_url, slug_of

TWO_YEARS = 730  # days that the sample's requests reach back
_SHARED = ("accepted", "sex")  # words of a group that hold for all its names
FRESH = 14  # only requests that say so are younger than this many days


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One request that the member received.

    Attributes:
        truth: The kind that it is.
        also: A second kind that holds as well, or ``""``.
        sent_at: When it came.
        accepted_on: ``None`` is open.
        job: Company and position; both ``""`` where nobody wrote them down.
        sex: ``f`` or ``m`` where a job title must be made, or ``""``.
        answer: What the member answered to the note, or ``""``.
        after: The sender's first message after being accepted, or ``""``.
        is_default: Whether the note is a text of the network itself.
        campaign: Name of the campaign that it belongs to, or ``""``.
    """

    name: str
    slug: str
    note: str
    truth: str
    also: str
    sent_at: datetime
    accepted_on: date | None
    job: tuple[str, str]
    sex: str
    answer: str
    after: str
    is_default: bool
    campaign: str

    @property
    def url(self) -> str:
        """The sender's profile address as the archive writes it."""
        return profile_url(self.slug)


@cache
def incoming(until: date = LAST_DAY) -> tuple[Incoming, ...]:
    """Return all requests that the member received, newest first."""
    found = [_request(entry, until) for entry in _entries()]
    return tuple(sorted(found, key=lambda each: each.sent_at, reverse=True))


def truths() -> dict[str, str]:
    """Return what each sender's request or message is, by profile address.

    Both the contact requests and the first messages of strangers; senders without
    an address (``LinkedIn Member``) cannot be named here.
    """
    kinds = {each.url: each.truth for each in incoming()}
    for entry in page("messages_strangers")["message"]:
        if url := stranger_url(entry):
            kinds[url] = entry["truth"]
    return kinds


def stranger_url(entry: dict[str, Any]) -> str:
    """Return the address of a stranger's message: profile, company page or none."""
    if "page" in entry:
        return PROFILE.replace("/in/", "/company/") + str(entry["page"])
    slug = entry.get("slug", slug_of(entry["name"]))
    return profile_url(slug) if slug else ""


def _entries() -> Iterator[dict[str, Any]]:
    for name in request_pages():
        content = page(name)
        for entry in content.get("request", []):
            yield {"truth": content.get("truth"), **entry}
        for group in content.get("group", []):
            days = group.get("days", [])
            for number, person in enumerate(group["names"]):
                own = {"name": person, "truth": group["truth"]}
                own |= {"days": days[number]} if number < len(days) else {}
                yield own | {word: group[word] for word in _SHARED if word in group}


def _request(entry: dict[str, Any], until: date) -> Incoming:
    chance = dice("request", entry["name"])
    is_accepted = entry.get("accepted", False)
    # Campaigns run for some weeks; the rest is spread over the two years.
    last = 160 if "campaign" in entry else TWO_YEARS
    drawn = chance.randrange(FRESH + 2, last)
    days = entry.get("days", drawn)
    waited = chance.choice([0, 0, 1, 1, 2, 3, 5, 8])
    accepted = moment(until, max(days - waited, 0), "accepted").date()
    return Incoming(
        name=entry["name"],
        slug=entry.get("slug") or slug_of(entry["name"]),
        note=entry.get("note", "").strip(),
        truth=entry["truth"],
        also=entry.get("also", ""),
        sent_at=moment(until, days, entry["name"]),
        accepted_on=accepted if is_accepted else None,
        job=(entry.get("company", ""), entry.get("position", "")),
        sex=entry.get("sex", ""),
        answer=entry.get("answer", ""),
        after=entry.get("after", ""),
        is_default=entry.get("default", False),
        campaign=entry.get("campaign", ""),
    )
