"""Counts the fields of rows that are none of ours, and says which were meant; pure.

Programs may add fields of their own, so such fields cost no row. But somebody who wrote
``text`` for ``note`` has to hear it: else every request counts as one without a word.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from vorzimmer.errors import SourceError
from vorzimmer.model import Sentence, say
from vorzimmer.request_fields import RequestFields, SenderFields

OF_SENDER = "sender."
OURS = frozenset(RequestFields.__struct_fields__) | {
    f"{OF_SENDER}{name}" for name in SenderFields.__struct_fields__
}
"""All fields; those of the sender as ``sender.name``."""
# What other programs call them; small, without ``_``, ``-``, ``.`` and blanks.
_OTHER_WORDS = {
    "note": "body comment content inhalt letter message messagetext msg nachricht"
    " notetext notiz requesttext text words anschreiben",
    "subject": "betreff messagesubject",
    "sent_at": "created createdat date datum received receivedat sent sentdate senton"
    " time timestamp when",
    "kind": "channel messagetype requesttype type typ",
    "network": "platform netzwerk",
    "id": "key messageid requestid rowid uuid",
    "sender": "absender author contact from member person profile user",
    "sender.name": "absendername authorname displayname fromname fullname"
    " membername name sendername senderfullname username vorname firstname",
    "sender.headline": "senderheadline slogan tagline",
    "sender.company": "arbeitgeber companyname employer firma organisation"
    " organization unternehmen",
    "sender.position": "job jobtitle occupation role titel title",
    "sender.location": "city ort place region",
    "sender.country": "countrycode land",
    "sender.email": "emailaddress fromemail mail mailaddress senderemail",
    "sender.profile_url": "link linkedinurl profilelink profileurl senderurl url",
    "sender.contacts_count": "connectioncount connections connectionscount contactcount"
    " contacts followercount followers kontakte",
    "sender.mutual_contacts_count": "commoncontacts gemeinsamekontakte"
    " mutualconnections mutualconnectionscount mutualcontacts mutuals"
    " sharedconnections",
    "sender.has_picture": "avatar hasavatar hasphoto photo picture",
    "sender.created_on": "accountcreated joined joinedon membersince",
    "sender.is_verified": "verified",
}
_MEANT = {word: ours for ours, words in _OTHER_WORDS.items() for word in words.split()}
_DROPPED = str.maketrans("", "", "_-. ")
_ALIKE = 0.8
# More kinds of names than any table has columns; what is more is counted together.
_MOST_NAMES = 100
_MOST_LISTED = 12
_LONGEST_SHOWN = 40


@dataclass(slots=True)
class _Unknown:
    """A field that is none of ours."""

    meant: str | None
    line: int
    rows: int


@dataclass(slots=True)
class PassedOver:
    """The fields of some rows that are none of ours.

    Attributes:
        is_flat: Whether these are columns, ``sender.name`` being one, and no objects.
        first: The first line or row that has one; 0 while there is none.
        saying: How many rows there are that have a field of ours besides the id, or
            no field but the id.
    """

    is_flat: bool = False
    first: int = 0
    saying: int = 0
    _fields: dict[str, _Unknown] = field(default_factory=dict)

    def add(self, names: Iterable[str], *, line: int, rows: int = 1) -> None:
        """Take the fields of a row, or of many rows.

        Args:
            names: Of all its fields; those of the sender as ``sender.name``.
            line: Where it is.
            rows: How many rows have these fields.
        """
        given = set(names)
        unknown = sorted(given - OURS)
        if given & OURS - {"id", "sender"} or not unknown:
            self.saying += rows
        if not unknown:
            return
        self.first = self.first or line
        for name in unknown:
            known = self._fields.get(name)
            if known:
                known.rows += rows
            elif len(self._fields) < _MOST_NAMES:
                self._fields[name] = _Unknown(meant_by(name, given), line, rows)

    def join(self, later: PassedOver) -> None:
        """Add what was passed over in rows that come after these."""
        self.first = self.first or later.first
        self.saying += later.saying
        for name, new in later._fields.items():
            known = self._fields.get(name)
            if known:
                known.rows += new.rows
            elif len(self._fields) < _MOST_NAMES:
                self._fields[name] = new

    def check(self, file: str) -> None:
        """Make sure that there is anything to go by.

        Args:
            file: What to call the file.

        Raises:
            SourceError: No row has a field that is known, except for its id.
        """
        if self.saying or not self._fields:
            return
        problem = say(
            "From line {line} on, no field is known except for the id. There are:"
            " {fields}.",
            line=self.first,
            fields=_listed([*self._fields]),
        )
        pairs = [
            f'"{_shown(name)}" → {self._written(each.meant)}'
            for name, each in self._fields.items()
            if each.meant
        ]
        mend = say(
            'Call the words of a request "note" and what is known of the sender'
            ' "sender"; all fields stand in docs/reference/schema.md.'
        )
        if pairs:
            mend = say("Rename them: {pairs}.", pairs=_cut(pairs))
        raise SourceError(file, problem, mend)

    def notices(self) -> tuple[Sentence, ...]:
        """Return what to tell: each field that was misnamed, then all others."""
        misnamed = [
            say(
                'The field "{field}" is not known (rows: {rows}, first in line'
                " {line}). Did you mean {nearest}?",
                field=_shown(name),
                rows=each.rows,
                line=each.line,
                nearest=self._written(each.meant),
            )
            for name, each in self._fields.items()
            if each.meant
        ]
        rest = [name for name, each in self._fields.items() if not each.meant]
        if not rest:
            return tuple(misnamed)
        words = say(
            "Passed over, as none of our fields: {fields}.", fields=_listed(rest)
        )
        return (*misnamed, words)

    def _written(self, ours: str) -> str:
        """Return a field as it is to be written."""
        if ours.startswith(OF_SENDER) and not self.is_flat:
            return f'"sender": {{"{ours.removeprefix(OF_SENDER)}": …}}'
        return f'"{ours}"'


def meant_by(name: str, given: Collection[str] = ()) -> str | None:
    """Return the field of ours that was most likely meant; ``None`` is none.

    Args:
        name: A field that is none of ours.
        given: What the row has besides: that was not meant.
    """
    own = name.casefold()[: 2 * _LONGEST_SHOWN]
    plain = own.removeprefix(OF_SENDER).translate(_DROPPED)
    places = {_plain(each): each for each in sorted(OURS, reverse=True)}
    meant = _MEANT.get(own.translate(_DROPPED)) or _MEANT.get(plain)
    if meant is None:
        close = difflib.get_close_matches(plain, places, n=1, cutoff=_ALIKE)
        meant = places[close[0]] if close else None
    is_given = meant in given or (meant == "sender" and OF_SENDER in name)
    return None if is_given else meant


def _plain(ours: str) -> str:
    return ours.removeprefix(OF_SENDER).translate(_DROPPED)


def _shown(name: str) -> str:
    is_long = len(name) > _LONGEST_SHOWN
    return f"{name[:_LONGEST_SHOWN]}…" if is_long else name


def _listed(names: Sequence[str]) -> str:
    return _cut([f'"{_shown(each)}"' for each in names])


def _cut(words: Sequence[str]) -> str:
    more = ["…"] if len(words) > _MOST_LISTED else []
    return ", ".join([*words[:_MOST_LISTED], *more])
