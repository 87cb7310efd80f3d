"""Take in a source, whatever it is, and say how far the reading is."""

from __future__ import annotations

from collections.abc import (
    Callable,
    Collection,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal

from vorzimmer.acquaintance import Acquaintance
from vorzimmer.archive import not_opened
from vorzimmer.campaigns import Campaign, group_notes
from vorzimmer.cards import Card, make_cards, make_screening, without_default_texts
from vorzimmer.collection import held_back
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.errors import SourceError, VorzimmerError
from vorzimmer.importers import read_files, sources_of
from vorzimmer.intake import Intake, gather
from vorzimmer.items import Cursor, FileRead, Item
from vorzimmer.languages import languages_named
from vorzimmer.model import ContactRequest, Member, Skipped, say
from vorzimmer.passed_over import PassedOver
from vorzimmer.policy import Policy, read_by
from vorzimmer.row_files import is_parquet, no_rows, row_files

if TYPE_CHECKING:
    from vorzimmer.unfinished import Unfinished

# Telling a person more often than this costs more than the reading.
_ROWS_BETWEEN_NEWS = 500
# Keeping has its price, and so has losing what was read: a few seconds of either.
_ROWS_A_STEP = 2_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is.

    Attributes:
        file: Name of the file inside the source that was read last.
        rows: Rows read so far, all files.
        stage: What is being done; ``screening`` only where somebody waits for it.
    """

    file: str
    rows: int
    stage: Literal["reading", "storing", "screening", "done"]


def silent(_: Progress) -> None:
    """Tell nobody."""


def kinds_of(source: Path) -> tuple[str, ...]:
    """Return the names of the importers that read a file or folder."""
    return ("json_lines",) if row_files(source) else sources_of(source)


def take_in(
    source: Path,
    progress: Callable[[Progress], None] = silent,
    *,
    trusted: Collection[str] = (),
    kinds: Sequence[str] | None = None,
    unfinished: Unfinished | None = None,
) -> Intake:
    """Return what a source holds, once somebody has made sense of its rows.

    Args:
        source: A ZIP, a folder, a single file of an archive, JSON lines or a folder
            of them, an address book, a calendar, or mails.
        progress: Told from time to time how far it is.
        trusted: Names under which the member's mailbox provider writes its results.
        kinds: As ``kinds_of`` gave them; ``None`` asks it.
        unfinished: What was read of it before an interruption, opened; ``None`` is
            nothing.

    Raises:
        SourceError: It cannot be read as a whole.
    """
    files = row_files(source)
    if not files:
        cursor = unfinished.cursor if unfinished else ""
        items = read_files(source, trusted=trusted, names=kinds, cursor=cursor)
        if unfinished:
            items = unfinished.watched(items)
        return gather(_watched(items, progress))
    if any(map(is_parquet, files)):
        problem = say("Parquet can be screened, but not imported.")
        raise SourceError(source, problem, say("Give the requests as JSON lines."))
    try:
        with closing(_opened(files)) as streams:
            return _intake_of(streams, source.name or str(source))
    except OSError as error:
        raise not_opened(Path(error.filename or source), error) from error


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a source that can be kept by itself.

    Attributes:
        cursor: Where to read on after it; ``""`` is from the start.
    """

    intake: Intake
    cursor: str


def take_in_steps(
    items: Iterable[Item],
    *,
    cursor: str = "",
    progress: Callable[[Progress], None] = silent,
) -> Iterator[Step]:
    """Yield what an importer yields, cut where it says that one may cut.

    When it breaks off, what came before its last ``Cursor`` is yielded, then the error
    is raised; so nothing that was read so far is lost.

    Args:
        items: With a ``Cursor`` wherever reading may go on another time.
        cursor: The one that it was given.
        progress: Told from time to time how far it is.
    """
    kept: list[Item] = []
    waiting: list[Item] = []
    failure: VorzimmerError | None = None
    try:
        for item in _watched(items, progress):
            waiting.append(item)
            if isinstance(item, Cursor):
                kept, waiting, cursor = kept + waiting, [], item.value
                if len(kept) >= _ROWS_A_STEP:
                    yield Step(gather(kept), cursor)
                    kept = []
    except VorzimmerError as error:
        failure = error
    else:
        kept += waiting
    if kept or failure is None:
        yield Step(gather(kept), cursor)
    if failure is not None:
        raise failure


def take_in_lines(stream: IO[bytes], name: str) -> Intake:
    """Return what JSON lines hold; nothing of it is about the member.

    Args:
        stream: The lines.
        name: What to call them in what is told.

    Raises:
        SourceError: They cannot be read as a whole, or have no fields that are known.
    """
    return _intake_of([(name, stream)], name)


def _opened(files: Iterable[Path]) -> Generator[tuple[str, IO[bytes]], None, None]:
    for file in files:
        with file.open("rb") as stream:
            yield file.name, stream


def _intake_of(streams: Iterable[tuple[str, IO[bytes]]], name: str) -> Intake:
    # As with the other importers, it is loaded only where it reads something.
    from vorzimmer.importers import json_lines  # noqa: PLC0415

    passed_over = PassedOver()
    read: list[ContactRequest | Skipped] = []
    counts: dict[str, int] = {}
    for file, stream in streams:
        before = len(read)
        read += json_lines.read(stream, file=file, passed_over=passed_over)
        counts[file] = len(read) - before
    passed_over.check(name)
    requests = tuple(each for each in read if isinstance(each, ContactRequest))
    skipped = tuple(each for each in read if isinstance(each, Skipped))
    return Intake(
        member=Member(),
        requests=requests,
        skipped=skipped,
        counts=counts,
        notices=passed_over.notices() if read else (no_rows(name),),
    )


def _watched(
    items: Iterable[Item], progress: Callable[[Progress], None]
) -> Iterator[Item]:
    file, rows = "", 0
    for item in items:
        if isinstance(item, FileRead):
            file = item.file
            progress(Progress(file, rows, "reading"))
        elif not isinstance(item, Cursor):
            rows += 1
            if rows % _ROWS_BETWEEN_NEWS == 0:
                progress(Progress(file, rows, "reading"))
        yield item


@held_back()
def screen_archive(
    source: Path,
    policy: Policy,
    *,
    weights: Mapping[str, float] | None = None,
    trusted: Collection[str] = (),
    progress: Callable[[Progress], None] = silent,
) -> tuple[list[Card], Intake]:
    """Screen the open requests of a source without a store.

    Args:
        source: As for ``take_in``.
        policy: Which proposes the actions.
        weights: Own weights (nats) by signal name.
        trusted: As for ``take_in``.
        progress: Told from time to time how far it is.

    Raises:
        SourceError: It cannot be read as a whole.
    """
    intake = take_in(source, progress, trusted=trusted)
    past = {each.request_id for each in intake.past}
    cards = screen_intake(intake, policy, weights=weights)
    return [card for card in cards if card.request.id not in past], intake


def screen_intake(
    intake: Intake, policy: Policy, *, weights: Mapping[str, float] | None = None
) -> list[Card]:
    """Screen all requests of an intake, for the member that it belongs to."""
    screening = make_screening(
        book=shipped_phrasebook(),
        member=intake.member,
        acquaintance=Acquaintance(intake.ties, intake.member),
        weights=weights or {},
    )
    listed = intake.member.languages
    policy = read_by(policy, lambda: policy.reads or languages_named(listed))
    return make_cards(intake.requests, screening, policy=policy)


def find_campaigns(
    requests: Sequence[ContactRequest], *, jobs: int = 1
) -> tuple[Campaign, ...]:
    """Return the campaigns among requests, the largest first.

    Args:
        requests: In any order.
        jobs: Threads to use when there are many.
    """
    return without_default_texts(
        group_notes(requests, jobs=jobs).campaigns, shipped_phrasebook()
    )


def screen_requests(
    requests: Iterable[ContactRequest],
    policy: Policy,
    *,
    weights: Mapping[str, float] | None = None,
) -> list[Card]:
    """Screen requests for a member of whom nothing is known."""
    intake = Intake(member=Member(), requests=tuple(requests))
    return screen_intake(intake, policy, weights=weights)
