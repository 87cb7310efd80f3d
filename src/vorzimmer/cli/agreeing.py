"""Asks on the terminal; whoever answers in German may say ``j``."""

from __future__ import annotations

import sys

from vorzimmer.errors import NotAgreedError
from vorzimmer.model import Sentence
from vorzimmer.translation import Translator

_YES = {"y", "yes", "j", "ja"}


def check_agreed(question: Sentence, otherwise: Sentence, _: Translator) -> None:
    """Ask, on standard error; the end of input is no yes.

    Args:
        question: To be answered with yes or no.
        otherwise: What to say where the answer is not yes.
        _: The language.

    Raises:
        NotAgreedError: It is not.
    """
    words = f"{_.say(question)} {_('[y/N]')} "
    if typed(words).casefold() not in _YES:
        raise NotAgreedError(otherwise)


def typed(words: str) -> str:
    """Return what is typed after some words; ``""`` also at the end of input."""
    sys.stderr.write(words)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line.endswith("\n"):
        sys.stderr.write("\n")
    return line.strip()
