"""Everyday words are told from names by how people write them."""

from __future__ import annotations

from itertools import cycle

from everyday_words import FEWEST_STORIES, everyday_words
from training_text import TrainingNote
from vorzimmer.classifier import shipped_roles
from vorzimmer.kernels.plain_ngrams import EVERYDAY, hash_of


def told(*texts: str) -> list[str]:
    """Return the everyday words of notes, one a story, told again and again."""
    notes = [
        TrainingNote(str(at), "f", "de", frozenset(), f"story-{at}", text)
        for at, text in zip(range(FEWEST_STORIES * len(texts)), cycle(texts))
    ]
    return everyday_words(notes)


def test_small_words_and_words_behind_an_article_are_everyday() -> None:
    assert told("Hallo, die Heizung Karlheinz ist kalt") == [
        "die", "heizung", "ist", "kalt",
    ]  # fmt: skip


def test_a_word_behind_a_title_is_a_name() -> None:
    assert "sommer" not in told("Herr Sommer mag der Sommer")


def test_a_word_of_few_stories_is_not_everyday() -> None:
    assert told("hallo welt")[:1] == ["hallo"]
    assert everyday_words([]) == []


def test_names_of_people_are_not_among_those_that_are_shipped() -> None:
    roles = shipped_roles()
    names = "anna thomas mehmet müller priya jonas sabine sven katja emre"
    assert not [name for name in names.split() if hash_of(name.encode()) in roles]
    assert roles[hash_of(b"reply")] == EVERYDAY
