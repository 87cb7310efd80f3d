"""What the member wrote is there as a whole, or as it was before."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from vorzimmer.errors import WritingError
from vorzimmer.whole_files import write_whole


def test_a_file_gets_another_text_and_keeps_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "policies" / "mine.toml"
    write_whole(file, "one")
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o640)
    write_whole(file, "two\r\n")
    assert file.read_bytes() == b"two\r\n"
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_link_still_leads_to_what_was_written(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "settings.toml").write_text("one", "utf-8")
    link = tmp_path / "settings.toml"
    link.symlink_to(own / "settings.toml")
    write_whole(link, "two")
    assert link.is_symlink()
    assert (own / "settings.toml").read_text("utf-8") == "two"
    assert list(own.iterdir()) == [own / "settings.toml"]


def test_what_breaks_off_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.toml"
    write_whole(file, "whole")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WritingError):
        write_whole(file, "by half")
    assert file.read_text("utf-8") == "whole"
    assert list(tmp_path.iterdir()) == [file]


def test_what_is_not_allowed_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"

    def refuse(made: Path) -> None:
        assert made.read_text("utf-8") == "one"
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        write_whole(file, "one", check=refuse)
    assert not list(tmp_path.iterdir())
