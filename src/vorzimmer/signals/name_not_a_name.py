"""Signal ``name_not_a_name``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vorzimmer.lines import rows_with
from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.people import is_hidden
from vorzimmer.signal import Context, Group, signal

# Names are followed by degrees, pronouns and slogans, which may hold anything.
_FIRST_PART = re.compile(r"[^,|(/•]{0,200}")
_LONGEST = 200
_COMPANY_FORMS = frozenset(
    {"bv", "corp", "gbr", "gmbh", "inc", "kg", "llc", "ltd", "ltda", "mbh", "ohg"}
    | {"plc", "pvt", "sarl", "srl", "ug"}
)
_SINGLE_WORD = 0.3


def _among(requests: Sequence[ContactRequest], _: Sequence[Context]) -> list[int]:
    names = [(each.sender.name or "").strip() for each in requests]
    rows = [
        row
        for row, name in enumerate(names)
        if " " not in name or not name.replace(" ", "").isalpha()  # as _is_plain()
    ]
    # All words at once, since hardly ever one of them is that of a company.
    if _COMPANY_FORMS.isdisjoint("\n".join(names).casefold().split()):
        return rows
    return sorted({*rows, *rows_with(names, _COMPANY_FORMS)})


@signal(
    kind=Kind.UNVERIFIABLE, group=Group.SENDER, weight=2.4, since="0.1", among=_among
)
def name_not_a_name(request: ContactRequest, context: Context) -> Hit | None:
    """The sender's name is not the name of a person.

    Why it matters:
        The networks are for people under their own name; a company, digits or signs in
        its place leave nobody to look up.

    Known errors:
        Many people, in Indonesia and in southern India for example, have one name
        only, so a single word counts little. Firms whose owner set up the wrong kind
        of profile are harmless.

    Source:
        LinkedIn user agreement, section 8 (real name).
    """
    del context
    name = (request.sender.name or "").strip()
    strength = _strangeness(name) if name else 0.0
    # What networks write where a profile is closed is no name, but no sign either.
    if not strength or is_hidden(name):
        return None
    return Hit(name[:100], strength)


def _is_plain(name: str) -> bool:
    return " " in name and name.replace(" ", "").isalpha()


def _strangeness(name: str) -> float:
    if len(name) <= _LONGEST and _is_plain(name):
        return float(not _COMPANY_FORMS.isdisjoint(name.casefold().split()))
    found = _FIRST_PART.match(name)
    first = found.group().strip() if found else ""
    words = [word.strip(".") for word in first.casefold().split()]
    if not any(sign.isalpha() for sign in name):
        return 1.0
    if any(sign.isdigit() for sign in first):
        return 1.0
    if not _COMPANY_FORMS.isdisjoint(words):
        return 1.0
    has_one_word = len([word for word in words if word.isalpha()]) == len(words) == 1
    return _SINGLE_WORD if has_one_word and first.isascii() else 0.0
