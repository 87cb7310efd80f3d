"""The member's own data: what is held, how long; forgetting, exporting, ending."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from vorzimmer.errors import ForgettingError
from vorzimmer.forgetting import Gone
from vorzimmer.model import say
from vorzimmer.privacy_desk import TYPED
from vorzimmer.retention import KEEPS, MONTHS
from vorzimmer.web.import_pages import BUSY
from vorzimmer.web.importing import private_folder, remove_folder
from vorzimmer.web.office import Here, Office, with_token
from vorzimmer.web.uploads import UploadError

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])

Words = Annotated[str, Query(max_length=300)]
Typed = Annotated[str, Form(max_length=300)]
Months = Annotated[int, Query(ge=1, le=1_200)]
# Months; 0 is for ever, nothing is as the settings say.
Kept = Annotated[str, Form(pattern=r"^([0-9]{1,4})?$")]
_MOST_SHOWN = 50


@router.get("/privacy")
def privacy_page(request: Request, office: Here) -> Response:
    """Show what is held, and what can be done about it."""
    return _page(request, office)


def _page(request: Request, office: Office, gone: Gone | None = None) -> Response:
    privacy = office.desk.privacy
    return office.page(
        request,
        "privacy.html",
        held=privacy.held(),
        keeps=KEEPS,
        kept_for=privacy.kept_for(),
        months=MONTHS,
        gone=gone,
        typed=TYPED,
    )


@writes.post("/privacy/keep")
def choose(  # noqa: PLR0913 - a field for each thing that is kept
    office: Here,
    *,
    declined: Kept = "",
    ignored: Kept = "",
    reported: Kept = "",
    later_messages: Kept = "",
    recommended: Annotated[bool, Form()] = False,
) -> Response:
    """Keep things for so many months, as the settings say, or as we recommend."""
    privacy = office.desk.privacy
    if recommended:
        privacy.recommend()
    else:
        given = {
            "declined": declined,
            "ignored": ignored,
            "reported": reported,
            "later_messages": later_messages,
        }
        privacy.choose(
            {name: int(each) or None for name, each in given.items() if each}
        )
        privacy.follow_settings([name for name, each in given.items() if not each])
    return RedirectResponse("/privacy#keep", status_code=303)


@writes.post("/privacy/fade")
def fade(request: Request, office: Here) -> Response:
    """Let fade what is due, and say what went."""
    return _page(request, office, office.desk.privacy.fade())


@router.get("/privacy/person")
def person_page(request: Request, office: Here, who: Words = "") -> Response:
    """Show whom the words mean, and what would go with each."""
    found = office.desk.privacy.find(who)
    shown = found[:_MOST_SHOWN]
    return office.page(
        request,
        "forget_person.html",
        who=who,
        found=list(zip(shown, office.desk.privacy.what_goes(shown), strict=True)),
        rest=max(0, len(found) - _MOST_SHOWN),
    )


@writes.post("/privacy/person")
def forget_person(
    request: Request,
    office: Here,
    who: Typed,
    person: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Forget those who were ticked.

    Raises:
        ForgettingError: Nobody was.
    """
    if not person:
        raise ForgettingError(say("Tick whom you want to forget."))
    return _page(request, office, office.desk.privacy.forget_person(who, person))


@router.get("/privacy/older")
def older_page(request: Request, office: Here, months: Months) -> Response:
    """Say what is older, and ask."""
    return office.page(
        request,
        "forget_older.html",
        months=months,
        losses=office.desk.privacy.older(months),
    )


@writes.post("/privacy/older")
def forget_older(
    request: Request, office: Here, months: Annotated[int, Form(ge=1, le=1_200)]
) -> Response:
    """Forget what is older, and say what went."""
    return _page(request, office, office.desk.privacy.forget_older(months))


@writes.post("/privacy/export")
def export(office: Here) -> Response:
    """Hand out everything as a ZIP file; our copy is removed afterwards."""
    folder = private_folder()
    try:
        file = folder / "vorzimmer.zip"
        office.desk.privacy.export(file)
    except BaseException:
        remove_folder(folder)
        raise
    after = BackgroundTask(remove_folder, folder)
    return FileResponse(file, filename="vorzimmer.zip", background=after)


@writes.post("/privacy/everything")
def forget_everything(office: Here, typed: Typed = "") -> Response:
    """Erase everything, once the word was typed.

    Raises:
        ForgettingError: It was not.
        UploadError: An import runs.
    """
    if typed.strip().casefold() not in TYPED.values():
        raise ForgettingError(
            say("Nothing was erased: type the word that the page asks for.")
        )
    if office.imports.state is not None and office.imports.state.is_running:
        raise UploadError(BUSY)
    office.desk.privacy.forget_everything(is_for_good=False)
    office.imports.forget()
    return RedirectResponse("/privacy", status_code=303)
