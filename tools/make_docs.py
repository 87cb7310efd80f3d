"""Write the reference pages from the code; ``--check`` only compares.

Every page here says nothing that the code does not say, so it cannot grow old.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import typer

import vorzimmer.importers
from letters_reference import letters_page
from markdown_pages import page as _page
from markdown_pages import table as _table
from reactions_table import not_offered, reactions
from schema_reference import answer_schema, request_schema, schema_page
from vorzimmer.cli import EXIT_CODES, app
from vorzimmer.drafts.rules import all_rules
from vorzimmer.mailbox import FIELDS
from vorzimmer.model import Action, Kind, TieKind
from vorzimmer.policy import BOUNDS, CONDITIONS, Clause, Policy, Range
from vorzimmer.policy_file import preset_policies
from vorzimmer.settings import SETTINGS
from vorzimmer.signal import CAPS, Signal
from vorzimmer.signals import all_signals
from vorzimmer.source import TAKES, Source
from vorzimmer.translation import ACTIONS, KINDS, translator

DOCS = Path(__file__).parent.parent / "docs" / "reference"
_SECTION = re.compile(r"^([A-Z][a-z ]+):\n", re.MULTILINE)


def signals_page() -> str:
    """Return the page of all signals, by kind."""
    parts = [
        "# Signals",
        (
            "A signal is one small check of a request. Its weight is in nats"
            " (log-odds): positive speaks for the kind, negative against it."
            " [How screening works]"
            "(../explanation/how-screening-works.md) says how the points add up;"
            " `vorzimmer signals NAME` prints which weight holds on your desk."
        ),
        "How far beyond even odds one group alone can carry a kind, in nats: "
        + ", ".join(f"{group.value} {cap:g}" for group, cap in CAPS.items())
        + ".",
    ]
    for kind in Kind:
        parts.append(f"## {kind.value}: {KINDS[kind]}")
        parts += [_signal(each) for each in all_signals() if each.kind is kind]
    return _page(parts)


def _signal(signal: Signal) -> str:
    reads = ", ".join(f"`{each}`" for each in sorted(signal.reads)) or "no such fact"
    german = translator("de").title(signal)
    return "\n\n".join(
        (
            f"### {signal.name}",
            (
                f"Weight {signal.weight:+.1f} · group {signal.group.value}"
                f" · needs {reads} · since {signal.since}"
            ),
            f"German: {german}.",
            _sections(signal.doc),
        )
    )


def draft_rules_page() -> str:
    """Return the page of all draft rules."""
    german = translator("de")
    parts = [
        "# Draft rules",
        (
            "What the coach looks for in a text before it is sent. *Hint* changes no"
            " advice, *mend* asks to mend it first, *stop* says better not to send it."
            " [Check a draft](../howto/check-a-draft.md) says how to use it; how often"
            " each is right stands in [the figures](draft-quality.md)."
        ),
    ]
    for each in all_rules():
        parts += [
            f"## {each.name}",
            f"Severity {each.severity} · since {each.since}",
            f"German: {german.messages['', each.title][0]}",
            _sections(each.doc),
        ]
    return _page(parts)


def cli_page() -> str:
    """Return the page of all commands, as their help prints them."""
    command: Any = typer.main.get_command(app)
    parts = [
        "# Command line",
        "After `make setup` the command lies in `.venv/bin`.",
        _help(command, "vorzimmer"),
    ]
    for name, each in command.commands.items():
        parts += [f"## {name}", _help(each, f"vorzimmer {name}")]
        for inner, command_in_group in getattr(each, "commands", {}).items():
            title = f"{name} {inner}"
            parts += [f"### {title}", _help(command_in_group, f"vorzimmer {title}")]
    parts.append("What the exit codes mean: [exit codes](exit-codes.md).")
    return _page(parts)


def _help(command: Any, name: str) -> str:  # noqa: ANN401 - typer's own class
    with command.make_context(
        name, ["--x"], resilient_parsing=True, terminal_width=80
    ) as context:
        return f"```text\n{command.get_help(context)}\n```"


def exit_codes_page() -> str:
    """Return the page of all exit codes."""
    rows = [(f"`{code}`", meaning) for code, meaning in EXIT_CODES.items()]
    table = _table(("code", "means"), rows)
    more = (
        "A program that reads our output and closes it early (`… | head`) is no error:"
        " the exit code is 0. Rows that cannot be read are none either: they are"
        " skipped, and told on standard error; so is a source of JSON lines or Parquet"
        " without a single row. Where `screen` with `--json`, `--scores` or `--output`"
        " cannot read any of the rows, the exit code is 1."
    )
    return _page(["# Exit codes", table, more])


def settings_page() -> str:
    """Return the page of all settings."""
    parts = [
        "# Settings",
        (
            "One TOML file; `vorzimmer settings` prints every value and where it comes"
            " from. A variable of the environment goes before the file."
        ),
    ]
    for each in SETTINGS:
        default = "see above" if each.default is None else f"`{_toml(each.default)}`"
        parts += [
            f"## {each.name}",
            each.meaning,
            f"{each.form} Default: {default} · Variable: `{each.variable}`",
        ]
    parts += [
        "## mailbox",
        (
            "A mailbox that can be read with IMAP is a table `[mailbox.NAME]`; there"
            " may be several. How to set one up:"
            " [Connect your mailbox](../howto/connect-your-mailbox.md). The password"
            " stands in the keyring, or in the variable"
            " `VORZIMMER_MAILBOX_NAME_PASSWORD`, never in this file."
        ),
        _table(("in the table", "means"), [(f"`{k}`", v) for k, v in FIELDS.items()]),
    ]
    return _page(parts)


def importers_page() -> str:
    """Return the page of all importers: what they declare, and their documentation."""
    parts = [
        "# Importers",
        (
            "What Vorzimmer reads; one file of code each. `vorzimmer sources` and the"
            " page *Sources* list them, too, with what was read; `vorzimmer forget`"
            " takes away what only one of them brought."
        ),
    ]
    for each in iter_modules(vorzimmer.importers.__path__):
        module = import_module(f"vorzimmer.importers.{each.name}")
        parts += [f"## {each.name}", *_declared(getattr(module, "SOURCE", None))]
        parts.append(_sections(module.__doc__ or ""))
    return _page(parts)


def _declared(source: Source | None) -> Iterator[str]:
    if source is None:
        return
    for language in ("en", "de"):
        _ = translator(language)
        yield f"**{_.say(source.title)}**"
        yield "\n".join(f"- {_.say(each)}" for each in source.brings)
        yield "\n".join(
            f"{number}. {_.say(each)}" for number, each in enumerate(source.steps, 1)
        )
    wants = ", ".join(str(TAKES[each]) for each in source.takes)
    yield f"Wants {wants} · `{source.command}`"


def policies_page() -> str:
    """Return the page of policies: the presets, and the words of a policy file."""
    parts = [
        "# Policies",
        (
            "A policy is a list of clauses; the first whose conditions all hold says"
            " what to do. How to write your own:"
            " [Write a policy](../howto/write-a-policy.md)."
        ),
        "## The presets",
        *(_policy(each) for each in preset_policies().values()),
        "## Conditions",
        (
            f"A number takes `{{ {BOUNDS[0]} = … }}`, `{{ {BOUNDS[1]} = … }}` or both."
            " What is not known never holds."
        ),
        _table(("word", "asks for"), [(f"`{a}`", b) for a, b in CONDITIONS.items()]),
        "## Actions",
        _table(
            ("word", "English", "German"),
            [
                (f"`{each.value}`", ACTIONS[each], translator("de").action(each))
                for each in Action
            ],
        ),
        "## Kinds",
        _table(
            ("word", "English", "German"),
            [
                (f"`{each.value}`", KINDS[each], translator("de").kind(each))
                for each in Kind
            ],
        ),
        "## Ways of knowing",
        "The words for the condition `tie`: "
        + ", ".join(f"`{each.value}`" for each in TieKind)
        + ".",
    ]
    return _page(parts)


def _policy(policy: Policy) -> str:
    rows = [
        (
            each.name,
            " and ".join(f"`{part}`" for part in _conditions(each)),
            each.action,
        )
        for each in policy.clauses
    ]
    rows.append(("otherwise", "", policy.otherwise))
    return "\n\n".join(
        (
            f"### {policy.name}",
            f"**{policy.title['en']}** / **{policy.title['de']}**",
            policy.description["en"],
            _table(("clause", "if", "then"), rows),
        )
    )


def _conditions(clause: Clause) -> Iterator[str]:
    """Yield the conditions of a clause in the words of its file."""
    for name, wanted in clause.conditions:
        if isinstance(wanted, Range):
            low = "" if wanted.at_least is None else f" >= {wanted.at_least:g}"
            high = "" if wanted.below is None else f" < {wanted.below:g}"
            yield f"{name}{low}{high}"
        elif isinstance(wanted, bool):
            yield f"{name} = {str(wanted).lower()}"
        else:
            yield f"{name} = {' | '.join(wanted)}"


def reactions_page() -> str:
    """Return the page of all states: what may be done in each, and where it leads."""
    parts = [
        "# Reactions",
        (
            "Where a request can stand, what may be done there, and where that leads."
            " Everything else is refused with a sentence (on the pages: 409). What it"
            " means, with a drawing: [How reactions follow each other]"
            "(../explanation/reactions.md)."
        ),
        _table(
            ("state", "shown as", "waits for you", "you can", "can happen"), reactions()
        ),
        (
            "Networks do not offer everything for every way. Missing are: "
            + "; ".join(not_offered())
            + ". Where a policy would propose it, it proposes `ignore` instead."
        ),
    ]
    return _page(parts)


def _sections(doc: str) -> str:
    """Return a docstring as Markdown: section names become bold."""
    return _SECTION.sub(r"**\1:**\n\n", _dedented(cleandoc(doc)))


def _dedented(doc: str) -> str:
    return re.sub(r"^ {4}", "", doc, flags=re.MULTILINE)


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if value != {} else "{}"


def _json(made: Callable[[], dict[str, Any]]) -> Callable[[], str]:
    return lambda: json.dumps(made(), indent=2, ensure_ascii=False) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "signals.md": signals_page,
    "draft-rules.md": draft_rules_page,
    "cli.md": cli_page,
    "settings.md": settings_page,
    "importers.md": importers_page,
    "policies.md": policies_page,
    "letters.md": letters_page,
    "reactions.md": reactions_page,
    "schema.md": schema_page,
    "exit-codes.md": exit_codes_page,
    "schema/request.schema.json": _json(request_schema),
    "schema/answer.schema.json": _json(answer_schema),
}


def main() -> int:
    """Write the pages, or compare; return the exit status."""
    old: list[str] = []
    for name, made in PAGES.items():
        page, text = DOCS / name, made()
        if "--check" not in sys.argv:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, "utf-8")
        elif not page.exists() or page.read_text("utf-8") != text:
            old.append(name)
    if old:
        sys.stderr.write(f"Not up to date: {', '.join(old)}. Run: make docs\n")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main())
