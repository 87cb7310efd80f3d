"""Who stays outside, and what hostile words cannot do on the pages."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from vorzimmer.desk import Desk
from vorzimmer.web import import_pages, pages, reading_pages
from vorzimmer.web.security import HEADERS
from vorzimmer.web.uploads import harmless_name
from web_client import KEY, ORIGIN, PORT, Client, client_of, line, open_desk

MODULES = (pages, reading_pages, import_pages)
WRITES = sorted(
    route.path
    for router in (
        *(module.writes for module in MODULES),
        import_pages.uploads,
    )
    for route in router.routes
    if isinstance(route, APIRoute)
)
READS = sorted(
    route.path
    for module in MODULES
    for route in module.router.routes
    if isinstance(route, APIRoute)
)
SCRIPT = '<script>alert("x")</script>'
HOSTILE = (
    line("script", SCRIPT, name=SCRIPT, headline='"><img src=x onerror=alert(1)>'),
    line("link", "javascript:alert(1) https://evil.example/a?b=<b>"),
    line("profile", "", profile_url="javascript:alert(1)"),
    line("far", "", profile_url="https://linkedin.com.evil.example/in/x"),
    line("near", "", profile_url="https://www.linkedin.com/in/near"),
    line('it\'s & "<id>"/../x?y=#z', ""),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("hostile"), HOSTILE) as opened:
        yield opened


@pytest.fixture
def outside(desk: Desk) -> Client:
    return client_of(desk)


@pytest.fixture
def client(outside: Client) -> Client:
    return outside.enter()


def test_the_key_becomes_a_cookie_that_scripts_and_other_sites_cannot_use(
    outside: Client,
) -> None:
    answer = outside.get(f"/?key={KEY}")
    cookie = answer.headers["set-cookie"]
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert KEY not in cookie
    assert outside.get("/").status_code == 200


@pytest.mark.parametrize("path", [*READS, "/static/page.css", "/nowhere"])
def test_nothing_is_shown_without_the_key(outside: Client, path: str) -> None:
    answer = outside.get(path)
    assert answer.status_code == 403
    assert "vorzimmer desk" in answer.text
    assert "near" not in answer.text.lower()


@pytest.mark.parametrize("key", ["", "wrong", KEY[:-1], KEY + "x", "schlüssel"])
def test_a_wrong_key_opens_nothing(outside: Client, key: str) -> None:
    answer = outside.get(f"/?key={key}")
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_cookie_of_another_desk_opens_nothing(outside: Client) -> None:
    outside.cookies.set(f"vorzimmer_{PORT}", "0" * 64)
    assert outside.get("/").status_code == 403


def test_a_ticket_opens_the_desk_once(desk: Desk) -> None:
    first = client_of(desk, ticket="for-the-browser")
    second = Client(first.app)
    assert first.get("/?key=for-the-browser").status_code == 303
    assert second.get("/?key=for-the-browser").status_code == 403
    assert first.get("/?key=for-the-browser").status_code == 303


@pytest.mark.parametrize(
    "host",
    [
        f"attacker.example:{PORT}",
        "127.0.0.1",
        "127.0.0.1:1",
        f"127.0.0.1.attacker.example:{PORT}",
        f"localhost:{PORT}@attacker.example",
        "",
    ],
)
def test_a_name_that_was_bent_to_this_machine_is_refused(
    client: Client, host: str
) -> None:
    assert client.get("/", host=host).status_code == 421
    assert client.get(f"/?key={KEY}", host=host).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "[::1]", "LOCALHOST", "127.0.0.1"])
def test_the_machine_s_own_names_are_let_in(client: Client, host: str) -> None:
    assert client.get("/", host=f"{host}:{PORT}").status_code == 200


@pytest.mark.parametrize("path", WRITES)
def test_no_write_passes_without_the_token(
    client: Client, desk: Desk, path: str
) -> None:
    form = {"id": "near", "action": "block", "name": "ask-back", "fact": "company"}
    answer = client.send("POST", path, data=form)
    assert answer.status_code in {403, 422}
    assert client.send("POST", path, data={**form, "csrf": "no"}).status_code in {
        403,
        422,
    }
    assert desk.card("near").is_open
    assert desk.policy().name == desk.settings.policy


def test_a_whole_form_without_the_token_is_refused_and_changes_nothing(
    client: Client, desk: Desk
) -> None:
    form = {"id": "near", "action": "block"}
    assert client.send("POST", "/decide", data=form).status_code == 403
    assert (
        client.send(
            "POST", "/decide", data=form, headers={"x_csrf_token": "wrong"}
        ).status_code
        == 403
    )
    assert desk.card("near").decision is None


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "none"},
        {"origin": "https://attacker.example"},
        {"origin": f"http://127.0.0.1:{PORT + 1}"},
        {"origin": "null"},
    ],
)
def test_a_write_from_another_site_is_refused_even_with_the_token(
    client: Client, desk: Desk, headers: dict[str, str]
) -> None:
    form = {"csrf": client.token, "id": "near", "action": "block"}
    answer = client.send("POST", "/decide", data=form, headers=headers)
    assert answer.status_code == 403
    assert desk.card("near").decision is None


@pytest.mark.parametrize(
    "headers", [{"origin": ORIGIN}, {"sec_fetch_site": "same-origin", "origin": "null"}]
)
def test_a_write_from_our_own_page_passes(
    client: Client, headers: dict[str, str]
) -> None:
    form = {"csrf": client.token, "theme": "dark"}
    answer = client.send("POST", "/appearance", data=form, headers=headers)
    assert answer.status_code == 303


def test_other_sites_cannot_embed_or_read_a_page(client: Client) -> None:
    assert client.get("/", sec_fetch_site="cross-site").status_code == 403
    assert client.get("/", sec_fetch_site="same-site").status_code == 403
    assert client.get("/", sec_fetch_site="none").status_code == 200


@pytest.mark.parametrize("path", ["/", "/static/page.css", "/nowhere", "/?key=wrong"])
def test_every_answer_carries_the_headers(client: Client, path: str) -> None:
    answer = client.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_the_interface_is_not_described(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2fdesk.py",
        "/static//etc/passwd",
        "/static/%00",
        "/static/vendor/%5c..%5c..%5capp.py",
    ],
)
def test_no_path_leads_out_of_the_static_files(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "import" not in answer.text
    assert "root:" not in answer.text


def test_scripts_in_names_and_notes_are_shown_as_text(client: Client) -> None:
    page = client.get("/?id=script").text
    assert SCRIPT not in page
    assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;" in page
    assert "<img" not in page


def test_pages_hold_no_inline_script_or_style(client: Client) -> None:
    for path in READS:
        page = client.get(path).text
        assert not re.search(r"<script(?![^>]* src=\"/static/)", page), path
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page), path


@pytest.mark.parametrize("request_id", ["link", "profile", "far", "near", "script"])
def test_the_only_way_out_is_the_network_s_own_page(
    client: Client, request_id: str
) -> None:
    page = client.get(f"/?id={request_id}").text
    outgoing = [
        tag
        for tag in re.findall(r"<a [^>]*>", page)
        if not re.search('href="[/#]', tag)
    ]
    assert len(outgoing) == 1
    assert re.search(r'href="https://www\.(linkedin|xing)\.com/', outgoing[0])
    assert 'rel="noopener noreferrer"' in outgoing[0]
    assert 'target="_blank"' in outgoing[0]


def test_a_link_in_a_note_is_shown_but_not_live(client: Client) -> None:
    page = client.get("/?id=link").text
    assert '<span class="link host">evil.example</span>' in page
    assert 'href="https://evil' not in page
    assert 'href="javascript' not in page


def test_any_id_is_safe_in_an_address(client: Client) -> None:
    page = client.get("/?id=near").text  # a blank request, too: of the same group
    found = re.search(r'href="(/\?id=it[^"]*)"', page)
    assert found is not None
    answer = client.get(found.group(1))
    assert answer.status_code == 200
    assert 'value="it&#39;s &amp; &#34;&lt;id&gt;' in answer.text


def test_a_form_that_is_too_long_is_refused(client: Client) -> None:
    assert client.post("/decide", id="near", note="x" * 70_000).status_code == 413


def test_an_upload_that_is_too_big_is_refused(client: Client) -> None:
    assert client.upload("a.zip", b"x" * 1_200_000).status_code == 413
    assert client.app.state.office.imports.state is None


def test_a_body_longer_than_it_says_is_cut_off(client: Client) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n'
        for _ in range(200):
            yield b"x" * 10_000

    headers = {
        "content_type": "multipart/form-data; boundary=x",
        "x_csrf_token": client.token,
    }
    answer = client.send("POST", "/import", headers=headers, content=endless())
    assert answer.status_code == 413
    assert client.app.state.office.imports.state is None


def test_nothing_of_an_upload_is_stored_without_the_token(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    answer = client.upload("a.zip", b"PK", csrf="wrong")
    assert answer.status_code == 403
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\k\\archive.zip", "archive.zip"),
        ("..", "upload"),
        (".hidden", "hidden"),
        ("Basic_LinkedInDataExport_01-02-2026 (1).zip",) * 2,
        ("ä\x00\n<b>.zip", "ä___b_.zip"),
        ("x" * 300 + ".zip", "x" * 196 + ".zip"),
        ("資" * 100 + ".zip", "資" * 65 + ".zip"),
    ],
)
def test_the_name_of_an_upload_is_made_harmless(given: str, kept: str) -> None:
    assert harmless_name(given) == kept


def test_the_log_names_neither_key_nor_sender_nor_note(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client.get("/?id=script")
    Client(client.app).get(f"/?key={KEY}x")
    client.post("/decide", id="nobody-here", action="accept")
    # The test's own client logs what it sends; that is not the desk.
    records = [each for each in caplog.records if each.name != "httpx"]
    assert any(each.name.startswith("vorzimmer") for each in records)
    own = " ".join(each.getMessage() for each in records)
    assert KEY not in own
    assert "alert" not in own
    assert "nobody-here" not in own
