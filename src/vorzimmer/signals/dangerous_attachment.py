"""Signal ``dangerous_attachment``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal

# Archives and scripts of web pages have honest uses; programs have none in a note.
_WEAK = frozenset({"zip", "rar", "7z", "cab", "js", "img", "dmg", "pkg", "apk"})
_WEAK_STRENGTH = 0.4


@signal(kind=Kind.DANGER, group=Group.LINKS, weight=6.0, since="0.1")
def dangerous_attachment(request: ContactRequest, context: Context) -> Hit | None:
    """The note brings a file that can do harm when it is opened.

    Why it matters:
        Programs, disk images and documents with macros are how malware comes in; a
        contact request needs none of them.

    Known errors:
        Developers talk about setup.exe without sending it. Web pages end in .html as
        a rule, so that ending counts only where the note speaks of an attachment.

    Source:
        The lists of file types that Outlook and Gmail block, in ``links.toml``; the
        mission's M8.
    """
    del request
    for link in context.note.links:
        if link.file_type:
            start = link.text.casefold().rfind(f".{link.file_type}")
            if start < 0:
                continue
            name = max(link.text.rfind(sign, 0, start) for sign in "/\\") + 1
            span = (link.span[0] + name, link.span[0] + start + len(link.file_type) + 1)
            strength = _WEAK_STRENGTH if link.file_type in _WEAK else 1.0
            return Hit(context.note.text[span[0] : span[1]], strength, span)
    return context.note.find("dangerous_file")
