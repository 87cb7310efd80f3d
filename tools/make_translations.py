"""Collect what is shown to people into the German catalogue; ``--check`` compares.

The texts of help go into ``help.json``, too, which is read much faster.

Messages are the literals of ``say("…")``, ``_("…")`` and ``_.plural("…", "…", …)`` in
the Python files and page templates, and the tables of labels, clauses and titles.
German that was written already is kept; what is no longer shown is dropped.
"""

from __future__ import annotations

import ast
import json
import string
import sys
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import jinja2
import typer
from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import nodes

from vorzimmer.cli import app, speaking
from vorzimmer.drafts.rules import all_rules
from vorzimmer.fact_words import FACTS, QUESTIONS
from vorzimmer.policy_file import preset_policies
from vorzimmer.safety import NAMES
from vorzimmer.signals import all_signals
from vorzimmer.translation import (
    ACTIONS,
    KINDS,
    OWN_CLAUSES,
    STATES,
)

SOURCE = Path(__file__).parent.parent / "src" / "vorzimmer"
PLACE = SOURCE / "locale" / "de" / "LC_MESSAGES" / "vorzimmer.po"
HELP_PLACE = SOURCE / "locale" / "de" / "help.json"
HELP = "help"
HEADER = """\
# The German of Vorzimmer, written by hand.
# tools/make_translations.py keeps the list of messages.
# Say "Sie", be short and friendly, insult nobody."""
PASSING = (b'"Report-', b'"POT-', b'"PO-', b'"Last-', b'"Language-T', b'"Generated-')
SINGULAR = {"say", "_"}
TRANSLATORS = {"words", "speaker"}
PLURAL = "plural"

Found = tuple[str, tuple[str, ...]]  # context, English text (two of a plural)


class NotLiteralError(Exception):
    """Something shown to people that no list can know of."""


def found_in_python(path: Path) -> Iterator[Found]:
    """Yield the messages of a Python file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        wanted = _wanted(node.func)
        if wanted:
            texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
            yield "", _literals(texts, wanted, f"{path.name}:{node.lineno}")


def found_in_template(path: Path) -> Iterator[Found]:
    """Yield the messages of a page template."""
    tree = jinja2.Environment(autoescape=True).parse(path.read_text("utf-8"))
    for node in tree.find_all(nodes.Call):
        texts = [each.value for each in node.args if isinstance(each, nodes.Const)]
        wanted = 0
        if isinstance(node.node, nodes.Name) and node.node.name == "_":
            wanted = 1
        if isinstance(node.node, nodes.Getattr) and node.node.attr == PLURAL:
            wanted = 2
        if wanted:
            yield "", _literals(texts, wanted, f"{path.name}:{node.lineno}")


def found_in_tables() -> Iterator[Found]:
    """Yield labels, questions, clauses of the presets, titles of signals, rules."""
    yield from (("kind", (each,)) for each in KINDS.values())
    yield from (("action", (each,)) for each in ACTIONS.values())
    yield from (("fact", (each,)) for each in (*FACTS.values(), *QUESTIONS.values()))
    yield from (("state", (each,)) for each in STATES.values())
    yield from (("clause", (each,)) for each in OWN_CLAUSES)
    for policy in preset_policies().values():
        yield from (("clause", (each.name,)) for each in policy.clauses)
    yield from (("clause", (each,)) for each in NAMES)
    yield from (("signal", (each.title,)) for each in all_signals())
    for rule in all_rules():
        yield from (("", (text,)) for text in (rule.title, rule.why, rule.mend))


def found_in_help() -> Iterator[Found]:
    """Yield what the command line says in help and of wrong use."""
    yield from ((HELP, (each,)) for each in (*speaking.WORDS, *speaking.COMPLAINTS))
    waiting: list[Any] = [typer.main.get_command(app)]
    for command in waiting:
        for each in (command, *command.params):
            for name in speaking.NAMED:
                if words := getattr(each, name, None):
                    yield HELP, (words,)
        waiting += getattr(command, "commands", {}).values()


def collect() -> list[Found]:
    """Return all messages, each once, in order."""
    found = {*found_in_tables(), *found_in_help()}
    for path in sorted(SOURCE.rglob("*.py")):
        found.update(found_in_python(path))
    for path in sorted((SOURCE / "web").rglob("*.html")):
        found.update(found_in_template(path))
    return sorted(found)


def renewed(messages: Iterable[Found], old: Catalog) -> Catalog:
    """Return a catalogue of these messages with the German of the old one."""
    new = Catalog("de", header_comment=HEADER, project="vorzimmer", version="0.1")
    new.fuzzy = False
    for context, english in messages:
        before = old.get(english[0], context or None)
        new.add(
            english if len(english) > 1 else english[0],
            before.string if before else None,
            context=context or None,
        )
    return new


def problems(catalog: Catalog) -> list[str]:
    """Return what is missing or does not fit, one sentence each."""
    found: list[str] = []
    for message in catalog:
        if not message.id:
            continue
        english, german = _texts(message.id), _texts(message.string)
        if len(german) != len(english) or not all(german):
            found.append(f"No German yet: {english[0]!r}")
        elif any(_slots(each) != _slots(english[-1]) for each in german[-1:]):
            found.append(f"Other slots in German: {english[0]!r}")
    return found


def rendered(catalog: Catalog) -> bytes:
    """Return the catalogue as it stands in the file."""
    written = BytesIO()
    write_po(written, catalog, width=84, no_location=True, ignore_obsolete=True)
    # Who wrote it, when and with which version changes nothing of what it says.
    lines = written.getvalue().splitlines(keepends=True)
    return b"".join(each for each in lines if not each.startswith(PASSING))


def rendered_help(catalog: Catalog) -> bytes:
    """Return the texts of help as they stand in their file."""
    texts = {
        message.id: message.string for message in catalog if message.context == HELP
    }
    return f"{json.dumps(texts, ensure_ascii=False, indent=0)}\n".encode()


def main() -> int:
    """Write the catalogue, or compare; return the exit status."""
    old = Catalog("de")
    if PLACE.exists():
        with PLACE.open("rb") as file:
            old = read_po(file, locale="de")
    new = renewed(collect(), old)
    missing = problems(new)
    if "--check" not in sys.argv:
        PLACE.parent.mkdir(parents=True, exist_ok=True)
        PLACE.write_bytes(rendered(new))
        HELP_PLACE.write_bytes(rendered_help(new))
    elif not (
        (PLACE.exists() and PLACE.read_bytes() == rendered(new))
        and (HELP_PLACE.exists() and HELP_PLACE.read_bytes() == rendered_help(new))
    ):
        missing.append("The catalogue is not up to date: make docs")
    sys.stderr.write("".join(f"{each}\n" for each in missing))
    return 1 if missing else 0


def _wanted(function: ast.expr) -> int:
    """Return how many literals a call needs to have; 0 is not one of ours."""
    if isinstance(function, ast.Name) and function.id in SINGULAR:
        return 1
    if isinstance(function, ast.Attribute) and function.attr == PLURAL:
        return 2
    # office.words(request)("…"): a translator that was given no name.
    made = function.func if isinstance(function, ast.Call) else None
    return int(isinstance(made, ast.Attribute) and made.attr in TRANSLATORS)


def _literals(values: Sequence[object], wanted: int, place: str) -> tuple[str, ...]:
    texts = [each for each in values if isinstance(each, str)][:wanted]
    if len(texts) < wanted:
        sentence = f"{place}: what is shown has to stand there as a literal text."
        raise NotLiteralError(sentence)
    return tuple(texts)


def _texts(text: object) -> tuple[str, ...]:
    if isinstance(text, str):
        return (text,)
    return tuple(text) if isinstance(text, tuple | list) else ()


def _slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


if __name__ == "__main__":
    sys.exit(main())
