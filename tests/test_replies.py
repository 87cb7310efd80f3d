"""Letters from templates: nothing empty, nothing invented, nothing out of bounds."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import MEMBER, NOON, request, screening
from vorzimmer.cards import screen_together
from vorzimmer.form_of_address import Manner
from vorzimmer.model import Action, Channel, ContactRequest, Member, Person
from vorzimmer.replies import (
    LIMITS,
    SLOTS,
    Facts,
    Template,
    letter_facts,
    limits_for,
    render,
    shipped_templates,
)
from vorzimmer.replies.facts import Known
from vorzimmer.replies.limits import limit_of
from vorzimmer.replies.sample import sample_facts
from vorzimmer.replies.tidying import fit_fact, quote_around, tidied
from vorzimmer.screening import Screening

SHIPPED = tuple(shipped_templates().values())
COLLECTOR = "Gemeinsam erreichen wir mehr, Kontakte schaden nur dem, der keine hat!"
# Gaps: brackets, the word for nothing, doubled spaces, a space before a comma, an
# empty greeting, quotation marks with nothing between, two sentences' ends.
GAP = re.compile(
    r"[\[\]{}<>]|\bNone\b|\bnan\b|  | [,.;:!?]|\n{3}|^,|\A(?:Guten Tag|Hallo|Hello) ,"
    r"|„“|“”|\.\.|,\.|: *\.|\( *\)",
    re.MULTILINE,
)
SIGNS = st.text(
    st.sampled_from("aéßLü []{}<>\"'„“”(),.;:!?\n\t|\\%\u202e\u200b\ufeff🚀\0")
)
WORDS = st.sampled_from(
    [
        "None", "[Vorname]", "{{ name }}", "  ", "Muster  Verlag ,", "Eva Lüders",
        "Dr. Eva Lüders", "{% raw %}", "<b>x</b>", "nan", "Nord & Süd GmbH",
        "Muster Inc.",
    ]
)  # fmt: skip
OUTSIDE = st.none() | WORDS | SIGNS
PEOPLE = st.builds(
    Person,
    name=OUTSIDE,
    company=OUTSIDE,
    location=OUTSIDE,
    contacts_count=st.none() | st.integers(0, 10**7),
    visited_profile=st.none() | st.booleans(),
)
NOTES = (
    st.none()
    | SIGNS
    | st.sampled_from(
        [
            COLLECTOR,
            f"Hallo [Name], {COLLECTOR} https://kurz.example/x",
            "  Hallo ,  du ",
        ]
    )
)
REQUESTS = st.builds(
    ContactRequest,
    id=st.just("r"),
    sender=PEOPLE,
    network=st.sampled_from([None, "linkedin", "xing", "elsewhere"]),
    note=NOTES,
    sent_at=st.none() | st.just(NOON),
)


@cache
def the_screening() -> Screening:
    return screening()


def facts_of(asked: ContactRequest, manner: Manner, **more: Any) -> Facts:  # noqa: ANN401 - facts of any type
    (screened,) = screen_together([asked], the_screening())
    known = Known(assessment=screened.assessment, **{"member": MEMBER, **more})
    return letter_facts(asked, known, manner=manner)


def text_of(template: Template, facts: Facts) -> str:
    return render(
        template.body, facts, instead=template.instead, slots=template.slots
    ).text


# ---- No gaps -------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(
    asked=REQUESTS,
    typed=st.fixed_dictionaries({"person": WORDS | SIGNS, "reason": WORDS | SIGNS}),
    declined=st.none() | st.just(date(2026, 2, 12)),
    others=st.integers(0, 5),
    nobody=st.booleans(),
)
def test_no_template_and_no_facts_make_a_gap(
    *,
    asked: ContactRequest,
    typed: dict[str, str],
    declined: date | None,
    others: int,
    nobody: bool,
) -> None:
    more: dict[str, Any] = {
        "typed": typed,
        "declined_on": declined,
        "objected_on": declined,
        "others": others,
    }
    more["member"] = Member() if nobody else MEMBER
    facts = {manner: facts_of(asked, manner, **more) for manner in Manner}
    for template in SHIPPED:
        text = text_of(template, facts[template.manner])
        assert not GAP.search(text), (template.name, template.manner, text)
        assert len(text) > 100


@given(data=st.data())
def test_any_part_of_the_facts_makes_a_whole_letter(data: st.DataObject) -> None:
    template = data.draw(st.sampled_from(SHIPPED))
    every = sample_facts(template.manner)
    # The sender's name stands in the salutation, too.
    certain = {name for name, slot in SLOTS.items() if slot.is_certain}
    certain.add("sender_name")
    left_out = data.draw(st.sets(st.sampled_from(sorted(set(every) - certain))))
    facts = {name: value for name, value in every.items() if name not in left_out}
    text = text_of(template, facts)
    assert not GAP.search(text)
    for name in left_out:
        value = every[name]
        if isinstance(value, str) and len(value) > 8:
            assert value not in text


@settings(max_examples=60, deadline=None)
@given(asked=REQUESTS, manner=st.sampled_from(Manner))
def test_words_are_quoted_only_if_they_stand_in_the_note(
    asked: ContactRequest, manner: Manner
) -> None:
    quote = facts_of(asked, manner).get("quote")
    if quote:
        assert str(quote) in (asked.note or "")
        for template in SHIPPED:
            if template.manner is manner and "quote" in template.slots:
                assert str(quote) in text_of(template, facts_of(asked, manner))


def test_the_letter_to_a_collector_quotes_counts_and_points_to_reading() -> None:
    asked = request(COLLECTOR, contacts_count=12_400, visited_profile=False)
    facts = facts_of(asked, Manner.SIE, others=4)
    text = text_of(shipped_templates()["collector", Manner.SIE], facts)
    assert f"Sie schreiben: „{COLLECTOR[:-1]}“." in text
    assert "12.400 Kontakte" in text
    assert "nicht angesehen" in text
    assert "auch von anderen" in text
    assert "https://" in text


def test_what_is_not_known_is_not_claimed() -> None:
    asked = request("", contacts_count=80, visited_profile=None)
    text = text_of(
        shipped_templates()["collector", Manner.SIE], facts_of(asked, Manner.SIE)
    )
    for claim in ("schreiben: ", "Kontakte.", "angesehen", "von anderen"):
        assert claim not in text


def test_the_law_is_named_only_where_it_holds() -> None:
    objection = shipped_templates()["objection", Manner.SIE]
    asked = request("Nur noch heute: 30 % auf alle Lizenzen")
    berlin = facts_of(asked, Manner.SIE, member=Member(location="Berlin, Deutschland"))
    vienna = facts_of(asked, Manner.SIE, member=Member(location="Wien, Österreich"))
    zurich = facts_of(asked, Manner.SIE, member=Member(location="Zürich, Schweiz"))
    assert "§ 7 UWG" in text_of(objection, berlin)
    assert "§ 7 UWG" not in text_of(objection, vienna)
    assert "Art. 21 Abs. 2 DSGVO" in text_of(objection, vienna)
    assert "DSGVO" not in text_of(objection, zurich)


@pytest.mark.parametrize(
    "location",
    ["Providence, Rhode Island, United States", "Malta, New York", "Rhode Island", ""],
)
def test_no_law_of_europe_is_quoted_from_elsewhere(location: str) -> None:
    facts = facts_of(request("Hi"), Manner.ENGLISH, member=Member(location=location))
    assert facts.keys().isdisjoint({"in_germany", "in_europe"})


def test_a_danger_is_never_quoted() -> None:
    note = "Bitte bestätigen Sie Ihr Passwort hier, sonst wird Ihr Konto gesperrt"
    assert "quote" not in facts_of(request(note), Manner.SIE)


def test_a_number_that_a_network_caps_is_told_as_such() -> None:
    facts = facts_of(request("", contacts_count=500), Manner.ENGLISH)
    assert facts["contacts_count"] == "more than 500"
    assert "contacts_count" not in facts_of(
        request("", contacts_count=499), Manner.ENGLISH
    )


# ---- Each language is right ----------------------------------------------------------


@pytest.mark.parametrize("template", SHIPPED, ids=lambda each: each.file)
def test_a_letter_speaks_one_language_and_one_form(template: Template) -> None:
    text = text_of(template, sample_facts(template.manner))
    familiar = re.compile(r"\b(?:du|dich|dir|dein\w*)\b", re.IGNORECASE)
    formal = re.compile(r"\b(?:Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b")
    if template.manner is Manner.SIE:
        assert formal.search(text)
        assert not familiar.search(text)
        assert text.endswith("Freundliche Grüße\nClara Winter")
    elif template.manner is Manner.DU:
        assert familiar.search(text)
        # "Sie" is the request, or the message, only at the beginning of a sentence.
        assert not re.search(r"(?<![.!?:;] )(?<!\n)\b(?:Sie|Ihnen|Ihr\w*)\b", text)
    else:
        assert not re.search(r"\b(?:und|Sie|Ihre|nicht|ich)\b|[äöüß](?!ders)", text)


@pytest.mark.parametrize("name", sorted({each.name for each in SHIPPED}))
def test_a_letter_is_the_same_in_all_its_manners(name: str) -> None:
    heads = [
        (each.action, each.kinds, each.is_for_blank, each.needs, each.slots)
        for each in SHIPPED
        if each.name == name
    ]
    assert len(heads) == len(Manner)
    assert len(set(heads)) == 1


def test_there_is_a_letter_for_each_action_that_takes_one() -> None:
    for action in (Action.ASK, Action.ANSWER, Action.DECLINE, Action.ACCEPT):
        assert any(each.action is action and not each.kinds for each in SHIPPED)


# ---- Length --------------------------------------------------------------------------


def test_length_is_counted_as_the_place_counts() -> None:
    units = limit_of("linkedin", Channel.MESSAGE)
    characters = limit_of("xing", Channel.MESSAGE)
    assert units.length("Grüße 🚀\r\n") == 9
    assert characters.length("Grüße 🚀\r\n") == 8
    assert units.left("x" * 8_001) == -1
    assert limit_of(None, Channel.MAIL).left("x" * 10**5) is None


def test_each_network_has_its_own_places() -> None:
    assert [each.most for each in limits_for("linkedin")] == [
        8000,
        200,
        300,
        1900,
        None,
    ]
    assert [each.most for each in limits_for("xing")] == [16_384, None]
    assert limits_for(None) == limits_for("elsewhere") == LIMITS


# ---- Words from outside --------------------------------------------------------------


@given(SIGNS)
def test_a_tidied_text_stays_as_it_is(text: str) -> None:
    assert tidied(tidied(text)) == tidied(text)


def test_facts_that_cannot_stand_in_a_letter_are_not_known() -> None:
    assert fit_fact("Nord & Süd GmbH") == "Nord & Süd GmbH"
    assert fit_fact("  Nord \n Süd ") == "Nord Süd"
    assert fit_fact("Muster Verlag ,") == "Muster Verlag"
    for unfit in (None, "", "None", "[Firma]", "a\u202eb", "x" * 90, "…", "🚀"):
        assert fit_fact(unfit) is None


def test_a_sentence_ends_with_one_stop_after_a_firm_that_has_its_own() -> None:
    facts = {**sample_facts(Manner.SIE), "company": "Muster Inc."}
    template = shipped_templates()["introduction-colleague", Manner.SIE]
    assert "bei Muster Inc. Vielleicht" in text_of(template, facts)
    assert tidied("warten ... und weiter ..") == "warten... und weiter."


def test_a_quote_is_a_clause_or_the_place_itself() -> None:
    note = "Guten Tag. Gemeinsam erreichen wir mehr, sagt man."
    assert quote_around(note, (21, 29)) == "Gemeinsam erreichen wir mehr, sagt man"
    clause = f"{'so ' * 40}, gemeinsam erreichen wir mehr, {'so ' * 40}"
    start = clause.index("gemeinsam")
    assert quote_around(clause, (start, start + 9)) == "gemeinsam erreichen wir mehr"
    long = "sehr " * 40 + "gemeinsam erreichen wir mehr " + "sehr " * 40
    start = long.index("gemeinsam")
    assert quote_around(long, (start, start + 28)) == "gemeinsam erreichen wir mehr"
    assert quote_around("Hallo [Name] gemeinsam mehr", (0, 27)) is None
    assert quote_around("Mehr auf kurz.example.com lesen", (0, 31)) is None
    assert quote_around("kurz", (2, 9)) is None
    many = "Hallo Eva, über 18.400 Menschen sind dabei. Viele Grüße, Rex"
    assert quote_around(many, (16, 22)) == "über 18.400 Menschen sind dabei"


def test_a_day_is_written_as_the_language_does() -> None:
    asked = ContactRequest(id="r", sent_at=datetime(2026, 3, 3, 12, tzinfo=UTC))
    assert facts_of(asked, Manner.SIE)["sent_on"] == "3. März 2026"
    assert facts_of(asked, Manner.ENGLISH)["sent_on"] == "3 March 2026"
