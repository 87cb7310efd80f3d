"""The page that runs a policy over the member's past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vorzimmer.errors import ConfigurationError, VorzimmerError
from vorzimmer.past import Earlier, Past
from vorzimmer.people import profile_key
from vorzimmer.policy import Policy
from vorzimmer.rehearsal import (
    MOST_OPEN,
    STEP,
    USUAL_PACE_S,
    Door,
    Rehearsal,
    as_clauses,
    caveats,
    differences,
    moved_bound,
    rehearse,
    scale,
    slid,
)
from vorzimmer.rehearsing import Part
from vorzimmer.rules import RuleError
from vorzimmer.toml_places import LARGEST
from vorzimmer.web.office import Here, Office, address, with_token
from vorzimmer.web.policy_pages import in_order, page_of

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])

_MOST_LISTED = 200
_FIRST = 15
# Units of the drawings.
_WIDTH = 600
_HEIGHT = 120
_UNSAVED = "unsaved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the page is asked for.

    Attributes:
        policy: Name of the policy; ``""`` is the one in use.
        against: Name of another to compare with; ``""`` is none.
        openness: How far it is slid, in nats.
        part: Which part of the past.
        text: A policy that is not saved, in place of a named one.
    """

    policy: str = ""
    against: str = ""
    openness: float = 0.0
    part: Part = "all"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a stacked bar: its door, count, place and size in the drawing."""

    door: Door
    count: int
    start: float
    size: float


def segments(counts: dict[Door, int], length: float) -> list[Segment]:
    """Return the parts of a stacked bar of this length, from open to strict."""
    total = sum(counts.values()) or 1
    found: list[Segment] = []
    start = 0.0
    for door in reversed(Door):
        size = length * counts[door] / total
        if size:
            found.append(Segment(door, counts[door], round(start, 2), round(size, 2)))
        start += size
    return found


_Bounded = Annotated[float, Query(alias="open", ge=-MOST_OPEN, le=MOST_OPEN)]


@router.get("/rehearsal")
def rehearsal_page(  # noqa: PLR0913, PLR0917 - one for each field
    request: Request,
    office: Here,
    policy: Annotated[str, Query(max_length=200)] = "",
    against: Annotated[str, Query(max_length=200)] = "",
    openness: _Bounded = 0.0,
    part: Part = "all",
) -> Response:
    """Show what a policy would have done."""
    asked = Asked(policy=policy, against=against, openness=openness, part=part)
    return _page(request, office, asked)


@writes.post("/rehearsal")
def rehearse_text(  # noqa: PLR0913, PLR0917 - one for each field
    request: Request,
    office: Here,
    text: Annotated[str, Form(max_length=LARGEST)],
    policy: Annotated[str, Form(max_length=200)] = "",
    against: Annotated[str, Form(max_length=200)] = "",
    openness: Annotated[float, Form(alias="open", ge=-MOST_OPEN, le=MOST_OPEN)] = 0.0,
    part: Annotated[Part, Form()] = "all",
) -> Response:
    """Show what a policy would have done that is not saved; nothing is."""
    asked = Asked(
        policy=policy,
        against=against,
        openness=openness,
        part=part,
        text=text.replace("\r\n", "\n"),
    )
    return _page(request, office, asked)


@writes.post("/rehearsal/keep")
def keep(  # noqa: PLR0913, PLR0917 - one for each field
    request: Request,
    office: Here,
    to: Annotated[str, Form(max_length=200)],
    policy: Annotated[str, Form(max_length=200)] = "",
    text: Annotated[str, Form(max_length=LARGEST)] = "",
    openness: Annotated[float, Form(alias="open", ge=-MOST_OPEN, le=MOST_OPEN)] = 0.0,
) -> Response:
    """Make an own policy of one that was slid."""
    asked = Asked(policy=policy, openness=openness, text=text)
    chosen = slid(_policy(office, asked), openness)
    title = {
        language: f"{words} ({to.strip()})" for language, words in chosen.title.items()
    }
    made = Policy(
        chosen.name, title, chosen.description, as_clauses(chosen), chosen.otherwise
    )
    try:
        name = office.desk.rules.keep(made, to)
    except (RuleError, ConfigurationError) as problem:
        return _page(request, office, asked, problem=problem)
    return RedirectResponse(page_of(name), status_code=303)


def _policy(office: Office, asked: Asked) -> Policy:
    """Return the policy that is asked for.

    Raises:
        ConfigurationError: It has a mistake.
        UnknownNameError: There is none of that name.
    """
    if asked.text:
        return office.desk.rules.unsaved(asked.policy or _UNSAVED, asked.text)
    if asked.policy:
        return office.desk.policies().named(asked.policy)
    return office.desk.policy()


def _page(
    request: Request,
    office: Office,
    asked: Asked,
    *,
    problem: VorzimmerError | None = None,
) -> Response:
    policies = in_order(office.desk.policies().good)
    chosen = _policy(office, asked)
    whole = office.desk.rehearsal.past()
    past = office.desk.rehearsal.past(asked.part)
    moved = rehearse(slid(chosen, asked.openness), past)
    other = _other(office, asked, chosen, past)
    return office.page(
        request,
        "rehearsal.html",
        422 if problem else 200,
        problem=problem,
        asked=asked,
        policies=policies,
        chosen=chosen,
        moved=moved,
        other=other,
        doors=tuple(reversed(Door)),
        bar=segments(moved.counts, _WIDTH),
        other_bar=segments(other.counts, _WIDTH) if other else (),
        columns=[
            (openness, segments(counts, _HEIGHT))
            for openness, counts in scale(chosen, past)
        ],
        height=_HEIGHT,
        width=_WIDTH,
        most=MOST_OPEN,
        step=STEP,
        missed=moved.missed,
        spared=moved.spared,
        unwanted=moved.unwanted,
        let_in=sum(each.was_let_in for each in past.items),
        wrote=sum(each.fate == "wrote" for each in past.items),
        differing=differences(moved, other, most=2 * _FIRST) if other else None,
        listed=_MOST_LISTED,
        first=_FIRST,
        moved_up=moved_bound(0.7, asked.openness),
        moved_down=moved_bound(0.7, -asked.openness),
        caveats=caveats(whole),
        pace=past.pace_s,
        usual_pace=USUAL_PACE_S,
        way_to=way_to,
        page_of=page_of,
    )


def _other(
    office: Office, asked: Asked, chosen: Policy, past: Past
) -> Rehearsal | None:
    """Return what to compare with: another policy, or the same before it was slid."""
    if asked.against:
        return rehearse(office.desk.policies().named(asked.against), past)
    if asked.openness:
        return rehearse(chosen, past)
    return None


def way_to(item: Earlier) -> str | None:
    """Return where more is to be seen of somebody: the request, or the profile."""
    if not item.is_contact:
        return address(item.request.id)
    key = profile_key(item.request.sender.profile_url)
    is_known = key.partition("/")[0] in {"linkedin.com", "xing.com"}
    return f"https://www.{key}" if is_known else None
