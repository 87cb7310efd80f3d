"""What the commands on sources do: list them, explain one, forget one."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from rich.console import Console
from rich.text import Text

from vorzimmer.cli.agreeing import check_agreed
from vorzimmer.cli.commands import console
from vorzimmer.cli.own_database import has_database
from vorzimmer.cli.tables import harmless
from vorzimmer.desk import Desk, ImportReport
from vorzimmer.errors import UnknownNameError
from vorzimmer.importers import all_sources
from vorzimmer.model import Skipped, say
from vorzimmer.settings import Settings
from vorzimmer.source import TAKES, Source
from vorzimmer.source_desk import Losses, ReadSource, title_of
from vorzimmer.toml_places import nearest
from vorzimmer.translation import Translator


def run_sources(
    name: str | None, *, as_json: bool, settings: Settings, _: Translator
) -> None:
    """List all sources, or explain one, with what was read out of them.

    Raises:
        UnknownNameError: There is none of that name.
        StoreError: The database cannot be opened.
    """
    known = all_sources()
    if name is not None and name not in known:
        raise UnknownNameError(name, nearest(name, known), what="source")
    chosen = [known[name]] if name else list(known.values())
    read = _read_so_far(settings)
    others = [] if name else [each for each in read if each.kinds[0] not in known]
    if as_json:
        whole = [_in_json(each, _of(each, read), _) for each in chosen]
        whole += [{"name": each.kinds[0], "read": [_read(each, _)]} for each in others]
        sys.stdout.write(msgspec.json.encode(whole).decode() + "\n")
        return
    to = console()
    for each in chosen:
        _print_source(each, _of(each, read), in_full=bool(name), to=to, _=_)
    for other in others:
        _print_read(other, to=to, _=_)


def _read_so_far(settings: Settings) -> tuple[ReadSource, ...]:
    """Return what was read; nothing while there is no database."""
    if not has_database(settings):
        return ()
    with Desk.open(settings) as desk:
        return desk.sources.read()


def run_forget(
    number: int, settings: Settings, _: Translator, *, is_sure: bool
) -> None:
    """Say what goes with a source, ask, and forget it.

    Raises:
        UnknownNameError: There is none of that number.
        NotAgreedError: The answer was not yes.
        StoreError: It cannot be forgotten; nothing was.
    """
    to = console(stderr=True)
    with Desk.open(settings) as desk:
        source = desk.sources.one(number)
        to.print(Text(harmless(_name(source, _)), style="bold"))
        for words in _losses(desk.sources.losses(number), _):
            to.print(Text(f"  {words}"))
        if not is_sure:
            check_agreed(say("Forget it?"), say("Nothing was forgotten."), _)
        desk.sources.forget(number)
    to.print(Text(_("Forgotten. What you decided and said stays.")))


def _losses(losses: Losses, _: Translator) -> Iterable[str]:
    yield _(
        "Goes: {requests} requests, {ties} ties to people you know, {answers}"
        " answers of long ago that only it shows.",
        requests=losses.requests,
        ties=losses.ties,
        answers=losses.answers,
    )
    yield _(
        "Stays: {shared} requests that other sources tell of, {kept} that you"
        " decided or said something about.",
        shared=losses.shared,
        kept=losses.kept,
    )


def _name(read: ReadSource, _: Translator) -> str:
    title = title_of(read.kinds)
    return read.label or (_.say(title) if title else read.kinds[0])


def _of(source: Source, read: Iterable[ReadSource]) -> list[ReadSource]:
    return [each for each in read if each.kinds[0] == source.name]


def _print_source(
    source: Source,
    read: Iterable[ReadSource],
    *,
    in_full: bool,
    to: Console,
    _: Translator,
) -> None:
    to.print(Text(source.name, style="bold"), Text(_.say(source.title)))
    for brings in source.brings:
        to.print(Text(f"  {_.say(brings)}", style="dim"))
    if in_full:
        wants = ", ".join(_.say(TAKES[each]) for each in source.takes)
        to.print(Text(f"  {_('Wants: {what}', what=wants)}"))
        for number, step in enumerate(source.steps, start=1):
            to.print(Text(f"  {number}. {_.say(step)}"))
        to.print(Text(f"  $ {source.command}"))
    for each in read:
        _print_read(each, to=to, _=_)
    to.print()


def _print_read(read: ReadSource, *, to: Console, _: Translator) -> None:
    words = _(
        "  [{number}] {label}: {requests} requests, {ties} ties",
        number=read.id,
        label=_name(read, _),
        requests=read.requests,
        ties=read.ties,
    )
    to.print(Text(harmless(words), style="green"))
    latest = next(iter(read.reports), None)
    if latest is None:
        return
    parts = [_.date(read.read_at or latest.started_at)]
    if not latest.finished_at:
        parts.append(_("not finished"))
    skipped = len(latest.skipped)
    parts.append(_.plural("one row skipped", "{count} rows skipped", skipped))
    to.print(Text(f"      {' · '.join(parts)}", style="dim"))


def _in_json(
    source: Source, read: Iterable[ReadSource], _: Translator
) -> Mapping[str, Any]:
    return {
        "name": source.name,
        "title": _.say(source.title),
        "brings": [_.say(each) for each in source.brings],
        "steps": [_.say(each) for each in source.steps],
        "takes": source.takes,
        "endings": source.endings,
        "command": source.command,
        "read": [_read(each, _) for each in read],
    }


def _read(read: ReadSource, _: Translator) -> Mapping[str, Any]:
    return {
        "number": read.id,
        "label": _name(read, _),
        "read_at": read.read_at,
        "requests": read.requests,
        "ties": read.ties,
        "runs": [_run(report, _) for report in read.reports],
    }


def _run(report: ImportReport, _: Translator) -> Mapping[str, Any]:
    return {
        "started_at": report.started_at,
        "finished_at": report.finished_at,
        "rows": report.counts,
        "new_requests": report.new_requests,
        "updated_requests": report.updated_requests,
        "new_ties": report.ties,
        "skipped": [_row(each, _) for each in report.skipped],
        "about_files": [_row(each, _) for each in report.about_files],
    }


def _row(skipped: Skipped, _: Translator) -> Mapping[str, Any]:
    row = {"file": skipped.file, "line": skipped.line, "reason": _.say(skipped.reason)}
    return {key: each for key, each in row.items() if each}
