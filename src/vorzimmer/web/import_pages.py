"""Take in an archive: the form, the upload, how far it is, and what it brought."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from vorzimmer.model import say
from vorzimmer.web.importing import private_folder, remove_folder
from vorzimmer.web.office import Here, Office, is_step, with_token
from vorzimmer.web.security import NO_TOKEN, TOKEN_HEADER, RefusedError
from vorzimmer.web.uploads import UploadError, receive_upload

router = APIRouter()
writes = APIRouter(dependencies=[Depends(with_token)])
# Reads its own body, piece by piece, and so checks the token itself.
uploads = APIRouter()

BUSY = say("Another archive is being read. Please wait until it is done.")


@router.get("/import")
def import_page(request: Request, office: Here) -> Response:
    """Show the form, or how far the import is, or what it brought."""
    return _state(request, office)


@router.get("/import/progress")
def import_progress(request: Request, office: Here) -> Response:
    """Show how far the import is; asked again and again while it runs."""
    return _state(request, office)


@uploads.post("/import")
async def take_archive(request: Request, office: Here) -> Response:
    """Store the upload and start to read it."""
    given = request.headers.get(TOKEN_HEADER)

    def may_write(fields: dict[str, str]) -> None:
        if not office.keys.is_token(given or fields.get("csrf", "")):
            raise RefusedError(403, NO_TOKEN)

    if given is not None:
        may_write({})
    if office.imports.state is not None and office.imports.state.is_running:
        raise UploadError(BUSY)
    folder = private_folder()
    started = False
    try:
        upload = await receive_upload(request, folder, may_write=may_write)
        started = office.imports.start(
            upload.path, name=upload.name, then=partial(remove_folder, folder)
        )
    finally:
        if not started:
            remove_folder(folder)
    if not started:
        raise UploadError(BUSY)
    if is_step(request):
        return _state(request, office)
    return RedirectResponse("/import", status_code=303)


@writes.post("/import/again")
def import_again(request: Request, office: Here) -> Response:
    """Forget the last report and show the form again."""
    office.imports.forget()
    if is_step(request):
        return _state(request, office)
    return RedirectResponse("/import", status_code=303)


def _state(request: Request, office: Office) -> Response:
    return office.page(
        request,
        "_import.html" if is_step(request) else "import.html",
        state=office.imports.state,
        upload_mb=office.upload_mb,
        is_first=office.desk.is_new(),
    )
