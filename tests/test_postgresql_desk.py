"""The whole desk on PostgreSQL: it shows what it shows on SQLite, to the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from full_desk import full_desk
from stores import schema_of_its_own
from vorzimmer.desk import Desk
from vorzimmer.web.navigation import GROUPS
from web_client import client_of

_PATHS = [place.path for group in GROUPS for place in group.places]
# What differs from one desk to the next: keys against forged forms, and where it lies.
_OF_ONE_DESK = re.compile(
    r"[0-9a-f]{32,}|[\w-]{43}|( The file has [\d.]+ MB\.)? It lies here: <code>[^<]*"
)

Desks = tuple[Desk, Desk]


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    folders: list[Path] = [tmp_path_factory.mktemp(each) for each in ("here", "there")]
    with (
        schema_of_its_own() as database,
        full_desk(folders[0]) as on_sqlite,
        full_desk(folders[1], database=database) as on_postgresql,
    ):
        yield on_sqlite, on_postgresql


@pytest.mark.parametrize("path", _PATHS)
def test_a_page_is_the_same_on_both(desks: Desks, path: str) -> None:
    here, there = (client_of(desk).enter().get(path) for desk in desks)
    assert (here.status_code, there.status_code) == (200, 200)
    assert _OF_ONE_DESK.sub("", here.text) == _OF_ONE_DESK.sub("", there.text)


def test_a_person_can_be_forgotten_on_both(desks: Desks) -> None:
    gone = []
    for desk in desks:
        known = desk.privacy.find("Dominik Freytag")
        gone.append(
            desk.privacy.forget_person("Dominik Freytag", {each.id for each in known})
        )
        assert not desk.privacy.find("Dominik Freytag")
    # A server sweeps its files when it likes.
    assert [each.is_swept for each in gone] == [True, False]
    assert replace(gone[1], is_swept=True) == gone[0]
