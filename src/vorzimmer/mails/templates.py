"""What the networks' mails say, and which kind of mail says it; pure.

By the template that LinkedIn names, then by the sender's address, then by subject. The
patterns stand in ``templates.toml``, which says where they are from.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from vorzimmer.items import NoticeKind

OTHER = "other"
"""A mail of a network that is about something else: jobs, news, groups."""

_NAME = r"(?P<name>[^\n|]{2,80}?)"
_Patterns = tuple[tuple[re.Pattern[str], NoticeKind | str], ...]


@cache
def _table() -> dict[str, Any]:
    place = files("vorzimmer") / "mails" / "templates.toml"
    return tomllib.loads(place.read_text("utf-8"))


@cache
def _patterns(what: str) -> _Patterns:
    return tuple(
        (
            _compiled([pattern.replace("NAME", _NAME)]),
            OTHER if entry["kind"] == OTHER else NoticeKind(entry["kind"]),
        )
        for entry in _table()[what]
        for pattern in entry["patterns"]
    )


def _compiled(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _text(what: str) -> re.Pattern[str]:
    return _compiled(_table()["text"][what])


FOOTER = _text("footer")
OWNER = _text("owner")
LABEL = _compiled([rf"^(?:{'|'.join(_table()['text']['label'])})\W*$"])
GREETING = _text("greeting")
SHARED = _text("shared")
TEMPLATE_SENTENCE = _text("sentence")
PLACE = re.compile("|".join(_table()["text"]["place"]))  # capitals count


def kind_of(
    *, template: str, mailed_as: str, sender: str, subject: str
) -> NoticeKind | str | None:
    """Return what a mail tells; ``OTHER`` is nothing for us, ``None`` is not known.

    Args:
        template: LinkedIn's name of the template, in lower case, ``""`` when unknown.
        mailed_as: LinkedIn's class of the mail (``INVITE-GUEST``), or ``""``.
        sender: The part of the sender's address before the @.
        subject: Of the mail.
    """
    if "guest" in mailed_as.casefold():
        return NoticeKind.TO_NON_MEMBER
    by_template = _first("template", template) if template else None
    if by_template:
        return by_template
    by_subject, _ = kind_by_subject(subject)
    by_sender = _first("sender", sender.casefold())
    # Suggestions and messages share senders with what template or subject tell better.
    if by_sender == NoticeKind.MESSAGE and (by_subject or template):
        by_sender = None
    return by_sender or by_subject or (OTHER if template else None)


def _first(what: str, text: str) -> NoticeKind | str | None:
    found = (kind for pattern, kind in _patterns(what) if pattern.search(text))
    return next(found, None)


def kind_by_subject(subject: str) -> tuple[NoticeKind | None, str]:
    """Return what a subject says, and the name in it, ``""`` when there is none."""
    for pattern, kind in _patterns("subject"):
        found = pattern.search(subject)
        if found and isinstance(kind, NoticeKind):
            name = found.groupdict().get("name") or ""
            return kind, name.strip(" ,:„“”\"'")
    return None, ""


def kind_by_text(text: str) -> NoticeKind | None:
    """Return what a line of the mail says about its kind, if it does."""
    kind = _first("line", text)
    return kind if isinstance(kind, NoticeKind) else None
