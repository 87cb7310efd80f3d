"""The compiled phrasebook is kept, and a damaged one does no harm."""

from __future__ import annotations

from pathlib import Path

import hyperscan
import pytest

from vorzimmer import compiled_phrases
from vorzimmer.compiled_phrases import phrasebook_in
from vorzimmer.phrases import Phrase, compile_phrases

PHRASES = [
    Phrase("greeting", "de", "guten tag", 1.0, "test"),
    Phrase("greeting", "de", "grüsse", 1.0, "test"),
]
NOTES = ["guten tag und viele grüsse", "gruesse", "nichts"]
FOUND = [(0, 1), (1,), ()]


def kept(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_a_kept_phrasebook_is_not_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cache"
    assert phrasebook_in(folder, PHRASES).scan(NOTES) == FOUND

    def never(_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(compiled_phrases, "compile_phrases", never)
    assert phrasebook_in(folder, PHRASES).scan(NOTES) == FOUND


def test_other_phrases_get_a_file_of_their_own(tmp_path: Path) -> None:
    phrasebook_in(tmp_path, PHRASES)
    phrasebook_in(tmp_path, PHRASES[:1])
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"x" * 40, None])
def test_a_damaged_file_is_replaced(tmp_path: Path, damage: bytes | None) -> None:
    phrasebook_in(tmp_path, PHRASES)
    whole = kept(tmp_path).read_bytes()
    kept(tmp_path).write_bytes(whole[:-1] if damage is None else damage)
    assert phrasebook_in(tmp_path, PHRASES).scan(NOTES) == FOUND
    assert kept(tmp_path).read_bytes() == whole


def test_without_a_place_to_keep_it_it_still_works(tmp_path: Path) -> None:
    no_folder = tmp_path / "file"
    no_folder.write_text("in the way", "utf-8")
    assert phrasebook_in(no_folder / "cache", PHRASES).scan(NOTES) == FOUND


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    phrasebook_in(tmp_path / "cache", PHRASES)
    assert kept(tmp_path / "cache").stat().st_mode & 0o077 == 0


def test_a_wrong_pattern_is_no_phrase() -> None:
    with pytest.raises(hyperscan.error, match="Missing close parenthesis"):
        compile_phrases([Phrase("broken", "", "a(b", 1.0, "test")])
