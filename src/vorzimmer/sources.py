"""Take in a source, whatever it is, and say how far the reading is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vorzimmer.acquaintance import Acquaintance
from vorzimmer.cards import Card, make_cards, make_screening
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.importers import json_lines, linkedin_archive
from vorzimmer.intake import Intake, gather
from vorzimmer.items import FileRead, Item
from vorzimmer.model import ContactRequest, Member, Skipped
from vorzimmer.policy import Policy

_JSON_SUFFIXES = {".jsonl", ".ndjson", ".json"}
# Telling a person more often than this costs more than the reading.
_ROWS_BETWEEN_NEWS = 500


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is.

    Attributes:
        file: Name of the file inside the source that was read last.
        rows: Rows read so far, all files.
        stage: ``reading``, ``storing`` or ``done``.
    """

    file: str
    rows: int
    stage: str


def silent(_: Progress) -> None:
    """Tell nobody."""


def take_in(source: Path, progress: Callable[[Progress], None] = silent) -> Intake:
    """Return what a source holds, once somebody has made sense of its rows.

    Args:
        source: A ZIP, a folder, a single file of an archive, or JSON lines.
        progress: Told from time to time how far it is.

    Raises:
        SourceError: It cannot be read as a whole.
    """
    if source.suffix.casefold() in _JSON_SUFFIXES and source.is_file():
        with source.open("rb") as stream:
            read = list(json_lines.read(stream, file=source.name))
        return Intake(
            member=Member(),
            requests=tuple(each for each in read if isinstance(each, ContactRequest)),
            skipped=tuple(each for each in read if isinstance(each, Skipped)),
            counts={source.name: len(read)},
        )
    return gather(_watched(linkedin_archive.read(source), progress))


def _watched(
    items: Iterable[Item], progress: Callable[[Progress], None]
) -> Iterator[Item]:
    file, rows = "", 0
    for item in items:
        if isinstance(item, FileRead):
            file = item.file
            progress(Progress(file, rows, "reading"))
        else:
            rows += 1
            if rows % _ROWS_BETWEEN_NEWS == 0:
                progress(Progress(file, rows, "reading"))
        yield item


def screen_archive(
    source: Path,
    policy: Policy,
    *,
    weights: Mapping[str, float] | None = None,
    progress: Callable[[Progress], None] = silent,
) -> tuple[list[Card], Intake]:
    """Screen the open requests of a source without a store.

    Args:
        source: As for ``take_in``.
        policy: Which proposes the actions.
        weights: Own weights (nats) by signal name.
        progress: Told from time to time how far it is.

    Raises:
        SourceError: It cannot be read as a whole.
    """
    intake = take_in(source, progress)
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
    return make_cards(intake.requests, screening, policy=policy)


def screen_requests(
    requests: Iterable[ContactRequest],
    policy: Policy,
    *,
    weights: Mapping[str, float] | None = None,
) -> list[Card]:
    """Screen requests for a member of whom nothing is known."""
    intake = Intake(member=Member(), requests=tuple(requests))
    return screen_intake(intake, policy, weights=weights)
