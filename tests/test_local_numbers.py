"""Every page of a desk in use: numbers have the form of the page's language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from full_desk import full_desk
from vorzimmer.desk import Desk
from vorzimmer.web.navigation import GROUPS
from web_client import client_of

PATHS = [place.path for group in GROUPS for place in group.places]
# Whoever wrote a note, a law or a policy's file has written its numbers.
_OF_OTHERS = re.compile(
    r"<(blockquote|textarea|pre|q|bdi|style)\b.*?</\1>|<[^>]+>", re.DOTALL
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with full_desk(tmp_path_factory.mktemp("full")) as opened:
        yield opened


@pytest.mark.parametrize("path", [*PATHS, "/rehearsal?policy=three-reasons&open=0.5"])
@pytest.mark.parametrize(
    ("language", "foreign"), [("de", r"\d%|\d{2}\.\d(?!\d*\.)\b"), ("en", r"\d\s%")]
)
def test_shares_and_decimals_are_written_as_one_does(
    desk: Desk, path: str, language: str, foreign: str
) -> None:
    page = client_of(desk).enter().get(path, accept_language=language).text
    words = _OF_OTHERS.sub(" ", page)
    assert re.findall(rf".{{0,20}}(?:{foreign}).{{0,20}}", words) == []
