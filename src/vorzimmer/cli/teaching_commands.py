"""What the commands do by which the member teaches, and sees what was learned."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from vorzimmer.cli.commands import console
from vorzimmer.cli.own_database import has_database
from vorzimmer.cli.tables import harmless, print_rows, signed
from vorzimmer.desk import Desk
from vorzimmer.learning import Learned
from vorzimmer.lessons import Taught, Teaching
from vorzimmer.model import ContactRequest, Kind
from vorzimmer.quality import FEWEST_TELLING, Judged, right, unsure
from vorzimmer.settings import Settings
from vorzimmer.teaching import LearnedReport
from vorzimmer.translation import Translator

_MOST_SHOWN = 20


def learned_so_far(settings: Settings) -> Learned:
    """Return what was learned; nothing while there is no database."""
    if not has_database(settings):
        return Learned()
    with Desk.open(settings) as desk:
        return desk.teaching.learned()


def run_correct(
    request_id: str, kind: Kind | None, *, back: bool, settings: Settings, _: Translator
) -> None:
    """Record what a request really is, or take that back.

    Raises:
        UnknownNameError: There is no such request.
        UndoError: There is nothing to take back.
    """
    with Desk.open(settings) as desk:
        if back:
            desk.teaching.take_back(request_id)
            words = _("Taken back.")
        elif kind is None:
            desk.teaching.correct(request_id, None)
            words = _("Nothing is learned from this request.")
        else:
            desk.teaching.correct(request_id, kind)
            words = _("Noted: {kind}.", kind=_.kind(kind))
    console().print(Text(words))


def run_learned(settings: Settings, _: Translator, *, reset: bool) -> None:
    """Print what was learned, or forget it."""
    with Desk.open(settings) as desk:
        if reset:
            desk.teaching.reset()
            console().print(Text(_("Forgotten. Everything is as shipped again.")))
            return
        report = desk.teaching.report()
    to = console()
    if not report.taught:
        to.print(Text(_("Nothing was learned yet; everything is as shipped.")))
        return
    _print_moved(report, to, _)
    _print_judged(report, to, _)
    _print_taught(report, to, _)


def _print_moved(report: LearnedReport, to: Console, _: Translator) -> None:
    if not (report.moved or report.shifted):
        to.print(Text(_("Too few cases yet: everything still counts as shipped.")))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in (_("What"), _("Default"), _("Learned"), _("Cases")):
        table.add_column(heading, overflow="fold")
    for moved in report.moved:
        mark = _(" (your own weight holds)") if moved.is_own else ""
        before, after = signed(moved.signal.weight, _), signed(moved.learned, _)
        name = f"{moved.signal.name}{mark}"
        table.add_row(name, before, after, str(moved.cases))
    for kind, shift, cases in report.shifted:
        what = _("How common: {kind}", kind=_.kind(kind))
        table.add_row(what, signed(0.0, _), signed(shift, _), str(cases))
    if table.rows:
        to.print(table)


def _print_judged(report: LearnedReport, to: Console, _: Translator) -> None:
    if not report.shipped:
        return
    rows = [
        (_("Of what you corrected"), _("right"), _("unsure")),
        (_("as shipped"), *_shares(report.shipped, _)),
        (_("with what was learned from the others"), *_shares(report.own, _)),
    ]
    print_rows(rows, console=to)
    if len(report.own) < FEWEST_TELLING:
        words = _.plural(
            "One case is too few to tell.",
            "{count} cases are too few to tell.",
            len(report.own),
        )
        to.print(Text(words))


def _shares(judged: tuple[Judged, ...], _: Translator) -> tuple[str, str]:
    return (
        f"{right(judged).hits} / {len(judged)}",
        f"{unsure(judged).hits} / {len(judged)}",
    )


def _print_taught(report: LearnedReport, to: Console, _: Translator) -> None:
    rows = [
        (
            _.date(teaching.at, short=True),
            what_was_taught(teaching, _),
            who(request, _),
            teaching.request_id,
        )
        for teaching, request in report.taught[:_MOST_SHOWN]
    ]
    print_rows(rows, console=to)
    rest = len(report.taught) - len(rows)
    if rest > 0:
        to.print(Text(_.plural("and one more", "and {count} more", rest)))


def what_was_taught(teaching: Teaching, _: Translator) -> str:
    """Return by what a request teaches, in words."""
    if teaching.later:
        return _("what came after accepting: {kind}", kind=_.kind(teaching.later))
    if teaching.by is not Taught.SAID and teaching.action:
        return _("you decided: {action}", action=_.action(teaching.action))
    if teaching.kind is None:
        return _("you said: learn nothing from it")
    return _("you said: {kind}", kind=_.kind(teaching.kind))


def who(request: ContactRequest, _: Translator) -> str:
    """Return whose request it is."""
    sender = request.sender
    return harmless(sender.name or sender.company or _("Name not known"))
