"""The search for cyclic garbage rests inside the block, and only there."""

from __future__ import annotations

import gc

import pytest

from vorzimmer.collection import held_back


def test_the_search_rests_inside_and_goes_on_afterwards() -> None:
    with held_back():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_goes_on_after_a_failure() -> None:
    with pytest.raises(KeyError), held_back():
        raise KeyError
    assert gc.isenabled()


def test_blocks_may_stand_inside_each_other() -> None:
    with held_back():
        with held_back():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
