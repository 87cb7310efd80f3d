"""Measures how fast a policy is run over a long past: computed, and as a page."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from bench_screening import _ask
from many_requests import MEMBER, NOW, invented_requests, known_ties
from vorzimmer.desk import Desk
from vorzimmer.model import Action, Decision
from vorzimmer.policy_file import preset_policies
from vorzimmer.rehearsal import differences, rehearse, scale, slid
from vorzimmer.settings import Settings
from vorzimmer.web.app import create_app

PORT = 8700
ROUNDS = 9
_DONE = (Action.ACCEPT, Action.IGNORE, Action.ASK, Action.IGNORE, Action.DECLINE)


def measure(count: int) -> dict[str, float]:
    """Return seconds of the first run, and milliseconds of each after it.

    Args:
        count: How many requests were decided.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database=str(Path(folder) / "desk.db"))
        with Desk.open(settings) as desk:
            _fill(desk, count)
            desk.session()
            started = time.process_time()
            past = desk.rehearsal.past()
            first_s = time.process_time() - started
            assert len(past.items) >= count  # noqa: S101 - else nothing is measured
            strict, wide = (
                preset_policies()[n] for n in ("three-reasons", "open-door")
            )
            computed = []
            for place in range(ROUNDS):
                began = time.process_time()
                one = rehearse(slid(strict, place / ROUNDS), past)
                _ = one.missed, one.spared, scale(strict, past)
                differences(one, rehearse(wide, past), most=30)
                computed.append(1000 * (time.process_time() - began))
            pages = asyncio.run(_pages(desk))
    return {
        "first_s": first_s,
        "computed_ms": sorted(computed)[ROUNDS // 2],
        "page_ms": sorted(pages)[ROUNDS // 2],
    }


def _fill(desk: Desk, count: int) -> None:
    """Put requests into the store that were all decided, with ties to some senders."""
    requests = [
        replace(each, id=f"r{place}")
        for place, each in enumerate(invented_requests(count, seed=11))
    ]
    with desk._store.transaction() as store:  # noqa: SLF001 - nobody decides so many by hand
        store.put_member(MEMBER)
        store.put_requests(requests)
        store.put_ties(known_ties())
        store.add_decisions(_decisions(count))


def _decisions(count: int) -> Iterator[Decision]:
    for place in range(count):
        action = _DONE[place % len(_DONE)]
        yield Decision(
            id=0, request_id=f"r{place}", action=action, actor="member", at=NOW
        )


async def _pages(desk: Desk) -> list[float]:
    app = create_app(desk, key="the-key", port=PORT)
    keys = app.state.office.keys
    cookie = f"{keys.cookie_name}={keys.cookie}"
    path = "/rehearsal?policy=three-reasons&against=open-door&open="
    await _ask(app, "GET", f"{path}0", cookie)
    return [
        await _ask(app, "GET", f"{path}{0.25 * (place % 9) - 1}", cookie)
        for place in range(ROUNDS)
    ]


def run(budget: Mapping[str, float]) -> list[str]:
    """Print the figures; return which budgets were not held.

    Args:
        budget: The table ``rehearsal`` of budget.toml.
    """
    found = measure(int(budget["requests"]))
    print(
        f"Rehearsal of {int(budget['requests']):,} requests: first run"
        f" {found['first_s']:.1f} s, then {found['computed_ms']:.0f} ms, as a page"
        f" {found['page_ms']:.0f} ms"
    )
    return [
        f"rehearsal, {name}: {found[name]:.1f}, more than {budget[name]}"
        for name in ("first_s", "page_ms")
        if found[name] > budget[name]
    ]


if __name__ == "__main__":
    print(json.dumps(measure(10_000)))
