"""What all pages share: the desk, the imports under way, and how a page is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Annotated, Any, cast
from urllib.parse import urlencode

from fastapi import Depends
from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.runtime import Context
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from vorzimmer.cards import profile_page
from vorzimmer.days import local_day
from vorzimmer.desk import Desk
from vorzimmer.errors import SourceError, VorzimmerError
from vorzimmer.language_names import LANGUAGES
from vorzimmer.model import Kind
from vorzimmer.quality import FEWEST_TELLING
from vorzimmer.signals import signals_by_name
from vorzimmer.translation import (
    Translator,
    best_language,
    condition_in_words,
    conditions,
    translator,
    word_in_words,
)
from vorzimmer.unfinished import went_on
from vorzimmer.web import navigation, reach_words, views
from vorzimmer.web.compiled_templates import shipped_templates
from vorzimmer.web.importing import Imports
from vorzimmer.web.invitations import Invitations
from vorzimmer.web.marked_note import TONES, bare, visible
from vorzimmer.web.security import NO_TOKEN, TOKEN_HEADER, Keys, RefusedError

THEMES = ("auto", "light", "dark")
YEAR_S = 365 * 24 * 3600


class _Context(Context):
    def call(self, called: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - of any kind
        """Call what a template calls.

        Jinja looks at everything first, whether it wants the context. Nothing here
        does, and a page calls hundreds of times: a seventh of its time.
        """
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return called(*args, **kwargs)


class _Environment(Environment):
    context_class = _Context


@cache
def environment() -> Environment:
    """Return the templates, with what all of them need; compiled once."""
    made = _Environment(
        loader=PackageLoader("vorzimmer.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=shipped_templates(),
        auto_reload=False,  # else each page asks the disk for the age of each template
    )
    made.filters["visible"] = visible
    made.filters["bare"] = bare
    made.filters["local_day"] = local_day
    made.globals.update(
        signals=signals_by_name(),
        keep=_keep,
        keys=views.KEYS,
        with_words=views.WITH_WORDS,
        networks=views.NETWORKS,
        examples=views.EXAMPLES,
        form_of=views.form_of,
        groups_of_pages=navigation.GROUPS,
        group_of_page=navigation.group_of,
        known_path=navigation.known,
        tones=TONES,
        kinds=tuple(Kind),
        fewest_telling=FEWEST_TELLING,
        field_labels=reach_words.FIELDS,
        stages=reach_words.STAGES,
        profile_page=profile_page,
        address=address,
        objection_address=objection_address,
        conditions=conditions,
        condition_in_words=condition_in_words,
        word_in_words=word_in_words,
    )
    return made


def _keep(pieces: dict[str, str], language: str, piece: str) -> str:
    """Keep a piece of a page, and return it."""
    pieces[language] = piece
    return piece


@lru_cache(maxsize=4096)
def address(request_id: str) -> str:
    """Return the address of a request's page; any id is safe in it."""
    return "/?" + urlencode({"id": request_id})


def decided_address(who: str, undone: str) -> str:
    """Return the address of the list of what was decided.

    Args:
        who: The name that is searched for; ``""`` is everybody.
        undone: The request about which something has just been taken back.
    """
    return "/decided?" + urlencode({"who": who, "undone": undone})


def objection_address(request_id: str) -> str:
    """Return the address of the objection kit about the sender of a request."""
    return "/objection?" + urlencode({"id": request_id})


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The desk and everything that its pages need.

    Attributes:
        upload_mb: The largest archive, in millions of bytes.
        invitations: Mails that somebody who is no member asked about.
    """

    desk: Desk
    imports: Imports
    keys: Keys
    templates: Environment
    upload_mb: int
    invitations: Invitations

    def speaker(self, language: str) -> Translator:
        """Return the translator of one of ``LANGUAGES``."""
        return translator(language)

    def words(self, request: Request) -> Translator:
        """Return the language chosen on the page, in the settings, or by browser."""
        wishes = (request.cookies.get("language"), self.desk.settings.language)
        chosen = next((wish for wish in wishes if wish in LANGUAGES), None)
        accepted = request.headers.get("accept-language")
        return translator(chosen or best_language(accepted))

    def page(
        self,
        request: Request,
        template: str,
        status: int = 200,
        *,
        headers: Mapping[str, str] | None = None,
        **context: object,
    ) -> HTMLResponse:
        """Return a page in the member's language.

        Args:
            request: For which.
            template: The file.
            status: Of the answer.
            headers: More headers.
            context: What the template shows.
        """
        theme = request.cookies.get("theme", "auto")
        _ = self.words(request)
        html = self.templates.get_template(template).render(
            _=_,
            language=_.language,
            theme=theme if theme in THEMES else "auto",
            has_keys=request.cookies.get("keys") != "off",
            token=self.keys.token,
            path=request.url.path,
            is_answer=request.method == "POST",
            problem_in_words=problem_in_words,
            went_on=went_on,
            **context,
        )
        return HTMLResponse(html, status, headers)

    def problem(self, request: Request, status: int, text: str) -> Response:
        """Return a page with one sentence; for a step in the flow, only a notice.

        Programs get the sentence as JSON.
        """
        if is_for_programs(request):
            return JSONResponse({"error": text}, status)
        if is_step(request):
            # A form that wants a part of a page gets the notice all the same.
            notice = {
                "HX-Retarget": "#toast",
                "HX-Reswap": "innerHTML",
                "HX-Reselect": "unset",
            }
            return self.page(
                request, "_problem.html", status, headers=notice, text=text
            )
        return self.page(request, "problem.html", status, text=text, code=status)


def problem_in_words(problem: VorzimmerError, words: Translator) -> str:
    """Return what a problem says; of an upload's place on disk, only the name."""
    if isinstance(problem, SourceError):
        return words.error(problem, place=re.split(r"[/\\]", problem.source)[-1])
    return words.error(problem)


def is_step(request: Request) -> bool:
    """Return whether the page's own script asks, which wants only a part of a page."""
    return request.headers.get("hx-request") == "true"


def is_for_programs(request: Request) -> bool:
    """Return whether the address is one that programs ask, not browsers."""
    return request.url.path.startswith("/api/")


def office_of(request: Request) -> Office:
    """Return the office that the app was made with."""
    return cast("Office", request.app.state.office)


async def _office_of(request: Request) -> Office:
    # What is not async is called in a thread of its own, and that costs more than it.
    return office_of(request)


Here = Annotated[Office, Depends(_office_of)]


async def with_token(request: Request, office: Here) -> None:
    """Let a write pass only with the token, in a header or in the form."""
    given = request.headers.get(TOKEN_HEADER)
    if given is None:
        form = await request.form()
        given = str(form.get("csrf", ""))
    if not office.keys.is_token(given):
        raise RefusedError(403, NO_TOKEN)
