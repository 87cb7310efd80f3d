"""A draft as a whole: advice, mirror, questions, law hint."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vorzimmer.contact_card import Sort
from vorzimmer.drafts import (
    Advice,
    ContactCard,
    Draft,
    DraftError,
    Offer,
    Recipient,
    check,
)
from vorzimmer.drafts.draft import LONGEST_DRAFT, CardWord
from vorzimmer.drafts.draft_file import read_draft, read_recipient
from vorzimmer.drafts.mirror import sort_of
from vorzimmer.drafts.relevance import relevance_of
from vorzimmer.model import Channel, Kind

KATRIN = Recipient(
    name="Dr. Katrin Brandt",
    form="frau",
    headline="Leiterin Leergutlager",
    industry="Logistik",
    seeks=("Verpackungen",),
)
KIND = (
    "Guten Tag Frau Dr. Brandt, beim Lagertag in Kiel saßen wir am selben Tisch."
    " Wie zählen Sie in Bremen das Leergut?"
)
PITCH = (
    "Guten Tag Frau Dr. Brandt, wir unterstützen Unternehmen wie Ihres und liefern"
    " planbar qualifizierte Leads. Haben Sie 15 Minuten für ein Erstgespräch?"
)


def test_a_personal_note_can_be_sent() -> None:
    checked = check(KIND, KATRIN)
    assert (checked.advice, checked.findings) == (Advice.SEND, ())
    assert checked.mirror.kind is Kind.PERSONAL
    assert checked.relevance is None
    assert checked.law == ()


def test_advertising_is_better_not_sent_and_says_why_and_what_the_law_says() -> None:
    checked = check(PITCH, KATRIN)
    assert checked.advice is Advice.BETTER_NOT_SEND
    assert "It would be seen as advertising (" in str(checked.reasons[0])
    assert checked.mirror.evidence
    assert str(checked.reasons[1]).startswith("Most of all because of “")
    assert "§ 7 UWG" in str(checked.law[0])
    assert "no legal advice" in str(checked.law[-1])


def test_only_decisions_that_are_verified_are_named() -> None:
    words = " ".join(map(str, check(PITCH).law))
    assert "18 U 154/22" in words
    assert "23 C 120/25" in words
    assert "1 S 58/11" in words
    assert "7 U 24/23" not in words
    assert "Nürnberg" not in words


def test_an_offer_that_meets_the_recipient_is_to_be_mended_instead() -> None:
    offer = Offer(
        special="Die Kiste wiegt 900 Gramm",
        problem="Verpackungen gehen verloren",
        whom="Leergutlager mit mehreren Toren",
    )
    checked = check(PITCH, KATRIN, offer=offer)
    assert checked.relevance is not None
    assert checked.relevance.is_shown is True
    assert ("Verpackungen", "Verpackungen") in checked.relevance.shared
    assert checked.advice is Advice.MEND


SOUGHT = (
    "Guten Tag Frau Dr. Brandt, in Ihrem Profil steht, dass Sie Verpackungen suchen."
    " Wir bauen Kisten aus Holz. Wenn das in Frage kommt, schicke ich gern ein"
    " Datenblatt; wenn nicht, genügt keine Antwort."
)


def test_a_text_that_speaks_of_what_is_sought_is_relevant() -> None:
    found = relevance_of(Offer(), KATRIN, text=SOUGHT)
    assert (found.is_shown, found.shared) == (
        True,
        (("Verpackungen", "Verpackungen"),),
    )
    assert str(found.says) == (
        "Dr. Katrin Brandt seeks what the text speaks of: Verpackungen."
    )
    other = Recipient(name="Katrin", headline="Verpackungen", offers=("Verpackungen",))
    assert relevance_of(Offer(), other, text=SOUGHT).is_shown is None


def test_what_is_sought_may_be_offered_and_what_is_not_may_not() -> None:
    assert check(SOUGHT, KATRIN, channel=Channel.MESSAGE).advice is Advice.SEND
    sought = check(f"{PITCH} Auch Verpackungen!", KATRIN)
    assert sought.advice is Advice.MEND
    assert check(PITCH, KATRIN).advice is Advice.BETTER_NOT_SEND


def test_nothing_that_shows_relevance_is_told_honestly() -> None:
    offer = Offer(special="schnell", problem="wenig Leads", whom="Zahnärzte")
    found = relevance_of(offer, KATRIN)
    assert found.is_shown is False
    assert str(found.says) == (
        "Nothing shows that this is relevant to Dr. Katrin Brandt."
    )


@pytest.mark.parametrize(
    "text",
    [
        (
            "Dear Ms Brandt, I applied for the opening in your returns team. My"
            " background: five years of planning software, 40 % faster counts, a team"
            " of six. Could we have a quick call about how I can help?"
        ),
        (
            "Hello Ms Brandt, 8 years of logistics software. My experience: built a"
            " platform for 200 yards, cut costs by half. Resume: attached. 15-minute"
            " call?"
        ),
        (
            "Guten Tag Frau Brandt, ich suche eine neue Stelle in der Lagerplanung und"
            " habe in acht Jahren die Kosten um die Hälfte gesenkt. Haben Sie 15"
            " Minuten für ein Gespräch? Meinen Lebenslauf schicke ich gern."
        ),
    ],
)
def test_who_looks_for_work_is_helped_and_not_taken_for_a_seller(text: str) -> None:
    checked = check(text)
    assert checked.advice is Advice.MEND
    assert (checked.relevance, checked.law) == (None, ())
    assert "no_reason" not in {each.rule for each in checked.findings}


@pytest.mark.parametrize(
    "text",
    [
        f"{PITCH} Meine Bewerbung um Ihr Budget!",
        (
            "Hi Katrin, are you open to new opportunities? We deliver 30 qualified"
            " leads a month, guaranteed. Book a 15-minute call with me."
        ),
    ],
)
def test_a_word_of_applicants_makes_no_seller_one(text: str) -> None:
    assert check(text).advice is Advice.BETTER_NOT_SEND


def test_a_reason_of_ones_own_is_no_default_text_however_it_reads() -> None:
    text = (
        "Sehr geehrte Frau Brandt, die ausgeschriebene Stelle im Leergutlager hat mein"
        " Interesse geweckt. Ich freue mich über eine Vernetzung. Beste Grüße"
    )
    checked = check(text)
    assert checked.mirror.probabilities[Kind.STANDARD] >= 0.5
    assert checked.advice is Advice.SEND


def test_a_word_that_comes_twice_is_marked_twice() -> None:
    text = "Unser Ansatz ist innovativ. Und unsere Kiste ist innovativ, Frau Brandt."
    found = [each for each in check(text).findings if each.rule == "hype"]
    assert [each.quote for each in found] == ["innovativ", "innovativ"]
    assert found[0].span != found[1].span


def test_without_answers_the_three_questions_are_asked() -> None:
    found = relevance_of(Offer(special="schnell"), KATRIN)
    assert (found.missing, found.is_shown) == (("problem", "whom"), None)


def test_nothing_known_of_the_recipient_shows_nothing() -> None:
    offer = Offer(special="a", problem="b", whom="c")
    assert relevance_of(offer, Recipient(name="Jan")).is_shown is None


def test_what_the_contact_card_does_not_want_is_better_not_sent() -> None:
    card = ContactCard((Sort.REASON,), (), (Sort.OFFER,))
    checked = check(PITCH, Recipient(card=card))
    assert checked.mirror.under_card is not None
    assert checked.mirror.under_card.outcome is CardWord.UNWELCOME
    assert "The card says: please don't." in map(str, checked.reasons)
    kind = check(KIND, Recipient(card=card)).mirror.under_card
    assert kind is not None
    assert (kind.sort, kind.outcome) == (Sort.REASON, CardWord.WELCOME)


def test_an_offer_that_the_card_welcomes_is_not_held_against_the_writer() -> None:
    card = ContactCard((Sort.OFFER,), (), ())
    checked = check(PITCH, Recipient(card=card))
    assert checked.advice is not Advice.BETTER_NOT_SEND
    assert check(PITCH, Recipient()).advice is Advice.BETTER_NOT_SEND


@pytest.mark.parametrize(
    ("kind", "sort"),
    [
        (Kind.PERSONAL, Sort.REASON),
        (Kind.STANDARD, Sort.DEFAULT_TEXT),
        (Kind.SOLICITATION, Sort.OFFER),
        (Kind.RECRUITING, Sort.RECRUITING),
        (Kind.COLLECTOR, Sort.COLLECTING),
        (Kind.DANGER, None),
        (None, None),
    ],
)
def test_each_kind_is_a_sort_of_the_card(kind: Kind | None, sort: Sort | None) -> None:
    assert sort_of(Draft(text="a"), kind) is sort


def test_blank_is_blank_and_who_is_known_is_known_unless_advertising() -> None:
    friend = Recipient(is_acquainted=True)
    assert sort_of(Draft(text=" "), Kind.STANDARD) is Sort.BLANK
    assert sort_of(Draft(text="a", recipient=friend), None) is Sort.KNOWN
    assert sort_of(Draft(text="a", recipient=friend), Kind.SOLICITATION) is Sort.OFFER


def test_a_card_that_says_nothing_of_it_is_told() -> None:
    under = check(KIND, Recipient(card=ContactCard((), (), ()))).mirror.under_card
    assert under is not None
    assert under.outcome is CardWord.NOT_SAID
    assert "says nothing of a text like this" in str(under.says[0])


def test_the_languages_of_the_card_count() -> None:
    card = ContactCard((), (), (), languages=("en",))
    assert "other_language" in {
        each.rule for each in check(KIND, Recipient(card=card)).findings
    }
    both = Recipient(languages=("de",), card=card)
    assert "other_language" not in {each.rule for each in check(KIND, both).findings}


def test_where_no_rule_finds_a_fault_it_is_said_what_to_do() -> None:
    checked = check(
        "Hi Marcus, I loved your latest post. We should connect and see how we can help"
        " each other."
    )
    assert checked.advice is Advice.MEND
    assert checked.findings == ()
    assert str(checked.reasons[-1]).startswith("No rule finds a fault: write more")
    assert "No rule" not in str(check("Hi Marcus, let's connect!").reasons[-1])


def test_insults_are_never_to_be_sent() -> None:
    checked = check("Sie sind ein Idiot, Frau Brandt.")
    assert checked.advice is Advice.BETTER_NOT_SEND


def test_a_draft_longer_than_any_message_is_refused() -> None:
    with pytest.raises(DraftError, match="reads up to 20000"):
        Draft(text="a" * (LONGEST_DRAFT + 1))


def test_a_recipient_is_read_from_json() -> None:
    read = read_recipient(
        b'{"name": "Jan", "languages": ["de"], "is_acquainted": true,'
        b' "card": {"vorzimmer_contact_card": 1, "welcome": ["offer"]}}'
    )
    assert read.card == ContactCard((Sort.OFFER,), (), ())
    assert (read.languages, read.is_acquainted) == (("de",), True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "cannot be read"),
        (b'{"nam": "Jan"}', "cannot be read"),
        (b'{"form": "x"}', "cannot be read"),
        (b'{"card": {"policy": "open-door"}}', "This is no contact card"),
        (b" " * 70_000, "at most 64 kB"),
        (b'{"name": "\xff"}', "cannot be read"),
    ],
)
def test_what_is_no_recipient_is_told(content: bytes, words: str) -> None:
    with pytest.raises(DraftError, match=words):
        read_recipient(content)


def test_a_draft_is_read_from_json() -> None:
    read = read_draft(b'{"text": "a", "channel": "inmail", "offer": {"whom": "b"}}')
    assert read == Draft(text="a", channel=Channel.INMAIL, offer=Offer(whom="b"))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200), st.text(max_size=30))
def test_any_text_gets_advice_and_places_that_stand_in_it(text: str, name: str) -> None:
    checked = check(text, Recipient(name=name))
    for found in checked.findings:
        start, end = found.span or (0, 0)
        assert text[start:end] == found.quote
        assert all("{" not in str(each) for each in checked.reasons if "{" not in text)
    assert (checked.advice is Advice.SEND) == (
        not any(each.severity != "hint" for each in checked.findings)
        and "Nothing stands against it" in str(checked.reasons[0])
    )


def test_only_one_text_is_taken_at_a_time() -> None:
    import vorzimmer.drafts  # noqa: PLC0415 - its names are asked for

    assert [name for name in vorzimmer.drafts.__all__ if "many" in name] == []
