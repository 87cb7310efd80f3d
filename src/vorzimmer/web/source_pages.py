"""The sources: what each brings, how to get it, what was read; again, and forget."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vorzimmer.importers import all_sources
from vorzimmer.rereading import Remote, read_remote, remote_named, remotes
from vorzimmer.source_desk import ReadSource, title_of
from vorzimmer.web.import_pages import BUSY
from vorzimmer.web.office import Here, with_token
from vorzimmer.web.uploads import UploadError

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])

Name = Annotated[str, Form(max_length=200)]


@router.get("/sources")
def sources_page(request: Request, office: Here) -> Response:
    """List the ways in, and what was read, with every row that was skipped.

    Ways that are in use come first; the others are a line each.
    """
    read, known = office.desk.sources.read(), all_sources()
    ways = [
        (
            source,
            [each for each in read if each.kinds[0] == name],
            [each for each in remotes(office.desk.settings) if each.kind == name],
        )
        for name, source in known.items()
    ]
    return office.page(
        request,
        "sources.html",
        used=[way for way in ways if _is_used(*way[1:])],
        unused=[way for way in ways if not _is_used(*way[1:])],
        others=[each for each in read if not known.keys() & {*each.kinds}],
        title_of=title_of,
        member=office.desk.member(),
    )


def _is_used(reads: Sequence[ReadSource], places: Sequence[Remote]) -> bool:
    """Return whether something was read, or a mailbox stands in the settings."""
    return bool(reads) or any(each.name for each in places)


@writes.post("/sources/again")
def read_again(office: Here, kind: Name, name: Name = "") -> Response:
    """Read a mailbox or LinkedIn's interface again, and show how far it is."""
    remote = remote_named(office.desk.settings, kind, name)
    reading = partial(read_remote, office.desk, remote)
    if not office.imports.start_reading(reading, name=remote.label):
        raise UploadError(BUSY)
    return RedirectResponse("/import", status_code=303)


@router.get("/sources/forget")
def losses_page(
    request: Request, office: Here, number: Annotated[int, Query(ge=1)]
) -> Response:
    """Say what would go with a source, and ask."""
    source = office.desk.sources.one(number)
    return office.page(
        request,
        "forget_source.html",
        source=source,
        title=title_of(source.kinds),
        losses=office.desk.sources.losses(number),
    )


@writes.post("/sources/forget")
def forget(office: Here, number: Annotated[int, Form(ge=1)]) -> Response:
    """Remove what only this source brought, and show the sources left."""
    office.desk.sources.forget(number)
    return RedirectResponse("/sources", status_code=303)
