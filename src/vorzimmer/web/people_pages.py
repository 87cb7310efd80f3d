"""The page of people to meet: a small list, noted by hand."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vorzimmer.errors import MeetingError
from vorzimmer.meeting import LONGEST_WORDS, MOST_PEOPLE, STEPS, StepKind
from vorzimmer.model import Person, say
from vorzimmer.pasting import clean_profile
from vorzimmer.web.introduction_pages import page_of
from vorzimmer.web.office import Here, with_token

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])

_Line = Annotated[str, Form(max_length=200)]
_Words = Annotated[str, Form(max_length=LONGEST_WORDS)]
_Number = Annotated[int, Form(ge=1)]


@router.get("/people")
def people_page(
    request: Request,
    office: Here,
    name: Annotated[str, Query(max_length=200)] = "",
    company: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Show the list, what is due first, and a form to put somebody on it."""
    return office.page(
        request,
        "people.html",
        listed=office.desk.meeting.listed(),
        steps=STEPS,
        most=MOST_PEOPLE,
        name=name,
        company=company,
        page_of=page_of,
    )


@writes.post("/people/add")
def add(  # noqa: PLR0913 - one for each field of the form
    office: Here,
    *,
    name: _Line,
    why: _Words,
    company: _Line = "",
    position: _Line = "",
    profile: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Put somebody on the list."""
    person = Person(
        name=" ".join(name.split()) or None,
        company=company.strip() or None,
        position=position.strip() or None,
        profile_url=clean_profile(profile.strip()) if profile.strip() else None,
    )
    number = office.desk.meeting.add(person, why=why)
    return _to(number)


@writes.post("/people/note")
def note(  # noqa: PLR0913 - one for each field of the form
    office: Here,
    *,
    number: _Number,
    kind: Annotated[StepKind, Form()],
    on: Annotated[str, Form(max_length=10)] = "",
    words: _Words = "",
    text_name: _Line = "",
) -> Response:
    """Note what was seen or done."""
    day = _day(on)
    office.desk.meeting.note(number, kind, on=day, words=words, text_name=text_name)
    return _to(number)


@writes.post("/people/remind")
def remind(
    office: Here, number: _Number, on: Annotated[str, Form(max_length=10)] = ""
) -> Response:
    """Put the reminder off; without a day, back to what the rules say."""
    office.desk.meeting.remind(number, _day(on))
    return _to(number)


@writes.post("/people/take-back")
def take_back(office: Here, number: _Number, which: _Number) -> Response:
    """Remove a note."""
    office.desk.meeting.take_back(which)
    return _to(number)


@writes.post("/people/remove")
def remove(office: Here, number: _Number) -> Response:
    """Remove somebody from the list, with all that was noted."""
    office.desk.meeting.remove(number)
    return RedirectResponse("/people", status_code=303)


def _to(number: int) -> Response:
    return RedirectResponse(f"/people#p-{number}", status_code=303)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise MeetingError(say("Please choose a day.")) from None
