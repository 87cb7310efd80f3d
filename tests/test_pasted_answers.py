"""What is pasted of a chat goes to the request that it goes on with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from clocked_desk import REQUESTS, START, Clock, address, state
from command_line import CommandLine
from people_samples import desk_in
from vorzimmer.desk import Desk
from vorzimmer.errors import PasteError
from vorzimmer.intake import Intake
from vorzimmer.model import Action, Channel, ContactRequest, Member, Person
from vorzimmer.pasting import Entry, entry_of
from vorzimmer.reactions import State
from web_client import client_of

ANJA, MIA = "Anja Holmsen", "Mia Tannert"
OPENING = "Moin Mia, wir waren beide auf der Werft in Husum."
ANSWER = "Es geht um die Krane am Nordkai."


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with desk_in(tmp_path, clock) as opened:
        named = replace(
            REQUESTS[0],
            id="holm",
            sender=Person(name=ANJA, profile_url=address("anja-holmsen")),
            note=OPENING,
        )
        me = Member(name=MIA, profile_url=address("mia-tannert"))
        opened.keep(Intake(member=me, requests=(named,)), "archive")
        yield opened


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


def chat(*said: tuple[str, str], day: str = "TODAY", other: str = ANJA) -> str:
    lines = [f"Conversation with {other}", other, "· 2nd", "Buyer at Nordkai", day]
    for who, words in said:
        lines += [f"{who} sent the following message at 2:14 PM"]
        lines += [f"View {who}'s profile", who, "2:14 PM", words]
    return "\n".join([*lines, "Write a message…"])


def kept(desk: Desk, text: str) -> str:
    return desk.pasting.keep(entry_of(desk.pasting.read(text))).id


def ids(desk: Desk) -> set[str]:
    return {card.request.id for _, cards in desk.session().groups for card in cards}


def written(desk: Desk, request_id: str) -> list[str]:
    return [each.text for each in desk.after.about(request_id).later]


def test_an_answer_is_joined_to_the_request_that_was_asked_about(
    desk: Desk, clock: Clock
) -> None:
    before = ids(desk)
    desk.decide("holm", Action.ASK)
    clock.sleep(0.1)
    assert kept(desk, chat((ANJA, ANSWER))) == "holm"
    assert state(desk, "holm") is State.ANSWERED
    assert ids(desk) == before
    assert written(desk, "holm") == [ANSWER]
    card = desk.card("holm")
    assert (card.request.note, card.request.channel) == (
        OPENING,
        Channel.INVITATION_NOTE,
    )
    assert card.request.sender.headline == "Buyer at Nordkai"
    kept(desk, chat((ANJA, ANSWER)))
    assert (ids(desk), written(desk, "holm")) == (before, [ANSWER])


def test_of_a_whole_chat_the_last_message_is_the_answer(
    desk: Desk, clock: Clock
) -> None:
    desk.decide("holm", Action.ASK)
    clock.sleep(0.1)
    whole = chat((ANJA, OPENING), (MIA, "Was führt Sie zu mir?"), (ANJA, ANSWER))
    pasted = desk.pasting.read(whole)
    assert pasted.has_reply
    assert kept(desk, whole) == "holm"
    assert state(desk, "holm") is State.ANSWERED


def test_without_an_answer_in_it_the_question_stays_open(
    desk: Desk, clock: Clock
) -> None:
    desk.decide("holm", Action.ASK)
    clock.sleep(0.1)
    whole = chat((ANJA, OPENING), (MIA, "Was führt Sie zu mir?"))
    assert not desk.pasting.read(whole).has_reply
    assert kept(desk, whole) == "holm"
    assert state(desk, "holm") is State.ASKED
    assert written(desk, "holm") == []


def test_a_message_of_a_contact_is_no_new_request(desk: Desk) -> None:
    desk.decide("holm", Action.ACCEPT)
    before = ids(desk)
    assert kept(desk, chat((ANJA, ANSWER))) == "holm"
    assert (ids(desk), state(desk, "holm")) == (before, State.ACCEPTED)


def test_who_was_turned_away_or_asks_by_another_way_asks_anew(desk: Desk) -> None:
    desk.decide("holm", Action.IGNORE)
    again = kept(desk, chat((ANJA, ANSWER)))
    assert again in ids(desk)
    asked = Entry(name=ANJA, note="Hier mein Angebot für Sie.", channel=Channel.INMAIL)
    assert desk.pasting.keep(replace(asked, network="linkedin")).id in ids(desk)


def other(**more: object) -> ContactRequest:
    sender = Person(name=ANJA, profile_url=address("anja-holmsen-2"))
    return replace(REQUESTS[0], id="other", sender=sender, **more)  # type: ignore[arg-type] # facts of a request


def test_where_two_people_have_the_name_nobody_is_guessed_at(desk: Desk) -> None:
    desk.keep(Intake(member=Member(), requests=(other(),)), "more")
    before = ids(desk)
    assert len(ids(desk) | {kept(desk, chat((ANJA, ANSWER)))}) == len(before) + 1
    entry = Entry(
        name=ANJA,
        note=ANSWER,
        channel=Channel.MESSAGE,
        profile_url=address("anja-holmsen-2"),
    )
    first = desk.pasting.follows(entry)
    assert first is not None
    assert first.id == "other"


def test_a_message_from_before_the_request_is_none_that_goes_on(desk: Desk) -> None:
    early = START.date() - timedelta(days=9)
    entry = Entry(name=ANJA, note=ANSWER, channel=Channel.MESSAGE, sent_on=early)
    assert desk.pasting.follows(entry) is None


def test_what_the_member_wrote_becomes_no_request(desk: Desk) -> None:
    before = ids(desk)
    with pytest.raises(PasteError, match="only you have written"):
        desk.pasting.read(chat((MIA, "Was führt Sie zu mir?")))
    mine = Entry(name="Mia  TANNERT", note="Was führt Sie zu mir?")
    with pytest.raises(PasteError, match="That is you"):
        desk.pasting.keep(mine)
    with pytest.raises(PasteError, match="That is you"):
        desk.pasting.screen(replace(mine, profile_url=address("mia-tannert")))
    namesake = replace(mine, profile_url=address("mia-tannert-3"))
    assert ids(desk) == before
    assert ids(desk) | {desk.pasting.keep(namesake).id} > before


def test_the_page_says_with_what_it_goes_on(desk: Desk, clock: Clock) -> None:
    desk.decide("holm", Action.ASK)
    clock.sleep(0.1)
    client = client_of(desk).enter()
    whole = chat((ANJA, OPENING), (MIA, "Was führt Sie zu mir?"), (ANJA, ANSWER))
    page = client.post("/paste", do="read", text=whole).text
    assert "This goes on with a request of 30 October 2026" in page
    assert 'name="has_reply" value="yes"' in page
    form = {"name": ANJA, "network": "linkedin", "note": ANSWER, "has_reply": "yes"}
    shown = client.post("/paste", step=False, do="screen", **form).text
    assert "This goes on with a request" in shown
    form["sent_on"] = str(date(2026, 11, 2))
    gone = client.post("/paste", step=False, do="keep", **form)
    assert (gone.status_code, gone.headers["location"]) == (303, "/?id=holm")
    page = client.get("/?id=holm").text
    assert "One more message since" in page
    assert ANSWER in page


def test_the_command_says_so_too(run: CommandLine, tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text(chat((ANJA, OPENING)), "utf-8")
    second.write_text(chat((ANJA, ANSWER)), "utf-8")
    assert "Kept as request" in run("paste", str(first), "--keep").output
    said = run("paste", str(second), "--keep").output
    assert "Kept with request" in said
