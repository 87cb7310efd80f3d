"""Asking only the signals that something wakes finds what asking all of them finds."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings

from builders import requests, screening
from signals.cases import build, cases
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.model import ContactRequest, Hit
from vorzimmer.note import LIKE, LINK
from vorzimmer.roster import DOUBLE, HABIT, MENTION, REPEAT, TIES, Roster, found_in
from vorzimmer.screening import Screening, find_hits
from vorzimmer.signal import Context, Signal, signal
from vorzimmer.signals import all_signals


@cache
def desk() -> Screening:
    return screening()


@settings(max_examples=200)
@given(requests)
def test_no_hit_is_lost(asked: ContactRequest) -> None:
    (screened,) = desk().screen([asked])
    every = tuple(find_hits(all_signals(), asked, screened.context))
    assert screened.found == every


@pytest.mark.parametrize("signal", all_signals(), ids=lambda each: each.name)
def test_what_a_signal_hits_wakes_it(signal: Signal) -> None:
    for case in cases(signal.name)["hit"]:
        _, context = build(case)
        assert Roster([signal]).awake(context) == (signal,), case


def test_every_name_that_wakes_a_signal_can_be_found() -> None:
    known = {*shipped_phrasebook().families, LINK, MENTION, DOUBLE, HABIT, REPEAT}
    known |= {*LIKE.values(), *TIES.values()}
    assert {wake for each in all_signals() for wake in each.wakes} <= known


def test_signals_sleep_while_nothing_is_found() -> None:
    def sleeps(request: ContactRequest, context: Context) -> Hit | None:
        raise AssertionError(request, context)

    declare = signal(
        kind=all_signals()[0].kind,
        group=all_signals()[0].group,
        weight=1.0,
        since="0.1",
        wakes="link tie:wrote",
    )
    (screened,) = desk().screen([ContactRequest(id="1", note="Guten Tag")])
    assert Roster([declare(sleeps)]).awake(screened.context) == ()


def test_the_order_of_the_signals_is_kept() -> None:
    asked = ContactRequest(id="1", note="Bitte rufen Sie an: https://bit.ly/a")
    (screened,) = desk().screen([asked])
    awake = Roster(all_signals()).awake(screened.context)
    assert LINK in found_in(screened.context)
    assert list(awake) == [each for each in all_signals() if each in awake]
