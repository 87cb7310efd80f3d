"""The reference page of letters: slots, lengths, and the templates that ship."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_pages import page, table
from vorzimmer.form_of_address import Manner
from vorzimmer.replies import LIMITS, SLOTS, Template, render, shipped_templates
from vorzimmer.replies.sample import sample_facts
from vorzimmer.replies.template import HEAD


def letters_page() -> str:
    """Return the page of the templates of letters, and of their slots."""
    rows = [
        (
            f"`{each.name}`",
            str(each.source),
            "always there"
            if each.is_certain
            else "only asked for"
            if each.is_flag
            else "may be unknown",
        )
        for each in SLOTS.values()
    ]
    parts = [
        "# Letters",
        (
            "One file a letter and manner: `NAME.de-sie.txt`, `NAME.de-du.txt`,"
            " `NAME.en.txt`. Own ones: [Write a letter](../howto/write-a-letter.md)."
        ),
        "## The head",
        table(("key", "means"), HEAD.items()),
        "## Slots",
        (
            "What may be unknown is asked for around its sentence (`{% if … %}`), or"
            " has another wording in the head. What comes from outside and cannot stand"
            " in a letter (brackets, addresses, signs that nobody sees) counts as"
            " unknown."
        ),
        table(("slot", "from", "is"), rows),
        "## How long a text may be",
        table(
            ("place", "characters", "counted as"),
            (
                (
                    str(each.title),
                    str(each.most or "no limit"),
                    "UTF-16 units" if each.counts == "units" else "characters",
                )
                for each in LIMITS
            ),
        ),
        "## The templates that ship",
    ]
    for template in shipped_templates().values():
        if template.manner is Manner.ENGLISH:
            parts += _letter(template)
    return page(parts)


def _letter(template: Template) -> Iterator[str]:
    kinds = ", ".join(f"`{each.value}`" for each in template.kinds)
    what = "requests without a word" if template.is_for_blank else "any request"
    needs = ", ".join(f"`{each}`" for each in template.needs)
    yield f"### {template.name}"
    yield (
        f"{template.title} · action `{template.action.value}` · for {kinds or what}"
        + (f" · proposed when there is {needs}" if needs else "")
    )
    text = render(
        template.body,
        sample_facts(template.manner),
        instead=template.instead,
        slots=template.slots,
    ).text
    yield f"```text\n{text}\n```"
