"""Screens what is measured on, and puts beside it what is true."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from public_data import PublicNote, PublicProfile, PublicText
from vorzimmer.acquaintance import Acquaintance
from vorzimmer.cards import Card, make_screening
from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.linkedin.cells import profile_url_of
from vorzimmer.model import Assessment, ContactRequest, Kind, Member, Person, with_facts
from vorzimmer.policy_file import preset_policy
from vorzimmer.quality import Judged
from vorzimmer.sample import truths, write_archive
from vorzimmer.sample.incoming import incoming
from vorzimmer.screened import Screened
from vorzimmer.screening import Screening
from vorzimmer.sources import screen_archive

BAD = (Kind.DANGER, Kind.SOLICITATION)
_BATCH = 2_000
# What a request mainly is, where it is several things: the first of these.
_MAINLY = (
    Kind.DANGER,
    Kind.ABUSE,
    Kind.SOLICITATION,
    Kind.RECRUITING,
    Kind.COLLECTOR,
    Kind.PERSONAL,
    Kind.STANDARD,
)
_MOST_EVIDENCE = 3
_NONE: frozenset[Kind] = frozenset()
_ANY_DAY = datetime(2026, 11, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Case:
    """A request whose kind is known, as the report needs it.

    Attributes:
        judged: What it is, and what screening says.
        lang: ``""`` where nobody says it.
        group: Out of which part of its set.
        text: Its words; ``None`` for what is not ours, and must not be shown.
    """

    judged: Judged
    lang: str = ""
    group: str = ""
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """A public text with what screening says about bad and good.

    Attributes:
        score: Log-odds of either (``vorzimmer.solicitation_or_danger``).
        found: The leading kind; ``None`` is unsure.
        signals: Names of what spoke for bad, strongest first.
    """

    text: PublicText
    score: float
    found: Kind | None
    signals: tuple[str, ...]

    @property
    def is_called_bad(self) -> bool:
        """Whether a bad kind leads."""
        return self.found in BAD


def told(words: str) -> None:
    """Say how far the work is, to whoever waits for it."""
    print(words, file=sys.stderr, flush=True)


def shipped_screening() -> Screening:
    """Return the screening as shipped, for a member of whom nothing is known."""
    member = Member()
    return make_screening(
        book=shipped_phrasebook(),
        member=member,
        acquaintance=Acquaintance((), member),
        weights={},
    )


def screened(
    requests: Sequence[ContactRequest], screening: Screening, *, of: str
) -> Iterator[Screened]:
    """Screen requests, each as if it were alone, and say how far it is.

    Args:
        requests: In any order.
        screening: With what.
        of: What they are called in what is told.
    """
    for start in range(0, len(requests), _BATCH):
        yield from screening.screen(requests[start : start + _BATCH])
        done = min(start + _BATCH, len(requests))
        told(f"{of}: {done:,} of {len(requests):,}")


def judged_of(
    name: str,
    assessment: Assessment,
    truth: Kind | None,
    also: frozenset[Kind] = frozenset(),
) -> Judged:
    """Return an assessment beside what is true."""
    leading = assessment.leading_kind
    evidence = assessment.kinds[leading].evidence if leading else ()
    return Judged(
        id=name,
        probabilities={
            kind: each.probability for kind, each in assessment.kinds.items()
        },
        truth=truth,
        also=also,
        evidence=tuple(each for each in evidence if each.points > 0)[:_MOST_EVIDENCE],
    )


def sample_cases() -> list[Case]:
    """Screen the open requests of the sample member, with all that is known there."""
    return [
        Case(
            judged_of(
                card.request.sender.profile_url or "", card.assessment, truth, also
            ),
            text=card.request.note,
        )
        for card, truth, also in sample_cards()
    ]


def sample_cards() -> list[tuple[Card, Kind, frozenset[Kind]]]:
    """Return the open requests of the sample member, what each is, and is besides."""
    kinds = {profile_url_of(url) or url: kind for url, kind in truths().items()}
    also = {
        profile_url_of(each.url) or each.url: frozenset({Kind(each.also)})
        for each in incoming()
        if each.also
    }
    with TemporaryDirectory() as folder:
        archive = write_archive(Path(folder))
        cards, _ = screen_archive(archive, preset_policy("three-reasons"))
    told(f"Sample member: {len(cards)} of {len(cards)}")
    return [
        (card, Kind(kinds[url]), also.get(url, _NONE))
        for card in cards
        if (url := card.request.sender.profile_url or "") in kinds
    ]


def held_out_cases() -> list[Case]:
    """Screen our own notes with models that have not seen their stories."""
    from held_out import screen_held_out, train_held_out  # noqa: PLC0415 - scikit-learn, a second

    return [
        Case(
            judged_of(note.id, found.assessment, *_main_first(note.kinds)),
            lang=note.lang,
            group=note.file,
            text=note.text,
        )
        for note, found in screen_held_out(train_held_out())
    ]


def _main_first(kinds: frozenset[Kind]) -> tuple[Kind | None, frozenset[Kind]]:
    main = next((kind for kind in _MAINLY if kind in kinds), None)
    return main, kinds - {main} if main else kinds


def note_cases(notes: Sequence[PublicNote], screening: Screening) -> list[Case]:
    """Screen the public notes."""
    requests = [
        ContactRequest(id=note.id, channel=note.channel, note=note.text)
        for note in notes
    ]
    found = screened(requests, screening, of="Public notes")
    return [
        Case(
            judged_of(note.id, each.assessment, note.truth),
            lang=note.lang,
            group=note.provenance,
        )
        for note, each in zip(notes, found, strict=True)
    ]


def scored_texts(texts: Sequence[PublicText], screening: Screening) -> list[Scored]:
    """Screen the public texts."""
    requests = [ContactRequest(id=text.id, note=text.text) for text in texts]
    found = screened(requests, screening, of="Public texts")
    return [
        Scored(
            text=text,
            score=each.assessment.solicitation_or_danger or 0.0,
            found=each.assessment.leading_kind,
            signals=_bad_signals(each.assessment),
        )
        for text, each in zip(texts, found, strict=True)
    ]


def _bad_signals(assessment: Assessment) -> tuple[str, ...]:
    found = [
        each
        for kind in BAD
        for each in assessment.kinds[kind].evidence
        if each.points > 0
    ]
    found.sort(key=lambda each: (-each.points, each.signal))
    return tuple(each.signal for each in found[:_MOST_EVIDENCE])


def unverifiable_scores(
    profiles: Sequence[PublicProfile], screening: Screening, *, with_words: bool
) -> list[tuple[float, bool]]:
    """Return the score of *unverifiable* of each account, and whether it leads.

    Args:
        profiles: The accounts.
        screening: With what.
        with_words: Whether it counts that an account says nothing about its owner.
    """
    found = screened_profiles(profiles, screening, with_words=with_words)
    return [
        (
            each.assessment.kinds[Kind.UNVERIFIABLE].score,
            each.assessment.leading_kind is Kind.UNVERIFIABLE,
        )
        for each in found
    ]


def screened_profiles(
    profiles: Sequence[PublicProfile], screening: Screening, *, with_words: bool
) -> Iterator[Screened]:
    """Screen each account as the sender of a request; see ``unverifiable_scores``."""
    requests = [
        ContactRequest(
            id=str(at),
            sender=_described(each) if with_words else each.sender,
            sent_at=_ANY_DAY,
        )
        for at, each in enumerate(profiles)
    ]
    return screened(requests, screening, of="Public profiles")


def _described(profile: PublicProfile) -> Person:
    headline = "" if profile.is_empty else "Words"
    request = ContactRequest(id="", sender=profile.sender)
    return with_facts(request, headline=headline).sender
