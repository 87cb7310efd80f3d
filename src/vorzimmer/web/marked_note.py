"""Cut a note into pieces: evidence marked and numbered, links shown but not live."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from vorzimmer.links import find_links
from vorzimmer.mails.addresses import without_tokens
from vorzimmer.model import Evidence, Kind

# What a finding means to the reader; each tone has its own line under the words, so
# that nobody needs to tell colours apart.
TONES: dict[Kind, str] = {
    Kind.KNOWN: "good",
    Kind.PERSONAL: "good",
    Kind.STANDARD: "plain",
    Kind.COLLECTOR: "plain",
    Kind.SOLICITATION: "plain",
    Kind.RECRUITING: "plain",
    Kind.UNVERIFIABLE: "caution",
    Kind.DANGER: "caution",
    Kind.ABUSE: "caution",
}
TOKENS = "tokens"
# Of a link, only this part may be quoted.
_PASSWORD = re.compile(r"\A[^\s:@/]{1,200}:[^\s@/]{1,200}@(?=[\w.-]+\Z)")
_NOTHING = "\0"  # no note has it any more, once it was made visible
# Where several findings meet, the gravest gives the tone.
_GRAVEST_FIRST = ("caution", "plain", "good", "against")


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One piece of evidence as the page shows it.

    Attributes:
        number: Its number in the note, as of a footnote; ``None`` outside the note.
    """

    kind: Kind
    evidence: Evidence
    number: int | None = None

    @property
    def tone(self) -> str:
        """What it means to the reader: good, plain, caution, or against its kind."""
        return TONES[self.kind] if self.evidence.points > 0 else "against"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a note that share the same marks.

    Attributes:
        tone: See ``Exhibit.tone``; ``""`` without evidence.
        link: ``"host"`` for the host name of a link; ``"tokens"`` for what may log
            somebody in, of which only that it is there is shown; ``"link"`` for the
            rest of it.
        ends: The exhibits whose words end here.
    """

    text: str
    tone: str = ""
    link: str = ""
    ends: tuple[Exhibit, ...] = ()


def number_exhibits(
    evidence: Iterable[tuple[Kind, Evidence]], note: str
) -> tuple[Exhibit, ...]:
    """Return all evidence, that in the note numbered in the order of reading."""
    pairs = list(evidence)
    placed = [pair for pair in pairs if _is_in(pair[1].span, note)]
    placed.sort(key=lambda pair: (pair[1].span or (0, 0), pair[1].signal))
    numbers = {id(pair[1]): number for number, pair in enumerate(placed, start=1)}
    return tuple(Exhibit(kind, each, numbers.get(id(each))) for kind, each in pairs)


def cut(note: str, exhibits: Sequence[Exhibit]) -> tuple[Piece, ...]:
    """Return the note in pieces; overlapping marks are cut where they begin and end."""
    spans = [
        (each.evidence.span, each)
        for each in exhibits
        if each.number is not None and each.evidence.span is not None
    ]
    spans.sort(key=lambda pair: pair[1].number or 0)
    links = _link_parts(note)
    shown = visible(note)
    edges = {0, len(note)}
    for (start, end), _ in (*spans, *links):
        edges |= {start, end}
    tokens = [span for span, name in links if name == TOKENS]
    for start, end in tokens:
        # The length stays, so that the places of marks hold.
        shown = f"{shown[:start]}…{_NOTHING * (end - start - 1)}{shown[end:]}"
    pieces: list[Piece] = []
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        here = [mark for span, mark in spans if span[0] <= start and end <= span[1]]
        tones = {mark.tone for mark in here}
        pieces.append(
            Piece(
                text=shown[start:end].replace(_NOTHING, ""),
                tone=next((tone for tone in _GRAVEST_FIRST if tone in tones), ""),
                link=next(
                    (name for span, name in links if span[0] <= start < span[1]), ""
                ),
                ends=tuple(mark for span, mark in spans if span[1] == end),
            )
        )
    return tuple(pieces)


def visible(text: str) -> str:
    """Return the text with what would hide or turn words around made visible.

    Control characters and the marks that reverse the direction of writing become
    ``␣``; the length stays, so that positions in the text hold.
    """
    if text.isprintable():
        return text
    return "".join("␣" if _hides(character) else character for character in text)


@lru_cache(maxsize=1024)  # the same few are on many pages
def bare(text: str) -> str:
    """Return a text whose links are without what may log somebody in or tell who."""
    return _PASSWORD.sub("…@", without_tokens(text))


def _hides(character: str) -> bool:
    if character in "\n\t":
        return False
    is_bidi = "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069"
    return is_bidi or unicodedata.category(character) in {"Cc", "Cs"}


def _is_in(span: tuple[int, int] | None, note: str) -> bool:
    return span is not None and 0 <= span[0] < span[1] <= len(note)


def _link_parts(note: str) -> list[tuple[tuple[int, int], str]]:
    """Return where links stand, cut so that the host name can be told from the rest."""
    parts: list[tuple[tuple[int, int], str]] = []
    for link in find_links(note):
        (start, end), (host_start, host_end) = link.span, link.authority_span
        name_start, name_end = _name(note, start, host_start, host_end)
        path_end = _end_of_path(note, host_end, end)
        parts += [
            ((start, name_start), "link"),
            ((name_start, name_end), TOKENS),
            ((name_end, host_end), "host"),
            ((host_end, path_end), "link"),
            ((path_end, end), TOKENS),
        ]
    return [(span, name) for span, name in parts if span[0] < span[1]]


def _name(note: str, start: int, host_start: int, host_end: int) -> tuple[int, int]:
    """Return where a name and password stand before the host, without the sign @.

    One that is dressed up as a host stays to be seen: that is a trap.
    """
    sign = note.rfind("@", start, host_end)
    if sign < 0:
        return host_start, host_start
    scheme = note.find("//", start, sign)
    begin = scheme + 2 if scheme >= 0 else start
    name = note[begin:sign]
    is_trap = "." in name.partition(":")[0]
    return (host_start, host_start) if is_trap else (begin, sign)


def _end_of_path(note: str, start: int, end: int) -> int:
    """Return where query or fragment begin, which may log somebody in or tell who."""
    places = (note.find(sign, start, end) for sign in "?#")
    return min((place for place in places if place >= 0), default=end)
