"""Put the desk's pages together behind the door."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.telemetry import TelemetryConfig
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from vorzimmer.contact_card import CardError
from vorzimmer.desk import Desk
from vorzimmer.errors import (
    ActingError,
    DraftError,
    ForgettingError,
    MeetingError,
    PasteError,
    ReactionError,
    StoreError,
    UndoError,
    UnknownNameError,
    VorzimmerError,
    WritingError,
)
from vorzimmer.model import Sentence, say
from vorzimmer.rules import RuleError
from vorzimmer.translation import Translator
from vorzimmer.web import (
    advice_pages,
    after_pages,
    asked_pages,
    draft_pages,
    import_pages,
    insight_pages,
    introduction_pages,
    letter_pages,
    nonmember_pages,
    objection_pages,
    pages,
    paste_pages,
    people_pages,
    policy_pages,
    privacy_pages,
    reading_pages,
    rehearsal_pages,
    sitting_pages,
    source_pages,
    teaching_pages,
)
from vorzimmer.web.importing import Imports, remove_leftovers
from vorzimmer.web.invitations import Invitations
from vorzimmer.web.office import (
    Office,
    environment,
    is_for_programs,
    is_step,
    office_of,
    problem_in_words,
)
from vorzimmer.web.security import Doorkeeper, Keys, Refuse, RefusedError
from vorzimmer.web.uploads import UploadError
from vorzimmer.web.views import EntryError

# What a form's own words and boundaries may add to the file in it.
_FORM_ROOM = 64 * 1024
# Files that the desk holds open are finished off within this time when it closes.
_LAST_WAIT_S = 5.0

# FastAPI can report requests to an OpenTelemetry collector that the environment
# names. What goes on at this desk is nobody else's business.
NO_TELEMETRY: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
NOT_FOUND = say("There is no such page.")
NOT_UNDERSTOOD = say("The desk did not understand that. Please load the page again.")
OUR_FAULT = say("Something went wrong here. Nothing was lost; please try again.")
_ANSWERED = (
    VorzimmerError,
    HTTPException,
    RequestValidationError,
    Exception,
)
_STATUS: dict[type[VorzimmerError], int] = {
    UnknownNameError: 404,
    UndoError: 409,
    ReactionError: 409,
    ActingError: 502,
    StoreError: 500,
    WritingError: 507,
    UploadError: 422,
    RuleError: 422,
    EntryError: 422,
    PasteError: 422,
    DraftError: 422,
    CardError: 422,
    MeetingError: 422,
    ForgettingError: 422,
}


def create_app(
    desk: Desk,
    *,
    key: str,
    ticket: str = "",
    port: int = 0,
    hosts: Collection[str] = (),
) -> FastAPI:
    """Return the app for one desk.

    Args:
        desk: Whose requests are shown; it stays open.
        key: Opens the app as ``/?key=…``, as often as wanted.
        ticket: Opens it once; ``""`` is none.
        port: Where it will listen.
        hosts: Values of the Host header to answer to, besides this machine's own
            names with ``port``.
    """
    limit = desk.settings.limits.archive_mb
    office = Office(
        desk=desk,
        imports=Imports(desk),
        keys=Keys(key, ticket, port),
        templates=environment(),
        upload_mb=limit,
        invitations=Invitations(),
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        remove_leftovers()
        yield
        office.imports.end(_LAST_WAIT_S)

    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        telemetry=NO_TELEMETRY,
    )
    app.state.office = office
    for module in (
        pages,
        reading_pages,
        teaching_pages,
        advice_pages,
        insight_pages,
        nonmember_pages,
        import_pages,
        paste_pages,
        draft_pages,
        letter_pages,
        asked_pages,
        source_pages,
        policy_pages,
        privacy_pages,
        rehearsal_pages,
        after_pages,
        introduction_pages,
        people_pages,
        sitting_pages,
        objection_pages,
    ):
        app.include_router(module.router)
        app.include_router(module.writes)
    app.include_router(import_pages.uploads)
    app.include_router(reading_pages.checks)
    static = Path(__file__).parent / "static"
    app.mount("/static", StaticFiles(directory=static), name="static")
    for kind in _ANSWERED:
        app.add_exception_handler(kind, _answer_error)
    names = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
    app.add_middleware(
        Doorkeeper,
        keys=office.keys,
        hosts=frozenset({*names, *(each.casefold() for each in hosts)}),
        refuse=_refusal(office),
        size_limits={
            "/import": limit * 1_000_000 + _FORM_ROOM,
            "/non-members": nonmember_pages.LONGEST_FORM,
            "/paste": paste_pages.FORM_BYTES,
            "/introductions/asked": introduction_pages.LETTER_BYTES,
            **dict.fromkeys(draft_pages.PATHS, draft_pages.MOST_BYTES),
        },
    )
    return app


def _refusal(office: Office) -> Refuse:
    def refuse(request: Request, status: int, why: Sentence) -> Response:
        text = office.words(request).say(why)
        # A part of a page, put into the one that is shown, would be no door.
        if is_for_programs(request) or is_step(request):
            return office.problem(request, status, text)
        return office.page(request, "door.html", status, text=text)

    return refuse


def _answer_error(request: Request, error: Exception) -> Response:
    """Answer with one sentence; what was sent is never quoted back or logged."""
    office = office_of(request)
    status, text = _status_and_text(error, office.words(request))
    return office.problem(request, status, text)


def _status_and_text(error: Exception, words: Translator) -> tuple[int, str]:
    if isinstance(error, VorzimmerError):
        codes = (code for kind, code in _STATUS.items() if isinstance(error, kind))
        return next(codes, 400), problem_in_words(error, words)
    if isinstance(error, RefusedError):
        return error.status_code, words.say(error.sentence)
    if isinstance(error, RequestValidationError):
        return 422, words.say(NOT_UNDERSTOOD)
    if isinstance(error, HTTPException):
        status = error.status_code
        return status, words.say(NOT_FOUND if status == 404 else NOT_UNDERSTOOD)
    return 500, words.say(OUR_FAULT)
