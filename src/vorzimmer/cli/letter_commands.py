"""What the command does that lists the templates of letters, and writes one."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from vorzimmer.cli.ending import Options

# ruff: noqa: PLC0415 - everything heavy is imported when it is needed
if TYPE_CHECKING:
    from vorzimmer.form_of_address import Manner

# As ``Manner`` has them, which would make all help wait.
MANNERS = Literal["de-sie", "de-du", "en"]


def letters(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", help="Of a template; without one, all are listed."
        ),
    ] = None,
    *,
    request: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Write to the sender of this request."),
    ] = None,
    manner: Annotated[
        MANNERS | None,
        typer.Option(help="Language and form of address; else as the note has it."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a letter.")
    ] = False,
) -> None:
    """List the templates of letters, or write one; sends nothing."""
    from vorzimmer.form_of_address import Manner

    options: Options = ctx.obj
    wished = Manner(manner) if manner else None
    if name is None and request is None:
        _list(options, wished, as_json=as_json)
    else:
        _write(options, name or "", request, wished, as_json=as_json)


def _usual(language: str) -> Manner:
    from vorzimmer.form_of_address import Manner

    return Manner.ENGLISH if language == "en" else Manner.SIE


def _list(options: Options, manner: Manner | None, *, as_json: bool) -> None:
    from rich.text import Text

    from vorzimmer.cli.commands import console
    from vorzimmer.cli.tables import harmless, print_rows
    from vorzimmer.letters import open_templates

    _ = options.translator()
    templates = open_templates(options.settings())
    found = templates.of(manner or _usual(_.language))
    if as_json:
        for each in found:
            _print_json(
                {
                    "name": each.name,
                    "manner": each.manner.value,
                    "title": each.title,
                    "action": each.action.value,
                    "kinds": [kind.value for kind in each.kinds],
                    "needs": list(each.needs),
                    "is_own": each.is_own,
                }
            )
    else:
        rows = [
            (each.name, _.action(each.action), harmless(each.title)) for each in found
        ]
        print_rows(rows, console=console())
    for mistake in templates.mistakes.values():
        console(stderr=True).print(Text(harmless(_.error(mistake))))


def _write(
    options: Options,
    name: str,
    request: str | None,
    manner: Manner | None,
    *,
    as_json: bool,
) -> None:
    from rich.text import Text

    from vorzimmer.cli.commands import console
    from vorzimmer.desk import Desk
    from vorzimmer.letters import open_templates, written
    from vorzimmer.replies.sample import sample_facts

    _ = options.translator()
    settings = options.settings()
    if request is None:
        usual = manner or _usual(_.language)
        template = open_templates(settings).named(name, usual)
        letter = written(template, sample_facts(template.manner))
    else:
        with Desk.open(settings) as desk:
            draft = desk.letters.draft(
                request, template=name, manner=manner, language=_.language
            )
        if draft is None:
            console(stderr=True).print(Text(_("There is no template for this.")))
            raise typer.Exit(1)
        letter = draft.letter
    if as_json:
        _print_json(
            {
                "template": letter.template,
                "manner": letter.manner,
                "text": letter.text,
                "used": dict(letter.used),
                "missing": list(letter.missing),
            }
        )
        return
    console().print(Text(letter.text))


def _print_json(row: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
