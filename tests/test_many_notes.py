"""Many notes read in compiled passes are what each of them is read plainly."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import WORDINGS
from vorzimmer.classifier import Classifier, load_classifier, words_of_name
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.links import find_links
from vorzimmer.many_notes import fold_many
from vorzimmer.model import Kind
from vorzimmer.note import read_notes
from vorzimmer.phrases import search_form
from vorzimmer.text import normalise, simple_forms

NAMES = ["Jörg Müller-Öz", "Anna (Ann) O'Neil", "x .y st.", "Ана Ін", "Å b", "ﬁ ß"]
PIECES = """
    jörg müller, (ann) o'neil x.y xx.y st.st. ана annaanna {name} https://a.example/x
    a.b mail@example.org „So“ – … ½ № ™ 가\u1100 e\u0301 İ ǰ ŉ ſ 𝗙𝗿𝗲𝗲
"""
WORDS = st.sampled_from(
    [
        *(*WORDINGS, *NAMES, *PIECES.split()),
        *("👩\u200d👧🏽\ufe0f", "\u00a0", "\ud800", "\x01\x01", "\n\n"),
    ]
)
NOTES = st.lists(
    WORDS | st.text(max_size=5) | st.text(st.sampled_from(sorted(simple_forms()))),
    max_size=8,
).flatmap(lambda words: st.sampled_from(["", " "]).map(lambda gap: gap.join(words)))

# Mostly letters of ASCII, which are read eight at once.
LETTERS = st.characters(max_codepoint=0x7F) | st.sampled_from("  ``..:A[Zä ß…\xa0")


@cache
def plain() -> Classifier:
    return _Plain(load_classifier())


class _Plain(Classifier):
    """Never compiled, however much it reads."""

    def __init__(self, other: Classifier) -> None:
        self.__dict__.update(other.__dict__)

    @property
    def is_compiled(self) -> bool:
        return False


@cache
def compiled() -> Classifier:
    return load_classifier()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(NOTES, st.sampled_from(NAMES)), max_size=4))
def test_facts_are_those_of_the_plain_way(asked: list[tuple[str, str]]) -> None:
    notes = [note for note, _ in asked]
    names = [(*words_of_name(name), "katrin") for _, name in asked]
    book = shipped_phrasebook()
    slow = read_notes(notes, book, classifier=plain(), names=names)
    fast = read_notes(notes, book, classifier=compiled(), names=names, is_compiled=True)
    assert fast == slow
    for one, other in zip(fast, slow, strict=True):
        assert list(one.families) == list(other.families)
        for kind in Kind if one.likeness else ():
            if kind in compiled().kinds:
                assert one.reads_like(kind) == other.reads_like(kind)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(LETTERS, max_size=60), max_size=3))
def test_letters_have_their_form_wherever_they_stand(notes: list[str]) -> None:
    many = fold_many(notes, [()] * len(notes))
    assert many.normal == [normalise(note) for note in notes]
    lines = [search_form(form) for form in many.normal]
    assert many.folded.search.tobytes() == b"\n" + b"".join(
        line + b"\n" for line in lines
    )


def test_notes_that_are_not_simple_are_read_too() -> None:
    notes = ["e\u0301tat", "가 wir suchen Verstärkung", "\ud800 hallo", "schlicht", ""]
    book = shipped_phrasebook()
    fast = read_notes(notes, book, classifier=compiled(), is_compiled=True)
    assert [each.normal for each in fast] == [
        "état",
        "가 wir suchen verstärkung",
        "\ud800 hallo",
        "schlicht",
        "",
    ]
    assert fast[1].phrases == read_notes(notes, book)[1].phrases


def test_no_notes_are_no_facts() -> None:
    assert (
        read_notes([], shipped_phrasebook(), classifier=compiled(), is_compiled=True)
        == []
    )


# Whatever begins, divides or ends links, and what they are mistaken for.
LINK_PIECES = """
    example org de a ab B ä ß привет 1 com www. . .. : :// :/ / @ - _ + % ? # ( ) “ …
    mailto: MailTo: maılto: to: http https://x z.B. e\u0301 \u200b 。
"""


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([*LINK_PIECES.split(), " ", "\n"]), max_size=12).map(
            "".join
        ),
        max_size=4,
    )
)
def test_every_note_with_a_link_is_marked(notes: list[str]) -> None:
    linked = {row for row, note in enumerate(notes) if find_links(note)}
    assert linked <= set(fold_many(notes, [()] * len(notes)).linked)


def test_few_notes_without_a_link_are_marked() -> None:
    notes = ["z.B. am 3. Mai", "P.S. bald", "…ja.So", "an ott@example.org", "a: b"]
    assert fold_many(notes, [()] * len(notes)).linked == [2]
