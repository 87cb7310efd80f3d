"""What sums of weights say of each kind."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.kernels.plain_ngrams import (
    COLUMNS,
    NOTE_SIZE,
    SPEAKS_AGAINST,
    SPEAKS_FOR,
    SUMS,
)
from vorzimmer.model import Kind
from vorzimmer.scales import EITHER, Asked, Scale, Scales, Weighed
from vorzimmer.shares import SHARE_OF_NONE, SHARES, log_odds

SCALES = Scales(
    {kind: Scale(0.0, 0.5) for kind in SHARES},
    none=0.0,
    # Half of the answer is that of the kinds, and two of eight columns are meant.
    either=Asked(0.5 * log_odds(2 / 8), 0.25, 0.5),
    either_if_long=Asked(0.5 * log_odds(2 / 8), 0.125, 0.5),
)
KINDS = list(SHARES)
USUAL = log_odds(sum(SHARES[kind] for kind in EITHER))
ALL = (1 << COLUMNS) - 1


def sums(*columns: int, size: int = 1) -> list[int]:
    row = [0] * SUMS
    row[: len(columns)] = columns
    row[NOTE_SIZE], row[SPEAKS_FOR], row[SPEAKS_AGAINST] = size, ALL, ALL
    return row


def weigh(rows: list[list[int]], counted: list[list[int]] | None = None) -> Weighed:
    """Return what notes add up to; they are short if nothing is counted."""
    return SCALES.weigh(rows, counted or [[0, 0]] * len(rows))


def test_weights_that_add_up_to_nothing_raise_nothing() -> None:
    weighed = weigh([sums(*[0] * COLUMNS)])
    assert weighed.points == pytest.approx(np.zeros((1, len(KINDS))))
    assert weighed.either == pytest.approx([USUAL])
    assert not weighed.is_read.any()


@given(st.lists(st.integers(-20, 20), min_size=COLUMNS, max_size=COLUMNS))
def test_the_chances_of_all_kinds_and_of_none_are_a_whole(columns: list[int]) -> None:
    (points,) = weigh([sums(*columns)]).points
    chances = [
        1 / (1 + np.exp(-raised - log_odds(SHARES[kind])))
        for kind, raised in zip(KINDS, points, strict=True)
    ]
    pulls = [0.5 * each for each in columns[:-1]]
    own = np.exp([*pulls, -sum(pulls)]) * [*SHARES.values(), SHARE_OF_NONE]
    assert chances == pytest.approx(own[:-1] / own.sum())


def test_longer_notes_need_more_to_say_as_much() -> None:
    short, long = weigh([sums(8, size=4), sums(16, size=16)]).points
    assert short == pytest.approx(long)


@pytest.mark.parametrize("kind", EITHER)
def test_either_is_asked_by_itself_and_by_its_kinds(kind: Kind) -> None:
    by_kind = [0] * COLUMNS
    by_kind[KINDS.index(kind)] = 4
    by_itself = [*[0] * (COLUMNS - 1), 4]
    nothing, one, other, both = weigh(
        [
            sums(*columns)
            for columns in (
                [0] * COLUMNS,
                by_kind,
                by_itself,
                [sum(each) for each in zip(by_kind, by_itself, strict=True)],
            )
        ]
    ).either
    assert nothing < one < both
    assert other == pytest.approx(nothing + 0.25 * 4)
    assert both == pytest.approx(one + 0.25 * 4)


def test_no_strength_without_words_on_that_side() -> None:
    row = sums(8)
    row[SPEAKS_FOR] = 0
    spoken, silent = weigh([sums(8), row]).strengths
    assert spoken[0] > 0
    assert silent[0] == 0
    assert np.array_equal(spoken[1:], silent[1:])


def test_what_adds_up_to_very_much_stays_a_number() -> None:
    weighed = weigh([sums(*[100_000] * COLUMNS), sums(*[-100_000] * COLUMNS)])
    assert np.isfinite(weighed.points).all()
    assert np.isfinite(weighed.either).all()


def test_of_a_long_note_it_is_asked_what_it_says_how_often() -> None:
    row = sums(*[4] * COLUMNS, size=4)
    short, long, nothing = weigh([row] * 3, [[0, 0], [800, 100], [0, 100]]).either
    usual = weigh([row]).either[0] - 0.25 * 4 / 2
    assert short == pytest.approx(usual + 0.25 * 4 / 2)
    assert long == pytest.approx(usual + 0.125 * 800 / 10)
    assert nothing == pytest.approx(usual)


def test_the_kinds_of_a_long_note_are_those_of_its_sums() -> None:
    rows = [sums(*range(COLUMNS))] * 2
    short, long = weigh(rows, [[0, 0], [800, 100]]).points
    assert list(short) == list(long)
