"""The compiled loops that group notes compute what the plain reference computes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vorzimmer.campaigns import bulk
from vorzimmer.campaigns.clustering import cluster, cluster_plainly
from vorzimmer.kernels import (
    boilerplate,
    groups,
    plain_boilerplate,
    plain_groups,
    plain_sketches,
    sketches,
)
from vorzimmer.kernels.ngrams import joined
from vorzimmer.kernels.plain_sketches import EMPTY, PLACES, Sketch
from vorzimmer.text import normalise

WORDS = st.sampled_from(
    [
        "hallo", "anna,", "wir", "zeigen", "ihnen", "live,", "wie", "sie", "kosten",
        "senken", "—", "grüße", "привет", "👍🏽", "10.000", "!", "x" * 40,
    ]
)  # fmt: skip
LINES = (
    st.lists(WORDS | st.text(max_size=4), max_size=30)
    .map(" ".join)
    .map(lambda note: normalise(note).encode("utf-8", "replace"))
)
# Few different values, so that sketches are alike now and then.
VALUES = st.lists(st.integers(1, 3), min_size=PLACES, max_size=PLACES).map(tuple)
SKETCHES = st.builds(Sketch, VALUES, st.sampled_from([0, 7, 19, 20, 200]))


def arrays(given_: list[Sketch]) -> tuple[sketches.Values, sketches.Sizes]:
    values = np.array([each.values for each in given_], np.uint32)
    sizes = np.array([each.size for each in given_], np.int32)
    return values.reshape(-1, PLACES), sizes


def table(runs: set[int]) -> sketches.RunTable:
    keys = np.zeros(1024, np.uint64)
    for run in sorted(runs):
        keys[int(sketches.slot_of(keys, np.uint64(run)))] = run
    return sketches.RunTable(keys, (keys != 0).astype(np.uint8))


@given(st.lists(LINES, min_size=1, max_size=4))
def test_fingerprints_are_those_of_the_reference(lines: list[bytes]) -> None:
    fast = sketches.fingerprints(*joined(lines)).tolist()
    assert fast == [plain_sketches.fingerprint(line) for line in lines]


@given(st.lists(LINES, min_size=1, max_size=4), st.data())
def test_sketches_are_those_of_the_reference(
    lines: list[bytes], data: st.DataObject
) -> None:
    runs = sorted({run for line in lines for run, _, _ in plain_sketches.runs(line)})
    known = set(data.draw(st.lists(st.sampled_from(runs)))) if runs else set()
    plain = [plain_sketches.sketch(line, known) for line in lines]
    values, sizes = sketches.sketch(*joined(lines), table(known))
    assert values.tolist() == [list(each.values) for each in plain]
    assert sizes.tolist() == [each.size for each in plain]


@given(SKETCHES, st.integers(0, 15))
def test_band_keys_are_those_of_the_reference(one: Sketch, band: int) -> None:
    values, _ = arrays([one])
    plain = plain_sketches.band_key(one.values, band, 4)
    assert sketches.band_keys(values, band, 4).tolist() == [plain]


@settings(max_examples=30)
@given(st.lists(SKETCHES, min_size=2, max_size=30))
def test_ties_and_groups_are_those_of_the_reference(made: list[Sketch]) -> None:
    values, sizes = arrays(made)
    plain = plain_groups.ties(made)
    bands = [groups.ties_of_band(values, sizes, band) for band in range(16)]
    found = groups.Ties(*(np.concatenate(each) for each in zip(*bands, strict=True)))
    fast = zip(*(each.tolist() for each in found), strict=True)
    assert sorted(fast) == sorted(plain)
    labels = plain_groups.propagate(len(made), plain)
    assert groups.propagate(len(made), found).tolist() == labels


@settings(max_examples=30)
@given(st.lists(VALUES, min_size=1, max_size=40))
def test_typical_sketches_are_those_of_the_reference(
    members: list[tuple[int, ...]],
) -> None:
    values = np.array(members, np.uint32)
    begins = np.array([0, len(members)])
    fast = groups.typical(np.arange(len(members)), begins, values)
    assert tuple(fast[0].tolist()) == plain_groups.typical(members)


@settings(max_examples=30)
@given(
    st.lists(SKETCHES, min_size=1, max_size=12),
    st.lists(VALUES, min_size=1, max_size=6),
    st.data(),
)
def test_notes_join_the_groups_of_the_reference(
    made: list[Sketch], typicals: list[tuple[int, ...]], data: st.DataObject
) -> None:
    number = st.integers(-1, len(typicals) - 1)
    numbers = data.draw(st.lists(number, min_size=len(made), max_size=len(made)))
    holes = data.draw(st.sets(st.integers(0, PLACES - 1)))
    with_holes = [
        tuple(EMPTY if at in holes else value for at, value in enumerate(each))
        for each in typicals
    ]
    plain = plain_groups.join(made, numbers, with_holes)
    values, sizes = arrays(made)
    typical = np.array(with_holes, np.uint32)
    bands = groups.bands_of(typical)
    own = np.array(numbers, np.int32)
    fast = groups.join(values, sizes, own, typical, bands).tolist()
    roots = groups.merged(typical, bands).tolist()
    assert [roots[each] if each >= 0 else -1 for each in fast] == plain


@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), max_size=40))
def test_crowds_are_those_of_the_reference(made: list[tuple[int, int]]) -> None:
    # Who was in a group is in one afterwards.
    now = [max(after, before) for before, after in made]
    before = [each for each, _ in made]
    found = np.array(now, np.int32)
    bulk.without_crowds(np.array(before, np.int32), found, 4)
    assert found.tolist() == plain_groups.without_crowds(before, now)


@pytest.mark.parametrize(("joining", "stay"), [(8, True), (9, False)])
def test_who_joins_in_a_crowd_does_not_stay(joining: int, *, stay: bool) -> None:
    before = [0, 0, 1, *[-1] * joining, -1]
    now = [0, 0, 1, *[0] * joining, 1]
    kept = plain_groups.without_crowds(before, now)
    assert kept == (now if stay else [0, 0, 1, *[-1] * joining, 1])
    found = np.array(now, np.int32)
    crowded = bulk.without_crowds(np.array(before, np.int32), found, 2)
    assert crowded.tolist() == [not stay, False]


def test_boilerplate_is_that_of_the_reference() -> None:
    tail = "ich freue mich auf den austausch mit ihnen"
    unlike = [
        (" ".join(f"{at * word:x}{word}" for word in range(30)) + f" {tail}").encode()
        for at in range(101, 113)
    ]
    same = [f"kommen sie zu unserem webinar am {day}. mai".encode() for day in range(9)]
    lines = unlike + same
    plain_sampled = plain_boilerplate.samples(lines)
    plain = [plain_sketches.sketch(line, set()) for line in lines]
    known = plain_boilerplate.boilerplate(plain_sampled, plain, least=20)
    assert known == {run for run, _, _ in plain_sketches.runs(tail.encode())}
    sampled = boilerplate.samples(*joined(lines))
    values, sizes = sketches.sketch(*joined(lines), sketches.no_boilerplate())
    found = np.zeros(len(sampled.keys), np.uint8)
    boilerplate.judge(sampled, (values, sizes), 20, (0, len(found)), found)
    assert set(sampled.keys[found == 1].tolist()) == known


@settings(max_examples=30)
@given(st.lists(LINES, min_size=1, max_size=30))
def test_many_notes_and_few_are_grouped_alike(lines: list[bytes]) -> None:
    assert bulk.cluster(lines, jobs=2).labels.tolist() == cluster_plainly(lines)


def test_what_is_long_is_grouped_by_the_compiled_loops() -> None:
    lines = [f"{at} ".encode() * 800 for at in range(40)]
    assert cluster(lines, jobs=2) == cluster_plainly(lines)
