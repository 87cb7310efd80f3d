"""The training text is what its page says: parallel, varied, written for this."""

from __future__ import annotations

import json
import re
import runpy
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from vorzimmer.model import Channel, Kind

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "training" / "notes").glob("*.jsonl"))
FIELDS = {"id", "lang", "kinds", "scenario", "channel", "text"}
KINDS = {
    "personal",
    "standard",
    "collector",
    "solicitation",
    "recruiting",
    "danger",
    "abuse",
}
LONGEST = 2_000
LANGUAGES = ("de", "en")
HOST = re.compile(r"https?://([^\s/?#,;]+)|[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
OURS = re.compile(r"(?:^|\.)(?:example(?:\.(?:org|com|net))?)\.?$")


@cache
def text() -> SimpleNamespace:
    """Return tools/training_text.py."""
    return SimpleNamespace(**runpy.run_path(str(ROOT / "tools/training_text.py")))


@cache
def lines() -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for path in FILES
        for line in path.read_text("utf-8").splitlines()
    ]


@cache
def notes() -> list[Any]:
    return list(text().read_notes())


@cache
def near_duplicates() -> list[tuple[int, int]]:
    return list(text().near_duplicates(notes()))


def test_every_kind_has_a_file_in_both_languages() -> None:
    stems = {path.stem for path in FILES}
    assert {f"{kind}_de" for kind in KINDS | {"neutral"}} <= stems
    names = [stem.rpartition("_") for stem in stems]
    german, english = (
        {name for name, _, lang in names if lang == x} for x in LANGUAGES
    )
    assert german == english


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_line_is_a_note(path: Path) -> None:
    channels = {channel.value for channel in Channel}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        assert row.keys() == FIELDS
        assert row["lang"] == path.stem[-2:]
        assert set(row["kinds"]) <= KINDS
        assert row["channel"] in channels
        assert re.fullmatch(rf"[a-z]{{3}}-{row['lang']}-\d{{4}}", row["id"])
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["scenario"])
        assert len(row["text"]) <= LONGEST


def test_ids_are_unique() -> None:
    assert len({row["id"] for row in lines()}) == len(lines())


def test_there_is_enough_of_every_kind_in_both_languages() -> None:
    counted = Counter((row["lang"], kind) for row in lines() for kind in row["kinds"])
    assert len(lines()) >= 3_000
    assert all(counted[lang, kind] >= 130 for kind in KINDS for lang in ("de", "en"))
    ordinary = Counter(row["lang"] for row in lines() if not row["kinds"])
    assert min(ordinary.values()) >= 130


def test_notes_are_of_many_lengths() -> None:
    lengths = sorted(len(row["text"]) for row in lines())
    assert lengths[0] == 0
    assert lengths[len(lengths) // 10] < 80
    assert lengths[-len(lengths) // 20] > 400


def test_every_kind_is_told_in_many_stories() -> None:
    told = defaultdict(set)
    for row in lines():
        for kind in row["kinds"]:
            told[row["lang"], kind].add(row["scenario"])
    assert min(len(scenarios) for scenarios in told.values()) >= 30


def test_no_story_is_much_longer_than_the_others() -> None:
    counted = Counter((row["id"][:6], row["scenario"]) for row in lines())
    assert max(counted.values()) <= 35


def test_both_names_of_a_pair_exist() -> None:
    names = defaultdict(set)
    for row in lines():
        names[row["lang"]].add(row["scenario"])
    for german, english in text().scenario_pairs():
        assert german in names["de"]
        assert english in names["en"]


def test_most_stories_are_told_in_both_languages() -> None:
    told = defaultdict(set)
    for note, story in zip(notes(), text().stories(notes()), strict=True):
        if note.file != "letters":  # told in one language each
            told[story].add(note.lang)
    both = sum(len(languages) == 2 for languages in told.values())
    assert both >= 0.9 * len(told)


def test_a_story_stands_on_one_side_of_a_split_in_both_languages() -> None:
    stories = dict(
        zip([n.scenario for n in notes()], text().stories(notes()), strict=True)
    )
    for german, english in text().scenario_pairs():
        sides = {text().fold_of(stories[name]) for name in (german, english)}
        assert len(sides) == 1


def test_no_side_of_a_split_is_small() -> None:
    sides = Counter(text().fold_of(story) for story in text().stories(notes()))
    assert set(sides) == set(range(text().FOLDS))
    assert min(sides.values()) >= 0.15 * len(notes())


def test_near_duplicates_are_few() -> None:
    assert len(near_duplicates()) <= 20


def test_hardly_any_near_duplicates_stand_on_two_sides_of_a_split() -> None:
    sides = [text().fold_of(story) for story in text().stories(notes())]
    across = [pair for pair in near_duplicates() if sides[pair[0]] != sides[pair[1]]]
    assert len(across) <= 5


def test_a_near_duplicate_is_seen() -> None:
    note = text().TrainingNote
    told = [
        note("1", "f", "de", frozenset(), "s", "Hallo Anna, wir reinigen Ihre Büros."),
        note("2", "f", "de", frozenset(), "s", "Hallo Bert, wir reinigen Ihre Büros."),
        note("3", "f", "de", frozenset(), "s", "Wir waren in Ulm auf einer Schule."),
    ]
    assert text().near_duplicates(told) == [(0, 1)]


def test_no_note_names_a_host_or_mailbox_of_others() -> None:
    hosts = [
        next(filter(None, found.groups())).casefold()
        for row in lines()
        for found in HOST.finditer(row["text"])
    ]
    assert hosts
    assert [host for host in hosts if not OURS.search(host)] == []


def test_kinds_have_the_words_of_the_model() -> None:
    assert {kind.value for kind in text().KINDS} == KINDS
    assert all(isinstance(kind, Kind) for note in notes() for kind in note.kinds)
