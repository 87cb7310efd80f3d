"""Signal ``student_or_press_question``."""

from __future__ import annotations

from vorzimmer.model import ContactRequest, Hit, Kind
from vorzimmer.signal import Context, Group, signal


@signal(
    kind=Kind.PERSONAL,
    group=Group.NOTE,
    weight=2.2,
    since="0.1",
    wakes="study_or_press",
)
def student_or_press_question(request: ContactRequest, context: Context) -> Hit | None:
    """The note comes from study, research or the press.

    Why it matters:
        Students and journalists rarely know the people whom they need to ask, say what
        it is for, and sell nothing.

    Known errors:
        Some surveys "for a thesis" are market research, and coaches say "student" of
        themselves.

    Source:
        German articles on contact requests: strangers with a question are a chance;
        weight estimated.
    """
    del request
    return context.note.find("study_or_press")
