"""The page to paste or type a request: understood, corrected, screened, kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vorzimmer.cards import Card
from vorzimmer.errors import PasteError, VorzimmerError
from vorzimmer.languages import language_of
from vorzimmer.model import Channel, ContactRequest, Sentence, say
from vorzimmer.pasted import Found, Pasted, Sureness
from vorzimmer.pasted.lines import MAX_CHARS
from vorzimmer.pasting import Entry, clean_profile, entry_of
from vorzimmer.web.office import Here, Office, address, problem_in_words, with_token
from vorzimmer.web.views import NETWORKS, EntryError, read_answer

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])

FORM_BYTES = 12 * MAX_CHARS + 128 * 1024
"""Each character takes twelve bytes of a form at most."""
# Of what a form calls a field, and what was found calls it.
_FOUND = {
    "name": "name",
    "headline": "headline",
    "company": "company",
    "place": "location",
    "contacts_count": "contacts_count",
    "shared_count": "mutual_contacts_count",
    "note": "note",
    "sent_on": "sent_on",
    "network": "network",
    "channel": "channel",
    "profile_url": "profile_url",
    "visited_profile": "visited_profile",
}
FIELDS = tuple(_FOUND.values())
# What a chat shows besides; nobody has to look at it.
_HIDDEN = ("has_reply", "replied_on")
CHANNELS: Mapping[str, Sentence] = {
    Channel.INVITATION_NOTE: say("Contact request"),
    Channel.MESSAGE: say("Message"),
    Channel.INMAIL: say("InMail"),
}
SURENESS: Mapping[Sureness, Sentence] = {
    Sureness.SURE: say("clearly shown"),
    Sureness.LIKELY: say("likely"),
    Sureness.CHECK: say("please check"),
}


@router.get("/paste")
def paste_page(
    request: Request,
    office: Here,
    by: Annotated[Literal["hand"] | None, Query()] = None,
) -> Response:
    """Show the box to paste into, or an empty form to type into."""
    return _page(
        request, office, values=dict.fromkeys((*FIELDS, *_HIDDEN), "") if by else None
    )


async def _form_fields(request: Request) -> dict[str, str]:
    return {key: str(value) for key, value in (await request.form()).items()}


@writes.post("/paste")
def paste(
    request: Request,
    office: Here,
    do: Annotated[Literal["read", "screen", "keep"], Form()],
    form: Annotated[dict[str, str], Depends(_form_fields)],
) -> Response:
    """Read a pasted text, or screen or keep what the form says."""
    try:
        if do == "read":
            return _read(request, office, form.get("text", ""))
        return _do(request, office, form, keeps=do == "keep")
    except (EntryError, PasteError) as error:
        values = None if do == "read" else _typed(form)
        return _page(request, office, values=values, problem=error)


def _read(request: Request, office: Office, text: str) -> Response:
    pasted = office.desk.pasting.read(text)
    if not _found(pasted):
        raise PasteError(
            say("Nothing in it looks like a person or a note."),
            say("Paste more of the page, or type in who asks or what was written."),
        )
    entry = entry_of(pasted)
    first = office.desk.pasting.follows(entry) if entry.name or entry.note else None
    return _page(request, office, values=values_of(entry), pasted=pasted, first=first)


def _found(pasted: Pasted) -> dict[str, Found[object]]:
    pairs = {field: getattr(pasted, name) for name, field in _FOUND.items()}
    return {field: each for field, each in pairs.items() if each is not None}


def _do(
    request: Request, office: Office, form: Mapping[str, str], *, keeps: bool
) -> Response:
    entry = read_entry(form)
    if keeps:
        kept = office.desk.pasting.keep(entry)
        return RedirectResponse(address(kept.id), status_code=303)
    card = office.desk.pasting.screen(entry)
    first = office.desk.pasting.follows(entry)
    return _page(request, office, values=values_of(entry), card=card, first=first)


def _page(  # noqa: PLR0913 - what may be shown
    request: Request,
    office: Office,
    *,
    values: Mapping[str, str] | None = None,
    problem: VorzimmerError | None = None,
    pasted: Pasted | None = None,
    card: Card | None = None,
    first: ContactRequest | None = None,
) -> Response:
    words = office.words(request)
    found = _found(pasted) if pasted else {}
    language = language_of(card.request.note) if card else None
    reads = office.desk.reads() if language else frozenset()
    return office.page(
        request,
        "paste.html",
        422 if problem else 200,
        values=values,
        problem=problem_in_words(problem, words) if problem else "",
        most=MAX_CHARS,
        channels=CHANNELS,
        sureness_words=SURENESS,
        pasted=pasted,
        sureness={field: each.sureness for field, each in found.items()},
        card=card,
        first=first,
        note_language=language,
        is_unread=bool(reads) and language not in reads,
    )


def _typed(form: Mapping[str, str]) -> dict[str, str]:
    blank = {"blank": "on"} if form.get("blank") else {}
    return {field: form.get(field, "") for field in (*FIELDS, *_HIDDEN)} | blank


def values_of(entry: Entry) -> dict[str, str]:
    """Return an entry as a form shows it; unknown is empty."""
    values = {field: _shown(getattr(entry, field)) for field in (*FIELDS, *_HIDDEN)}
    return values | ({"blank": "on"} if entry.note == "" else {})


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def read_entry(form: Mapping[str, str]) -> Entry:
    """Return what a form says; empty is not known.

    Raises:
        EntryError: A number, a day or an answer cannot be understood.
        PasteError: An address is none of a profile.
    """
    values = {field: form.get(field, "").strip() for field in (*FIELDS, *_HIDDEN)}
    profile = values["profile_url"]
    note = values["note"][:MAX_CHARS].replace("\r\n", "\n")
    visited = values["visited_profile"]
    network, channel = values["network"], values["channel"]
    return Entry(
        name=values["name"][:200] or None,
        headline=values["headline"][:1_000] or None,
        company=values["company"][:200] or None,
        location=values["location"][:200] or None,
        profile_url=clean_profile(profile[:2_000]) if profile else None,
        contacts_count=_count("contacts_count", values["contacts_count"]),
        mutual_contacts_count=_count(
            "mutual_contacts_count", values["mutual_contacts_count"]
        ),
        visited_profile=visited == "yes" if visited in {"yes", "no"} else None,
        network=network if network in NETWORKS else None,
        channel=Channel(channel) if channel in CHANNELS else None,
        sent_on=_day(values["sent_on"]),
        note=note or ("" if form.get("blank") else None),
        has_reply=values["has_reply"] == "yes",
        replied_on=_day(values["replied_on"]),
    )


def _count(fact: str, text: str) -> int | None:
    answer = read_answer(fact, text) if text else None
    return answer if isinstance(answer, int) else None


def _day(text: str) -> date | None:
    answer = read_answer("created_on", text) if text else None
    return answer if isinstance(answer, date) else None
