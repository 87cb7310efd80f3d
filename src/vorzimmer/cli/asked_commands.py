"""What the command does that shows whom the member asked back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from rich.console import Console
from rich.text import Text

from vorzimmer.asking import REPORTED_ELSEWHERE, Asked
from vorzimmer.asking_back import AskedReport
from vorzimmer.cli.commands import console
from vorzimmer.cli.tables import harmless, print_rows
from vorzimmer.cli.teaching_commands import who
from vorzimmer.desk import Desk
from vorzimmer.quality import Share
from vorzimmer.settings import Settings
from vorzimmer.translation import Translator


def run_asked(settings: Settings, _: Translator, *, as_json: bool) -> None:
    """Print whom the member asked back, and how many answered.

    Args:
        settings: Those that hold.
        _: The language.
        as_json: One JSON object a question instead, the oldest first.

    Raises:
        StoreError: The database cannot be read.
    """
    with Desk.open(settings) as desk:
        report = desk.asking.report()
    if as_json:
        groups = (report.open, report.silent, report.answered, report.ended)
        every = [each for group in groups for each in group]
        for each in sorted(every, key=lambda asked: asked.ask.decision_id):
            print(json.dumps(_object(each, report.today), ensure_ascii=False))  # noqa: T201
        return
    to = console()
    if not report.count:
        to.print(Text(_("Nothing asked yet.")))
        return
    _print_group(_("Did not answer"), report.silent, to, _)
    _print_group(_("Answered"), report.answered, to, _)
    _print_group(_("Still open"), report.open, to, _)
    _print_rates(report, to, _)


def _print_group(
    title: str, asked: Iterable[Asked], to: Console, _: Translator
) -> None:
    rows = [
        (
            _.date(each.ask.asked_at, short=True),
            _("answered on {day}", day=_.date(each.answered_at, short=True))
            if each.answered_at
            else _("due on {day}", day=_.date(each.ask.due_on, short=True)),
            _.state(each.state),
            who(each.request, _),
            harmless(each.request.id),
        )
        for each in asked
    ]
    if rows:
        to.print(Text(f"{title} · {len(rows)}", style="bold"))
        print_rows(rows, console=to)


def _print_rates(report: AskedReport, to: Console, _: Translator) -> None:
    rates = report.rates
    rows = [(_("Answer rate"), _share(rates.all, _))]
    rows += [
        (_("Text: {word}", word=harmless(word) or _("own words")), _share(found, _))
        for word, found in rates.by_text
    ]
    rows += [
        (_.kind(kind) if kind else _("nothing in particular"), _share(found, _))
        for kind, found in rates.by_kind
    ]
    rows += [
        (harmless(word) or _("not known"), _share(found, _))
        for word, found in rates.by_network
    ]
    print_rows(rows, console=to)
    to.print(Text(_("Others report:"), style="bold"))
    rows = [
        (_span(each.low, each.high, _), f"{_.say(each.source)} {each.url}".strip())
        for each in REPORTED_ELSEWHERE
    ]
    print_rows(rows, console=to)


def _span(low: float, high: float, _: Translator) -> str:
    shares = dict.fromkeys((_.percent(low), _.percent(high)))
    return "–".join(shares)


def _share(share: Share, _: Translator) -> str:
    if share.value is None:
        return _("none is due yet")
    if not share.is_telling:
        return _(
            "{hits} of {count}: too few to tell", hits=share.hits, count=share.count
        )
    low, high = share.interval
    return _(
        "{share} ({hits} of {count}; {low} to {high})",
        share=_.percent(share.value),
        hits=share.hits,
        count=share.count,
        low=_.percent(low),
        high=_.percent(high),
    )


def _object(asked: Asked, today: date) -> dict[str, Any]:
    ask = asked.ask
    return {
        "request": ask.request_id,
        "sender": asked.request.sender.name,
        "network": asked.request.network,
        "state": asked.state.value,
        "kind": ask.kind and ask.kind.value,
        "text_id": ask.text_id,
        "text": ask.text,
        "language": ask.language,
        "address": ask.address,
        "asked_at": ask.asked_at.isoformat(),
        "due_on": ask.due_on.isoformat(),
        "answered_at": asked.answered_at and asked.answered_at.isoformat(),
        "is_silent": asked.is_silent(today),
    }
