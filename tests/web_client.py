"""A browser without a window: sends requests to the app and keeps its cookies."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from vorzimmer.desk import Desk
from vorzimmer.settings import LimitSettings, Settings
from vorzimmer.web.app import create_app

KEY = "the-key-of-this-test"
PORT = 8700
ORIGIN = f"http://127.0.0.1:{PORT}"


class Client:
    """Sends requests as a browser on the desk's own pages would."""

    def __init__(self, app: FastAPI, *, origin: str = ORIGIN) -> None:
        self.app = app
        self.origin = origin
        self.cookies = httpx.Cookies()

    @property
    def token(self) -> str:
        token: str = self.app.state.office.keys.token
        return token

    def enter(self) -> Client:
        """Come in with the key, and return oneself."""
        assert self.get(f"/?key={KEY}").status_code == 303
        return self

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.send("GET", path, headers=headers)

    def post(self, path: str, /, *, step: bool = False, **form: str) -> httpx.Response:
        """Send a form with its token; as a step, the way the page's script does."""
        headers = {"hx-request": "true"} if step else {}
        return self.send(
            "POST", path, headers=headers, data={"csrf": self.token, **form}
        )

    def upload(self, name: str, content: bytes, **form: str) -> httpx.Response:
        return self.send(
            "POST",
            "/import",
            data={"csrf": self.token, **form},
            files={"archive": (name, content)},
        )

    def send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        **content: Any,  # noqa: ANN401 - handed on to httpx as it is
    ) -> httpx.Response:
        async def sent() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(
                transport=transport, base_url=self.origin, cookies=self.cookies
            ) as client:
                named = {
                    key.replace("_", "-"): value
                    for key, value in (headers or {}).items()
                }
                answer = await client.request(method, path, headers=named, **content)
                self.cookies = client.cookies
                return answer

        return asyncio.run(sent())


def line(
    request_id: str, note: str | None = "", **more: object
) -> Mapping[str, object]:
    """Return a request as JSON lines have it; ``more`` describes the sender."""
    sender = {"name": request_id.title(), **more}
    return {
        "id": request_id,
        "network": more.pop("network", "linkedin"),
        "kind": "invitation_note",
        "note": note,
        "sent_at": "2026-10-14T09:30:00Z",
        "sender": sender,
    }


def open_desk(
    folder: Path, lines: Iterable[Mapping[str, object]] = (), *, archive_mb: int = 1
) -> Desk:
    """Return a desk with these requests in it."""
    settings = Settings(
        database=str(folder / "desk.db"),
        policy="three-reasons",
        limits=LimitSettings(archive_mb=archive_mb),
    )
    desk = Desk.open(settings)
    texts = [json.dumps(each) for each in lines]
    if texts:
        source = folder / "requests.jsonl"
        source.write_text("\n".join(texts), "utf-8")
        desk.import_from(source)
    return desk


Ready = Callable[[], Client]


def client_of(desk: Desk, **options: str) -> Client:
    """Return a client of a new app over the desk, still outside."""
    return Client(create_app(desk, key=KEY, port=PORT, **options))
