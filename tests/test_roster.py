"""Asking only the signals that something wakes finds what asking all of them finds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import request, requests, screening
from signals.cases import all_cases, build, cases
from vorzimmer import roster
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.glances import glance_at
from vorzimmer.model import ContactRequest, Hit, Person
from vorzimmer.note import read_notes
from vorzimmer.roster import (
    BLANK,
    DOUBLE,
    HABIT,
    HEADLINE,
    LINK,
    MENTION,
    REPEAT,
    SAME_NOTE,
    SHORT,
    TIE,
    TIES,
    Roster,
    found_in,
)
from vorzimmer.screening import Screening, find_hits
from vorzimmer.signal import LIKENESS, Context, Signal, signal
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
        asked, context = build(case)
        ((place, (rows, hits)),) = Roster([signal]).hits([asked], [context])
        assert (place, list(rows)) == (0, [0])
        assert list(hits) == [signal.check(asked, context)], case


def test_every_name_that_wakes_a_signal_can_be_found() -> None:
    families = shipped_phrasebook().families
    known = {*families, *(HEADLINE + family for family in families), *TIES.values()}
    known |= {
        LINK,
        BLANK,
        SHORT,
        SAME_NOTE,
        LIKENESS,
        MENTION,
        DOUBLE,
        HABIT,
        REPEAT,
        TIE,
    }
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
    one = [screened.request], [screened.context]
    assert list(Roster([declare(sleeps)]).hits(*one)) == []


def test_the_order_of_the_signals_is_kept() -> None:
    asked = ContactRequest(id="1", note="Bitte rufen Sie an: https://bit.ly/a")
    (screened,) = desk().screen([asked])
    one = [screened.request], [screened.context]
    places = [place for place, _ in Roster(all_signals()).hits(*one)]
    assert LINK in found_in([screened.context])
    assert len(places) > 2
    assert places == sorted(places)
    assert set(Roster(all_signals()).strengths(*one)) >= set(places)


def blank(context: Context) -> Context:
    """Return a context of nothing but the member."""
    (note,) = read_notes([None], shipped_phrasebook())
    return Context(member=context.member, note=note)


@pytest.mark.parametrize(
    "signal", [each for each in all_signals() if each.of], ids=lambda each: each.name
)
def test_the_facts_of_a_signal_are_all_that_it_looks_at(signal: Signal) -> None:
    for case in all_cases(signal):
        asked, context = build(case)
        alone = ContactRequest(
            id="alone",
            sender=Person(
                **{fact: getattr(asked.sender, fact) for fact in signal.reads}
            ),
            **{
                fact: getattr(asked, fact)
                for fact in signal.of
                if fact not in signal.reads
            },
        )
        said = signal.check(asked, context)
        assert signal.check(alone, blank(context)) == said, case


@pytest.mark.parametrize(
    "signal", [each for each in all_signals() if each.takes], ids=lambda each: each.name
)
def test_what_a_signal_takes_is_all_that_it_says(signal: Signal) -> None:
    for case in all_cases(signal):
        asked, context = build(case)
        hit = signal.check(asked, context)
        likeness = context.note.likeness
        assert likeness is None or signal.takes in likeness.points
        strength = likeness.strength(signal.takes) if likeness and signal.takes else 0.0
        assert (hit.strength if hit else 0.0) == strength


@settings(max_examples=30)
@given(st.lists(requests, max_size=8))
def test_who_is_asked_beside_changes_nothing(asked: list[ContactRequest]) -> None:
    together = desk().screen(asked)
    alone = [desk().screen([each])[0] for each in asked]
    assert [each.found for each in together] == [each.found for each in alone]


def test_what_is_kept_of_facts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster, "_MOST_KEPT", 2)
    asked = [request(contacts_count=count) for count in (3, 3, 9_000, 20, 3, 12_000)]
    fresh = screening()
    found = [fresh.screen([each])[0].found for each in asked]
    assert found == [each.found for each in desk().screen(asked)]


def test_several_threads_may_ask_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster, "_MOST_KEPT", 50)
    fresh, usual = screening(), desk()
    asked = [request(contacts_count=count * 37) for count in range(300)]
    parts = [asked[start::6] for start in range(6)]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(fresh.screen, parts))
    for part, screened in zip(parts, together, strict=True):
        assert [each.found for each in screened] == [
            each.found for each in usual.screen(part)
        ]


@pytest.mark.parametrize(
    "signal", [each for each in all_signals() if each.among], ids=lambda each: each.name
)
def test_whoever_is_hit_is_among_those_asked(signal: Signal) -> None:
    built = [build(case) for case in all_cases(signal)]
    asked, contexts = [each for each, _ in built], [each for _, each in built]
    for context in contexts:
        (context.seen,) = glance_at([context.note.normal.encode()], context.member)
    hit = [row for row, each in enumerate(built) if signal.check(*each)]
    among = signal.among(asked, contexts) if signal.among else ()
    assert hit
    assert set(hit) <= set(among)
    assert list(among) == sorted(set(among))


@settings(max_examples=30)
@given(st.lists(requests, min_size=1, max_size=8))
def test_among_many_no_hit_is_lost(asked: list[ContactRequest]) -> None:
    many = desk().screen(asked * roster.MANY)
    assert [each.found for each in many] == [
        each.found for each in desk().screen(asked)
    ] * roster.MANY
