"""What is handed over to be read stays no longer than it is needed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from vorzimmer.desk import Desk, ImportReport, Progress
from vorzimmer.settings import Settings
from vorzimmer.web import importing
from vorzimmer.web.importing import Imports, private_folder, remove_leftovers

DAY_S = 86_400


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_a_desk_that_closes_while_it_reads_takes_the_upload_away(
    tmp_path: Path,
) -> None:
    is_over, gone = Event(), list[str]()

    def reading(*, progress: Callable[[Progress], None]) -> ImportReport | None:
        del progress
        is_over.wait(10)
        return None

    with Desk.open(Settings(database=str(tmp_path / "desk.db"))) as desk:
        imports = Imports(desk)
        assert imports.start_reading(reading, name="x", then=lambda: gone.append("x"))
        imports.end(0.01)
        assert gone == ["x"]
        is_over.set()
        imports.wait(10)
        imports.end(0)
    assert len(gone) == 2  # its own end, and none after it


def test_what_a_killed_desk_left_goes_a_day_later(temporary: Path) -> None:
    old, young, other = private_folder(), private_folder(), temporary / "vorzimmer-x"
    other.mkdir()
    (old / "archive.zip").write_bytes(b"PK")
    long_ago = time.time() - DAY_S - 60
    for each in (old, other):
        os.utime(each, (long_ago, long_ago))
    remove_leftovers()
    assert [each.exists() for each in (old, young, other)] == [False, True, True]


def test_a_link_among_what_is_left_leads_nowhere(temporary: Path) -> None:
    victim = temporary / "dear"
    victim.mkdir()
    link = temporary / f"{importing._UPLOAD}x"  # noqa: SLF001 - its one place
    link.symlink_to(victim)
    long_ago = time.time() - DAY_S - 60
    os.utime(link, (long_ago, long_ago), follow_symlinks=False)
    remove_leftovers()
    assert (link.is_symlink(), victim.is_dir()) == (True, True)
