"""Whoever the member knows is not taken for a fraud, whatever the note sounds like."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from vorzimmer.acquaintance import Acquaintance
from vorzimmer.cards import make_screening
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.habits import Habits, habit_of, traits_of
from vorzimmer.model import (
    Action,
    ContactRequest,
    Kind,
    Member,
    Person,
    Tie,
    TieKind,
)
from vorzimmer.people import identity
from vorzimmer.policy import propose
from vorzimmer.policy_file import preset_policies, preset_policy
from vorzimmer.screened import Screened

FRIEND = Person(name="Tomke Harms", profile_url="https://www.linkedin.com/in/tomke-h")
TIES = [
    Tie(person=FRIEND, kind=TieKind.CONNECTION, since=date(2016, 2, 1)),
    Tie(person=FRIEND, kind=TieKind.WROTE, count=14, detail="mutual"),
    Tie(person=FRIEND, kind=TieKind.WROTE, count=5),
    Tie(person=FRIEND, kind=TieKind.RECOMMENDED),
    Tie(person=FRIEND, kind=TieKind.WAS_RECOMMENDED_BY),
    Tie(person=FRIEND, kind=TieKind.NOTED),
    Tie(person=FRIEND, kind=TieKind.INVITED),
    Tie(person=FRIEND, kind=TieKind.IMPORTED_CONTACT),
    Tie(person=FRIEND, kind=TieKind.MET, count=3),
    Tie(person=FRIEND, kind=TieKind.MAILED, count=40),
]
# What friends write, in the words of those who are none.
NOTES = [
    "Dringend! Ruf mich bitte sofort an, es geht um das Konto vom Verein.",
    "Kannst du mir bis Freitag 300 Euro leihen? Erkläre ich dir am Telefon.",
    "Schreib mir auf WhatsApp, hier schaue ich nie rein: 0151 0000000",
    "Hast du noch Bitcoin? Ich will meine endlich verkaufen, aber wohin?",
    "Neues Passwort fürs Wiki ist raus, bitte bis heute Abend bestätigen.",
    "Bitte nicht weitersagen, bleibt unter uns: ich habe gekündigt.",
    "Deine Rechnung vom Sommerfest ist noch offen, Bankverbindung wie immer.",
    "Ich hab was Verrücktes zu verschenken, antworte schnell, sonst ist es weg!!!",
    "Mein Handy ist kaputt, das ist meine neue Nummer. Tomke",
    "Schau dir mal https://bit.ly/3xYz an, das Foto von uns beiden!",
    "Your account at the club expires tomorrow, can you confirm by reply?",
    "Urgent: send me the bank details for the refund, finance closes at five.",
    "Keep this confidential please, we may buy the shop next door.",
    "I need a favour, it is about money. Can we move to Telegram?",
    "You have won! The raffle, I mean. The ham is waiting at my place.",
    "Inheritance news: aunt's house is sold, we should talk to the lawyer.",
    "Guaranteed returns, said my brother-in-law. What do you think of this fund?",
    "Please open the attached file today, the landlord wants an answer.",
    "We pay 50 euros for an hour of your time: our students want to interview you.",
    "Log in with my password, it is the name of the dog, and print the tickets.",
]
# How the friend writes otherwise, in either language, now and then with a link.
USUAL = {
    "de": [
        "Moin, kommst du Freitag zum Chor? Ich bring Kuchen mit, wie immer.",
        "Hast du die Liste noch? Ich finde sie nicht, und ihr braucht sie bald.",
        "Du, der Zug ist weg, ich komme später und bringe die anderen mit.",
        "Das Foto vom Sommer liegt hier: https://fotos.example/sommer Schau mal!",
        "Ich ruf dich an, wenn ich zu Hause bin, oder schreib mir einfach.",
        "Alles gut bei dir? Ich hab lange nichts gehört, meld dich doch mal.",
        "Kannst du das mal lesen, bevor ich es an den Verein schicke? Danke dir!",
    ],
    "en": [
        "Are you coming to the choir on Friday? I will bring cake, as always.",
        "Do you still have the list? I can not find it, and we need it soon.",
        "The train was late, so I will be there by nine with the others.",
        "The picture of last summer is here: https://photos.example/summer",
        "I will call you when I am at home, or just write to me about it.",
        "Is all well with you? I have not heard from you for a long time.",
        "Could you read this before I send it to the club? Thanks a lot!",
    ],
}
POLICIES = [preset_policy(name) for name in preset_policies()]


@pytest.mark.parametrize("note", NOTES)
def test_nor_is_one_whose_way_of_writing_is_known_and_as_always(note: str) -> None:
    member = Member()
    language = "en" if traits_of(note).language == "en" else "de"
    screening = make_screening(
        book=shipped_phrasebook(),
        member=member,
        acquaintance=Acquaintance(TIES[:2], member),
        weights={},
        habits=Habits(
            {identity(FRIEND): habit_of((each, None) for each in USUAL[language])}
        ),
    )
    asked = ContactRequest(id="r", network="linkedin", sender=FRIEND, note=note)
    (screened,) = screening.screen([asked])
    assert screened.assessment.leading_kind is not Kind.DANGER


def test_a_hacked_friend_is_led_by_danger() -> None:
    member = Member()
    screening = make_screening(
        book=shipped_phrasebook(),
        member=member,
        acquaintance=Acquaintance(TIES[:2], member),
        weights={},
        habits=Habits(
            {identity(FRIEND): habit_of((each, None) for each in USUAL["de"][:3] * 3)}
        ),
    )
    note = (
        "Hello, could you please lend me 300 euros? You will find all details at"
        " https://fast-help.example/pay and I will pay you back tomorrow. 🙏"
    )
    asked = ContactRequest(id="r", network="linkedin", sender=FRIEND, note=note)
    (screened,) = screening.screen([asked])
    assert screened.assessment.leading_kind is Kind.DANGER


def screened_from(tie: Tie, note: str) -> Screened:
    """Screen a note of the friend, of whom the member has this tie alone."""
    member = Member()
    screening = make_screening(
        book=shipped_phrasebook(),
        member=member,
        acquaintance=Acquaintance([tie], member),
        weights={},
    )
    asked = ContactRequest(id="r", network="linkedin", sender=FRIEND, note=note)
    return screening.screen([asked])[0]


def proposed_for(screened: Screened) -> set[Action]:
    """Return what the presets propose."""
    return {
        propose(policy, screened.request, screened.assessment).action
        for policy in POLICIES
    }


@pytest.mark.parametrize(("tie", "note"), list(product(TIES, NOTES)))
def test_a_known_person_is_not_led_by_danger_nor_reported(tie: Tie, note: str) -> None:
    screened = screened_from(tie, note)
    assert screened.assessment.leading_kind is not Kind.DANGER
    assert not proposed_for(screened) & {
        Action.REPORT_SPAM,
        Action.REPORT_UNKNOWN,
        Action.BLOCK,
    }


# Here danger or abuse may lead, since somebody else may have the friend's account; what
# is to be done about it is still the member's own affair.
GRAVE = [
    "Anbei die Rechnung als rechnung.exe, bitte heute noch öffnen.",
    "Klick mal hier: https://paypa1-login.example/konto ist das deins?",
    "Du Idiot, ich mach dich fertig. Ich weiß, wo du wohnst.",
]


@pytest.mark.parametrize(("tie", "note"), list(product(TIES, GRAVE)))
def test_a_known_person_is_left_to_the_member_where_it_looks_grave(
    tie: Tie, note: str
) -> None:
    assert proposed_for(screened_from(tie, note)) == {Action.HOLD}


def test_a_stranger_who_writes_the_same_is_not() -> None:
    screening = make_screening(
        book=shipped_phrasebook(),
        member=Member(),
        acquaintance=Acquaintance([], Member()),
        weights={},
    )
    asked = [
        ContactRequest(id=str(at), network="linkedin", sender=FRIEND, note=note)
        for at, note in enumerate(GRAVE)
    ]
    for request, screened in zip(asked, screening.screen(asked), strict=True):
        for policy in POLICIES:
            proposal = propose(policy, request, screened.assessment)
            assert proposal.action in {Action.REPORT_SPAM, Action.BLOCK}
