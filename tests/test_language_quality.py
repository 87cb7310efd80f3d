"""The page on how surely a language is told counts what it is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from language_quality import PAGE, Told, page, read_texts, told
from public_data import DATA, MISSING

GERMAN = "Guten Tag Frau Holm, wir saßen beim Frühstück in Lübeck am selben Tisch."


def test_right_wrong_and_unsure_are_told_apart() -> None:
    assert told("de", [GERMAN, GERMAN, "ok"]) == Told(right=2, wrong=0, unsure=1)
    assert told("nl", [GERMAN, "ok"]) == Told(right=0, wrong=1, unsure=1)


def test_the_goal_counts_the_unsure_as_not_right() -> None:
    held = page({"de": [GERMAN] * 99}, {})
    missed = page({"de": [GERMAN] * 9 + ["1234567890 " * 4]}, {})
    assert "| ≥ 0.97 | 100.0 % [96.3–100.0] | yes |" in held
    assert "| ≥ 0.97 | 90.0 % [59.6–98.2] | **no** |" in missed


def test_without_data_the_page_says_so(tmp_path: Path) -> None:
    assert read_texts(tmp_path / "nowhere") == {}
    assert MISSING in page({}, {})


def test_the_page_is_that_of_the_data_where_it_is_there() -> None:
    folder = DATA / "language"
    if not folder.exists():
        pytest.skip("the public data is not there")
    whole = page(read_texts(folder / "sentences"), read_texts(folder / "word-pairs"))
    assert PAGE.read_text("utf-8") == whole
