"""What the commands do that need the member's database, or show the desk."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from rich.text import Text

from vorzimmer.cli.commands import console, print_leftovers
from vorzimmer.cli.privacy_commands import print_faded
from vorzimmer.cli.progress import shown_progress, tell_set_up
from vorzimmer.cli.stopping import stops_as_by_ctrl_c
from vorzimmer.desk import Desk, ImportReport
from vorzimmer.errors import SourceError, WritingError
from vorzimmer.model import Sentence, say
from vorzimmer.settings import Settings
from vorzimmer.sources import kinds_of
from vorzimmer.translation import Translator
from vorzimmer.unfinished import KINDS, went_on

# What stands before the name of a mailbox on the command line.
_MAILBOX = "imap:"


def run_import(source: str, settings: Settings, _: Translator) -> None:
    """Take a source into the member's database, and say what came.

    Raises:
        SourceError: It cannot be read as a whole.
        StoreError: It cannot be stored; nothing was.
    """
    if source == "-":
        raise SourceError(
            source,
            say("Standard input cannot be imported."),
            say("Write the lines to a file that ends in .jsonl, and import that."),
        )
    tell_set_up(_)
    with stops_as_by_ctrl_c(), Desk.open(settings) as desk:
        is_first = desk.is_new()
        if source.startswith(_MAILBOX):
            _import_mailbox(source.removeprefix(_MAILBOX), desk, _)
        else:
            _import(Path(source), desk, _)
        if is_first and not (desk.is_new() or desk.rules.is_chosen()):
            words = _(
                "No policy is chosen yet. What each would propose:"
                " vorzimmer policies --waiting"
            )
            console(stderr=True).print(Text(words))


def run_import_portability(
    settings: Settings, _: Translator, *, since: datetime | None, is_again: bool
) -> None:
    """Take in what LinkedIn's portability interface tells, and say what came.

    Args:
        settings: Those that hold.
        _: The language.
        since: Ask for changes from here on; ``None`` is where the last reading ended.
        is_again: Whether to read everything once more.

    Raises:
        SourceError: There is no token, or LinkedIn does not answer.
        StoreError: It cannot be stored; nothing was.
    """
    with stops_as_by_ctrl_c(), Desk.open(settings) as desk:
        try:
            with shown_progress(_) as progress:
                report = desk.import_portability(
                    since=since, is_again=is_again, progress=progress
                )
        except KeyboardInterrupt:
            _tell_kept(_)
            raise
        _print_report(report, _)


def run_desk(
    archive: Path | None,
    settings: Settings,
    _: Translator,
    *,
    port: int,
    open_browser: bool,
) -> None:
    """Open the desk on the member's database until Ctrl-C."""
    # Only this command shows pages, and only it has to wait for what they need.
    from vorzimmer.web.serve import serve  # noqa: PLC0415

    def tell(words: Sentence) -> None:
        # To the letter, so that a terminal makes a link of an address in it.
        print(_.say(words), flush=True)  # noqa: T201

    tell_set_up(_)
    with stops_as_by_ctrl_c(), Desk.open(settings) as desk:
        if archive:
            _import(archive, desk, _)
        print_faded(desk, _)
        # Here Ctrl-C is the way to end, and no interruption.
        with suppress(KeyboardInterrupt):
            serve(desk, port=port, open_browser=open_browser, tell=tell)


def run_sample(
    settings: Settings, _: Translator, *, port: int, open_browser: bool
) -> None:
    """Open the desk on an invented member, in a folder that is gone afterwards."""
    from vorzimmer.sample import write_archive  # noqa: PLC0415 - only for the sample

    try:
        passing = TemporaryDirectory(prefix="vorzimmer-")
    except OSError as error:
        raise WritingError(error) from error
    with stops_as_by_ctrl_c(), passing as folder:
        archive = write_archive(Path(folder))
        apart = _apart(settings, Path(folder))
        run_desk(archive, apart, _, port=port, open_browser=open_browser)


def _apart(settings: Settings, folder: Path) -> Settings:
    """Return the settings with copies of all that the desk may write."""
    own = settings.policies_folder
    policies = folder / "policies"
    policies.mkdir()
    for file in own.glob("*.toml") if own else ():
        with suppress(OSError):
            copyfile(file, policies / file.name)
    return replace(
        settings,
        database=str(folder / "sample.db"),
        file=folder / "settings.toml",
        policies_folder=policies,
        letters=replace(settings.letters, folder=folder / "letters"),
    )


def _import_mailbox(name: str, desk: Desk, _: Translator) -> None:
    # Only mailboxes need what speaks IMAP.
    from vorzimmer.passwords import password_of  # noqa: PLC0415
    from vorzimmer.watch import fetch, fetch_sent, mailbox_of  # noqa: PLC0415

    mailbox = mailbox_of(name or None, desk.settings)
    password = password_of(mailbox)
    with shown_progress(_) as progress:
        reports, __ = fetch(desk, mailbox, password=password, progress=progress)
        reports += fetch_sent(desk, mailbox, password=password, progress=progress)
    for report in reports:
        _print_report(report, _)
    if not reports:
        console(stderr=True).print(Text(_("Nothing new in this mailbox.")))


def _import(source: Path, desk: Desk, _: Translator) -> None:
    try:
        with shown_progress(_) as progress:
            report = desk.import_from(source, progress=progress)
    except KeyboardInterrupt:
        if not KINDS.isdisjoint(kinds_of(source)):
            _tell_kept(_)
        raise
    _print_report(report, _)


def _tell_kept(_: Translator) -> None:
    words = _("What was read is kept; the next run goes on from there.")
    console(stderr=True).print(Text(words))


def _print_report(report: ImportReport, _: Translator) -> None:
    words = _(
        "{rows} rows read: {new} new requests, {updated} updated,"
        " {ties} new ties to people you know.",
        rows=sum(report.counts.values()),
        new=report.new_requests,
        updated=report.updated_requests,
        ties=report.ties,
    )
    to = console(stderr=True)
    if report.rows_before:
        to.print(Text(_.say(went_on(report.rows_before))))
    to.print(Text(words))
    if report.found:
        to.print(Text(_.say(report.found)))
    if report.answers:
        words = _.plural(
            "One answer to your questions; it waits in the session.",
            "{count} answers to your questions; they wait in the session.",
            report.answers,
        )
        to.print(Text(words))
    rest = say("The page “Sources” of the desk shows them all.")
    skipped = (*report.about_files, *report.skipped)
    print_leftovers(report.notices, skipped, _, rest=rest)
