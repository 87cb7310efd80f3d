"""The compiled loops compute what the plain reference computes, to the number."""

from __future__ import annotations

from array import array

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from vorzimmer.classifier import shipped_classifier, shipped_roles
from vorzimmer.kernels import masking, ngrams, plain_ngrams, strongest
from vorzimmer.kernels.store import COUNT
from vorzimmer.text import normalise

ROLES = shipped_roles()
TABLE = masking.role_table(ROLES)
WEIGHTS = array(
    "b",
    (
        (number * 2654435761 >> 13) % 255 - 127
        for number in range(plain_ngrams.BUCKETS * plain_ngrams.COLUMNS)
    ),
)
MODEL = ngrams.model_of(memoryview(WEIGHTS), TABLE)
STORE = ngrams.store_for(np.array([0, 10_000]))
ALL = np.array([(1 << 2 * plain_ngrams.COLUMNS) - 1])
WORDS = st.sampled_from(
    [
        "Hallo", "Frau", "Dr.", "Müller,", "Müller.", "Liebe Grüße", "Tim", "LG",
        "{firstname}", "bieten.", "[Name]", "https://a.example/x?y=1",
        "mail@example.org", "10.000", "12,5",
        "%FIRSTNAME%", "[your first name]", "und", "a", "!", "…", "Привет", "👍🏽",
        "sixteen-letters,", "sixteen-letters,a", "sixteen-letters,b", "x" * 60,
    ]
)  # fmt: skip
NOTES = (
    st.lists(WORDS | st.text(max_size=6), max_size=12)
    .map(" ".join)
    .map(lambda note: normalise(note).encode("utf-8", "replace"))
)


@given(st.lists(NOTES, max_size=4))
def test_sums_are_those_of_the_reference(lines: list[bytes]) -> None:
    plain = [plain_ngrams.add_up(line, ROLES, memoryview(WEIGHTS)) for line in lines]
    if lines:
        fast = ngrams.add_up(*ngrams.joined(lines), MODEL, STORE).tolist()
        assert fast == plain


@given(NOTES)
def test_the_strongest_words_are_those_of_the_reference(line: bytes) -> None:
    plain = plain_ngrams.strongest(line, ROLES, memoryview(WEIGHTS))
    fast = strongest.strongest(*ngrams.joined([line]), ALL, MODEL, STORE)
    assert fast.tolist() == [plain]


@given(st.lists(NOTES, max_size=4))
def test_sums_are_the_same_where_words_will_be_quoted(lines: list[bytes]) -> None:
    own = ngrams.joined(lines)
    sums, _, kept = strongest.read_to_quote(*own, MODEL, STORE)
    assert sums.tolist() == ngrams.add_up(*own, MODEL, STORE).tolist()
    assert len(kept.ends) == len(lines) + 1
    assert kept.ends[-1] == len(kept.parts) == len(kept.pieces)


@settings(max_examples=40)
@given(st.lists(st.tuples(NOTES, st.integers(0, 0xFFFF)), max_size=4))
def test_only_the_words_that_are_wanted_are_found(
    asked: list[tuple[bytes, int]],
) -> None:
    lines, wanted = [line for line, _ in asked], np.array([w for _, w in asked], int)
    fast = strongest.strongest(*ngrams.joined(lines), wanted, MODEL, STORE).tolist()
    for (line, bits), found in zip(asked, fast, strict=True):
        plain = plain_ngrams.strongest(line, ROLES, memoryview(WEIGHTS))
        assert found == [
            span if bits >> at & 1 else [0, 0] for at, span in enumerate(plain)
        ]


def test_no_words_are_quoted_across_the_end_of_a_sentence() -> None:
    line = b"kommen sie bitte. wir bieten z. b. ein webinar an! alles gute"
    ends = [line.index(b"bitte.") + 6, line.index(b"an!") + 3]
    spans = plain_ngrams.strongest(line, ROLES, memoryview(WEIGHTS))
    assert not [each for each in spans for end in ends if each[0] < end < each[1]]
    assert any(each[1] in ends for each in spans)


@given(NOTES)
def test_where_words_speak_there_are_words(line: bytes) -> None:
    *_, speaks_for, against = plain_ngrams.add_up(line, ROLES, memoryview(WEIGHTS))
    spans = plain_ngrams.strongest(line, ROLES, memoryview(WEIGHTS))
    bits = speaks_for | against << plain_ngrams.COLUMNS
    assert [end > 0 for _, end in spans] == [
        bool(bits >> at & 1) for at in range(len(spans))
    ]


@settings(max_examples=40)
@given(NOTES, st.lists(NOTES, max_size=3))
def test_a_note_alone_is_read_as_among_others(line: bytes, others: list[bytes]) -> None:
    alone = ngrams.add_up(*ngrams.joined([line]), MODEL, STORE).tolist()
    among = ngrams.add_up(*ngrams.joined([line, *others]), MODEL, STORE).tolist()
    assert among[0] == alone[0]


@settings(max_examples=40)
@given(st.lists(NOTES, min_size=1, max_size=3))
def test_what_is_learned_from_is_what_is_read(lines: list[bytes]) -> None:
    joined, starts = ngrams.joined(lines)
    found, ends = ngrams.gather(joined, starts, TABLE, STORE)
    for number, line in enumerate(lines):
        own = found[ends[number] : ends[number + 1]].tolist()
        plain = plain_ngrams.ngrams(plain_ngrams.pieces(line, ROLES))
        assert sorted(own) == sorted(bucket for bucket, *_ in plain)


def test_a_full_store_forgets_and_reads_on() -> None:
    lines, starts = ngrams.joined([b"hallo welt, hallo", b"wir bieten 3 termine"])
    store = ngrams.store_for(starts)
    before = ngrams.add_up(lines, starts, MODEL, store).tolist()
    store.state[COUNT] = len(store.rows)
    assert ngrams.add_up(lines, starts, MODEL, store).tolist() == before
    assert store.state[COUNT] < 20


def test_a_note_too_long_for_a_store_gets_a_larger_one() -> None:
    lines, starts = ngrams.joined([b"ab cd1 " * 6_000])
    store = ngrams.store_for(starts, STORE)
    assert len(store.rows) > len(STORE.rows)
    plain = plain_ngrams.add_up(lines.tobytes(), ROLES, memoryview(WEIGHTS))
    assert ngrams.add_up(lines, starts, MODEL, store).tolist() == [plain]
    assert ngrams.store_for(starts, store) is store


def test_names_numbers_and_links_teach_nothing() -> None:
    first = "hallo frau brandt, 3 termine auf https://a.example frei. lg tim"
    other = "hallo frau okonjo, 9 termine auf https://zz.example frei. lg ute"
    sums = [
        plain_ngrams.add_up(each.encode(), ROLES, memoryview(WEIGHTS))
        for each in (first, other)
    ]
    assert sums[0] == sums[1]


def _masked(note: str) -> bytes:
    return b" ".join(each.text for each in plain_ngrams.pieces(note.encode(), ROLES))


def test_everyday_words_are_no_names() -> None:
    assert _masked("hallo ich bin neu, reply stop") == b"hallo ich bin neu, reply stop"
    assert _masked("hallo karlheinz ich bin neu,") == b"hallo \x01 ich bin neu,"


def test_numbers_and_links_keep_their_shape() -> None:
    told = "am 12.10.2025 kostet es 1.234.567,8"
    assert _masked(told) == b"am 00.00.0000 kostet es 0.000.000,0"
    assert _masked("123456789 stück frei") == "0000 stück frei".encode()
    link = b"\x03://./?=0000 ja"
    assert _masked("https://shop.example/kaufen?id=123456 ja") == link


@given(NOTES)
def test_a_masked_note_is_no_longer_than_the_note(line: bytes) -> None:
    found = plain_ngrams.pieces(line, ROLES)
    assert all(len(each.text) <= each.end - each.start for each in found)


def test_many_notes_and_few_are_read_alike() -> None:
    notes = ["wir bieten ihnen ein kostenloses webinar an"] * 3
    few = shipped_classifier().read(notes[:1])
    many = shipped_classifier().read(notes * 2000)
    assert few[0] is not None
    assert many[-1] is not None
    assert few[0].points == many[-1].points
