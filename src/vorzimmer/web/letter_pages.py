"""Letters: the draft beside a request, the templates, and writing one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vorzimmer.errors import ConfigurationError
from vorzimmer.form_of_address import Manner
from vorzimmer.letters import LONGEST_LETTER, WRITTEN
from vorzimmer.model import Action, Sentence, say
from vorzimmer.replies import SLOTS, Letter, Template, read_template
from vorzimmer.replies.template import LONGEST, SUFFIX
from vorzimmer.web.letter_views import MANNERS, Wish, letter_view
from vorzimmer.web.office import Here, Office, is_step, problem_in_words, with_token

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])

KEPT = say("Kept.")
COPIED = say("Copied and kept. Paste it there, and confirm here.")
SAVED = say("Saved. It is now among your templates.")

_Id = Annotated[str, Query(max_length=1_000)]
_Name = Annotated[str, Query(max_length=100)]
_Typed = Annotated[str, Query(max_length=200)]


@router.get("/letter")
def letter_page(  # noqa: PLR0913 - the fields of one form
    request: Request,
    office: Here,
    *,
    id: _Id,  # noqa: A002 - the word in the address
    action: Action | None = None,
    template: _Name = "",
    manner: Manner | None = None,
    place: _Name = "",
    person: _Typed = "",
    reason: _Typed = "",
) -> Response:
    """Show the draft of a letter to the sender of a request."""
    typed = {"person": person, "reason": reason}
    wish = Wish(
        action=action,
        template=template,
        manner=manner,
        place=place,
        typed={name: words for name, words in typed.items() if words} or None,
    )
    return _letter(request, office, id, wish)


@writes.post("/letter")
def keep_letter(  # noqa: PLR0913 - the fields of one form
    request: Request,
    office: Here,
    *,
    id: Annotated[str, Form(max_length=1_000)],  # noqa: A002 - the form's field
    template: Annotated[str, Form(max_length=100)],
    manner: Annotated[Manner, Form()],
    text: Annotated[str, Form(max_length=LONGEST_LETTER)],
    place: Annotated[str, Form(max_length=100)] = "",
    how: Annotated[Literal["keep", "copy", "show"], Form()] = "keep",
) -> Response:
    """Keep a version of a letter, and show it again; or only show another."""
    wish = Wish(template=template, manner=manner, place=place)
    if how == "show":
        return _letter(request, office, id, wish)
    office.desk.letters.keep(id, template, manner, text)
    return _letter(request, office, id, wish, told=COPIED if how == "copy" else KEPT)


def _letter(
    request: Request,
    office: Office,
    request_id: str,
    wish: Wish,
    *,
    told: Sentence | None = None,
) -> Response:
    view = letter_view(
        office.desk,
        office.desk.card(request_id),
        language=office.words(request).language,
        wish=wish,
        told=told,
    )
    page = "_letter_step.html" if is_step(request) else "letter.html"
    return office.page(request, page, letter=view, manners=MANNERS)


@router.get("/letters")
def letters_page(
    request: Request, office: Here, manner: Manner | None = None
) -> Response:
    """List the templates in one manner, by what they are for."""
    templates = office.desk.letters.templates()
    language = office.words(request).language
    chosen = manner or (Manner.ENGLISH if language == "en" else Manner.SIE)
    own = templates.of(chosen)
    return office.page(
        request,
        "letters.html",
        groups=[
            (action, [(each, office.desk.letters.preview(each)) for each in found])
            for action in WRITTEN
            if (found := [each for each in own if each.action is action])
        ],
        mistakes=templates.mistakes,
        manner=chosen,
        manners=MANNERS,
    )


@router.get("/letters/one")
def template_page(  # noqa: PLR0913 - the words in the address
    request: Request,
    office: Here,
    *,
    name: _Name,
    manner: Manner = Manner.SIE,
    id: _Id = "",  # noqa: A002 - the word in the address
    saved: bool = False,
) -> Response:
    """Show one template: what it makes of a request, its slots, its text."""
    template = office.desk.letters.templates().named(name, manner)
    return _template(
        request,
        office,
        template.source,
        template=template,
        request_id=id,
        told=SAVED if saved else None,
    )


@writes.post("/letters/one")
def write_template(  # noqa: PLR0913 - the fields of one form
    request: Request,
    office: Here,
    *,
    name: Annotated[str, Form(max_length=100)],
    manner: Annotated[Manner, Form()],
    text: Annotated[str, Form(max_length=LONGEST)],
    how: Annotated[Literal["preview", "save"], Form()] = "preview",
    id: Annotated[str, Form(max_length=1_000)] = "",  # noqa: A002 - the form's field
) -> Response:
    """Check a template, and show what it makes of a request, or save it."""
    file = f"{name}.{manner}{SUFFIX}"
    words = office.words(request)
    try:
        if how == "save":
            office.desk.letters.write_own(name, manner, text)
            to = f"/letters/one?name={name}&manner={manner}&saved=true"
            return RedirectResponse(to, status_code=303)
        template = read_template(file, text, file=file, is_own=True)
    except ConfigurationError as mistake:
        problem = problem_in_words(mistake, words)
        return _template(
            request,
            office,
            text,
            name=name,
            manner=manner,
            request_id=id,
            problem=problem,
        )
    return _template(request, office, text, template=template, request_id=id)


def _template(  # noqa: PLR0913 - what the page shows
    request: Request,
    office: Office,
    text: str,
    *,
    template: Template | None = None,
    name: str = "",
    manner: Manner = Manner.SIE,
    request_id: str = "",
    problem: str = "",
    told: Sentence | None = None,
) -> Response:
    letter = _shown(office, template, request_id) if template else None
    return office.page(
        request,
        "letters_one.html",
        422 if problem else 200,
        one=template,
        name=template.name if template else name,
        manner=template.manner if template else manner,
        text=text,
        letter=letter,
        request_id=request_id,
        slots=_explained(template),
        others=[each for each in SLOTS.values() if each not in _named(template)],
        manners=MANNERS,
        problem=problem,
        told=told,
        most=LONGEST,
    )


def _shown(office: Office, template: Template, request_id: str) -> Letter:
    letters = office.desk.letters
    if not request_id:
        return letters.preview(template)
    return letters.preview_for(office.desk.card(request_id), template)


def _named(template: Template | None) -> list[object]:
    return [SLOTS[name] for name in template.slots] if template else []


def _explained(template: Template | None) -> list[tuple[object, str]]:
    """Return the slots of a template, each with its other wording."""
    instead: Mapping[str, str] = template.instead if template else {}
    names = template.slots if template else ()
    return [(SLOTS[name], instead.get(name, "")) for name in names]
