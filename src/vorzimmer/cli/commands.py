"""What the commands do that need no database and no browser."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from rich.console import Console
from rich.text import Text

from vorzimmer.answer import answer, json_line
from vorzimmer.answer_files import Write, open_answers
from vorzimmer.cards import make_session
from vorzimmer.cli import tables
from vorzimmer.cli.progress import shown_progress, tell_set_up
from vorzimmer.cli.stopping import stops_as_by_ctrl_c
from vorzimmer.errors import SourceError, UnknownNameError
from vorzimmer.languages import language_of
from vorzimmer.model import Sentence, Skipped, say
from vorzimmer.passed_over import PassedOver
from vorzimmer.policy import Policy
from vorzimmer.policy_folder import (
    Reads,
    check_names,
    made_ready,
    open_policies,
    own_weights,
    policy_from,
    policy_in_settings,
)
from vorzimmer.row_files import is_parquet, no_rows, row_files
from vorzimmer.settings import SETTINGS, Settings
from vorzimmer.signals import signals_by_name
from vorzimmer.sources import (
    Progress,
    screen_archive,
    screen_intake,
    take_in_lines,
)
from vorzimmer.streams import (
    MOST_COUNTED,
    Work,
    open_rows,
    screen_stream,
)
from vorzimmer.structure import structure
from vorzimmer.toml_places import nearest
from vorzimmer.translation import Translator

# Columns of what is no terminal: nothing is as wide.
_NO_END = 10_000
# Rows that could not be read are told one by one up to here; all are counted.
_MOST_TOLD = 10_000


def run_screen(
    source: str,
    policy_name: str | None,
    *,
    as_json: bool,
    all_skipped: bool,
    settings: Settings,
    _: Translator,
) -> None:
    """Screen a source; print a table, or JSON lines."""
    policy = find_policy(policy_name, settings)
    weights = own_weights(settings)
    tell_set_up(_)
    with stops_as_by_ctrl_c(), shown_progress(_) as progress:
        if source == "-":
            intake = take_in_lines(sys.stdin.buffer, _("standard input"))
            cards = screen_intake(intake, policy, weights=weights)
        else:
            cards, intake = screen_archive(
                Path(source),
                policy,
                weights=weights,
                trusted=settings.mail.trusted,
                progress=progress,
            )
    if as_json:
        speak_utf_8()
        sys.stdout.writelines(
            json_line(answer(card, language=language_of(card.request.note)))
            for card in cards
        )
    else:
        session = make_session(cards, policy, decided_count=0)
        tables.print_session(session, signals_by_name(), console=console(), _=_)
    sys.stdout.flush()
    rest = say("To see them all, add --all-skipped.")
    print_leftovers(intake.notices, intake.skipped, _, rest=rest, each_row=all_skipped)


def speak_utf_8() -> None:
    """Let standard output be UTF-8, as JSON is, whatever the system writes in."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamOptions:
    """How to screen a stream.

    Attributes:
        only_scores: Whether to leave the evidence out.
        jobs: How many processes.
        output: Where the answers go; ``None`` or ``-`` is standard output.
    """

    only_scores: bool
    jobs: int
    output: Path | None


def is_stream(source: str) -> bool:
    """Return whether a source is rows of requests, and no archive."""
    return source == "-" or bool(row_files(Path(source)))


def has_parquet(source: str) -> bool:
    """Return whether a source is rows of requests, some of them in Parquet."""
    return any(is_parquet(each) for each in row_files(Path(source)))


def run_stream(
    source: str,
    policy_name: str | None,
    *,
    options: StreamOptions,
    all_skipped: bool,
    settings: Settings,
    _: Translator,
) -> None:
    """Screen rows of requests of any number; print or write JSON lines or Parquet."""
    work = Work(
        policy=find_policy(policy_name, settings),
        weights=own_weights(settings),
        form="scores" if options.only_scores else "answers",
    )
    told: list[Skipped] = []
    _refuse_own_source(source, options.output)
    tell_set_up(_)
    name = say("standard input") if source == "-" else None
    file = _.say(name) if name else Path(source).name or source
    is_counted, rows_read, missed, passed_over = True, 0, 0, PassedOver()
    with (
        stops_as_by_ctrl_c(),
        shown_progress(_) as progress,
        open_rows(sys.stdin.buffer if source == "-" else Path(source), file) as rows,
        _open_answers(options.output) as write,
    ):
        for screened in screen_stream(rows, work, jobs=options.jobs):
            write(screened.lines)
            rows_read += screened.count
            is_counted = screened.is_counted
            missed += len(screened.skipped)
            passed_over.join(screened.passed_over)
            told += screened.skipped[: _MOST_TOLD - len(told)]
            progress(Progress(file, rows_read, "reading"))
        if told and missed == rows_read:
            print_leftovers((), told, _, rest=None, each_row=all_skipped)
            problem = say("Not one of its rows can be read; why, stands above.")
            mend = say("All fields stand in docs/reference/schema.md.")
            raise SourceError(file, problem, mend)
    sys.stdout.flush()
    notices = [*passed_over.notices(), *rows.passed_over.notices()]
    if not rows_read:
        notices.append(no_rows(file))
    if not is_counted:
        notices.append(
            say(
                "These are more than {most} requests, or very long ones, so equal notes"
                " were not counted.",
                most=MOST_COUNTED,
            )
        )
    if missed > len(told):
        notices.append(say("{count} rows could not be read.", count=missed))
    rest = say("To see them all, add --all-skipped.")
    print_leftovers(notices, told, _, rest=rest, each_row=all_skipped)


@contextmanager
def _open_answers(output: Path | None) -> Iterator[Write]:
    if output is None or output == Path("-"):
        speak_utf_8()
        yield sys.stdout.writelines
        return
    with open_answers(output) as write:
        yield write


def _refuse_own_source(source: str, output: Path | None) -> None:
    """Keep somebody from losing the requests to their answers."""
    if not output:
        return
    given, place = Path(source).resolve(), output.resolve()
    if place == given and output.is_file():
        problem = say("This is the file that is read.")
        raise SourceError(output, problem, say("Choose another place."))
    if place.parent == given:
        problem = say("This is in the folder that is read.")
        raise SourceError(output, problem, say("Choose another place."))


def run_signals(
    name: str | None,
    settings: Settings,
    _: Translator,
    *,
    learned: Mapping[str, float],
) -> None:
    """List all signals, or explain one.

    Args:
        name: Of the one; ``None`` lists all.
        settings: With the member's own weights.
        _: The language.
        learned: Weights that were learned.

    Raises:
        UnknownNameError: There is none of that name.
    """
    known = signals_by_name()
    weights = own_weights(settings)
    if name is None:
        tables.print_signals(known.values(), weights, learned, console=console(), _=_)
    elif name in known:
        tables.print_signal(
            known[name],
            own=weights.get(name),
            learned=learned.get(name),
            console=console(),
            _=_,
        )
    else:
        raise UnknownNameError(name, nearest(name, known), what="signal")


def run_policies(name: str | None, settings: Settings, _: Translator) -> None:
    """List all policies, or show the clauses of one."""
    if name is not None:
        tables.print_policy(find_policy(name, settings), console=console(), _=_)
        return
    policies = open_policies(settings)
    tables.print_policies(policies, settings.policy, console=console(), _=_)


def find_policy(
    name: str | None, settings: Settings, *, reads: Reads | None = None
) -> Policy:
    """Return the policy of a name or in a file; ``None`` is the one in use.

    Args:
        name: Of the policy, or its file.
        settings: Where own policies lie, and what the member needs.
        reads: Knows what the member reads; ``None`` is as the settings say.

    Raises:
        UnknownNameError: There is none of that name.
        ConfigurationError: Its file has a mistake.
        SourceError: Its file cannot be read.
    """
    if name and (name.endswith(".toml") or Path(name).is_file()):
        if not Path(name).exists():
            problem, mend = say("There is no such file."), say("Check the name.")
            raise SourceError(name, problem, mend)
        return made_ready(policy_from(Path(name)), settings, reads=reads)
    if name is None:
        return policy_in_settings(settings)
    return open_policies(settings, reads).named(name)


def run_settings(settings: Settings, _: Translator) -> None:
    """Print every setting, its value, and where it comes from.

    Raises:
        ConfigurationError: They name a policy or a signal that does not exist.
    """
    check_names(settings)
    rows = [(_("Setting"), _("Value"), _("From"))]
    for setting in SETTINGS:
        origin = settings.origins[setting.name]
        place = f"{origin.place}:{origin.line}" if origin.source == "file" else ""
        rows.append(
            (
                setting.name,
                settings.shown(setting.name) or "-",
                place or origin.place or _("default"),
            )
        )
    tables.print_rows(rows, console=console())
    if settings.file:
        path = tables.harmless(str(settings.file))
        there = _("The file of settings: {path}", path=path)
        missing = _("The file of settings would be {path}; none is there.", path=path)
        console().print(Text(there if settings.file.is_file() else missing))


def run_structure(archive: Path) -> None:
    """Print the description of an archive, line by line.

    Raises:
        SourceError: It cannot be read as a whole.
    """
    for line in structure(archive):
        sys.stdout.write(f"{tables.harmless(line)}\n")


def print_leftovers(
    notices: Sequence[Sentence],
    skipped: Sequence[Skipped],
    _: Translator,
    *,
    rest: Sentence | None,
    each_row: bool = False,
) -> None:
    """Print what a source said besides to standard error.

    Args:
        notices: On the source as a whole.
        skipped: Rows not read, and notices on files.
        rest: Where to see what is too much for a terminal; ``None`` prints all.
        each_row: Whether to print every row, not every reason with its first row.
    """
    to = console(stderr=True)
    rest = rest if to.is_terminal and not each_row else None
    tables.print_leftovers(
        notices, skipped, rest=rest, each_row=each_row, console=to, _=_
    )


class Terminal(Console):
    """A console that leaves a closed pipe to the command line."""

    def on_broken_pipe(self) -> None:
        """Hand the error on; rich alone would end with exit code 1."""
        raise BrokenPipeError


def console(*, stderr: bool = False) -> Terminal:
    """Return the terminal; on what is none, without colours, lines as they are."""
    made = Terminal(stderr=stderr, highlight=False, emoji=False)
    if not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = _NO_END
    return made
