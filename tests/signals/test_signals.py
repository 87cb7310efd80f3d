"""Each signal does on its cases what its cases say."""

from __future__ import annotations

from collections import Counter

import pytest

from signals.cases import CASES, SENDER_FACTS, all_cases, build, cases
from vorzimmer.model import Kind, with_facts
from vorzimmer.signal import Signal
from vorzimmer.signals import all_signals

SECTIONS = ("Why it matters:", "Known errors:", "Source:")


@pytest.mark.parametrize("signal", all_signals(), ids=lambda each: each.name)
class TestSignal:
    """What holds for every signal."""

    def test_hits(self, signal: Signal) -> None:
        for case in cases(signal.name)["hit"]:
            hit = signal.check(*build(case))
            assert hit is not None, case
            assert str(hit.quote) == case["quote"], case
            assert 0 < hit.strength <= 1

    def test_a_quote_stands_in_the_note_where_its_span_says(
        self, signal: Signal
    ) -> None:
        for case in cases(signal.name)["hit"]:
            request, context = build(case)
            hit = signal.check(request, context)
            assert hit is not None
            if hit.span is not None:
                start, end = hit.span
                assert request.note is not None
                assert request.note[start:end] == hit.quote

    def test_misses(self, signal: Signal) -> None:
        for case in cases(signal.name)["miss"]:
            hit = signal.check(*build(case))
            # The text model may also speak against a kind.
            assert hit is None or hit.strength < 0, case["why"]

    def test_has_two_cases_a_side(self, signal: Signal) -> None:
        assert min(len(side) for side in cases(signal.name).values()) >= 2
        assert all(case["why"] for case in cases(signal.name)["miss"])

    def test_is_documented(self, signal: Signal) -> None:
        assert all(section in signal.doc for section in SECTIONS)
        assert signal.doc.strip().partition("\n")[0].endswith(".")

    def test_is_silent_without_the_facts_that_it_reads(self, signal: Signal) -> None:
        for case in all_cases(signal):
            request, context = build(case)
            for fact in signal.reads:
                unknown = with_facts(request, **{fact: None})
                assert signal.check(unknown, context) is None, (fact, case)

    def test_reads_no_fact_it_does_not_declare(self, signal: Signal) -> None:
        # Names and addresses say who somebody is; nobody is asked for them.
        asked = SENDER_FACTS - signal.reads - {"name", "email", "profile_url"}
        for case in all_cases(signal):
            request, context = build(case)
            before = signal.check(request, context)
            for fact in asked & case.keys():
                unknown = with_facts(request, **{fact: None})
                assert signal.check(unknown, context) == before, (fact, case)


def test_every_kind_has_at_least_two_signals() -> None:
    counted = Counter(signal.kind for signal in all_signals())
    assert {kind: counted[kind] for kind in Kind if counted[kind] < 2} == {}


def test_every_cases_file_has_its_signal() -> None:
    names = {path.stem for path in CASES.glob("*.toml")}
    assert names == {signal.name for signal in all_signals()}
