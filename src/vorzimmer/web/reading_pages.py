"""The pages beside the session: decided, policies, signals, appearance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vorzimmer.model import Kind
from vorzimmer.policy import Policy
from vorzimmer.screening import probability_of
from vorzimmer.shares import PRIORS
from vorzimmer.signal import Signal
from vorzimmer.signals import all_signals
from vorzimmer.web.navigation import known
from vorzimmer.web.office import YEAR_S, Here, address, with_token

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])

_MOST_DECIDED = 500
_MOST_CAMPAIGNS = 100
# From the narrowest door to the widest; the member's own policies follow.
_STRICTEST_FIRST = (
    "worked-together",
    "three-reasons",
    "ask-back",
    "answer-collectors",
    "open-door",
)


@router.get("/decided")
def decided_page(request: Request, office: Here) -> Response:
    """List what was decided, the newest first."""
    return office.page(
        request, "decided.html", cards=office.desk.decided(_MOST_DECIDED)
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


@router.get("/policies")
def policies_page(request: Request, office: Here) -> Response:
    """Explain the policies, and let the member choose.

    It opens even where the policy in use has a mistake: here another is chosen.
    """
    policies = office.desk.policies()
    return office.page(
        request,
        "policies.html",
        policies=_in_order(policies.good),
        mistakes=policies.mistakes,
        current=office.desk.policy_name(policies),
    )


@writes.post("/policies")
def choose_policy(office: Here, name: Annotated[str, Form(max_length=200)]) -> Response:
    """Use a policy from now on, and go back to the list of them."""
    office.desk.use_policy(name)
    return RedirectResponse("/policies", status_code=303)


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


def _in_order(policies: Mapping[str, Policy]) -> dict[str, Policy]:
    presets = [name for name in _STRICTEST_FIRST if name in policies]
    names = [*presets, *(name for name in policies if name not in presets)]
    return {name: policies[name] for name in names}
