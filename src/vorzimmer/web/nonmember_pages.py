"""For people who are no members: what an invitation is, and how to stop such mails."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vorzimmer.errors import SourceError
from vorzimmer.mails.mime import MAX_BYTES
from vorzimmer.model import say
from vorzimmer.nonmembers import Letter, advise, sentences, write_letter
from vorzimmer.unsubscribing import unsubscribe
from vorzimmer.web.office import Here, Office, with_token
from vorzimmer.web.uploads import UploadError

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])

# A mail arrives as a file, or as text in which each sign may take three.
LONGEST_FORM = 4 * MAX_BYTES

NO_MAIL = say("Please choose a mail first, or paste its source.")


@router.get("/non-members")
def nonmember_page(request: Request, office: Here, mail: str = "") -> Response:
    """Show the form, or what is to be said of a mail."""
    return _page(request, office, name=mail)


@writes.post("/non-members")
def ask(
    office: Here,
    mail: Annotated[UploadFile | None, File()] = None,
    source: Annotated[str, Form()] = "",
) -> Response:
    """Read a mail, keep what is to be said of it, and show that."""
    raw = mail.file.read(MAX_BYTES + 1) if mail else b""
    raw = raw or source.encode(errors="replace")
    if not raw.strip():
        raise UploadError(NO_MAIL)
    name = office.invitations.keep(
        advise(raw, trusted=office.desk.settings.mail.trusted)
    )
    return RedirectResponse(f"/non-members?mail={name}", status_code=303)


@writes.post("/non-members/stop")
def stop(
    request: Request,
    office: Here,
    mail: Annotated[str, Form(max_length=100)],
) -> Response:
    """Unsubscribe with one click, since a person has clicked.

    Raises:
        UnknownNameError: The mail is not kept any more.
        SourceError: It is not safe, or did not work.
    """
    advice = office.invitations.named(mail)
    if not advice.one_click:
        place = "List-Unsubscribe"
        raise SourceError(
            place,
            say("This mail offers no unsubscribing with one click that is safe."),
            say("Use the letter of objection."),
        )
    unsubscribe(advice.one_click)
    return _page(request, office, name=mail, is_stopped=True)


def _page(
    request: Request, office: Office, *, name: str, is_stopped: bool = False
) -> Response:
    advice = office.invitations.named(name) if name else None
    words = office.words(request)
    letters = (
        {
            (letter, language): write_letter(
                advice, letter, language=language, written=office.speaker(language).date
            )
            for letter in Letter
            for language in (words.language, {"de": "en", "en": "de"}[words.language])
        }
        if advice and advice.network
        else {}
    )
    return office.page(
        request,
        "nonmembers.html",
        name=name,
        advice=advice,
        said=sentences(advice) if advice else (),
        letters=letters,
        is_stopped=is_stopped,
    )
