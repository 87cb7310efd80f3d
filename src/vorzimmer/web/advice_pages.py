"""The pages that advise: the networks' own settings, and the member's contact card."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vorzimmer.contact_card import card_json, card_text
from vorzimmer.language_names import LANGUAGES
from vorzimmer.translation import translator
from vorzimmer.web.office import Here, with_token

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])


@router.get("/network-settings")
def network_settings_page(request: Request, office: Here) -> Response:
    """List the settings that matter, with the choice that fits the policy in use."""
    advice = office.desk.advising.advice()
    networks = tuple(dict.fromkeys(each.setting.network for each in advice))
    return office.page(
        request,
        "network_settings.html",
        advice={
            network: tuple(each for each in advice if each.setting.network == network)
            for network in networks
        },
        due=sum(each.is_due for each in advice),
        count=len(advice),
        policy=office.desk.policy(),
    )


@writes.post("/network-settings")
def tick(
    office: Here,
    name: Annotated[str, Form(max_length=100)],
    done: Annotated[bool, Form()],
) -> Response:
    """Record that a setting was seen to, or take that back."""
    office.desk.advising.tick(name, is_done=done)
    return RedirectResponse(f"/network-settings#{name}", status_code=303)


@router.get("/contact-card")
def contact_card_page(request: Request, office: Here) -> Response:
    """Show the policy in use as a short public text, and as JSON."""
    card = office.desk.advising.card()
    return office.page(
        request,
        "contact_card.html",
        policy=office.desk.policy(),
        texts={
            language: card_text(card, translator(language).say)
            for language in LANGUAGES
        },
        json=card_json(card),
    )


@router.get("/contact-card.json")
def contact_card_file(office: Here) -> Response:
    """Give the card as a file for a sender's coach."""
    name = 'attachment; filename="contact-card.json"'
    return Response(
        card_json(office.desk.advising.card()),
        media_type="application/json",
        headers={"Content-Disposition": name},
    )
