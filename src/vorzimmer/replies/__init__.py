"""Letters from templates: one file a template and language, its facts, its limits.

A template says in its head when it fits, and below it what is written. It may show
slots and ask whether a slot is known, and nothing else: no loops, calls or attributes,
so that rendering ends at once and can reach nothing. No slot is ever empty in a letter:
what may be unknown has another wording.
"""

from __future__ import annotations

from vorzimmer.replies.facts import letter_facts
from vorzimmer.replies.limits import LIMITS, Limit, limits_for
from vorzimmer.replies.rendering import Rendered, render
from vorzimmer.replies.shipped import shipped_templates
from vorzimmer.replies.slots import SLOTS, Facts, Letter, LetterSlot
from vorzimmer.replies.template import Template, read_template

__all__ = [
    "LIMITS",
    "SLOTS",
    "Facts",
    "Letter",
    "LetterSlot",
    "Limit",
    "Rendered",
    "Template",
    "letter_facts",
    "limits_for",
    "read_template",
    "render",
    "shipped_templates",
]
