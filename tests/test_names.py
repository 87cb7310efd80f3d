from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.names import (
    SAME,
    company_key,
    first_name_of,
    fold,
    how_common,
    last_name_of,
    name_keys,
    plain_name,
    read_name,
    same_name,
)
from vorzimmer.names.words import (
    COMMON_FIRST,
    COMMON_LAST,
    LEGAL_FORMS,
    PARTICLES,
)

ONE_PERSON = [
    ("Hans Moser", "Johann Moser"),
    ("Fritz Egger", "Friedrich Egger"),
    ("Resi Pichler", "Theresia Pichler"),
    ("Jörg Sandvoß", "Joerg Sandvoss"),
    ("Jörg Sandvoß", "Jorg Sandvoss"),
    ("Joerg Mühlbrecht", "Jorg Muehlbrecht"),
    ("Søren Ågaard", "Soeren Aagaard"),
    ("Łukasz Żurawski", "Lukasz Zurawski"),
    ("İpek Işıldak", "Ipek Isildak"),
    ("Сергей Воронцов", "Sergej Voroncov".replace("c", "ts")),
    ("Алексей Демидов", "Alexey Demidov"),
    ("Γιώργος Λάσκαρης", "Giorgos Laskaris"),
    ("Zoë Hülsebeck", "Zoe Huelsebeck"),
    ("Dr. Maren Voigtländer", "Maren Voigtlaender"),
    ("Prof. Dr. rer. nat. Maren Voigtländer", "Maren Voigtländer, MBA"),
    ("Dipl.-Ing. (FH) Franz Oberlechner", "Franz Oberlechner M.Sc."),
    ("Mag. Eva Oberlechner, LL.M.", "Oberlechner, Eva"),
    ("Eva Dr. Oberlechner", "Eva Oberlechner, CFA, Ph.D."),
    ("✨ Lena Brinkhues 🚀", "Lena Brinkhues"),
    ("Lena Brinkhues | Coach | Speaker", "Lena Brinkhues (she/her)"),
    ("Robert “Bob” Tannwald", "Robert Tannwald"),
    ("𝐋𝐞𝐧𝐚 Brinkhues", "Lena Brink\u200bhues"),
    ("Аnnа Brinkhues", "Anna Brinkhues"),
    ("Anna Thiele-Wittkamp", "Anna Thiele"),
    ("Anna Thiele-Wittkamp", "Anna Wittkamp"),
    ("Karl-Heinz Brömmelhaus", "Karlheinz Broemmelhaus"),
    ("Otto Graf von Hallwyl", "Otto von Hallwyl"),
    ("Ursula von der Heydte", "Heydte, Ursula von der"),
    ("Maria Cisneros Beltrán", "María Cisneros"),
    ("José Ortega y Ruizgómez", "Jose Ortega Ruizgomez"),
    ("Paul Erik Nothdurft", "Paul Nothdurft"),
    ("Paul E. Nothdurft", "Paul Erik Nothdurft"),
    ("Tom Nothdurft", "Thomas Nothdurft"),
    ("Nothdurft Paul", "Paul Nothdurft"),
    ("Seán O'Dreaken", "Sean O’Dreaken"),
    ("García Luengo, Gabriel", "Gabriel García Luengo"),
    ("Katja Wosnessenski", "Katya Wosnessenski"),
]
TWO_PEOPLE = [
    ("Svantje Petersen", "Svantje Holm"),
    ("Michael Nothdurft", "Michał Nothdurft"),
    ("Jörg Weiß", "Jörg Weise"),
    ("Anna Schmidt", "Anna Schmitt"),
    ("Thomas Martin", "Martin Thomas"),
    ("Paul Erik Nothdurft", "Paul Adam Nothdurft"),
    ("Paul E. Nothdurft", "Paul A. Nothdurft"),
    ("P. Nothdurft", "Paul Nothdurft"),
    ("Paul N.", "Paul Nothdurft"),
    ("Anna Thiele-Wittkamp", "Anna Thiele-Rombach"),
    ("Otto von Hallwyl", "Otto van Hallwyl"),
    ("Anna Maria Brinkhues", "Anna Maria"),
    ("Anna", "Anna"),
    ("", ""),
    ("🚀", "🚀"),
    ("Dr.", "Dr."),
]

syllables = st.sampled_from(
    ["an", "ber", "dö", "fü", "gra", "hel", "jä", "ka", "lo", "mün", "no", "ruß", "te"]
)
words = st.lists(syllables, min_size=2, max_size=4).map("".join).map(str.title)
names = st.builds("{} {}".format, words, words)
anything = st.text(max_size=60) | names


@pytest.mark.parametrize(("one", "two"), ONE_PERSON)
def test_forms_of_one_name_are_the_same(one: str, two: str) -> None:
    assert same_name(one, two) >= SAME
    assert set(name_keys(one)) & set(name_keys(two))


@pytest.mark.parametrize(("one", "two"), TWO_PEOPLE)
def test_names_of_two_people_are_not_the_same(one: str, two: str) -> None:
    assert same_name(one, two) < SAME


@given(anything, anything)
def test_being_the_same_is_symmetric(one: str, two: str) -> None:
    assert same_name(one, two) == same_name(two, one)


@given(anything)
def test_a_full_name_is_its_own_and_others_are_nobodys(name: str) -> None:
    read = read_name(name)
    assert same_name(name, name) == (1.0 if read and read.family else 0.0)


@given(names)
def test_transliteration_changes_no_name(name: str) -> None:
    pairs = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
    written_out = name
    for letter, pair in pairs.items():
        written_out = written_out.replace(letter, pair)
        written_out = written_out.replace(letter.upper(), pair.title())
    assert plain_name(written_out) == plain_name(name)
    assert same_name(name, written_out) == same_name(written_out, name) == 1.0


@given(names, names)
def test_names_that_are_the_same_share_a_key(one: str, two: str) -> None:
    first, last = one.split()
    for name in (two, f"{one}-{last}", f"{one}-{two}", f"{first} {two}"):
        if same_name(one, name) >= SAME:
            assert set(name_keys(one)) & set(name_keys(name))


@given(names, st.sampled_from(["Dr. {}", "{}, MBA", "{} 🚀", "Prof. Dr. {} (er/ihm)"]))
def test_decorations_change_no_name(name: str, form: str) -> None:
    assert same_name(name, form.format(name)) == 1.0


@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error(text: str) -> None:
    read = read_name(text)
    assert read is None or read.first
    assert all(isinstance(key, str) for key in name_keys(text))
    assert 0.0 <= how_common(text) <= 1.0
    assert company_key(text) == " ".join(company_key(text).split())


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Dr. Jörg Sandvoß", "Jörg", "Sandvoß"),
        ("Ursula von der Heydte", "Ursula", "von der Heydte"),
        ("Heydte, Ursula von der", "Ursula", "von der Heydte"),
        ("Karl-Heinz Brömmelhaus, MBA", "Karl-Heinz", "Brömmelhaus"),
        ("José Ortega y Ruizgómez", "José", "Ortega y Ruizgómez"),
        ("John E. Marlowe", "John", "Marlowe"),
        ("Steffi Graf", "Steffi", "Graf"),
        ("Jack Ma", "Jack", "Ma"),
        ("Dr. Phil Weatherby", "Phil", "Weatherby"),
        ("Svantje", "Svantje", None),
        ("🚀", None, None),
        ("", None, None),
    ],
)
def test_first_and_last_names_are_told_apart(
    name: str, first: str | None, last: str | None
) -> None:
    assert first_name_of(name) == first
    assert last_name_of(name) == last


def test_how_common_a_name_is_counts_both_halves() -> None:
    assert how_common("Thomas Müller") == 1.0
    assert how_common("Müller Thomas") == 1.0
    assert how_common("Tom Mueller") == 1.0
    assert how_common("Thomas Nothdurft") == 0.5
    assert how_common("Svantje Müller") == 0.5
    assert how_common("Svantje Nothdurft") == 0.0
    assert how_common("Thomas Müller-Nothdurft") == 0.5


def test_half_a_name_is_as_common_as_can_be() -> None:
    assert how_common("Svantje") == 1.0
    assert how_common("") == 1.0


def test_the_lists_hold_plain_words() -> None:
    lists = (COMMON_FIRST, COMMON_LAST, PARTICLES, LEGAL_FORMS)
    for word in frozenset().union(*lists):
        assert word.isascii()
        assert word.islower()
    assert {fold(word) for word in PARTICLES} == PARTICLES


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Nordlicht Logistik GmbH", "NORDLICHT LOGISTIK"),
        ("Müller, Brandt & Co. KG", "Mueller Brandt"),
        ("Weber & Söhne AG", "Weber und Soehne"),
        ("Wexford Systems, Inc.", "wexford systems"),
        ("Wexford Deutschland GmbH", "Wexford"),
        ("Ząbki Sp. z o.o.", "Zabki"),
        ("Turnfreunde e.V.", "Turnfreunde"),
        ("Wexford (now Marlowe)", "Wexford Group"),
        ("Lefèvre S.A.S.", "Lefevre"),
    ],
)
def test_companies_are_the_same_across_legal_forms(one: str, two: str) -> None:
    assert company_key(one) == company_key(two) != ""


def test_different_companies_stay_different() -> None:
    assert company_key("Wexford Energy AG") != company_key("Wexford AG")


@pytest.mark.parametrize("company", ["", "Freelance", "Selbstständig", "self-employed"])
def test_working_for_oneself_is_no_company(company: str) -> None:
    assert company_key(company) == ""
