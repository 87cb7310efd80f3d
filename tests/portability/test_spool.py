from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from vorzimmer.errors import WritingError
from vorzimmer.portability.pages import Page
from vorzimmer.portability.spool import KEPT_S, Spool

NOW = 1_790_000_000.0
PAGES = [Page(0, [{"a": "ü"}], 1), Page(1, [{"a": "\ud800"}], None)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "data" / "own.db-portability"
    with Spool(file) as spool:
        spool.begin(owner="me", now=NOW)
        for each in PAGES:
            spool.keep("INBOX", each)
    return file


def found(file: Path, *, owner: str = "me", now: float = NOW) -> list[Page]:
    with Spool(file) as spool:
        spool.begin(owner=owner, now=now)
        return list(spool.pages("INBOX"))


def test_pages_are_there_the_next_time_and_gone_when_cleared(file: Path) -> None:
    with Spool(file) as spool:
        spool.begin(owner="me", now=NOW + 60)
        assert list(spool.pages("INBOX")) == PAGES
        assert list(spool.pages("PROFILE")) == []
        spool.clear()
    assert not file.exists()


def test_only_the_owner_of_the_account_can_read_them(file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_pages_of_others_and_of_yesterday_are_dropped(
    file: Path,
) -> None:
    content = file.read_bytes()
    cases: tuple[dict[str, Any], ...] = (
        {"owner": "you"},
        {"now": NOW + KEPT_S + 1},
        {"now": NOW - 1},
    )
    for case in cases:
        file.write_bytes(content)
        assert found(file, **case) == []
        assert found(file, **case) == []


def test_a_line_that_was_cut_off_costs_only_itself(file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[:-9])
    with Spool(file) as spool:
        spool.begin(owner="me", now=NOW)
        assert list(spool.pages("INBOX")) == PAGES[:1]
        spool.keep("INBOX", PAGES[1])
    assert file.read_bytes() == whole


@pytest.mark.parametrize(
    "rest", [b"", b"\x00\n", b"[]\n", b'{"form": 1}\n', b"[" * 9_999]
)
def test_a_file_that_is_none_of_ours_is_begun_anew(file: Path, rest: bytes) -> None:
    file.write_bytes(rest)
    assert found(file) == []
    assert b'"owner": "me"' in file.read_bytes()


def test_a_link_that_somebody_laid_is_not_followed(tmp_path: Path, file: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("dear")
    file.unlink()
    file.symlink_to(victim)
    assert found(file) == []
    assert victim.read_text() == "dear"


def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with Spool(tmp_path / "taken" / "x") as spool, pytest.raises(WritingError):
        spool.begin(owner="me", now=NOW)


def test_without_a_file_nothing_is_kept() -> None:
    with Spool(None) as spool:
        spool.begin(owner="me", now=NOW)
        spool.keep("INBOX", PAGES[0])
        assert list(spool.pages("INBOX")) == []
        spool.clear()
