"""Turns the pages of one domain, until there are no more or they go in circles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from vorzimmer.model import Sentence, say
from vorzimmer.portability.client import Client
from vorzimmer.portability.refusals import RefusalError

SNAPSHOT = "/rest/memberSnapshotData"
MAX_PAGES = 20_000  # of a domain: as many messages as anybody has, ten a page
MAX_START = 10**9
_MOST_LINKS = 100
_MOST_FIELDS = 20

_FOREIGN_LINK = say(
    "LinkedIn named a next page that lies elsewhere. It was not followed; pages were"
    " counted instead."
)
_TOO_MANY = say("Only the first {most} pages are read.", most=MAX_PAGES)
_REFUSED = say("LinkedIn refused this part of your data, so it is missing.")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a domain.

    Attributes:
        start: Its number, from 0.
        rows: As they came; nobody has looked at them.
        next_start: The number of the next page; ``None`` where this says that none
            follows.
        notice: What is to be said of it.
    """

    start: int
    rows: list[Any]
    next_start: int | None
    notice: Sentence | None = None


def pages(
    turn: Callable[[int], Page | None],
    *,
    known: Iterable[Page] = (),
    most: int = MAX_PAGES,
) -> Iterator[Page]:
    """Yield the pages of a domain, each once.

    Args:
        turn: Asks for the page of a number; ``None`` is that there is none.
        known: Pages that were read before, in their order; asking goes on after them.
        most: Pages, at most.
    """
    seen: set[bytes] = set()
    start: int | None = 0
    for page in known:
        if _is_new(page, seen):
            yield page
        start = page.next_start
    while start is not None:
        if len(seen) >= most:
            yield Page(start, [], None, _TOO_MANY)
            return
        found = turn(start)
        if found is None or not _is_new(found, seen):
            return
        yield found
        start = found.next_start


def _is_new(page: Page, seen: set[bytes]) -> bool:
    """Whether no page with these rows was seen; counts it as seen."""
    rows = json.dumps(page.rows, sort_keys=True, ensure_ascii=True)
    digest = blake2b(rows.encode(), digest_size=16).digest()
    if digest in seen:
        return False
    seen.add(digest)
    return True


def snapshot_page(client: Client, domain: str, start: int) -> Page | None:
    """Ask for one page of the snapshot of a domain; ``None`` is after the last.

    Raises:
        RefusalError: It cannot be had.
    """
    query = {"q": "criteria", "domain": domain}
    asked = {**query, "start": str(start)} if start else query
    try:
        answer = client.get(SNAPSHOT, asked)
    except RefusalError as error:
        if error.status != 400:
            raise
        # Some see this in place of "no data"; on the first page it is worth a word.
        return None if start else Page(0, [], None, _REFUSED)
    if answer is None:
        return None
    rows = list(_rows(answer, domain))
    following, is_foreign = next_start(answer, client.address + SNAPSHOT, query)
    if following is None and rows:
        # The list of links may be empty on any page but the last, which is a 404.
        following = start + 1
    if following is not None and following <= start:
        following = None
    notice = _FOREIGN_LINK if is_foreign else None
    return Page(start, rows, following, notice) if rows or notice or following else None


def _rows(answer: Mapping[str, Any], domain: str) -> Iterator[Any]:
    elements = answer.get("elements")
    for element in elements if isinstance(elements, list) else ():
        if not isinstance(element, dict):
            continue
        if element.get("snapshotDomain", domain) != domain:
            continue
        rows = element.get("snapshotData")
        yield from rows if isinstance(rows, list) else ()


def next_start(
    answer: Mapping[str, Any], place: str, query: Mapping[str, str]
) -> tuple[int | None, bool]:
    """Return where the next page starts, and whether a link led elsewhere.

    Of a link that leads to the same place and asks the same, only the number is taken.

    Args:
        answer: As it came.
        place: Scheme, host and path that were asked.
        query: What was asked.
    """
    is_foreign = False
    for href in _next_links(answer):
        start = _start_of(href, place, query)
        if start is not None:
            return start, is_foreign
        is_foreign = True
    return None, is_foreign


def _next_links(answer: Mapping[str, Any]) -> Iterator[str]:
    paging = answer.get("paging")
    links = paging.get("links") if isinstance(paging, dict) else None
    for link in links[:_MOST_LINKS] if isinstance(links, list) else ():
        if isinstance(link, dict) and link.get("rel") == "next":
            href = link.get("href")
            if isinstance(href, str):
                yield href


def _start_of(href: str, place: str, query: Mapping[str, str]) -> int | None:
    """Return the number in a link; ``None`` where it leads to another place."""
    try:
        there, here = urlsplit(urljoin(place, href)), urlsplit(place)
        asked = parse_qs(there.query, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return None
    if (there.scheme, there.netloc, there.path) != (
        here.scheme,
        here.netloc,
        here.path,
    ):
        return None
    if any(asked.get(name, [value]) != [value] for name, value in query.items()):
        return None
    number = asked.get("start", [""])[0]
    is_number = number.isascii() and number.isdecimal() and len(number) <= 10
    return int(number) if is_number and int(number) <= MAX_START else None
