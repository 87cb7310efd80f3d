"""Whatever bytes come from outside, a sentence for people is the worst that happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odd_input import READERS, SEEDS, read_as
from vorzimmer.importers import all_sources

FUZZERS = Path(__file__).parent.parent / "fuzz"


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_odd_bytes_end_in_a_sentence(name: str, data: st.DataObject) -> None:
    pieces = st.binary(max_size=12)
    if name in SEEDS:
        pieces |= st.sampled_from(SEEDS[name])
    odd = b"".join(data.draw(st.lists(pieces, max_size=12)))
    read_as(name, odd)


def test_every_source_is_among_what_is_tried() -> None:
    assert set(all_sources()) - {"linkedin_archive"} <= set(READERS)


def test_the_fuzzers_try_all_of_them() -> None:
    tried = (FUZZERS / "fuzz_others.py").read_text("utf-8")
    assert "READERS" in tried
