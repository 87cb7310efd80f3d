"""The pages beside the session: decided, signals, appearance."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vorzimmer.errors import UnknownNameError
from vorzimmer.model import Kind
from vorzimmer.screening import probability_of
from vorzimmer.shares import PRIORS
from vorzimmer.signal import Signal
from vorzimmer.signals import all_signals
from vorzimmer.web.navigation import known
from vorzimmer.web.office import YEAR_S, Here, address, with_token

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])
checks = APIRouter(dependencies=[Depends(with_token)])

_MOST_DECIDED = 500
_MOST_CAMPAIGNS = 100


@checks.get("/ready")
async def ready() -> Response:
    """Tell a page, by its token, that what it sends now would be taken."""
    return Response(status_code=204)


@router.get("/decided")
def decided_page(
    request: Request,
    office: Here,
    who: Annotated[str, Query(max_length=200)] = "",
    undone: Annotated[str, Query(max_length=1_000)] = "",
) -> Response:
    """List what was decided, the newest first; or all requests of somebody."""
    name = who.strip()
    many = _MOST_DECIDED + 1
    taken_back = None
    with suppress(UnknownNameError):  # it may be forgotten by now
        taken_back = office.desk.card(undone) if undone else None
    cards = office.desk.found(name, many) if name else office.desk.decided(many)
    return office.page(
        request,
        "decided.html",
        cards=cards[:_MOST_DECIDED],
        are_more=len(cards) > _MOST_DECIDED,
        most=_MOST_DECIDED,
        who=name,
        taken_back=taken_back,
    )


@router.get("/campaigns")
def campaigns_page(request: Request, office: Here) -> Response:
    """List the notes that several people sent, the most frequent first."""
    found = office.desk.campaigns()
    return office.page(
        request,
        "campaigns.html",
        campaigns=found[:_MOST_CAMPAIGNS],
        count=len(found),
    )


@router.get("/signals")
def signals_page(request: Request, office: Here) -> Response:
    """List what is looked for, kind by kind."""
    by_kind: dict[Kind, list[Signal]] = {kind: [] for kind in Kind}
    for each in sorted(all_signals(), key=lambda signal: -abs(signal.weight)):
        by_kind[each.kind].append(each)
    return office.page(
        request,
        "signals.html",
        by_kind=by_kind,
        priors={kind: probability_of(prior) for kind, prior in PRIORS.items()},
        own=office.desk.settings.weights,
        learned=office.desk.teaching.learned().weights,
    )


@writes.post("/appearance")
def appearance(
    *,
    language: Annotated[Literal["de", "en"] | None, Form()] = None,
    theme: Annotated[Literal["auto", "light", "dark"] | None, Form()] = None,
    keys: Annotated[Literal["on", "off"] | None, Form()] = None,
    back: Annotated[str, Form(max_length=100)] = "/",
    id: Annotated[str, Form(max_length=1_000)] = "",  # noqa: A002 - the name of the form's field
) -> Response:
    """Remember language, light or dark, and whether single keys act."""
    to = address(id) if known(back) == "/" and id else known(back)
    answer = RedirectResponse(to, status_code=303)
    chosen = {"language": language, "theme": theme, "keys": keys}
    for name, value in chosen.items():
        if value is not None:
            answer.set_cookie(
                name, value, max_age=YEAR_S, httponly=True, samesite="strict"
            )
    return answer
