"""The objection kit: thread, letter, date and next step for repeated advertising."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vorzimmer.evidence import entries, entry_in_words, evidence_json, evidence_text
from vorzimmer.objections import WAIT, Objection
from vorzimmer.web.letter_views import MANNERS, Wish, letter_view
from vorzimmer.web.office import Here, Office, objection_address, with_token

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])

TEMPLATE, AGAIN = "objection", "objection-again"
"""The letter of the kit, and the one for advertising that came all the same."""

_Id = Annotated[str, Query(max_length=1_000)]


@router.get("/objection")
def objection_page(
    request: Request,
    office: Here,
    id: _Id,  # noqa: A002 - the word in the address
) -> Response:
    """Show all that is needed to object to a sender who advertised again."""
    objection = office.desk.objection.one(id)
    words = office.words(request)
    return office.page(
        request,
        "objection.html",
        objection=objection,
        entries=[
            (entry_in_words(each, words), each.arrival) for each in entries(objection)
        ],
        letter=letter_view(
            office.desk,
            office.desk.card(_addressed(objection)),
            language=words.language,
            wish=Wish(template=AGAIN if objection.objected_on else TEMPLATE),
        ),
        manners=MANNERS,
        days=WAIT.days,
    )


def _addressed(objection: Objection) -> str:
    """Return the request whose sender is written to: that which came last."""
    return objection.repeated.latest.request_id or objection.request_id


@router.get("/objection/evidence.txt")
def evidence_as_text(
    request: Request,
    office: Here,
    id: _Id,  # noqa: A002 - the word in the address
) -> Response:
    """Give the thread as plain text."""
    objection = office.desk.objection.one(id)
    text = evidence_text(objection, office.words(request), made_on=objection.today)
    return _file(text, "text/plain; charset=utf-8", objection, "txt")


@router.get("/objection/evidence.json")
def evidence_as_json(
    office: Here,
    id: _Id,  # noqa: A002 - the word in the address
) -> Response:
    """Give the thread for programs."""
    objection = office.desk.objection.one(id)
    text = evidence_json(objection, made_on=objection.today)
    return _file(text, "application/json", objection, "json")


def _file(text: str, form: str, objection: Objection, ending: str) -> Response:
    name = f"evidence-{objection.today.isoformat()}.{ending}"
    # What a mail brought need not be sound Unicode.
    return Response(
        text.encode("utf-8", "replace"),
        media_type=form,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@writes.post("/objection")
def take_step(
    office: Here,
    id: Annotated[str, Form(max_length=1_000)],  # noqa: A002 - the form's field
    how: Annotated[Literal["sent", "close", "back"], Form()],
) -> Response:
    """Record that the letter was sent or all is settled, or take that back."""
    objection = _step(office, id, how)
    return RedirectResponse(objection_address(objection.request_id), status_code=303)


def _step(office: Office, request_id: str, how: str) -> Objection:
    desk = office.desk.objection
    steps = {"sent": desk.send, "close": desk.close, "back": desk.take_back}
    return steps[how](request_id)
