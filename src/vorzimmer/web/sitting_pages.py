"""The time of a session: how much of it there is, the rest, the end, the summary."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vorzimmer.errors import ReactionError
from vorzimmer.model import say
from vorzimmer.web.office import Here, with_token
from vorzimmer.web.pages import Step, reply, toast_of
from vorzimmer.web.views import Round
from vorzimmer.web.whole_groups import seal_of

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])

_EARLIER_SHOWN = 26
_MOST_NAMED = 100


@writes.post("/minutes")
def choose(
    request: Request,
    office: Here,
    minutes: Annotated[int, Form()],
    id: Annotated[str, Form(max_length=1_000)] = "",  # noqa: A002 - the name of the form's field
) -> Response:
    """Keep how many minutes a session may take; 0 is as long as it takes."""
    office.desk.sitting.choose(minutes or None)
    return reply(request, office, Step(session=office.desk.session(), request_id=id))


@writes.post("/rest")
def ignore_rest(
    request: Request, office: Here, seal: Annotated[str, Form(max_length=200)]
) -> Response:
    """Ignore the rest that does not fit in the time, as it was shown."""
    rest = office.desk.sitting.plan(office.desk.session()).rest
    if rest is None or seal_of(rest.cards) != seal:
        raise ReactionError(
            say("The rest has changed meanwhile. Please look at it again.")
        )
    made = office.desk.sitting.ignore_rest(rest.cards)
    session = office.desk.session()
    way = Round.of(session).cards
    toast = toast_of(office, made[-1].request_id, what="many", count=len(made))
    step = Step(
        session=session, request_id=way[0].request.id if way else "", toast=toast
    )
    return reply(request, office, step)


@writes.post("/session/end")
def end(office: Here) -> Response:
    """End the session, and show what came of it."""
    office.desk.sitting.end()
    return RedirectResponse("/summary", status_code=303)


@router.get("/summary")
def summary_page(request: Request, office: Here) -> Response:
    """Show what came of the last sitting, what waits, and the ones before."""
    summary = office.desk.sitting.summary()
    return office.page(
        request,
        "summary.html",
        summary=summary,
        earlier=summary.earlier[:_EARLIER_SHOWN],
        most_named=_MOST_NAMED,
        due_again=office.desk.advising.due_again(),
    )
