"""A mail's text or HTML as lines, each with where its link leads; pure.

HTML is read by a real parser, but made harmless before: nesting without end and
formatting elements left open make every HTML parser slow (100,000 nested ``div`` took
46 s, docs/experiments.md).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from vorzimmer.linkedin.cells import text_of
from vorzimmer.mails.mime import Mail

MAX_LINES = 2_000
MAX_LINE_CHARS = 4_000
_DEEPEST = 200

# Signs without a width with which previews are padded; a joiner is kept inside words,
# where scripts and emoji need it.
_PADDING = re.compile(
    "[\u00ad\u034f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069"
    "\ufeff\u115f\u1160\u3164\uffa0]+|[\u200c\u200d]{2,}|[\u200c\u200d](?=\\s|$)"
    "|(?<=\\s)[\u200c\u200d]"
)
_ADDRESS = re.compile(r"<?\b(https?://[^\s<>\"]{1,4000})>?", re.IGNORECASE)
_AROUND = " \t:=>-–—|•·[]()"
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,20})\b")
_FORMATTING = re.compile(
    r"</?(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_ANCHOR = re.compile(r"<(/?)a(?=[\s>/])", re.IGNORECASE)
# Elements without an end, and those that the next one of their sort ends.
_NOT_COUNTED = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"}
    | {"source", "track", "wbr", "p", "li", "tr", "td", "th", "tbody", "thead"}
    | {"tfoot", "dd", "dt", "option"}
)
_DROPPED = frozenset({"head", "script", "style", "template", "noscript", "title"})
_INLINE = frozenset({"x-a", "span", "img", "label", "sup", "sub", "abbr", "center"})
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|(?:font-size|max-height|max-width|opacity)\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        text: Without the link and without padding; ``""`` is a gap.
        address: Where the link in it leads, as written; ``""`` is none.
        label: What stands in place of a picture that is a link.
    """

    text: str
    address: str = ""
    label: str = ""


def lines_of(mail: Mail) -> tuple[Line, ...]:
    """Return the lines of a mail: of its plain text, else of its HTML.

    XING's plain text holds what its HTML hides, so plain text goes first.
    """
    if mail.text.strip() and not _is_html(mail.text):
        return text_lines(mail.text)
    return html_lines(mail.html or mail.text)


def _is_html(text: str) -> bool:
    start = text.lstrip()[:200].casefold()
    return start.startswith(("<!doctype html", "<html", "<body"))


def text_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a plain text; a link alone belongs to the line before."""
    lines: list[Line] = []
    for raw in text.split("\n")[:MAX_LINES]:
        line = _text_line(text_of(raw[:MAX_LINE_CHARS]))
        is_link_alone = line.address and not line.text
        if is_link_alone and lines and lines[-1].text and not lines[-1].address:
            lines[-1] = Line(lines[-1].text, line.address)
        elif line.text or line.address or (lines and lines[-1] != Line("")):
            lines.append(line)
    return tuple(lines)


def _text_line(raw: str) -> Line:
    found = _ADDRESS.search(raw)
    if not found:
        return Line(clean(raw))
    before = clean(raw[: found.start()])
    after = clean(raw[found.end() :])
    # A sentence with a link in the middle keeps it: it may be a part of the note.
    if len(before.split()) > 6 or len(after.split()) > 3:
        return Line(clean(raw), found[1])
    return Line(f"{before} {after}".strip(_AROUND), found[1])


def clean(text: str) -> str:
    """Return a text without padding, its blanks collapsed."""
    return " ".join(_PADDING.sub("", text).split())


def html_lines(html: str) -> tuple[Line, ...]:
    """Return the lines of HTML as a person sees them: hidden text is left out."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - few mails get here

    tree = LexborHTMLParser(_harmless(html))
    page = _Page()
    if tree.body is not None:
        _walk(tree.body, page)
    page.end_line()
    return tuple(page.lines)


def _harmless(html: str) -> str:
    """Return HTML of bounded depth; anchors become elements without special rules."""
    plain = _FORMATTING.sub("", html)
    depth = 0
    for tag in _TAG.finditer(plain):
        if tag[2].lower() in _NOT_COUNTED:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _DEEPEST:
            plain = plain[: tag.start()]
            break
    return _ANCHOR.sub(r"<\1x-a", plain)


class _Page:
    """Puts lines together while the elements pass by."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._address = ""
        self._links: list[tuple[str, int]] = []

    def add(self, text: str) -> None:
        self._pieces.append(text)

    def end_line(self) -> None:
        text = clean(text_of("".join(self._pieces)))[:MAX_LINE_CHARS]
        if text and len(self.lines) < MAX_LINES:
            # A link may go around several lines: each of them leads there.
            inside = self._links[-1][0] if self._links else ""
            self.lines.append(Line(text, self._address or inside))
        self._pieces, self._address = [], ""

    def begin_link(self, address: str) -> None:
        self._links.append((address, len(self.lines)))

    def end_link(self, label: str) -> None:
        if not self._links:
            return
        address, before = self._links.pop()
        if any(map(str.strip, self._pieces)):
            self._address = self._address or address
        elif len(self.lines) == before and len(self.lines) < MAX_LINES:
            self.lines.append(Line("", address, clean(label)))


def _walk(body: Any, page: _Page) -> None:  # noqa: ANN401 - selectolax's own class
    """Go through all elements in their order, without calling itself."""
    node, label = body.first_child, ""
    while node is not None:
        tag = node.tag or ""
        child = None
        if tag == "-text":
            page.add(node.text_content or "")
        elif tag[:1] != "-" and not _is_hidden(node, tag):
            label = _begin(node, tag, page, label)
            child = node.first_child
            if child is None:
                _end(tag, page, label)
        if child is not None:
            node = child
            continue
        while node is not None and node.next is None:
            node = node.parent
            if node is None or node.mem_id == body.mem_id:
                return
            _end(node.tag or "", page, label)
        node = node.next if node is not None else None


def _begin(node: Any, tag: str, page: _Page, label: str) -> str:  # noqa: ANN401 - as above
    if tag == "x-a":
        page.begin_link(node.attributes.get("href") or "")
        return ""
    if tag == "img":
        return node.attributes.get("alt") or label
    if tag not in _INLINE:
        page.end_line()
    return label


def _end(tag: str, page: _Page, label: str) -> None:
    if tag == "x-a":
        page.end_link(label)
    elif tag not in _INLINE:
        page.end_line()


def _is_hidden(node: Any, tag: str) -> bool:  # noqa: ANN401 - as above
    if tag in _DROPPED:
        return True
    attributes = node.attributes
    style = attributes.get("style") or ""
    return "hidden" in attributes or bool(style and _HIDING.search(style[:2_000]))
