"""Reads a pasted chat: who wrote what, and which message asked first; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from vorzimmer.names import plain_name
from vorzimmer.pasted.figures import CLOCK_ALONE, day_of
from vorzimmer.pasted.page import Page, can_be_name
from vorzimmer.pasted.words import is_surely_name, name_in, role_of

_SELF = {"you", "sie", "du", "ich", "me"}


@dataclass(slots=True)
class Said:
    """One message.

    Attributes:
        speaker: As the chat names them; ``"you"`` and the like is the member.
        lines: Numbers of its lines.
        day: The line that says on which day, or ``None``.
    """

    speaker: str
    lines: list[int] = field(default_factory=list)
    day: int | None = None


def read_talk(page: Page) -> list[Said]:
    """Return the messages of a chat, ``[]`` when the text is none."""
    heads = dict(_heads(page))
    if not heads:
        return []
    messages: list[Said] = []
    day: int | None = None
    skip = 0
    for at in range(page.end):
        if at in heads:
            speaker, skip = heads[at], at + 2 if _is_two_lines(page, at) else at + 1
            if not messages or messages[-1].lines or messages[-1].speaker != speaker:
                messages.append(Said(speaker, day=day))
        elif at >= skip and page.roles[at] == "day":
            day = at if day_of(page.lines[at].text, page.today) else day
        elif at >= skip and messages and _is_said(page, at, messages[-1]):
            messages[-1].lines.append(at)
    return [each for each in messages if each.lines]


def _is_said(page: Page, at: int, message: Said) -> bool:
    """Whether a line belongs to a message, and is not its speaker's name again."""
    text = page.lines[at].text
    return not page.roles[at] and plain_name(text) != plain_name(message.speaker)


def is_self(page: Page, speaker: str) -> bool:
    """Return whether a speaker is the member."""
    return speaker.casefold() in _SELF or page.is_member(speaker)


def _heads(page: Page) -> Iterator[tuple[int, str]]:
    for at in range(page.end):
        text = page.lines[at].text
        first = text.split(" ", 1)[0].strip(",:").casefold()
        name = name_in("speaker", text)
        is_own = first == text.casefold() and first in _SELF
        is_person = can_be_name(page, at) and is_surely_name(text)
        if name and (is_surely_name(name) or name.casefold() in _SELF):
            yield at, name
        elif _is_two_lines(page, at) and (is_own or is_person):
            yield at, text


def _is_two_lines(page: Page, at: int) -> bool:
    """Whether a name stands here, and the time of day on the next line."""
    if at + 1 >= page.end or role_of(page.lines[at].text) not in {"", "noise"}:
        return False
    return bool(CLOCK_ALONE.fullmatch(page.lines[at + 1].text))
