from __future__ import annotations

from datetime import timedelta

import pytest

from intake_rows import (
    DAY,
    GONE,
    IN,
    ME,
    OWN,
    REX,
    SVANTJE,
    connected,
    invited,
    message,
    only,
    past,
    ties,
)
from vorzimmer.intake import gather
from vorzimmer.intake.conversations import is_refusal, says_something
from vorzimmer.items import (
    Connection,
    Item,
)
from vorzimmer.model import (
    Action,
    Channel,
    Person,
    TieKind,
)


def test_an_incoming_invitation_is_a_request() -> None:
    request = only(gather([invited(SVANTJE, "Hallo Katrin!"), OWN]))
    assert request.sender == SVANTJE
    assert request.note == "Hallo Katrin!"
    assert request.network == "linkedin"
    assert request.channel is Channel.INVITATION_NOTE
    assert request.sent_at == DAY
    assert request.is_sponsored is request.is_filed_as_spam is None


def test_a_first_message_of_a_stranger_is_a_request() -> None:
    intake = gather(
        [
            message(REX, "Haben Sie es gelesen?", days=3),
            message(REX, "Hätten Sie 15 Minuten?", days=1),
            OWN,
        ]
    )
    request = only(intake)
    assert request.note == "Hätten Sie 15 Minuten?"
    assert request.channel is Channel.MESSAGE
    assert request.subject is None
    assert request.is_sponsored is request.is_filed_as_spam is False
    assert ties(intake) == {("Enno Wittkamp", TieKind.INVITED): None}
    assert past(intake) == []


def test_a_subject_makes_it_an_inmail_and_the_folder_spam() -> None:
    one = message(REX, "Hallo", subject="Ihre Zukunft", folder="SPAM")
    request = only(gather([one, OWN]))
    assert request.channel is Channel.INMAIL
    assert request.subject == "Ihre Zukunft"
    assert request.is_filed_as_spam
    request = only(gather([one._replace(folder=""), OWN]))
    assert request.is_filed_as_spam is None


def test_what_a_contact_writes_is_no_request() -> None:
    talk: list[Item] = [message(SVANTJE, "Moin!", days=5), OWN]
    assert gather([*talk, connected(SVANTJE)]).requests == ()
    assert gather([*talk, Connection(person=SVANTJE)]).requests == ()


def test_what_a_contact_wrote_before_being_one_is_a_request() -> None:
    talk: list[Item] = [message(SVANTJE, "Moin!"), connected(SVANTJE, days=1), OWN]
    assert only(gather(talk)).note == "Moin!"


def test_a_conversation_that_the_member_began_is_no_request() -> None:
    talk: list[Item] = [
        message(ME, "Moin Rex!", to=(REX,)),
        message(REX, "Ja?", days=1),
        OWN,
    ]
    intake = gather(talk)
    assert intake.requests == ()
    assert ties(intake)["Rex Nothdurft", TieKind.WROTE] == 1
    assert ties(intake)["Rex Nothdurft", TieKind.WROTE_TO_YOU] == 1


def test_the_note_of_an_accepted_invitation_is_one_request_only() -> None:
    intake = gather(
        [
            invited(SVANTJE, "Hallo Katrin, Grüße aus Ulm"),
            message(SVANTJE, "Hallo  Katrin, Grüße aus Ulm"),
            connected(SVANTJE, days=1),
            OWN,
        ]
    )
    assert only(intake).channel is Channel.INVITATION_NOTE
    assert past(intake) == [Action.ACCEPT]


def test_somebody_elses_message_of_the_same_words_is_a_request_too() -> None:
    intake = gather([invited(SVANTJE, "Hallo Katrin!"), message(REX, "Hallo Katrin!")])
    assert len(intake.requests) == 2


def test_an_answer_is_a_past_decision_and_a_weak_tie() -> None:
    talk: list[Item] = [
        message(REX, "Hätten Sie 15 Minuten?"),
        message(ME, "Worum geht es denn?", to=(REX,), days=2),
        OWN,
    ]
    intake = gather(talk)
    (decision,) = intake.past
    assert decision.action is Action.ANSWER
    assert decision.at == DAY + timedelta(days=2)
    assert ties(intake)["Rex Nothdurft", TieKind.WROTE] == 1


@pytest.mark.parametrize(
    "refusal",
    ["No thanks", "Kein Interesse.", "nein danke", "Not interested!", "STOP", "Nein."],
)
def test_a_lone_refusal_declines_and_is_no_tie(refusal: str) -> None:
    talk: list[Item] = [
        message(REX, "15 Minuten?"),
        message(ME, refusal, to=(REX,), days=1),
        OWN,
    ]
    intake = gather(talk)
    assert past(intake) == [Action.DECLINE]
    assert ties(intake) == {("Enno Wittkamp", TieKind.INVITED): None}


@pytest.mark.parametrize(
    "text",
    [
        "Nein, ich war 2019 noch bei Nordlicht. Wie geht es dir?",
        "Ich interessiere mich sehr dafür.",
        "Danke!",
        "Kein Interesse an Krypto. " + "Aber Ihr Vortrag über Häfen war schön! " * 3,
    ],
)
def test_what_says_more_is_no_refusal(text: str) -> None:
    assert not is_refusal(text)
    assert says_something(text)


def test_signs_and_attachments_say_nothing() -> None:
    assert not says_something("👍")
    assert not says_something("")
    talk: list[Item] = [
        message(REX, "15 Minuten?"),
        message(ME, "👍", to=(REX,), days=1),
        OWN,
    ]
    assert past(gather(talk)) == []


def test_messages_are_counted_over_all_conversations() -> None:
    talk: list[Item] = [
        message(ME, f"Nachricht {n}", to=(SVANTJE,), talk=f"2-{n % 3}", days=n)
        for n in range(14)
    ]
    intake = gather([*talk, OWN])
    (wrote,) = (each for each in intake.ties if each.kind is TieKind.WROTE)
    assert wrote.count == 14
    assert wrote.since == DAY.date()
    assert wrote.until == (DAY + timedelta(days=13)).date()


def test_large_groups_make_no_acquaintance() -> None:
    crowd = tuple(
        Person(name=f"Gast {n} Wexford", profile_url=f"{IN}g{n}") for n in range(10)
    )
    intake = gather([message(ME, "Willkommen!", to=crowd), OWN])
    assert ties(intake) == {("Enno Wittkamp", TieKind.INVITED): None}
    intake = gather([message(ME, "Willkommen!", to=crowd[:9]), OWN])
    assert len(intake.ties) == 10


def test_sponsored_messages_are_requests_even_of_contacts() -> None:
    advert = message(SVANTJE, "Jetzt sichern!", subject="Angebot", is_sponsored=True)
    intake = gather([advert, connected(SVANTJE, days=-9), OWN])
    assert only(intake).is_sponsored
    assert only(intake).channel is Channel.INMAIL
    assert (SVANTJE.name, TieKind.WROTE_TO_YOU) not in ties(intake)


def test_pages_and_closed_accounts_are_unknown_senders() -> None:
    page = Person(
        name="Beispiel Akademie", profile_url="https://www.linkedin.com/company/77"
    )
    intake = gather(
        [
            message(page, "Ihr Platz", talk="2-p", is_sponsored=True),
            message(GONE, "Hallo", talk="2-g", days=1),
            message(Person(name="LinkedIn Member"), "Hi", talk="2-h", days=2),
            OWN,
        ]
    )
    senders = [each.sender for each in intake.requests]
    assert senders[0] == Person(
        company="Beispiel Akademie", profile_url=page.profile_url
    )
    assert senders[1:] == [Person(), Person()]
    assert ties(intake) == {("Enno Wittkamp", TieKind.INVITED): None}
