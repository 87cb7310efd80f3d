"""Files that are kept between two starts."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import pytest

from vorzimmer.kept_files import keep_file


def test_what_is_written_is_kept_in_a_folder_of_the_owner(tmp_path: Path) -> None:
    file = tmp_path / "new" / "kept.bin"
    keep_file(file, lambda opened: opened.write(b"one"))
    keep_file(file, lambda opened: opened.write(b"two"))
    assert file.read_bytes() == b"two"
    assert file.parent.stat().st_mode & 0o077 == 0
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize("error", [OSError(28, "disk full"), KeyboardInterrupt()])
def test_what_breaks_off_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, error: BaseException
) -> None:
    file = tmp_path / "kept.bin"
    keep_file(file, lambda opened: opened.write(b"whole"))

    def half(opened: IO[bytes]) -> None:
        opened.write(b"ha")
        raise error

    if isinstance(error, OSError):
        keep_file(file, half)
    else:
        with pytest.raises(KeyboardInterrupt):
            keep_file(file, half)
    assert file.read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [file]


def test_without_a_place_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    keep_file(tmp_path / "file" / "kept.bin", lambda opened: opened.write(b"x"))
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]
