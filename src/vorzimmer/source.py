"""What a source is: how it is got, what it brings, and how its word is taken.

An importer declares its source once, beside its code (``SOURCE = Source(…)``); the page
*Sources*, ``vorzimmer sources`` and docs/reference/importers.md are made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vorzimmer.model import Sentence, say


class Takes(StrEnum):
    """What a source wants, to be read."""

    FILE = "file"
    FOLDER = "folder"
    SETTINGS = "settings"
    TOKEN = "token"  # noqa: S105 - the word, and no password
    WORDS = "words"


TAKES: dict[Takes, Sentence] = {
    Takes.FILE: say("a file"),
    Takes.FOLDER: say("a folder"),
    Takes.SETTINGS: say("your settings"),
    Takes.TOKEN: say("a token"),
    Takes.WORDS: say("words that you paste or type"),
}
"""The same in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One way in, as its importer declares it.

    Attributes:
        name: As on the command line; that of the importer's file.
        title: A few words.
        brings: What is known with it that is not known without; one sentence each.
        steps: How to get it, click by click; the first is the first thing to do.
        takes: What it wants, to be read.
        endings: Of the files that it takes, e.g. ``".zip"``.
        command: What to type to read it.
        page: Where on the desk it is read; ``""`` where only the command line does.
        has_own_ids: Whether two ids within one reading are surely two requests.
    """

    name: str
    title: Sentence
    brings: tuple[Sentence, ...]
    steps: tuple[Sentence, ...]
    takes: tuple[Takes, ...]
    command: str
    endings: tuple[str, ...] = ()
    page: str = "/import"
    has_own_ids: bool = False

    @property
    def is_remote(self) -> bool:
        """Whether it can be read again without anything being handed over."""
        return not {Takes.FILE, Takes.FOLDER, Takes.WORDS} & {*self.takes}
