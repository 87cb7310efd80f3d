"""What the member did that others could see: rows of LinkedIn's files, articles; pure.

Of comments no words are kept, as they may be about somebody; of the rest, the first.

Source:
    Headers, dates and the form of articles as seen in exports from 2023 to 2026.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b
from html import unescape

from vorzimmer.items import Occasion, OccasionKind
from vorzimmer.linkedin.cells import day_of, text_of
from vorzimmer.model import Sentence, say

LONGEST_TITLE = 60
"""Letters of a title that are kept."""

_NO_DAY = say("This row does not say on which day that was.")
_NOT_THERE = say("You did not take part in this event.")
# As events are marked that were left or declined; other words count as taken part.
_ABSENT = re.compile(
    r"RELINQUISH|DECLIN|REJECT|NOT[ _]?(?:GO|ATTEND)|REMOV", re.IGNORECASE
)
_TITLE = re.compile(r"<title[^>]*>([^<]{1,500})</title>", re.IGNORECASE)
_PUBLISHED = re.compile(
    r'class="published"[^>]*>\s*Published on ([0-9]{4}-[0-9]{2}-[0-9]{2})'
)


def share(row: Mapping[str, str]) -> Occasion | Sentence:
    """Read a row of Shares.csv, or of InstantReposts.csv, which has no words."""
    link = row.get("sharelink", "") or row.get("link", "")
    words = _short(row.get("sharecommentary", ""))
    return _made(OccasionKind.POST, row.get("date", ""), words, key=link)


def comment(row: Mapping[str, str]) -> Occasion | Sentence:
    """Read a row of Comments.csv."""
    day = row.get("date", "")
    return _made(OccasionKind.COMMENT, day, "", key=row.get("link", ""))


def event(row: Mapping[str, str]) -> Occasion | Sentence:
    """Read a row of Events.csv; it tells of those that one left, too."""
    if _ABSENT.search(row.get("status", "")):
        return _NOT_THERE
    begins = row.get("eventtime", "").partition(" - ")[0]
    return _made(OccasionKind.EVENT, begins, _short(row.get("eventname", "")))


def application(row: Mapping[str, str]) -> Occasion | Sentence:
    """Read a row of Job Applications.csv: day, job and firm, and nothing else."""
    parts = (text_of(row.get(name, "")) for name in ("position", "company"))
    title = _short(", ".join(part for part in parts if part))
    return _made(OccasionKind.APPLICATION, row.get("applicationdate", ""), title)


def article(page: str) -> Occasion | None:
    """Return the article of a page; ``None`` for drafts, and where no day is told.

    Args:
        page: Its HTML, or the beginning of it.
    """
    published, title = _PUBLISHED.search(page), _TITLE.search(page)
    if published is None:
        return None
    words = _short(unescape(title[1])) if title else ""
    made = _made(OccasionKind.ARTICLE, published[1], words)
    return made if isinstance(made, Occasion) else None


def _made(
    kind: OccasionKind, cell: str, title: str, *, key: str = ""
) -> Occasion | Sentence:
    day = day_of(cell)
    if day is None:
        return _NO_DAY
    whole = "\0".join((kind, " ".join(cell.split()), key or title))
    raw = whole.encode("utf-8", "surrogatepass")
    digest = blake2b(raw, digest_size=16).hexdigest()
    return Occasion(id=digest, kind=kind, on=day, title=title)


def _short(cell: str) -> str:
    """Return the first words of a text, on one line."""
    words = " ".join(text_of(cell).split())
    # Some exports write each line of a post within quotation marks.
    words = words.strip('" ')
    if len(words) <= LONGEST_TITLE:
        return words
    whole = words[:LONGEST_TITLE].rpartition(" ")[0] or words[:LONGEST_TITLE]
    return f"{whole} …"
