"""The coach's page and its interface, behind the same door as all others."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

import pytest

from vorzimmer.desk import Desk
from vorzimmer.web.draft_pages import units
from web_client import Client, client_of, open_desk

PITCH = (
    "Guten Tag Frau Brandt, wir unterstützen Unternehmen wie Ihres, planbar neue Kunden"
    " zu gewinnen!! Hätten Sie 15 Minuten?"
)
KIND = (
    "Guten Tag Frau Brandt, beim Lagertag in Kiel saßen wir am selben Tisch."
    " Wie zählen Sie in Bremen das Leergut?"
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@pytest.fixture(scope="module")
def member(desk: Desk) -> Client:
    return client_of(desk).enter()


def test_the_page_stands_in_its_group(member: Client) -> None:
    page = member.get("/draft").text
    assert '<a href="/draft" aria-current="page">' in page
    assert 'aria-live="polite"' in page


def test_a_step_brings_only_what_is_said_with_marks(member: Client) -> None:
    answer = member.post("/draft/check", step=True, text=PITCH).text
    assert "<html" not in answer
    assert "Better not send it." in answer
    (marks,) = re.findall(r'data-marks="([^"]*)"', answer)
    places = json.loads(html.unescape(marks))
    assert "!!" in {PITCH[start:end] for start, end, _ in places}
    assert "no legal advice" in answer


def test_without_script_the_whole_page_comes_with_the_text_in_it(
    member: Client,
) -> None:
    answer = member.post("/draft/check", text=f"{KIND} <b>").text
    assert "<html" in answer
    assert "&lt;b&gt;</textarea>" in answer
    assert "<b>" not in answer


def test_it_speaks_german(member: Client) -> None:
    answer = member.send(
        "POST",
        "/draft/check",
        headers={"hx-request": "true", "accept-language": "de"},
        data={"csrf": member.token, "text": PITCH},
    ).text
    assert "Besser nicht senden." in answer
    assert "keine Rechtsberatung" in answer
    told = member.send(
        "POST",
        "/draft/sent",
        headers={"hx-request": "true", "accept-language": "de"},
        data={"csrf": member.token, "text": PITCH},
    ).text
    assert "Gemerkt" in told


def test_what_was_sent_is_told_the_next_time_and_no_word_is_kept(
    member: Client, desk: Desk
) -> None:
    before = member.post("/draft/check", step=True, text=KIND).text
    assert "You can send it." in before
    assert "Remembered" in member.post("/draft/sent", step=True, text=KIND).text
    again = KIND.replace("Brandt", "Sommer")
    assert (
        "much like it, before"
        in member.post("/draft/check", step=True, text=again).text
    )
    with desk._store.reading() as store:  # noqa: SLF001 - what is kept is asked here
        assert "Leergut" not in (store.preference("sent_drafts") or "")
    desk.drafting.forget()
    assert "You can send it." in member.post("/draft/check", step=True, text=KIND).text


def test_the_interface_answers_as_the_command_does(member: Client) -> None:
    draft = {"text": PITCH, "recipient": {"name": "Katrin Brandt"}}
    answer = member.send(
        "POST", "/api/draft", headers={"x-csrf-token": member.token}, json=draft
    )
    assert answer.json()["verdict"] == "better_not_send"
    assert {"rule", "severity", "span"} <= answer.json()["findings"][0].keys()


@pytest.mark.parametrize(
    "body", ["{", '{"text": 1}', '{"text": "", "more": 1}', '{"text": "\\ud800"}']
)
def test_what_is_no_draft_is_told_in_a_sentence(member: Client, body: str) -> None:
    headers = {"x-csrf-token": member.token}
    answer = member.send("POST", "/api/draft", headers=headers, content=body)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("This is no draft")


def test_half_a_character_is_called_what_it_is(member: Client) -> None:
    answer = member.send(
        "POST",
        "/api/draft",
        headers={"x-csrf-token": member.token},
        content='{"text": "a\\ud800b"}',
    )
    assert "half of a character" in answer.json()["error"]


def test_what_turns_words_around_is_made_visible(member: Client) -> None:
    text = "Hallo Frau \u202eBrandt, JETZT ZUGREIFEN"
    answer = member.post("/draft/check", step=True, text=text).text
    assert "\u202e" not in answer
    assert "Frau ␣Brandt" in answer


def test_a_subject_that_answers_nothing_is_told(member: Client) -> None:
    answer = member.post(
        "/draft/check", step=True, text=KIND, channel="inmail", subject="AW: Leergut"
    ).text
    assert "as if you had spoken before" in answer


def test_the_interface_wants_the_token(member: Client) -> None:
    answer = member.send("POST", "/api/draft", json={"text": "a"})
    assert answer.status_code == 403
    assert "out of date" in answer.json()["error"]


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ('{"text": "' + "a" * 20_001 + '"}', 422, "reads up to 20,000"),
        ('{"text": "a", "recipient": {"card": {}}}', 422, "no contact card"),
        ("a" * 1_000_000, 413, "more than the desk takes in"),
    ],
)
def test_programs_are_told_in_json_what_is_wrong(
    member: Client, body: str, status: int, words: str
) -> None:
    headers = {"x-csrf-token": member.token}
    answer = member.send("POST", "/api/draft", headers=headers, content=body)
    assert answer.status_code == status
    assert answer.json().keys() == {"error"}
    assert words in answer.json()["error"]


def test_the_closed_door_speaks_to_programs_in_json(desk: Desk) -> None:
    answer = client_of(desk).send("POST", "/api/draft", json={"text": "a"})
    assert answer.status_code == 403
    assert "opens only with its key" in answer.json()["error"]


def test_a_megabyte_is_refused_with_a_sentence(member: Client) -> None:
    answer = member.post("/draft/check", step=True, text="a" * 1_000_000)
    assert answer.status_code == 413
    assert "more than the desk takes in" in answer.text


def test_a_text_longer_than_any_message_is_refused(member: Client) -> None:
    answer = member.post("/draft/check", step=True, text="a" * 20_001)
    assert answer.status_code == 422
    assert "reads up to 20,000" in answer.text


def test_a_wrong_contact_card_is_told(member: Client) -> None:
    answer = member.post("/draft/check", step=True, text=KIND, card="{wants}")
    assert answer.status_code == 422
    assert "This is no contact card" in answer.text


def test_the_card_that_the_desk_publishes_is_the_one_the_coach_reads(
    member: Client,
) -> None:
    card = member.get("/contact-card.json").text
    answer = member.post("/draft/check", step=True, text=PITCH, card=card).text
    assert "it is an offer" in answer
    assert "The card says: please don&#39;t." in answer


def test_places_are_counted_as_the_browser_counts() -> None:
    text = "a🚀b🚀c"
    assert units(text, (2, 3)) == (3, 4)
    assert units(text, (4, 5)) == (6, 7)


def test_the_field_of_the_recipient_is_compared_with_the_answers(
    member: Client,
) -> None:
    answers = {"special": "leicht", "problem": "Bruch", "whom": "Speditionen"}
    given = {"text": PITCH, "industry": "Spedition", "name": "Katrin Brandt"}
    answer = member.post("/draft/check", step=True, **answers, **given).text
    assert "This meets what is known of Katrin Brandt" in answer
