"""The phrasebook: its wordings are well formed, and both engines find the same."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.phrases import (
    Phrase,
    Phrasebook,
    read_family,
    search_form,
    shipped_phrases,
)
from vorzimmer.text import normalise

# Look-around, back-references, anchors, and classes that a line break belongs to:
# what the engines read differently, or what could reach into the next note.
_FORBIDDEN = re.compile(
    r"(?<!\\)\(\?[^:]|\\[0-9sWDBbAZ]|(?<![\\\[])\^|\[\^(?!\\n)|(?<!\\)\$"
)
_SOURCES = sorted(
    (each for each in (files("vorzimmer") / "phrasebook").iterdir()),
    key=lambda each: each.name,
)


def phrase(pattern: str, family: str = "test", strength: float = 0.8) -> Phrase:
    return Phrase(family, "", pattern, strength, "a test")


@cache
def small_book() -> Phrasebook:
    return Phrasebook(
        [
            phrase("kontakte? knüpfen"),
            phrase("über (uns|euch)"),
            phrase("schöne grüsse"),
            phrase("(kurzer|kurzes) .{0,12}gespräch"),
            phrase("[0-9]{2,5} (kontakte|contacts)"),
            phrase("(we|i) (really |just )*met( you)?"),
            phrase("мой друг"),
            phrase("r[eé]seau pro"),
            phrase("ağım"),
        ]
    )


@cache
def _explained() -> tuple[re.Pattern[bytes], ...]:
    return tuple(re.compile(each.expression) for each in shipped_phrases())


def _problems(each: Phrase) -> Iterator[str]:
    plain = re.sub(r"\\.", "", each.pattern)
    if _FORBIDDEN.search(each.pattern):
        yield "read differently by the two engines, or reaches into the next note"
    if re.search(r"\[[^\]]*[äöü]", each.pattern):
        yield "an umlaut in a class does not match its transliteration"
    if "ß" in plain or plain != plain.lower() or set("‘’‚´`“”„«»–—") & set(plain):
        yield "a sign that is in no normal form"
    if "  " in plain:
        yield "two blanks, which are in no normal form"
    if re.fullmatch(each.pattern, ""):
        yield "matches nothing at all"
    if not each.provenance.strip() or not re.fullmatch("|[a-z]{2}", each.language):
        yield "does not say where it comes from, or its language"
    if not 0 < each.strength <= 1:
        yield "a strength out of range"


def test_every_wording_is_well_formed() -> None:
    found = {each.pattern: list(_problems(each)) for each in shipped_phrases()}
    assert {pattern: why for pattern, why in found.items() if why} == {}


@pytest.mark.parametrize(
    "pattern",
    [
        "ab(?=c)",
        r"(a)\1",
        "^ab",
        "ab$",
        "a[^b]",
        r"a\sb",
        "a[ä]",
        "Ab",
        "aß",
        "a?",
        "a  b",
    ],
)
def test_a_wording_that_is_not_well_formed_is_found_out(pattern: str) -> None:
    assert list(_problems(phrase(pattern)))


def test_no_wording_stands_in_the_book_twice() -> None:
    # Headlines are searched apart from notes, so their families may share wordings.
    counted = Counter(
        (each.pattern, each.family.endswith("_headline")) for each in shipped_phrases()
    )
    assert [pattern for pattern, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("source", _SOURCES, ids=lambda each: each.name)
def test_a_family_says_what_its_wordings_do(source: Traversable) -> None:
    text = source.read_text("utf-8")
    assert tomllib.loads(text)["about"].endswith(".")
    assert len(read_family("any", text)) >= 8


@st.composite
def _notes(draw: st.DrawFn) -> str:
    """Return a note made of wordings of the book, halves of them, and other words."""
    parts: list[str] = []
    for each in draw(st.lists(st.sampled_from(shipped_phrases()), max_size=3)):
        words = re.findall(r"[^\W_]+(?:'[a-z]+)?", each.pattern)
        parts += draw(st.lists(st.sampled_from(words), max_size=5)) if words else []
        parts.append(draw(st.sampled_from(_examples(each.pattern))))
    parts += draw(st.lists(st.text("aeä. ,'\n", max_size=4), max_size=3))
    return normalise(
        draw(st.sampled_from([" ", ", "])).join(draw(st.permutations(parts)))
    )


@cache
def _examples(pattern: str) -> tuple[str, str]:
    """Return two strings that the wording may match."""
    return _example(pattern, 0), _example(pattern, -1)


def _example(pattern: str, branch: int) -> str:
    """Return a string that takes one branch of each bracket, and what it repeats."""
    text, before = pattern, ""
    while before != text:
        before = text
        text = re.sub(
            r"(?<!\\)\((?:\?:)?([^()\\]*)\)[?*]?",
            lambda found: found[1].split("|")[branch],
            text,
        )
    text = re.sub(r"\[([^\]]).*?\](?:\{\d[^}]*\}|[+*?])?", r"\1\1", text)
    return re.sub(r"\.\{[^}]*\}|\\w\+?|[?*+]|\{[^}]*\}|\\", " ", text)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_notes(), max_size=3))
def test_both_engines_find_the_same_wordings(notes: list[str]) -> None:
    expected = [
        tuple(
            number
            for number, pattern in enumerate(_explained())
            if pattern.search(search_form(note))
        )
        for note in notes
    ]
    assert shipped_phrasebook().scan(notes) == expected


def test_the_examples_of_the_test_above_do_occur() -> None:
    examples = [
        normalise(text)
        for each in shipped_phrases()
        for text in _examples(each.pattern)
    ]
    found = shipped_phrasebook().scan(examples)
    assert sum(map(bool, found)) > len(found) / 2


_PIECES = """
    kontakte kontakt knüpfen knuepfen knupfen über uns uber euch schöne schoene grüsse
    kurzes kurzer gespräch gespraech 12 345 contacts we i really just met you мой друг
    réseau reseau pro ağım agim , . x
"""


@given(
    st.lists(
        st.lists(st.sampled_from([*_PIECES.split(), "\ud800", "\n"]), max_size=7).map(
            " ".join
        ),
        max_size=5,
    )
)
def test_a_batch_finds_what_each_note_alone_has(notes: list[str]) -> None:
    book = small_book()
    normal_forms = [normalise(note) for note in notes]
    together = book.scan(normal_forms)
    assert together == [book.scan([form])[0] for form in normal_forms]
    assert together == [
        tuple(
            number
            for number, each in enumerate(book.phrases)
            if re.search(each.expression, search_form(form))
        )
        for form in normal_forms
    ]
    for form, numbers in zip(normal_forms, together, strict=True):
        for number in numbers:
            start, end = book.locate(number, form)
            assert 0 <= start < end <= len(form)
            assert number in book.scan([form[start:end]])[0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("kontakte", "knüpfen"),
        ("ein kurzes", "gespräch"),
        ("12", "kontakte"),
        ("we really", "met"),
        ("das geht über", "uns hinaus"),
    ],
)
def test_a_wording_does_not_reach_into_the_next_note(first: str, second: str) -> None:
    book = small_book()
    assert book.scan([f"{first} {second}"]) != [()]
    assert book.scan([first, second, "", first, second]) == [()] * 5


@pytest.mark.parametrize(
    ("note", "is_found"),
    [
        ("kontakte knüpfen", True),
        ("kontakt knuepfen!", True),
        ("(kontakte knupfen)", True),
        ("privatkontakte knüpfen", False),
        ("kontakte knüpfender", False),
        ("kontakte_knüpfen", False),
    ],
)
def test_a_wording_is_whole_words_with_or_without_umlauts(
    note: str, *, is_found: bool
) -> None:
    assert bool(small_book().scan([note])[0]) is is_found


def test_a_place_is_given_in_letters_of_the_normal_form() -> None:
    note = normalise("Żółw 👋🏽 мой ДРУГ sagt: SCHÖNE Grüße, viele")
    book = small_book()
    quotes = [
        note[slice(*book.locate(number, note))] for number in book.scan([note])[0]
    ]
    assert quotes == ["schöne grüsse", "мой друг"]


def test_lone_surrogates_are_no_obstacle() -> None:
    note = "\ud800 schöne \udfff schöne grüsse \udc80"
    book = small_book()
    (numbers,) = book.scan([note])
    assert [note[slice(*book.locate(each, note))] for each in numbers] == [
        "schöne grüsse"
    ]


def test_more_notes_than_a_buffer_holds_are_told_apart() -> None:
    long = "x " * 9_000
    notes = [long, "schöne grüsse", "", long + "kontakte knüpfen"] * 40
    assert small_book().scan(notes) == [(), (2,), (), (0,)] * 40


def test_nothing_is_found_in_nothing() -> None:
    assert small_book().scan([]) == []
    assert small_book().scan(["", ""]) == [(), ()]
    assert small_book().locate(0, "ohne") == (0, 0)


def test_a_family_is_read_with_its_usual_strength() -> None:
    text = """
        [[phrase]]
        language = "de"
        provenance = "a test"
        patterns = ["eins", "zwei"]
        [[phrase]]
        strength = 0.5
        provenance = "a test"
        patterns = ["drei"]
    """
    read = read_family("zahlen", text)
    assert [(each.pattern, each.language, each.strength) for each in read] == [
        ("eins", "de", 0.8),
        ("zwei", "de", 0.8),
        ("drei", "", 0.5),
    ]
    assert {each.family for each in read} == {"zahlen"}


def test_letters_lose_their_marks_alike_beside_whatever_else_there_is() -> None:
    letters = "".join(map(chr, range(1, 0x100)))
    assert search_form(letters + "ł") == search_form(letters) + b"l"
    assert search_form("Grüße, déjà vu") == "Grüße, deja vu".replace("ü", "u").encode()


def test_several_threads_search_at_once() -> None:
    notes = ["wollen wir Kontakte knüpfen", "schöne Grüße über euch", "nichts"] * 200
    expected = small_book().scan(list(map(normalise, notes)))
    with ThreadPoolExecutor(6) as pool:
        found = pool.map(small_book().scan, [list(map(normalise, notes))] * 200)
        assert all(each == expected for each in found)
