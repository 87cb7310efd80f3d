"""The tables that tell languages are kept, and damaged ones do no harm."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from vorzimmer.language_tables import Tables, tables_in


def made() -> Tables:
    return Tables(
        classes=np.array(["de", "en"]),
        moves=np.zeros(512, np.uint32),
        rows=np.array([0, 1, 1], np.uint32),
        outputs=np.array([-1, 0, 1], np.int32),
        weights=np.ones((2, 2), np.float32),
        priors=np.ones(2, np.float32),
    )


def never() -> Tables:
    raise AssertionError


def same(one: Tables, other: Tables) -> bool:
    return all(map(np.array_equal, one, other))


def test_kept_tables_are_not_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    assert same(tables_in(folder, "a", made), made())
    assert same(tables_in(folder, "a", never), made())
    assert [each.name for each in folder.iterdir()] == ["languages-a.npz"]


def test_tables_of_another_version_are_replaced(tmp_path: Path) -> None:
    tables_in(tmp_path, "a", made)
    tables_in(tmp_path, "b", made)
    assert [each.name for each in tmp_path.iterdir()] == ["languages-b.npz"]


@pytest.mark.parametrize("damage", [b"", b"x" * 40, None])
def test_a_damaged_file_is_replaced(tmp_path: Path, damage: bytes | None) -> None:
    tables_in(tmp_path, "a", made)
    file = tmp_path / "languages-a.npz"
    whole = file.read_bytes()
    file.write_bytes(whole[:-60] if damage is None else damage)
    assert same(tables_in(tmp_path, "a", made), made())
    assert same(tables_in(tmp_path, "a", never), made())


@pytest.mark.parametrize(
    "wrong",
    [
        {"moves": np.full(512, 3, np.uint32)},
        {"moves": np.zeros(512, np.uint64)},
        {"rows": np.array([0, 1, 2], np.uint32)},
        {"rows": np.zeros(2, np.uint32)},
        {"outputs": np.array([-1, 0, 2], np.int32)},
        {"weights": np.ones((2, 3), np.float32)},
        {"priors": np.zeros(0, np.float32)},
    ],
)
def test_what_would_lead_out_of_the_tables_is_made_anew(
    tmp_path: Path, wrong: dict[str, np.ndarray]
) -> None:
    tables_in(tmp_path, "a", lambda: made()._replace(**wrong))
    assert same(tables_in(tmp_path, "a", made), made())


def test_without_a_place_to_keep_them_they_are_made(tmp_path: Path) -> None:
    no_folder = tmp_path / "file"
    no_folder.write_text("in the way", "utf-8")
    assert same(tables_in(no_folder / "cache", "a", made), made())
