"""Notes are told apart by language, few or many alike; the unsure stay unsure."""

from __future__ import annotations

import sys

import pytest
from babel import Locale
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from vorzimmer.language_names import NAMES
from vorzimmer.languages import (
    LANGUAGES,
    SURE,
    _identifier,
    _language_of,
    language_of,
    languages_named,
    languages_of,
)

NOTES = {
    "de": "Guten Tag Frau Thießen, wir saßen beim Frühstück in Lübeck am selben Tisch.",
    "en": "Hi Maren, we shared a table at breakfast in Lübeck and talked about pumps.",
    "fr": "Bonjour Madame, nous étions assises à la même table au petit déjeuner.",
    "it": "Buongiorno, ci siamo conosciuti a colazione, allo stesso tavolo, a Lubecca.",
    "es": "Buenos días, nos conocimos en el desayuno y hablamos de bombas de agua.",
    "pt": "Bom dia, conhecemo-nos ao pequeno-almoço e falámos sobre bombas de água.",
    "nl": "Goedemorgen, we zaten bij het ontbijt aan dezelfde tafel en spraken erover.",
    "pl": "Dzień dobry, siedzieliśmy przy śniadaniu przy tym samym stole w Lubece.",
    "tr": "Merhaba Maren Hanım, kahvaltıda aynı masada oturmuştuk, bağlantı kuralım.",
    "cs": "Dobrý den, seděli jsme u snídaně u stejného stolu a mluvili o čerpadlech.",
    "hu": "Jó napot, a reggelinél ugyanannál az asztalnál ültünk, és beszélgettünk.",
    "sv": "Hej Maren, vi satt vid samma bord under frukosten och pratade om pumpar.",
    "ru": "Добрый день, мы сидели за одним столом за завтраком и говорили о насосах.",
    "uk": "Добрий день, ми сиділи за одним столом на сніданку й говорили про насоси.",
    "el": "Καλημέρα, καθόμασταν στο ίδιο τραπέζι στο πρωινό και μιλήσαμε για αντλίες.",
    "ar": "صباح الخير، جلسنا على نفس الطاولة أثناء الإفطار وتحدثنا عن المضخات.",
    "he": "בוקר טוב, ישבנו באותו שולחן בארוחת הבוקר ודיברנו על משאבות מים.",
    "ja": "おはようございます。朝食の時に同じテーブルに座りましたね。",
    "ko": "안녕하세요, 아침 식사 때 같은 테이블에 앉았던 사람입니다.",
    "zh": "早上好，我们早餐时坐在同一张桌子旁，聊过水泵的事情。",
}


@pytest.mark.parametrize("code", NOTES)
def test_a_note_is_told_by_its_language(code: str) -> None:
    assert language_of(NOTES[code]) == code


@pytest.mark.parametrize(
    "note", ["", "Hallo", "ok", "👍👍", "12 345", "Hi, CEO @ ACME"]
)
def test_too_little_stays_unsure(note: str) -> None:
    assert language_of(note) is None


def test_a_request_without_a_known_note_has_no_language() -> None:
    assert language_of(None) is None


def test_links_and_addresses_count_for_nothing() -> None:
    links = "https://www.example.com/die/ganze/deutsche/strecke/mit/vielen/worten"
    assert language_of(f"{links} jo.meier-schmidt@beispiel-firma.example") is None
    assert language_of(f"{NOTES['tr']} {links}") == "tr"


def test_a_long_text_says_its_language_early() -> None:
    assert language_of(NOTES["pl"] * 50_000) == "pl"


def test_many_get_the_same_answers_as_each_alone() -> None:
    texts = [
        None,
        "",
        "Hallo",
        *NOTES.values(),
        *(each.upper() for each in NOTES.values()),
    ]
    assert languages_of(texts) == [language_of(text) for text in texts]


@settings(max_examples=60)
@given(st.lists(st.text(max_size=120), max_size=5))
def test_whatever_comes_in_many_and_one_agree(texts: list[str]) -> None:
    assert languages_of(texts) == [language_of(text) for text in texts]


@settings(max_examples=60)
@given(st.text("abcdeghinrstu äß", min_size=12, max_size=100))
def test_the_compiled_loop_says_what_the_library_says(text: str) -> None:
    assume(sum(each.isalpha() for each in text) >= 12)
    code, probability = _identifier().classify(text)
    assert languages_of([text]) == [code if probability >= SURE else None]


@pytest.mark.parametrize("code", NOTES)
def test_the_library_alone_tells_a_note_as_well(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "numba", raising=False)
    _language_of.cache_clear()
    assert language_of(NOTES[code]) == code
    _language_of.cache_clear()


def test_languages_are_known_by_many_names() -> None:
    words = ["German (native)", "Französisch", "Türkçe", "en", "Klingon", ""]
    assert languages_named(words) == {"de", "fr", "tr", "en"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_is_known_by_its_code(code: str) -> None:
    assert languages_named([code]) == {code}


@pytest.mark.parametrize("code", ["de", "hi", "no", "tr", "zh"])
def test_languages_have_the_names_that_babel_knows(code: str) -> None:
    names = (Locale(each).languages.get(code) for each in ("de", "en", "fr", code))
    assert set(NAMES[code]) == {str(name).casefold() for name in names if name}


def test_every_language_has_names_and_no_two_share_one() -> None:
    names = [name for each in NAMES.values() for name in each]
    assert tuple(NAMES) == LANGUAGES
    assert all(NAMES.values())
    assert len(set(names)) == len(names)
