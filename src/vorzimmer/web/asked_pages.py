"""Asking back: the questions that were sent, acting on a network, many at once."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vorzimmer.acting import SentText
from vorzimmer.asking import REPORTED_ELSEWHERE
from vorzimmer.errors import ReactionError, UnknownNameError
from vorzimmer.model import Action, say
from vorzimmer.translation import Translator
from vorzimmer.web.letter_views import MANNERS
from vorzimmer.web.office import Here, Office, decided_address, with_token
from vorzimmer.web.pages import Id, ListOf, Step, Toast, reply, step_on, toast_of
from vorzimmer.web.views import Round
from vorzimmer.web.whole_groups import BULK, seal_of

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])

_LONGEST_TEXT = 10_000
Key = Annotated[str, Form(max_length=100)]
Text = Annotated[str, Form(max_length=_LONGEST_TEXT)]
Word = Annotated[str, Form(max_length=200)]


@writes.post("/all")
def decide_all(
    request: Request,
    office: Here,
    group: Annotated[Action, Form()],
    action: Annotated[Action, Form()],
    seal: Word,
) -> Response:
    """Record one action about a whole group, as it was shown."""
    if action not in BULK:
        raise UnknownNameError(action.value, what="action")
    cards = dict(office.desk.session().groups).get(group, ())
    if seal_of(cards) != seal:
        raise ReactionError(
            say("The group has changed meanwhile. Please look at it again.")
        )
    ids = [card.request.id for card in cards]
    made = office.desk.reactions.decide_many(ids, action)
    session = office.desk.session()
    way = Round.of(session).cards
    toast = toast_of(office, made[-1].request_id, what="many", count=len(made))
    step = Step(
        session=session,
        request_id=way[0].request.id if way else "",
        toast=toast,
    )
    return reply(request, office, step)


@writes.post("/act")
def begin(
    request: Request,
    office: Here,
    id: Id,  # noqa: A002 - the name of the form's field
    action: Annotated[Action, Form()],
    note: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Begin to act on the network, and wait for the person's word."""
    before = Round.of(office.desk.session())
    acting = office.desk.reactions.acting.begin(id, action, note=note.strip())
    session = office.desk.session()
    if acting.decision_id is None:
        return reply(request, office, Step(session=session, request_id=id))
    return reply(request, office, step_on(office, id, before, what="decided"))


@writes.post("/act/done")
def done(  # noqa: PLR0913 - one for each field of the form
    request: Request,
    office: Here,
    *,
    key: Key,
    id: Id,  # noqa: A002 - the name of the form's field
    text: Text = "",
    text_id: Word = "",
    language: Word = "",
    address: Word = "",
) -> Response:
    """Record what the person did on the network."""
    before = Round.of(office.desk.session())
    sent = SentText(
        text=text.replace("\r\n", "\n").strip(),
        text_id=text_id,
        language=language,
        address=address,
    )
    office.desk.reactions.acting.done(key, sent=sent)
    return reply(request, office, step_on(office, id, before, what="decided"))


@writes.post("/act/again")
def again(
    request: Request,
    office: Here,
    key: Key,
    id: Id,  # noqa: A002 - the name of the form's field
) -> Response:
    """Ask the network once more for what did not work."""
    before = Round.of(office.desk.session())
    acting = office.desk.reactions.acting.again(key)
    if acting.decision_id is None:
        step = Step(session=office.desk.session(), request_id=id)
        return reply(request, office, step)
    return reply(request, office, step_on(office, id, before, what="decided"))


@writes.post("/act/cancel")
def cancel(
    request: Request,
    office: Here,
    key: Key,
    id: Id,  # noqa: A002 - the name of the form's field
) -> Response:
    """Let go of what was begun on the network."""
    office.desk.reactions.acting.cancel(key)
    return reply(request, office, Step(session=office.desk.session(), request_id=id))


@writes.post("/withdrawn")
def withdrawn(
    request: Request,
    office: Here,
    id: Id,  # noqa: A002 - the name of the form's field
) -> Response:
    """Record that the sender has taken the request back."""
    before = Round.of(office.desk.session())
    office.desk.reactions.withdrawn(id)
    return reply(request, office, step_on(office, id, before, what="withdrawn"))


@writes.post("/event/undo")
def undo_event(
    request: Request,
    office: Here,
    id: Id,  # noqa: A002 - the name of the form's field
    event: Annotated[int, Form()],
    list_of: ListOf,
) -> Response:
    """Take back what was noted to have happened; show the request, or the list."""
    office.desk.card(id)  # else nothing is taken back
    office.desk.reactions.take_event_back(event)
    if list_of is not None:
        return RedirectResponse(decided_address(list_of, id), status_code=303)
    toast = Toast(what="undone", card=office.desk.card(id))
    step = Step(session=office.desk.session(), request_id=id, toast=toast)
    return reply(request, office, step)


@router.get("/asked")
def asked_page(request: Request, office: Here, kept: int = 0) -> Response:
    """List what was asked back, who answered, who is silent, and how many answer."""
    report = office.desk.asking.report()
    return office.page(
        request,
        "asked.html",
        report=report,
        elsewhere=REPORTED_ELSEWHERE,
        titles=_titles(office, office.words(request)),
        under_way=[
            (each, office.desk.card(each.request_id))
            for each in office.desk.reactions.acting.all()
        ],
        days=office.desk.settings.ask.days,
        objections=office.desk.objection.due(),
        ignored=kept,
    )


def _titles(office: Office, _: Translator) -> dict[str, str]:
    """Return what text blocks are called, by what they are counted under."""
    return {
        f"{name}.{manner}": f"{template.title} · {_.say(MANNERS[manner])}"
        for (name, manner), template in office.desk.letters.templates().good.items()
    }


@writes.post("/asked/ignore")
def ignore_silent(
    office: Here, decision: Annotated[list[int], Form(max_length=10_000)]
) -> Response:
    """Ignore the requests whose senders stayed silent, as they were shown."""
    made = office.desk.asking.ignore_silent(decision)
    batch = made[0].batch if made else 0
    return RedirectResponse(f"/asked?kept={batch}", status_code=303)


@writes.post("/asked/undo")
def undo_ignoring(office: Here, batch: Annotated[int, Form()]) -> Response:
    """Take the ignoring of the silent ones back."""
    office.desk.reactions.undo(batch=batch)
    return RedirectResponse("/asked", status_code=303)


@writes.post("/asked/due")
def move_due(
    office: Here, decision: Annotated[int, Form()], due_on: Annotated[date, Form()]
) -> Response:
    """Move the day from which on silence counts."""
    office.desk.asking.move_due(decision, due_on)
    return RedirectResponse("/asked", status_code=303)


@writes.post("/asked/no-answer")
def no_answer(office: Here, event: Annotated[int, Form()]) -> Response:
    """Take back that an answer came: it was from somebody else, or is none."""
    office.desk.reactions.take_event_back(event)
    return RedirectResponse("/asked", status_code=303)
