"""The figures of a report, against numbers worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.model import Kind
from vorzimmer.quality import (
    FEWEST_TELLING,
    Bin,
    Judged,
    Share,
    brier_score,
    calibration_error,
    confusion,
    figures,
    reliability,
    right,
    statements,
    unsure,
    worst,
)

PERSONAL, DANGER = Kind.PERSONAL, Kind.DANGER


def judged(name: str, personal: float, danger: float, truth: Kind | None) -> Judged:
    return Judged(name, {PERSONAL: personal, DANGER: danger}, truth)


FOUR = [
    judged("right", 0.9, 0.1, PERSONAL),
    judged("wrong", 0.8, 0.6, DANGER),
    judged("unsure", 0.4, 0.3, DANGER),
    judged("nothing", 0.2, 0.1, None),
]


def test_a_share_of_few_cases_does_not_tell() -> None:
    assert not Share(0, 0).is_telling
    assert not Share(0, FEWEST_TELLING - 1).is_telling
    assert Share(0, FEWEST_TELLING).is_telling


def test_what_is_true_stands_against_what_was_found() -> None:
    assert confusion(FOUR) == {
        (PERSONAL, PERSONAL): 1,
        (DANGER, PERSONAL): 1,
        (DANGER, None): 1,
        (None, None): 1,
    }


def test_unsure_is_neither_right_nor_wrong() -> None:
    assert unsure(FOUR) == Share(2, 4)
    assert right(FOUR) == Share(1, 2)
    assert [each.id for each in worst(FOUR)] == ["wrong"]


def test_a_kind_that_it_is_besides_is_no_mistake() -> None:
    both = Judged("b", {PERSONAL: 0.9, DANGER: 0.1}, DANGER, frozenset({PERSONAL}))
    assert both.is_right
    assert worst([both]) == []
    assert figures([both], PERSONAL).precision == Share(1, 1)
    assert figures([both], DANGER).recall == Share(0, 1)


def test_precision_and_recall_are_counted_over_what_led() -> None:
    found = figures(FOUR, PERSONAL)
    assert (found.precision, found.recall) == (Share(1, 2), Share(1, 1))
    assert figures(FOUR, DANGER).recall == Share(0, 2)
    assert figures(FOUR, DANGER).precision.value is None


def test_the_interval_is_wilsons() -> None:
    # Worked out with the formula of 1927 for 8 of 10.
    low, high = Share(8, 10).interval
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)
    assert Share(0, 0).interval == (0.0, 1.0)


@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_its_share(hits: int, more: int) -> None:
    share = Share(hits, hits + more)
    low, high = share.interval
    assert share.value is not None
    assert 0 <= low <= share.value + 1e-12
    assert share.value - 1e-12 <= high <= 1


def test_the_curve_has_a_point_for_each_part_with_something_in_it() -> None:
    said = [(0.05, False), (0.15, False), (0.15, True), (1.0, True)]
    curve = reliability(said)
    assert curve == [
        Bin(0.05, Share(0, 1)),
        Bin(0.15, Share(1, 2)),
        Bin(1.0, Share(1, 1)),
    ]
    # (1 · 0.05 + 2 · 0.35 + 1 · 0) / 4
    assert calibration_error(curve) == pytest.approx(0.1875)
    assert brier_score(said) == pytest.approx((0.0025 + 0.0225 + 0.7225) / 4)


def test_of_nothing_there_are_no_figures() -> None:
    assert brier_score([]) is None
    assert calibration_error(reliability([])) is None


def test_every_kind_of_every_request_is_a_statement() -> None:
    assert statements(FOUR[:1]) == [(0.9, True), (0.1, False)]


def test_the_worst_mistake_comes_first() -> None:
    bad = judged("bad", 0.99, 0.01, DANGER)
    assert [each.id for each in worst([FOUR[1], bad])] == ["bad", "wrong"]
    assert len(worst([FOUR[1], bad], most=1)) == 1
