"""Measures how fast the session opens with thousands of requests that wait."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bench_screening import _ask
from many_requests import MEMBER, NOW, invented_requests, known_ties
from vorzimmer.desk import Desk
from vorzimmer.model import Action, Decision, Kind
from vorzimmer.settings import Settings
from vorzimmer.web.app import create_app
from vorzimmer.web.serve import get_ready

PORT = 8700
ROUNDS = 15
LOOKED_AT = 300


def measure(waiting: int, decided: int) -> dict[str, float]:
    """Return milliseconds of work for the page: the first time, then, after changes.

    Args:
        waiting: How many requests wait.
        decided: How many more were decided.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database=str(Path(folder) / "desk.db"))
        with Desk.open(settings) as desk:
            _fill(desk, waiting, decided)
            app = create_app(desk, key="the-key", port=PORT)
            keys = app.state.office.keys
            cookie = f"{keys.cookie_name}={keys.cookie}"

            async def page(path: str = "/") -> float:
                return await _ask(app, "GET", path, cookie)

            started = time.process_time()
            desk.session()
            first_ms = 1000 * (time.process_time() - started) + asyncio.run(page())
            assert desk.session().open_count == waiting  # noqa: S101 - else nothing is measured
            warm = [asyncio.run(page()) for _ in range(ROUNDS)]
            after_one, after_many, after_learning = [], [], []
            for _ in range(ROUNDS):
                group = desk.session().groups[0][1]
                desk.decide(group[0].request.id, Action.IGNORE)
                after_one.append(asyncio.run(page()))
            for place in range(ROUNDS):
                group = max((each for _, each in desk.session().groups), key=len)
                kind = (Kind.SOLICITATION, Kind.PERSONAL)[place % 2]
                desk.teaching.correct(group[20 * place].request.id, kind)
                after_learning.append(asyncio.run(page()))
            for place in range(3):
                group = desk.session().groups[place][1]
                ids = [card.request.id for card in group[: waiting // 10]]
                desk.reactions.decide_many(ids, Action.IGNORE)
                after_many.append(asyncio.run(page()))
            # Most of these were never looked at, nor found beforehand.
            get_ready(desk)
            way = desk.session().way
            some = [card.request.id for card in way[:: len(way) // LOOKED_AT or 1]]
            looked = sorted(asyncio.run(page(f"/?id={each}")) for each in some)
    return {
        "first_ms": first_ms,
        "warm_ms": sorted(warm)[ROUNDS // 2],
        "after_one_ms": sorted(after_one)[ROUNDS // 2],
        "after_one_slowest_ms": max(after_one),
        "after_learning_ms": sorted(after_learning)[ROUNDS // 2],
        "after_many_ms": sorted(after_many)[1],
        "request_ms": looked[len(looked) // 2],
        "request_p99_ms": looked[int(0.99 * (len(looked) - 1))],
    }


def _fill(desk: Desk, waiting: int, decided: int) -> None:
    """Put requests into the store, the last of them decided, and ties to some."""
    requests = [
        replace(each, id=f"r{place}")
        for place, each in enumerate(invented_requests(waiting + decided, seed=11))
    ]
    policy = desk.policy().name
    with desk._store.transaction() as store:  # noqa: SLF001 - nobody decides so many by hand
        store.put_member(MEMBER)
        store.put_requests(requests)
        store.put_ties(known_ties())
        store.add_decisions(
            Decision(
                id=0,
                request_id=f"r{waiting + place}",
                action=Action.IGNORE,
                actor="member",
                at=NOW + timedelta(seconds=7 * place),
                policy=policy,
                proposed=Action.IGNORE,
            )
            for place in range(decided)
        )


def run(budget: Mapping[str, float]) -> list[str]:
    """Print the figures; return which budgets were not held.

    Args:
        budget: The table ``session`` of budget.toml.
    """
    found = measure(int(budget["waiting"]), int(budget["decided"]))
    print(
        f"Session page, {int(budget['waiting']):,} waiting: {found['warm_ms']:.0f} ms,"
        f" after one decision {found['after_one_ms']:.0f} ms (slowest"
        f" {found['after_one_slowest_ms']:.0f} ms), after learning"
        f" {found['after_learning_ms']:.0f} ms, after many"
        f" {found['after_many_ms']:.0f} ms; the first one {found['first_ms']:.0f} ms;"
        f" a request for the first time {found['request_ms']:.1f} ms"
        f" (p99 {found['request_p99_ms']:.1f} ms)"
    )
    return [
        f"session, {name}: {found[name]:.0f}, more than {budget[name]}"
        for name in found
        if found[name] > budget[name]
    ]


if __name__ == "__main__":
    print(json.dumps(measure(5_000, 2_000)))
