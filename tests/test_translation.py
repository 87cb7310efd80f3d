"""Every text that people see is there in German, and fits."""

from __future__ import annotations

import re
import runpy
import string
import subprocess
import sys
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.fact_words import FACTS, QUESTIONS
from vorzimmer.language_names import environment_language
from vorzimmer.model import Action, Kind, Person, Sentence, say
from vorzimmer.policy import Clause, Condition, Range
from vorzimmer.policy_file import preset_policies
from vorzimmer.questions import ANSWERS
from vorzimmer.signals import all_signals
from vorzimmer.translation import (
    ACTIONS,
    KINDS,
    best_language,
    conditions,
    translator,
)

ROOT = Path(__file__).parent.parent
PO = ROOT / "src/vorzimmer/locale/de/LC_MESSAGES/vorzimmer.po"
DE = translator("de")
EN = translator("en")
# The German "Sie" is polite; these words are not, except where quoted.
IMPOLITE = re.compile(r"\b(?:du|dich|dir|dein(?:e[mnrs]?)?|fake|gefälscht\w*)\b")

# One word for each thing, that of the glossary; these were once used beside it.
OTHER_WORDS = re.compile(
    r"\b(?:Klausel|Regelwerk|Richtlinie|Schreibtisch|Sitzung|Rückfrage|Entwurfsprüfer)"
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="de")


def test_the_catalogue_holds_every_message_and_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main = runpy.run_path(str(ROOT / "tools/make_translations.py"))["main"]
    monkeypatch.setattr(sys, "argv", ["make_translations.py", "--check"])
    assert (main(), capsys.readouterr().err) == (0, "")


def test_german_has_one_word_for_each_thing(catalog: Catalog) -> None:
    texts = [text for message in catalog for text in several(message.string)]
    # The texts of the desk itself, and not those that the sample's people write.
    data = [*(ROOT / "src/vorzimmer").glob("*.toml")]
    data += (ROOT / "src/vorzimmer/policies").glob("*.toml")
    texts += [path.read_text("utf-8") for path in data]
    assert [text[:200] for text in texts if OTHER_WORDS.search(text)] == []


def test_no_german_is_impolite_or_calls_anybody_fake(catalog: Catalog) -> None:
    texts = [text for message in catalog for text in several(message.string)]
    assert [text for text in texts if IMPOLITE.search(text)] == []


def test_no_german_has_slots_that_the_english_has_not(catalog: Catalog) -> None:
    for message in catalog:
        english = set().union(*(slots(each) for each in several(message.id)))
        for text in several(message.string):
            assert slots(text) <= english, text


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_short_label_in_both_languages(kind: Kind) -> None:
    assert 0 < len(EN.kind(kind)) <= 20
    assert 0 < len(DE.kind(kind)) <= 20


def test_every_kind_action_and_fact_has_a_label_of_its_own() -> None:
    assert set(KINDS) == set(Kind)
    assert set(ACTIONS) == set(Action)
    assert set(FACTS) == set(QUESTIONS) == {each.name for each in fields(Person)}
    for language in (DE, EN):
        assert len({language.kind(each) for each in Kind}) == len(Kind)
        assert len({language.action(each) for each in Action}) == len(Action)
        assert len({language.fact(each) for each in FACTS}) == len(FACTS)


@pytest.mark.parametrize("fact", ANSWERS)
def test_every_question_that_can_be_asked_is_a_question(fact: str) -> None:
    assert EN.fact_question(fact).endswith("?")
    assert DE.fact_question(fact).endswith("?")
    assert DE.fact_question(fact) != EN.fact_question(fact)


def test_labels_of_actions_are_imperatives() -> None:
    assert DE.action(Action.ACCEPT) == "Annehmen"
    assert DE.action(Action.REPORT_UNKNOWN) == "Als unbekannt melden"
    assert EN.action(Action.HOLD) == "Look yourself"


def test_clauses_of_presets_are_translated_and_own_ones_are_not() -> None:
    for policy in preset_policies().values():
        for clause in policy.clauses:
            assert DE.clause(clause.name) != clause.name
            assert EN.clause(clause.name) == clause.name
    assert DE.clause("Meine eigene Regel") == "Meine eigene Regel"
    assert EN.clause("otherwise") == "no clause applies"


def test_every_signal_has_a_german_title_without_a_full_stop() -> None:
    for signal in all_signals():
        assert DE.title(signal) != EN.title(signal)
        assert not DE.title(signal).endswith(".")


def test_a_sentence_is_translated_with_its_slots_in_the_form_of_the_language() -> None:
    sentence = say("{done} of {total}", done=12_345, total=date(2024, 3, 14))
    assert DE.say(sentence) == "12.345 von 14. März 2024"
    assert EN.say(sentence) == "12,345 of 14 March 2024"


def test_a_sentence_on_a_line_of_its_own_begins_with_a_capital() -> None:
    assert DE.line(say("no note")) == "Ohne Text"
    assert EN.line(say("no note")) == "No note"
    assert DE.line(say("{count} contacts", count=3)) == "3 Kontakte"


@pytest.mark.parametrize(
    ("condition", "german", "english"),
    [
        (("danger", Range(0.125, None)), "Gefahr: mindestens 12,5\u00a0%", "12.5%"),
        (("known", Range(None, 0.35)), "Ihnen bekannt: unter 35\u00a0%", "below 35%"),
        (("contacts_count", Range(5, 9)), "mindestens 5, unter 9", "at least 5, below"),
        (("has_picture", False), "Bild: nein", "Picture: no"),
        (
            ("note", ("blank", "unknown")),
            "Text: keiner oder nicht",
            "none or not known",
        ),
        (("network", ("xing",)), "Netzwerk: xing", "Network: xing"),
    ],
)
def test_the_conditions_of_a_clause_are_said_in_words(
    condition: tuple[str, Condition], german: str, english: str
) -> None:
    clause = Clause("a clause", Action.HOLD, (condition,))
    assert german in " ".join(conditions(clause, DE))
    assert english in " ".join(conditions(clause, EN))


def test_a_sentence_that_nobody_translated_stays_english() -> None:
    sentence = Sentence("Nobody wrote {count} of these", (("count", 3),))
    assert DE.say(sentence) == "Nobody wrote 3 of these"


def test_words_of_others_stay_to_the_letter() -> None:
    assert DE.say("Undo {this} {0} {") == "Undo {this} {0} {"


@given(st.text())
def test_what_stands_in_a_slot_is_never_read_as_a_template(text: str) -> None:
    assert text in EN.say(say("“{quote}”", quote=text))


def test_dates_in_slots_may_be_months_or_years() -> None:
    day = date(2024, 3, 14)
    sentence = say("{day:%B %Y} {day:%Y} {share:.0%}", day=day, share=0.4)
    assert DE.say(sentence) == "März 2024 2024 40\N{NO-BREAK SPACE}%"
    assert EN.say(sentence) == "March 2024 2024 40%"


def test_messages_take_slots_and_plurals_count() -> None:
    assert DE("Undo") == "Rückgängig"
    assert DE("Undo: {name}", name="Jörg {x}") == "Rückgängig: Jörg {x}"
    assert DE.plural("{count} request", "{count} requests", 1) == "1 Anfrage"
    assert DE.plural("{count} request", "{count} requests", 0) == "0 Anfragen"
    assert EN.plural("{count} request", "{count} requests", 1) == "1 request"
    assert EN.plural("{count} request", "{count} requests", 2_000) == "2000 requests"


@pytest.mark.parametrize(
    ("day", "is_short", "german", "english"),
    [
        (date(2024, 3, 1), False, "1. März 2024", "1 March 2024"),
        (date(2024, 3, 1), True, "01.03.2024", "1 Mar 2024"),
        (datetime(2024, 3, 1, 12, tzinfo=UTC), True, "01.03.2024", "1 Mar 2024"),
    ],
)
def test_dates(
    day: date,
    is_short: bool,  # noqa: FBT001 - a column of the table
    german: str,
    english: str,
) -> None:
    assert DE.date(day, short=is_short) == german
    assert EN.date(day, short=is_short) == english


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        (2019, "2019", "2019"),
        (12_345, "12.345", "12,345"),
        (1.5, "1,5", "1.5"),
        (-2.256, "−2,26", "−2.26"),
        (-3, "−3", "−3"),
        (0, "0", "0"),
    ],
)
def test_numbers(value: float, german: str, english: str) -> None:
    assert DE.number(value) == german
    assert EN.number(value) == english


def test_numbers_have_as_many_decimals_as_the_words_ask_for() -> None:
    words = say("{rate:.1f} of {usual}", rate=4.0, usual=4.0)
    assert DE.say(words) == "4,0 of 4"
    assert EN.say(words) == "4.0 of 4"


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0.0, "0%"), (0.0001, "1%"), (0.5, "50%"), (0.9999, "99%"), (1.0, "100%")],
)
def test_only_certainty_is_shown_as_0_or_100_per_cent(share: float, shown: str) -> None:
    assert EN.percent(share) == shown


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("en-GB", "en"),
        ("fr, de;q=0.4, en;q=0.6", "en"),
        ("DE", "de"),
        ("fr-FR", "en"),
        ("de;q=0", "en"),
        ("de;q=nonsense", "en"),
        ("*", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_browser_chooses_the_language(header: str | None, language: str) -> None:
    assert best_language(header) == language


@given(st.text(max_size=100))
def test_any_header_leads_to_a_language_that_there_is(header: str) -> None:
    assert best_language(header, default="de") in {"de", "en"}


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LC_MESSAGES": "de", "LANG": "en_US"}, "de"),
        ({"LC_ALL": "", "LANG": "de.UTF-8"}, "de"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "fr_FR"}, "en"),
        ({}, "en"),
    ],
)
def test_the_terminal_chooses_the_language(
    environment: dict[str, str], language: str
) -> None:
    assert environment_language(environment) == language


def test_a_language_that_there_is_not_becomes_english() -> None:
    assert translator("tlh").language == "en"


def test_english_needs_no_babel() -> None:
    code = (
        "import sys; from vorzimmer.translation import translator;"
        "translator('en')('Undo: {name}', name='x'); assert 'babel' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own


def several(text: object) -> tuple[str, ...]:
    if isinstance(text, str):
        return (text,)
    assert isinstance(text, tuple | list)
    return tuple(text)


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
