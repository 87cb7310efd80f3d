"""A new note finds its group among those that are known."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from vorzimmer.campaigns.clustering import cluster_plainly
from vorzimmer.campaigns.index import NoteIndex

NAMES = ("anna", "jörg", "mira", "tom", "ayşe", "lena", "paul", "vera", "ivo", "ruth")
WEBINAR = "hallo {}, am dienstag zeigen wir ihnen live, wie werkleiter strom sparen"
LION = "hi {}, i never refuse an invitation, so invite me back and we both grow"
ALONE = "liebe katrin, paul meinte, du suchst jemanden für die abendschicht"


def notes(text: str, *names: str) -> list[bytes]:
    return [text.format(name).encode() for name in names]


def test_a_new_note_joins_its_group() -> None:
    index = NoteIndex([*notes(WEBINAR, *NAMES[:5]), *notes(LION, *NAMES[:5])])
    assert index.add(notes(WEBINAR, "ida")[0]) == index.labels[0]
    assert index.add(notes(LION, "max")[0]) == index.labels[5]


def test_an_equal_note_has_the_same_group_however_short() -> None:
    index = NoteIndex([b"hi", *notes(WEBINAR, "anna")])
    assert index.add(b"hi") == index.labels[0]


def test_a_near_duplicate_of_a_single_note_is_grouped_with_it() -> None:
    index = NoteIndex([ALONE.encode(), *notes(WEBINAR, *NAMES)])
    near = ALONE.replace("abendschicht", "frühschicht").encode()
    assert index.add(near) == index.labels[0]


def test_new_notes_find_each_other() -> None:
    index = NoteIndex([])
    first, *rest = [index.add(note) for note in notes(WEBINAR, *NAMES)]
    assert set(rest) == {first}
    assert index.add(ALONE.encode()) != first
    assert index.add(b"hi") != index.add(b"ho")


def test_a_note_is_looked_for_while_another_thread_adds_one() -> None:
    index = NoteIndex([])
    (note,) = notes(WEBINAR, "anna")

    class Watched(list[Any]):
        def append(self, each: object) -> None:
            assert index.find(note) is None
            super().append(each)

    index._new = Watched()  # noqa: SLF001 - what stands between its two steps
    number = index.add(note)
    assert index.find(notes(WEBINAR, "jörg")[0]) == number


@settings(max_examples=20)
@given(st.integers(0, 10), st.permutations([*NAMES, *NAMES]))
def test_in_parts_the_groups_are_those_of_all_at_once(
    known: int, names: list[str]
) -> None:
    lines = [
        (WEBINAR if at % 2 else LION).format(name).encode()
        for at, name in enumerate(names)
    ]
    index = NoteIndex(lines[:known])
    labels = [*index.labels, *(index.add(line) for line in lines[known:])]
    together = cluster_plainly(lines)
    pairs = {tuple(each) for each in zip(labels, together, strict=True)}
    assert len(pairs) == len(set(labels)) == len(set(together))
