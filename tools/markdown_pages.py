"""How the reference pages are written: tables, and a notice on top."""

from __future__ import annotations

from collections.abc import Iterable

NOTICE = "<!-- Made by tools/make_docs.py; change the code, then: make docs -->"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table."""
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |"
        for line in lines
    )


def page(parts: Iterable[str]) -> str:
    """Return a page: its heading, the notice, and the rest."""
    heading, *rest = parts
    return "\n\n".join((heading, NOTICE, *rest)) + "\n"
