"""The page of the coach: a draft is checked while it is written; nothing is sent."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Query
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from vorzimmer.contact_card import read_card
from vorzimmer.draft_answer import ADVICE, answer_fields
from vorzimmer.drafts.checking import check_draft, warm
from vorzimmer.drafts.draft import LONGEST_DRAFT, Checked, Draft, Offer, Severity
from vorzimmer.drafts.draft_file import RecipientFields, read_draft, recipient_of
from vorzimmer.model import Channel
from vorzimmer.policy_file import preset_policies
from vorzimmer.web.office import Here, is_step, with_token

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])

PATHS = ("/draft/check", "/draft/sent", "/api/draft")
# The longest draft with every letter as long as a form can write it, and the rest.
MOST_BYTES = 12 * LONGEST_DRAFT + 64 * 1024
_LINE = 500
# Severities by the tones of the marks in a text.
TONES = {Severity.HINT: "good", Severity.MEND: "plain", Severity.STOP: "caution"}
# The first bit of a character that JavaScript counts as two.
_BASIC_PLANE = 0xFFFF

_Line = Annotated[str, Field(max_length=_LINE)]


class Entries(BaseModel):
    """What stands in the form of the page.

    Attributes:
        seeks: Words that the profile seeks, divided by commas; likewise ``offers``.
        card: The recipient's contact card as JSON, ``""`` without one.
    """

    text: str = ""
    channel: Channel = Channel.INVITATION_NOTE
    network: Literal["linkedin", "xing", ""] = "linkedin"
    account: Literal["basic", "premium"] = "basic"
    subject: _Line = ""
    name: _Line = ""
    form: Literal["", "frau", "herr"] = ""
    headline: _Line = ""
    company: _Line = ""
    industry: _Line = ""
    seeks: _Line = ""
    offers: _Line = ""
    languages: _Line = ""
    acquainted: _Line = ""
    special: _Line = ""
    problem: _Line = ""
    whom: _Line = ""
    card: Annotated[str, Field(max_length=20_000)] = ""

    def draft(self) -> Draft:
        """Return the draft that they describe.

        Raises:
            DraftError: The text is too long.
            CardError: The contact card is none.
        """
        fields = RecipientFields(
            name=self.name,
            form=self.form,
            headline=self.headline,
            company=self.company,
            industry=self.industry,
            seeks=_several(self.seeks),
            offers=_several(self.offers),
            languages=_several(self.languages),
            is_acquainted=True if self.acquainted else None,
        )
        card = read_card(self.card) if self.card.strip() else None
        return Draft(
            text=self.text.replace("\r\n", "\n"),
            channel=self.channel,
            network=self.network,
            account=self.account,
            subject=self.subject,
            recipient=replace(recipient_of(fields), card=card),
            offer=Offer(special=self.special, problem=self.problem, whom=self.whom),
        )


def _several(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]


Given = Annotated[Entries, Form()]


def marks_of(checked: Checked) -> str:
    """Return where findings stand, as JSON: start, end, tone; as JavaScript counts."""
    text = checked.draft.text
    return json.dumps(
        [
            (*units(text, each.span), TONES[each.severity])
            for each in checked.findings
            if each.span is not None
        ]
    )


def units(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return a span counted in units of UTF-16."""
    start, end = (
        at + sum(ord(sign) > _BASIC_PLANE for sign in text[:at]) for at in span
    )
    return start, end


def _shown(checked: Checked | None) -> dict[str, Any]:
    return {
        "checked": checked,
        "marks": marks_of(checked) if checked else "[]",
        "advice": ADVICE,
        "severity_tones": TONES,
        "units": units,
        "policies": preset_policies(),
        "limit": LONGEST_DRAFT,
    }


@router.get("/draft")
def draft_page(
    request: Request,
    office: Here,
    name: Annotated[str, Query(max_length=_LINE)] = "",
    company: Annotated[str, Query(max_length=_LINE)] = "",
    headline: Annotated[str, Query(max_length=_LINE)] = "",
) -> Response:
    """Show an empty sheet, and get ready to check fast.

    Args:
        request: What is asked.
        office: The desk.
        name: To whom it would go, where another page leads here; likewise the rest.
        company: Where that person works.
        headline: As what.
    """
    warm()
    entries = Entries(name=name, company=company, headline=headline)
    return office.page(request, "draft.html", entries=entries, **_shown(None))


@writes.post("/draft/check")
def check(request: Request, office: Here, given: Given) -> Response:
    """Show what is to be said of a draft; as a step, only that."""
    checked = office.desk.drafting.check(given.draft())
    if is_step(request):
        return office.page(request, "_draft.html", **_shown(checked))
    return office.page(request, "draft.html", entries=given, **_shown(checked))


@writes.post("/draft/sent")
def sent(request: Request, office: Here, given: Given) -> Response:
    """Remember, as a sketch, that a text was sent."""
    office.desk.drafting.remember(given.draft().text)
    text = office.words(request)(
        "Remembered, so that the coach tells you when you write it again. No word of it"
        " is kept."
    )
    if is_step(request):
        return office.page(request, "_kept.html", text=text)
    checked = check_draft(given.draft())
    return office.page(request, "draft.html", entries=given, **_shown(checked))


@writes.post("/api/draft")
async def check_json(request: Request, office: Here) -> Response:
    """Check one draft in its JSON form; the answer is that of the command line."""
    draft = read_draft(await request.body())
    checked = await run_in_threadpool(office.desk.drafting.check, draft)
    return JSONResponse(answer_fields(checked, office.words(request)))
