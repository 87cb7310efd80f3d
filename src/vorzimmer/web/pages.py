"""The session: one request after the other, decided, answered about, undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vorzimmer.acting import Acting
from vorzimmer.desk import Card, Session, act_at
from vorzimmer.errors import UnknownNameError
from vorzimmer.model import Action, Answer, Kind
from vorzimmer.policy import EVEN_ODDS
from vorzimmer.privacy_desk import AskedBefore
from vorzimmer.reactions import Event
from vorzimmer.sitting import BUDGETS, FEWEST_CASES
from vorzimmer.web.first_choice import Choice, choices, is_due
from vorzimmer.web.letter_views import MANNERS, LetterView, Wish, letter_view
from vorzimmer.web.office import (
    Here,
    Office,
    address,
    decided_address,
    is_step,
    with_token,
)
from vorzimmer.web.provenance import provenance
from vorzimmer.web.views import (
    KEYS,
    Round,
    listed,
    read_answer,
    view,
)
from vorzimmer.web.whole_groups import AllOfThem, all_of, all_of_rest, bulk_action

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])

Id = Annotated[str, Form(max_length=1_000)]
Fact = Annotated[str, Form(max_length=100)]


async def _list_of(
    *,
    is_listed: Annotated[bool, Form()] = False,
    who: Annotated[str, Form(max_length=200)] = "",
) -> str | None:
    """Return who is searched for in the list that a form stands in, if it does."""
    return who if is_listed else None


ListOf = Annotated[str | None, Depends(_list_of)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Toast:
    """What has just happened, told once.

    Attributes:
        what: How it is told: decided, many, undone, answered, corrected, withdrawn or
            policy.
        card: The request that it is about.
        fact: Which fact was answered.
        count: How many requests it is about.
    """

    what: str
    card: Card | None = None
    fact: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What to show next.

    Attributes:
        request_id: The request in hand; ``""`` is the first that is open.
        toast: What has just happened.
        earlier: The request in hand, before the last answer about it.
        every: A whole group about which is asked; ``None`` is one request.
        choice: The policies to choose from before anything else; none is offered.
    """

    session: Session
    request_id: str = ""
    toast: Toast | None = None
    earlier: Card | None = None
    every: AllOfThem | None = None
    choice: tuple[Choice, ...] = ()


@router.get("/")
def session_page(
    request: Request,
    office: Here,
    id: Annotated[str, Query(max_length=1_000)] = "",  # noqa: A002 - the word in the address
    every: Annotated[Action | None, Query()] = None,
    rest: Annotated[bool, Query()] = False,  # noqa: FBT002 - a word in the address
) -> Response:
    """Show a request of the session, without an id the first; or a whole group."""
    with office.desk.one_moment():
        return _session_page(request, office, id, every=every, rest=rest)


def _session_page(
    request: Request, office: Office, id_: str, *, every: Action | None, rest: bool
) -> Response:
    session = office.desk.session()
    whole = all_of(session, every)
    if rest:
        whole = all_of_rest(office.desk.sitting.plan(session))
    if whole:
        first = whole.named[0].request.id
        step = Step(session=session, request_id=first, every=whole)
        return desk_page(request, office, step)
    if not (id_ or session.open_count) and office.desk.is_new():
        return RedirectResponse("/import", status_code=303)
    choice = choices(office.desk) if not id_ and is_due(office.desk, session) else ()
    step = Step(session=session, request_id=id_, choice=choice)
    return desk_page(request, office, step)


@writes.post("/decide")
def decide(
    request: Request,
    office: Here,
    id: Id,  # noqa: A002 - the name of the form's field
    action: Annotated[Action, Form()],
    note: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Record a decision and show the next request."""
    if action not in KEYS:
        raise UnknownNameError(action.value, what="action")
    with office.desk.one_moment():
        before = Round.of(office.desk.session())
        office.desk.decide(id, action, note=note.strip())
        return reply(request, office, step_on(office, id, before, what="decided"))


@writes.post("/undo")
def undo(
    request: Request,
    office: Here,
    list_of: ListOf,
    decision: Annotated[int | None, Form()] = None,
    batch: Annotated[int | None, Form()] = None,
) -> Response:
    """Take a decision back, or all of a batch; show the request, or the list, again."""
    with office.desk.one_moment():
        undone = office.desk.reactions.undo(decision, batch=batch)
        request_id = undone[0].request_id
        if list_of is not None:
            return RedirectResponse(
                decided_address(list_of, request_id), status_code=303
            )
        card = office.desk.card(request_id)
        step = Step(
            session=office.desk.session(),
            request_id=request_id,
            toast=Toast(what="undone", card=card, count=len(undone)),
        )
        return reply(request, office, step)


@writes.post("/fact")
def give_fact(
    request: Request,
    office: Here,
    id: Id,  # noqa: A002 - the name of the form's field
    fact: Fact,
    value: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    """Record what the member saw on the profile, and show what that changes."""
    answer = read_answer(fact, value)
    with office.desk.one_moment():
        return reply(request, office, _with_fact(office, id, fact, answer))


@writes.post("/fact/forget")
def forget_fact(
    request: Request,
    office: Here,
    id: Id,  # noqa: A002 - the name of the form's field
    fact: Fact,
) -> Response:
    """Take an answer back, and show what that changes."""
    with office.desk.one_moment():
        return reply(request, office, _with_fact(office, id, fact, None))


def _with_fact(
    office: Office, request_id: str, fact: str, value: Answer | None
) -> Step:
    earlier = office.desk.card(request_id)
    card = office.desk.give_fact(request_id, fact, value)
    return Step(
        session=office.desk.session(),
        request_id=request_id,
        toast=Toast(what="answered", card=card, fact=fact),
        earlier=earlier,
    )


@writes.post("/correct")
def correct(
    request: Request,
    office: Here,
    id: Id,  # noqa: A002 - the name of the form's field
    kind: Annotated[Kind | None, Form()] = None,
) -> Response:
    """Record what a request really is, or take it back, and show what that changes."""
    earlier = office.desk.card(id)
    if kind is None:
        office.desk.teaching.take_back(id)
    else:
        office.desk.teaching.correct(id, kind)
    step = Step(
        session=office.desk.session(),
        request_id=id,
        toast=Toast(what="corrected", card=office.desk.card(id)),
        earlier=earlier,
    )
    return reply(request, office, step)


@writes.post("/policy")
def use_policy(
    request: Request,
    office: Here,
    name: Annotated[str, Form(max_length=200)],
    id: Annotated[str, Form(max_length=1_000)] = "",  # noqa: A002 - the name of the form's field
) -> Response:
    """Use another policy from now on; the request in hand stays in hand."""
    office.desk.use_policy(name)
    step = Step(
        session=office.desk.session(), request_id=id, toast=Toast(what="policy")
    )
    return reply(request, office, step)


def step_on(office: Office, request_id: str, before: Round, *, what: str) -> Step:
    """Return the step to the next request, after something was done about one.

    Args:
        office: Whose session goes on.
        request_id: About which something was done.
        before: The round as it was before.
        what: How it is told; see ``Toast``.
    """
    session = office.desk.session()
    return Step(
        session=session,
        request_id=before.after(request_id, Round.of(session)) or "",
        toast=toast_of(office, request_id, what=what),
    )


def toast_of(
    office: Office, request_id: str, *, what: str, count: int = 1
) -> Toast | None:
    """Return how to tell what was done; ``None``: another window took it back already.

    Args:
        office: Whose session goes on.
        request_id: About which something was done; of many, the last.
        what: How it is told; see ``Toast``.
        count: How many requests it is about.
    """
    card = office.desk.card(request_id)
    if card.decision is None and what in {"decided", "many"}:
        return None
    return Toast(what=what, card=card, count=count)


def reply(request: Request, office: Office, step: Step) -> Response:
    """Answer a write: a part of the page, or the way to the page without a script."""
    if is_step(request):
        return desk_page(request, office, step)
    to = address(step.request_id) if step.request_id else "/"
    return RedirectResponse(to, status_code=303)


def desk_page(request: Request, office: Office, step: Step) -> Response:
    """Return the session with a request in hand, or with a whole group."""
    with office.desk.one_moment():
        return _desk_page(request, office, step)


def _desk_page(request: Request, office: Office, step: Step) -> Response:
    session = step.session
    way = Round.of(session)
    first = way.cards[0].request.id if way.cards else ""
    request_id = "" if step.choice else step.request_id or first
    card = office.desk.card(request_id) if request_id else None
    recent = office.desk.decided(12)
    group, place = session.group_of(request_id) or (None, 0)
    acting = office.desk.reactions.acting.under_way(request_id) if card else None
    return office.page(
        request,
        "_step.html" if is_step(request) else "desk.html",
        headers=_place_in_history(request, step, request_id),
        session=session,
        view=view(card, step.earlier, reads=office.desk.reads()) if card else None,
        act_at=act_at(card) if card else None,
        said=office.desk.teaching.said(request_id) if card else None,
        provenance=(
            provenance(card, office.desk.sources.credits(request_id)) if card else ()
        ),
        objection=office.desk.objection.of(request_id) if card else None,
        about=office.desk.after.about(request_id) if card else None,
        value=office.desk.reach.value(request_id) if card else None,
        before=_before(office, card) if card else None,
        group=group,
        listed=listed(dict(session.groups)[group], place) if group else (),
        previous=way.neighbour(request_id, -1),
        following=way.neighbour(request_id, 1) or ("" if _is_open(card) else first),
        policies=office.desk.policies().good,
        last=next(iter(_own(recent)), None),
        told=_told(office),
        plan=office.desk.sitting.plan(session),
        budgets=BUDGETS,
        fewest_cases=FEWEST_CASES,
        manners=MANNERS,
        toast=step.toast,
        every=step.every,
        choice=step.choice,
        bulk=bulk_action(group) if group else None,
        acting=acting,
        letter=_letter(request, office, card, acting) if card and acting else None,
        asked=office.desk.asking.of(request_id) if card else None,
        silent_count=office.desk.asking.silent_count(),
        earlier=step.earlier,
        is_folded=office.desk.settings.safety.fold_abuse and _is_abusive(card),
    )


def _place_in_history(request: Request, step: Step, request_id: str) -> dict[str, str]:
    """Return how the browser is to note this step: whoever goes there can go back.

    What is done takes the place of the page on which it was done.
    """
    here = address(request_id) if request_id else "/"
    if step.every:
        here = f"/?{step.every.query}"
    is_way = request.headers.get("hx-boosted") == "true" and request.method == "GET"
    return {"HX-Push-Url" if is_way else "HX-Replace-Url": here}


def _letter(request: Request, office: Office, card: Card, acting: Acting) -> LetterView:
    language = office.words(request).language
    wish = Wish(action=acting.action)
    return letter_view(office.desk, card, language=language, wish=wish)


def _is_abusive(card: Card | None) -> bool:
    return card is not None and card.assessment.probability(Kind.ABUSE) >= EVEN_ODDS


def _is_open(card: Card | None) -> bool:
    return card is not None and card.is_open


def _before(office: Office, card: Card) -> AskedBefore | None:
    """Return that the sender, or somebody with the same note, was turned away."""
    known = office.desk.reactions.turned_away(card.request.id)
    if known is None:
        return office.desk.privacy.asked_before(card.request)
    return AskedBefore(known.action, known.on, is_person=True)


def _told(office: Office) -> tuple[Event, Card] | None:
    """Return what the member told last, with its request; a decision may be newer."""
    told = office.desk.reactions.last_told()
    return (told[1], office.desk.card(told[0])) if told else None


def _own(cards: tuple[Card, ...]) -> list[Card]:
    return [card for card in cards if card.decision and card.decision.actor == "member"]
