"""What German law says of advertising to strangers: a hint, no legal advice; pure.

Sources: § 7 UWG; OLG Hamm, Hinweisbeschluss of 3 May 2023, 18 U 154/22; AG Düsseldorf,
20 November 2025, 23 C 120/25; LG Heidelberg, 23 May 2012, 1 S 58/11. Decisions of which
we know only by memory, or whose outcome changed later, are left out.
"""

from __future__ import annotations

from vorzimmer.drafts.draft import Mirror
from vorzimmer.model import Kind, Sentence, say

# From here on a text counts as advertising, for the hint.
_LIKELY = 0.5


def law_hint(mirror: Mirror) -> tuple[Sentence, ...]:
    """Return one calm paragraph where the draft is advertising; else nothing."""
    if mirror.probabilities[Kind.SOLICITATION] < _LIKELY:
        return ()
    return (
        say(
            "In Germany, advertising by electronic mail needs the recipient's express"
            " consent before it is sent (§ 7 UWG, the law against unfair competition)."
        ),
        say(
            "A higher court counts direct messages in networks, portals and messengers"
            " among it, and finds implied consent not enough (OLG Hamm, 3 May 2023,"
            " 18 U 154/22; the case was about real-estate portals)."
        ),
        say(
            "Being connected is no consent to advertising e-mail (AG Düsseldorf,"
            " 20 November 2025, 23 C 120/25; first instance, and left open for messages"
            " inside the network)."
        ),
        say(
            "A profile that states business aims acts commercially, a private one, too"
            " (LG Heidelberg, 23 May 2012, 1 S 58/11; that case was about poaching"
            " staff on XING, not about § 7)."
        ),
        say(
            "A personal contact without promotion is not meant. This is a hint, no"
            " legal advice."
        ),
    )
