"""The page of introductions: who could be asked, a letter, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vorzimmer.errors import MeetingError
from vorzimmer.form_of_address import Manner
from vorzimmer.introducing import LONGEST_LETTER, key_of
from vorzimmer.introductions import LONGEST_ASKED
from vorzimmer.model import say
from vorzimmer.replies import Letter, shipped_templates
from vorzimmer.ties import describe
from vorzimmer.ways import AskReply, Way, Ways
from vorzimmer.web.letter_views import MANNERS
from vorzimmer.web.office import Here, Office, with_token

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])

LETTER_BYTES = 12 * LONGEST_LETTER + 64 * 1024
_OUTCOMES: Mapping[str, AskReply | None] = {
    "introduced": AskReply.INTRODUCED,
    "refused": AskReply.REFUSED,
    "none": None,
}
# So many ways are shown at first; nobody asks ten people for one introduction.
_AT_FIRST = 6
_Line = Annotated[str, Query(max_length=LONGEST_ASKED)]
_FormLine = Annotated[str, Form(max_length=LONGEST_ASKED)]


def page_of(asked: str, firm: str = "", to: str = "") -> str:
    """Return the address of the answer to whom one could ask."""
    given = {"q": asked, "at": firm, "to": to}
    return "/introductions?" + urlencode({k: v for k, v in given.items() if v})


@router.get("/introductions")
def introductions_page(  # noqa: PLR0913 - one for each field of the form
    request: Request,
    office: Here,
    *,
    q: _Line = "",
    at: _Line = "",
    to: Annotated[str, Query(max_length=1_000)] = "",
    manner: Annotated[Manner | None, Query()] = None,
    reason: Annotated[str, Query(max_length=300)] = "",
) -> Response:
    """Ask for a person or a firm, choose whom to ask, and get a letter."""
    desk = office.desk.introducing
    ways = desk.ways(q, firm=at) if q.strip() else None
    way = desk.way(ways, to) if ways and to else None
    letter = None
    if ways and way:
        manner = manner or desk.manner(way.person)
        letter = desk.letter(way, ways.wanted, manner=manner, reason=reason)
    return _page(request, office, ways=ways, way=way, letter=letter, reason=reason)


def _page(  # noqa: PLR0913 - what may be shown
    request: Request,
    office: Office,
    *,
    ways: Ways | None,
    way: Way | None,
    letter: Letter | None,
    reason: str,
) -> Response:
    asked = request.query_params.get("q", "").strip()
    return office.page(
        request,
        "introductions.html",
        q=asked,
        at=request.query_params.get("at", "").strip(),
        ways=ways,
        at_first=_AT_FIRST,
        way=way,
        letter=letter,
        reason=reason,
        asks=office.desk.introducing.asks(),
        manners=MANNERS,
        titles=titles(office.words(request).language),
        describe=describe,
        key_of=key_of,
        page_of=page_of,
    )


def titles(language: str) -> dict[str, str]:
    """Return what our own texts are called, by the id that answers are counted by."""
    found = {}
    for (name, manner), template in shipped_templates().items():
        titled = template
        if manner.language != language:
            other = Manner.SIE if language == "de" else Manner.ENGLISH
            titled = shipped_templates().get((name, other), template)
        found[f"{name}.{manner}"] = titled.title
    return found


@writes.post("/introductions/asked")
def asked(  # noqa: PLR0913 - one for each field of the form
    office: Here,
    *,
    q: _FormLine,
    at: _FormLine = "",
    to: Annotated[str, Form(max_length=1_000)] = "",
    text: Annotated[str, Form()] = "",
    text_id: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Record that somebody was asked."""
    desk = office.desk.introducing
    ways = desk.ways(q, firm=at)
    way = desk.way(ways, to)
    if way is None:
        raise MeetingError(say("This person is not in your data any more."))
    desk.record(way.person, ways.wanted, text=text, text_id=text_id)
    return RedirectResponse("/introductions#asked", status_code=303)


@writes.post("/introductions/answer")
def answer(
    office: Here,
    number: Annotated[int, Form(ge=1)],
    outcome: Annotated[Literal["introduced", "refused", "none"], Form()],
) -> Response:
    """Record what was answered, or take it back."""
    office.desk.introducing.answer(number, _OUTCOMES[outcome])
    return RedirectResponse("/introductions#asked", status_code=303)


@writes.post("/introductions/remove")
def remove(office: Here, number: Annotated[int, Form(ge=1)]) -> Response:
    """Remove a request for an introduction from the record."""
    office.desk.introducing.remove(number)
    return RedirectResponse("/introductions#asked", status_code=303)
