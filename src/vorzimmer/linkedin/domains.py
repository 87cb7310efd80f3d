"""The parts of LinkedIn's portability interface that are read, and how; pure.

The interface calls a part a domain. Its rows have the names of the archive's columns,
and go to the archive's mappers. Left out, besides what nobody needs to know of a
member: recommendations, where the rows do not say who recommended whom; and groups,
events and followed people, whose fields are not documented.

Source:
    LinkedIn, Member Data Portability API, list of snapshot domains of 2025-05.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from vorzimmer import linkedin
from vorzimmer.items import Item
from vorzimmer.linkedin import Mapper, Row
from vorzimmer.linkedin.columns import columns
from vorzimmer.model import Sentence, say

MAX_CELLS = 200  # a row of the archive has 16 at most
MAX_CELL_CHARS = 131_072  # as in the archive's tables

_NO_ROW = say("This is no row with named fields.")
_TOO_LONG = say("This row is too long, so it was not read.")
_BLANK = say("This row is empty.")


@dataclass(frozen=True, slots=True)
class Domain:
    """A part of the interface that is read.

    Attributes:
        name: As LinkedIn writes it; capitals count.
        mapper: What its rows mean.
        is_always_read: Whether every reading needs it: it is small, and the others
            cannot be understood without it, or the change log does not tell of it.
    """

    name: str
    mapper: Mapper
    is_always_read: bool = False


def _endorsement(row: Row) -> Item | Sentence:
    is_given = "endorseefirstname" in row or "endorseepublicurl" in row
    given, received = linkedin.endorsement_given, linkedin.endorsement_received
    return given(row) if is_given else received(row)


INBOX = Domain("INBOX", linkedin.message)

# In the order of reading: first who the member is, then whom they know, then the mass.
DOMAINS = (
    Domain("PROFILE", linkedin.account, is_always_read=True),
    Domain("EMAIL_ADDRESSES", linkedin.email),
    Domain("POSITIONS", linkedin.position),
    Domain("EDUCATION", linkedin.education),
    Domain("SKILLS", linkedin.skill),
    Domain("LANGUAGES", linkedin.language),
    Domain("INVITATIONS", linkedin.invitation, is_always_read=True),
    Domain("CONNECTIONS", linkedin.connection, is_always_read=True),
    Domain("CONTACTS", linkedin.imported_contact),
    Domain("ENDORSEMENTS", _endorsement),
    INBOX,
)


def item_of(domain: Domain, row: object) -> Item | Sentence:
    """Return what a row of the interface means, or why it is left out.

    Args:
        domain: Of which it is one.
        row: As it came out of the JSON.
    """
    if not isinstance(row, Mapping):
        return _NO_ROW
    if len(row) > MAX_CELLS:
        return _TOO_LONG
    cells = [_cell(each) for each in row.values()]
    if not any(cells):
        return _BLANK
    if any(len(cell) > MAX_CELL_CHARS for cell in cells):
        return _TOO_LONG
    names = _columns(tuple(map(str, row)))
    return domain.mapper(dict(zip(names, cells, strict=True)))


_columns = lru_cache(maxsize=64)(columns)


def _cell(value: Any) -> str:  # noqa: ANN401 - whatever JSON has
    """Return a value as the archive writes it; what is nested stays JSON."""
    match value:
        case None:
            text = ""
        case str():
            text = value
        case bool():
            text = "Yes" if value else "No"
        case int() | float():
            text = str(value)
        case list() if all(isinstance(each, str) for each in value):
            text = ", ".join(value)
        case _:
            text = json.dumps(value, ensure_ascii=False)
    # Half a letter (a lone surrogate) can stand in JSON, and nowhere else.
    return text.encode("utf-8", "replace").decode().replace("\0", "")
