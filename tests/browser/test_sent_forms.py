"""No page that only follows a sent form breaks a rule of WCAG 2.2, A or AA."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Browser, Page, expect

from axe import every_violation, looking
from full_desk import full_desk
from network_mails import SERVER, raw, samples
from sent_forms import BY_THEMSELVES, FORMS, NO_PAGES, Sent
from served_desk import KEY, Place, served
from vorzimmer.desk import Desk
from vorzimmer.letters import LettersDesk
from vorzimmer.settings import LetterSettings, MailSettings
from vorzimmer.web import nonmember_pages
from vorzimmer.web.app import create_app
from web_client import open_desk

pytestmark = pytest.mark.browser

# As the member would without a script: whatever is answered, is the page.
_SEND = """([to, fields]) => {
  const form = document.createElement('form');
  const csrf = document.querySelector('input[name=csrf]').value;
  for (const [name, value] of [['csrf', csrf], ...Object.entries(fields)]) {
    const field = document.createElement('textarea');
    field.name = name;
    field.value = value;
    form.append(field);
  }
  form.method = 'post';
  form.action = to;
  document.body.append(form);
  HTMLFormElement.prototype.submit.call(form);
}"""
# As a button of the session does: what is answered, takes the place of a part.
_STEP = """([to, fields]) => {
  const form = document.createElement('form');
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    form.append(field);
  }
  form.method = 'post';
  form.action = to;
  document.querySelector('#desk .action').append(form);
  htmx.process(form);
  form.requestSubmit();
}"""


@contextmanager
def filled(folder: Path) -> Iterator[Desk]:
    """Open a full desk that keeps own letters in a folder of the test."""
    with full_desk(folder) as desk:
        own = LetterSettings(folder=folder / "letters")
        desk.letters = LettersDesk(
            replace(desk.settings, letters=own),
            desk._store,  # noqa: SLF001 - the settings of this test
            now=desk._now,  # noqa: SLF001 - the same
            card=desk.card,
            objection=desk.objection.of,
        )
        yield desk


def send(page: Page, place: Place, form: Sent) -> None:
    """Send a form, and wait for what is shown then."""
    fields = dict(form.fields(place.desk))
    if form.is_step:
        page.goto(f"{place.origin}/?id={fields.get('id', '')}")
        with page.expect_response(f"**{form.to}") as answered:
            page.evaluate(_STEP, [form.to, fields])
        status = answered.value.status
        busy = page.locator(".htmx-request, .htmx-swapping, .htmx-settling")
        expect(busy).to_have_count(0)
        is_told = form.is_refused or form.route not in {
            "/act",
            "/act/cancel",
            "/minutes",
        }
        expect(page.locator("#toast .toast")).to_have_count(int(is_told))
    else:
        page.goto(f"{place.origin}/policies")
        with page.expect_navigation() as shown:
            page.evaluate(_SEND, [form.to, fields])
        status = shown.value.status
        moved = shown.value.request.redirected_from is not None
        assert moved is not (form.is_direct or form.is_refused), form.to
    assert (status >= 400) is form.is_refused, (form.to, status)


def test_no_page_that_follows_a_form_breaks_a_rule(
    browser: Browser, tmp_path: Path
) -> None:
    found = {}
    with (
        filled(tmp_path) as desk,
        served(desk) as place,
        looking(browser, place) as page,
    ):
        page.goto(place.start)
        for number, form in enumerate(FORMS):
            send(page, place, form)
            # Whoever is led on sees a page that can be asked for, too.
            is_led_on = not (form.is_step or form.is_direct or form.is_refused)
            if not is_led_on and (broken := every_violation(page)):
                found[f"{number} {form.to}"] = broken
    assert found == {}


@pytest.mark.parametrize("language", ["en-GB", "de-DE"])
def test_nor_does_a_reading_while_it_goes_on_and_at_its_end(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    found, go_on = {}, Event()
    take = Desk.import_from

    def slowly(self: Desk, source: Path, **more: object) -> object:
        go_on.wait(120)
        return take(self, source, **more)  # type: ignore[arg-type] # as it was called

    monkeypatch.setattr(Desk, "import_from", slowly)
    good, bad = tmp_path / "good.csv", tmp_path / "bad.zip"
    good.write_text("First Name,Last Name\nAda,Lind\n", "utf-8")
    bad.write_bytes(b"no archive")
    with (
        open_desk(tmp_path) as desk,
        served(desk) as place,
        looking(browser, place, language) as page,
    ):
        page.goto(place.start)
        for file, end in ((bad, ".problem"), (good, ".problem, .buttons")):
            page.goto(f"{place.origin}/import")
            page.locator("#archive").set_input_files(file)
            page.locator("#upload .button").click()
            expect(page.locator(".stages")).to_be_visible()
            found[f"while {file.name}"] = every_violation(page)
            go_on.set()
            expect(page.locator(end).first).to_be_visible()
            found[file.name] = every_violation(page)
            go_on.clear()
    assert [each for broken in found.values() for each in broken] == []


@pytest.mark.parametrize("language", ["en-GB", "de-DE"])
def test_nor_does_a_mail_of_which_one_was_unsubscribed(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(nonmember_pages, "unsubscribe", lambda _: None)
    with (
        open_desk(tmp_path) as desk,
        served(desk) as place,
        looking(browser, place, language) as page,
    ):
        desk.settings = replace(
            desk.settings, mail=MailSettings(trusted_servers=SERVER)
        )
        page.goto(place.start)
        guest = raw(samples()["linkedin-guest_de"]).decode()
        page.goto(f"{place.origin}/non-members")
        with page.expect_navigation(url="**/non-members?mail=*"):
            page.evaluate(_SEND, ["/non-members", {"source": guest}])
        name = page.url.rpartition("=")[2]
        with page.expect_navigation():
            page.evaluate(_SEND, ["/non-members/stop", {"mail": name}])
        assert every_violation(page) == []
        with page.expect_navigation() as gone:
            page.evaluate(_SEND, ["/non-members/stop", {"mail": "gone"}])
        assert gone.value.status == 404
        assert every_violation(page) == []


def test_every_form_is_sent_once(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        app = create_app(desk, key=KEY, port=1)
        sent = {form.to for form in FORMS} | NO_PAGES | BY_THEMSELVES
        missed = [
            route.path
            for route in app.routes
            if isinstance(route, APIRoute)
            and "POST" in (route.methods or ())
            and not any(route.path_regex.fullmatch(each) for each in sent)
        ]
    assert missed == []
