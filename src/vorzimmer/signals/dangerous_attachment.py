"""Signal ``dangerous_attachment``."""

from __future__ import annotations

from vorzimmer.links import Link
from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal

# Archives and scripts of web pages have honest uses; programs have none in a note.
_WEAK = frozenset({"zip", "rar", "7z", "cab", "js", "img", "dmg", "pkg", "apk"})
_WEAK_STRENGTH = 0.4


@signal(
    kind=Kind.DANGER,
    group=Group.LINKS,
    weight=4.8,
    since="0.1",
    wakes="dangerous_file link",
)
def dangerous_attachment(request: ContactRequest, context: Context) -> Hit | None:
    """The note brings a file that can do harm when it is opened.

    Why it matters:
        Programs, disk images and documents with macros are how malware comes in; a
        contact request needs none of them.

    Known errors:
        Developers talk about setup.exe without sending it. Web pages end in .html as
        a rule, so that ending counts only where the note speaks of an attachment.

    Source:
        The lists of file types that Outlook and Gmail block, in ``links.toml``.
    """
    del request
    for link in context.note.links:
        if link.file_type:
            span = _name_span(link, link.file_type)
            strength = _WEAK_STRENGTH if link.file_type in _WEAK else 1.0
            return Hit(context.note.text[span[0] : span[1]], strength, span)
    return context.note.find("dangerous_file")


def _name_span(link: Link, file_type: str) -> tuple[int, int]:
    """Return where the file's name stands; its host when the name is disguised."""
    dot = link.text.casefold().rfind(f".{file_type}")
    if dot < 0:
        return link.authority_span
    begin = max(link.text.rfind(sign, 0, dot) for sign in "/\\") + 1
    return link.span[0] + begin, link.span[0] + dot + len(file_type) + 1
