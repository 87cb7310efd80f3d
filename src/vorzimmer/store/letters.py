"""Queries on letters; a version is added when it differs from the last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from vorzimmer.errors import UnknownNameError
from vorzimmer.form_of_address import Manner
from vorzimmer.store import tables
from vorzimmer.store.access import Access
from vorzimmer.store.forms import storable

_TABLE = tables.letter


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLetter:
    """A version of a letter, as the member left it.

    Attributes:
        id: Increasing number given by the store.
        template: From which template it was written.
        manner: Its language and form of address.
    """

    id: int
    request_id: str
    template: str
    manner: Manner
    text: str
    at: datetime


class ReadsLetters(Access):
    """Questions about letters."""

    def letters(self, request_id: str) -> tuple[KeptLetter, ...]:
        """Return the versions of letters to a sender, newest first."""
        columns = _TABLE.c
        query = (
            select(columns.id, columns.template, columns.manner, columns.text)
            .add_columns(columns.at)
            .where(
                columns.member_id == self._member_id,
                columns.request_id == storable(request_id),
            )
            .order_by(columns.id.desc())
        )
        return tuple(
            KeptLetter(
                id=number,
                request_id=request_id,
                template=template,
                manner=Manner(manner),
                text=text,
                at=at,
            )
            for number, template, manner, text, at in self._connection.execute(query)
        )


class WritesLetters(ReadsLetters):
    """Adding of letters."""

    def keep_letter(
        self,
        request_id: str,
        *,
        template: str,
        manner: Manner,
        text: str,
        at: datetime,
    ) -> bool:
        """Keep a version; return whether it differs from the last of its template.

        Args:
            request_id: Whose sender it is written to.
            template: From which template.
            manner: Its language and form of address.
            text: As the member left it.
            at: When, aware.

        Raises:
            UnknownNameError: There is no such request.
        """
        request_id, text = storable(request_id), storable(text)
        query = select(tables.request.c.id).where(
            tables.request.c.member_id == self._member_id,
            tables.request.c.id == request_id,
        )
        if self._connection.execute(query).first() is None:
            raise UnknownNameError(request_id, what="request")
        for each in self.letters(request_id):
            if (each.template, each.manner) == (template, manner):
                if each.text == text:
                    return False
                break
        row = {
            "member_id": self._member_id,
            "request_id": request_id,
            "template": template,
            "manner": manner.value,
            "text": text,
            "at": at,
        }
        self._before_writing()
        self._connection.execute(insert(_TABLE), row)
        return True
