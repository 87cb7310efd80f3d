"""The page of what came after accepting: warnings, proposals to remove, undo."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vorzimmer.web.office import Here, with_token

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])

_MOST_LISTED = 100


@router.get("/afterwards")
def after_page(request: Request, office: Here) -> Response:
    """Show what came after accepting."""
    return office.page(
        request,
        "afterwards.html",
        view=office.desk.after.view(),
        objections=office.desk.objection.all(),
        most=_MOST_LISTED,
    )


@writes.post("/afterwards")
def settle(
    office: Here,
    id: Annotated[str, Form(max_length=1_000)],  # noqa: A002 - the name of the form's field
    how: Annotated[Literal["remove", "keep", "trust", "distrust", "back"], Form()],
) -> Response:
    """Record what the member does about it, or take that back."""
    after = office.desk.after
    acts = {
        "remove": after.remove,
        "keep": after.keep,
        "trust": after.trust,
        "distrust": after.distrust,
        "back": after.take_back,
    }
    acts[how](id)
    return RedirectResponse("/afterwards", status_code=303)
