"""The pages of policies: read, choose, change and write them; and what goes before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vorzimmer.errors import ConfigurationError, VorzimmerError
from vorzimmer.model import Action
from vorzimmer.policy import CONDITIONS, Policy
from vorzimmer.policy_text import MOST_CLAUSES
from vorzimmer.rules import RuleError
from vorzimmer.settings import SafetySettings
from vorzimmer.toml_places import LARGEST
from vorzimmer.web.clause_forms import (
    WORDS,
    ClauseError,
    Fields,
    clause_of,
    count_of,
    percent_of,
    shape_of,
)
from vorzimmer.web.office import Here, Office, with_token

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])

# From the narrowest door to the widest; the member's own policies follow.
_STRICTEST_FIRST = (
    "worked-together",
    "three-reasons",
    "ask-back",
    "answer-collectors",
    "open-door",
)
_Name = Annotated[str, Form(max_length=200)]
_Text = Annotated[str, Form(max_length=LARGEST)]
_Words = Annotated[str, Form(max_length=2_000)]
_MENDED = (ConfigurationError, ClauseError, RuleError)


async def form_fields(request: Request) -> Fields:
    """Return all fields of a form, each with all its values."""
    form = await request.form(max_fields=500)
    names = dict.fromkeys(form)
    return {name: [str(each) for each in form.getlist(name)] for name in names}


Filled = Annotated[Fields, Depends(form_fields)]


def in_order(policies: Mapping[str, Policy]) -> dict[str, Policy]:
    """Return the policies from strict to open, the member's own ones last."""
    presets = [name for name in _STRICTEST_FIRST if name in policies]
    names = [*presets, *(name for name in policies if name not in presets)]
    return {name: policies[name] for name in names}


def page_of(name: str) -> str:
    """Return the address of a policy's page."""
    return f"/policies/{quote(name, safe='')}"


@router.get("/policies")
def policies_page(request: Request, office: Here) -> Response:
    """Explain the policies, and let the member choose.

    It opens even where the policy in use has a mistake: here another is chosen.
    """
    desk = office.desk
    policies = desk.policies()
    return office.page(
        request,
        "policies.html",
        policies=in_order(policies.good),
        mistakes=policies.mistakes,
        current=desk.policy_name(policies),
        proposed=desk.rehearsal.proposed(policies.good),
        own={name for name in policies.names if desk.rules.is_own(name)},
        page_of=page_of,
        safety=desk.settings.safety,
        is_fixed=desk.rules.is_fixed,
    )


@writes.post("/policies")
def choose_policy(office: Here, name: _Name) -> Response:
    """Use a policy from now on, and go back to the list of them."""
    office.desk.use_policy(name)
    return RedirectResponse("/policies", status_code=303)


@writes.post("/safety")
def set_safety(
    office: Here,
    *,
    no_faceless_strangers: Annotated[Literal["on"] | None, Form()] = None,
    no_danger: Annotated[Literal["on"] | None, Form()] = None,
    fold_abuse: Annotated[Literal["on"] | None, Form()] = None,
    hold_networks: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Keep what the member needs to be safe."""
    safety = SafetySettings(
        no_faceless_strangers=no_faceless_strangers is not None,
        no_danger=no_danger is not None,
        fold_abuse=fold_abuse is not None,
        hold_networks=hold_networks,
    )
    office.desk.rules.set_safety(safety)
    return RedirectResponse("/policies#safety", status_code=303)


@router.get("/policies/{name}")
def policy_page(request: Request, office: Here, name: str) -> Response:
    """Show one policy; an own one can be changed."""
    return _page(request, office, name)


@writes.post("/policies/{name}/clause/{place}")
def change_clause(  # noqa: PLR0913, PLR0917 - a form's address, button and fields
    request: Request,
    office: Here,
    name: str,
    place: int,
    form: Filled,
    do: Annotated[Literal["save", "remove", "up", "down"], Form()] = "save",
) -> Response:
    """Change, move or remove a clause."""
    rules = office.desk.rules

    def change() -> None:
        if do == "save":
            rules.set_clause(name, place, clause_of(form))
        elif do == "remove":
            rules.remove_clause(name, place)
        else:
            rules.move_clause(name, place, place + (1 if do == "down" else -1))

    return _changed(request, office, name, change)


@writes.post("/policies/{name}/new-clause")
def add_clause(request: Request, office: Here, name: str, form: Filled) -> Response:
    """Add a clause at the end; it has one condition to begin with."""

    def change() -> None:
        clause = clause_of(form, default_name=office.words(request)("New clause"))
        office.desk.rules.add_clause(name, MOST_CLAUSES, clause)

    return _changed(request, office, name, change)


@writes.post("/policies/{name}/head")
def change_head(  # noqa: PLR0913, PLR0917 - one for each field
    request: Request,
    office: Here,
    name: str,
    otherwise: Annotated[Action, Form()],
    title_de: _Words = "",
    title_en: _Words = "",
    description_de: _Words = "",
    description_en: _Words = "",
) -> Response:
    """Change the words above a policy, and what it does with everybody else."""

    def change() -> None:
        office.desk.rules.set_head(
            name,
            title=_both(title_de, title_en, name),
            description=_both(description_de, description_en, ""),
            otherwise=otherwise,
        )

    return _changed(request, office, name, change)


@writes.post("/policies/{name}/text")
def change_text(request: Request, office: Here, name: str, text: _Text) -> Response:
    """Give a policy another text; with a mistake in it, nothing is written."""
    text = text.replace("\r\n", "\n")
    return _changed(
        request, office, name, lambda: office.desk.rules.write(name, text), text=text
    )


@writes.post("/policies/{name}/copy")
def copy_policy(request: Request, office: Here, name: str, to: _Name) -> Response:
    """Make an own policy of another."""
    return _renamed(request, office, name, lambda: office.desk.rules.copy(name, to))


@writes.post("/policies/{name}/rename")
def rename_policy(request: Request, office: Here, name: str, to: _Name) -> Response:
    """Give an own policy another name."""
    return _renamed(request, office, name, lambda: office.desk.rules.rename(name, to))


@writes.post("/policies/{name}/delete")
def delete_policy(request: Request, office: Here, name: str) -> Response:
    """Delete an own policy."""
    try:
        office.desk.rules.delete(name)
    except RuleError as problem:
        return _page(request, office, name, problem=problem)
    return RedirectResponse("/policies", status_code=303)


def _both(german: str, english: str, otherwise: str) -> dict[str, str]:
    german, english = german.strip(), english.strip()
    return {
        "de": german or english or otherwise,
        "en": english or german or otherwise,
    }


def _changed(
    request: Request,
    office: Office,
    name: str,
    change: Callable[[], None],
    *,
    text: str | None = None,
) -> Response:
    """Make a change and lead back to the policy, or say there what is wrong with it."""
    try:
        change()
    except _MENDED as problem:
        return _page(request, office, name, problem=problem, text=text)
    return RedirectResponse(page_of(name), status_code=303)


def _renamed(
    request: Request, office: Office, name: str, change: Callable[[], str]
) -> Response:
    try:
        to = change()
    except _MENDED as problem:
        return _page(request, office, name, problem=problem)
    return RedirectResponse(page_of(to), status_code=303)


def _page(
    request: Request,
    office: Office,
    name: str,
    *,
    problem: VorzimmerError | None = None,
    text: str | None = None,
) -> Response:
    """Return the page of a policy.

    Args:
        request: For which.
        office: Of the desk.
        name: Of the policy.
        problem: Why a change was not made.
        text: The text that was not written because of it.
    """
    desk = office.desk
    there = desk.rules.text(name)
    policies = desk.policies()
    policy = policies.good.get(name)
    mistake = policies.mistakes.get(name)
    return office.page(
        request,
        "policy.html",
        422 if problem else 200,
        name=name,
        here=page_of(name),
        policy=policy,
        mistake=mistake,
        problem=problem,
        text=there.text if text is None else text,
        is_own=desk.rules.is_own(name),
        in_use=desk.policy_name(policies) == name,
        has_forms=policy is not None and len(policy.clauses) <= MOST_CLAUSES,
        every_action=tuple(Action),
        every_condition=tuple(CONDITIONS),
        words_of=WORDS,
        shape_of=shape_of,
        percent_of=percent_of,
        count_of=count_of,
    )
