"""What is dear is made once, however many threads ask for it at the same time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from builders import request, screening
from vorzimmer.campaigns import group_notes
from vorzimmer.crowds import Crowd
from vorzimmer.once import once
from vorzimmer.policy_file import preset_policy
from vorzimmer.screened_store import ScreenedStore


def test_all_who_ask_at_once_get_the_same() -> None:
    made: list[object] = []

    @once
    def dear() -> object:
        time.sleep(0.02)
        made.append(object())
        return made[-1]

    with ThreadPoolExecutor(4) as pool:
        got = list(pool.map(lambda _: dear(), range(4)))
    assert len(made) == 1
    assert set(map(id, got)) == {id(made[0])}


def test_what_fails_is_tried_again() -> None:
    tries: Iterator[int] = iter([0, 1])

    @once
    def dear() -> float:
        return 1 / next(tries)

    with pytest.raises(ZeroDivisionError):
        dear()
    assert dear() == 1


def test_pages_made_at_the_same_time_screen_requests_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = [
        request("Guten Tag, wir bieten Webinare an.", name=f"Rex {n}") for n in "abc"
    ]
    store = ScreenedStore(
        run=(),
        screening=screening(),
        requests={each.id: each for each in asked},
        groups=group_notes(asked),
        ties=(),
    )
    policy = preset_policy("ask-back")
    read, times = Crowd.read, []

    def slow(*args: object) -> Crowd:
        times.append(args)
        time.sleep(0.02)
        return read(*args)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(Crowd, "read", slow)

    def cards(_: int) -> int:
        store.make_cards(store.requests, policy, given={})
        return len(store.cards[policy])

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(cards, range(4))) == [3] * 4
    assert len(times) == 1
