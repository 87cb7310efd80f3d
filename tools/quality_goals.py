"""The goals of recognition, each beside what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from case_sections import CaseSet, statements
from judging import Scored
from markdown_parts import NOTHING, number, share, table
from measures import caught, macro_f1
from public_data import Comparison
from text_sections import called_bad, sides
from vorzimmer.model import Kind
from vorzimmer.quality import (
    Judged,
    Share,
    calibration_error,
    figures,
    reliability,
    unsure,
)

_HOSTILE = (Kind.SOLICITATION, Kind.DANGER, Kind.ABUSE)


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal.

    Attributes:
        goal: In words.
        shown: What was measured, in words.
        is_held: ``None`` where it was not measured.
    """

    name: str
    goal: str
    shown: str
    is_held: bool | None


def goals_section(goals: Sequence[Goal]) -> str:
    """Return the goals and whether they are held."""
    word = {True: "yes", False: "**no**", None: "not measured"}
    rows = [(each.name, each.goal, each.shown, word[each.is_held]) for each in goals]
    return "\n\n".join(
        ("## Goals", table(("figure", "goal", "measured", "held"), rows))
    )


def at_least(name: str, least: float, value: float | None, shown: str) -> Goal:
    """Return a goal that a figure must reach."""
    held = None if value is None else value >= least
    return Goal(name, f"≥ {least}", shown if value is not None else NOTHING, held)


def at_most(name: str, most: float, value: float | None, shown: str) -> Goal:
    """Return a goal that a figure must not exceed."""
    held = None if value is None else value <= most
    return Goal(name, f"≤ {most}", shown if value is not None else NOTHING, held)


def taken_for_hostile(judged: Sequence[Judged]) -> Share:
    """Return how many personal requests are called advertising, danger or abuse."""
    personal = [each for each in judged if each.truth is Kind.PERSONAL]
    return Share(sum(each.found in _HOSTILE for each in personal), len(personal))


def note_goals(notes: CaseSet) -> Iterator[Goal]:
    """Yield the goals on public notes."""
    parts = {
        "all": (notes.judged, 0.80),
        "German": (notes.of("de"), 0.75),
        "English": (notes.of("en"), 0.75),
    }
    for name, (judged, least) in parts.items():
        value = macro_f1(judged)
        yield at_least(f"public notes, macro-F1, {name}", least, value, number(value))
    found = figures(notes.judged, Kind.SOLICITATION).recall
    yield at_least(
        "public notes, recall of solicitation", 0.85, found.value, share(found)
    )
    wrong = taken_for_hostile(notes.judged)
    yield at_most(
        "public notes, personal called solicitation, danger or abuse",
        0.05,
        wrong.value,
        share(wrong),
    )


def text_goals(scored: Sequence[Scored]) -> Iterator[Goal]:
    """Yield the goals on public texts.

    Once by the score of either bad kind, with the limit where 2 % of the mails lie
    above it; once by what the desk would show, where no limit is chosen.
    """
    asked = Comparison("de", "phishing_pot", ("codealltag_fin",))
    found = caught(*sides(scored, asked))
    yield at_least(
        "German phishing_pot above all but 2 % of codealltag_fin",
        0.85,
        found.value,
        share(found),
    )
    good = called_bad(scored, "de", "codealltag_fin", bad=False)
    yield at_most(
        "German mails (codealltag_fin) called bad", 0.02, good.value, share(good)
    )
    bad = called_bad(scored, "de", "phishing_pot", bad=True)
    yield at_least("German phishing_pot called bad", 0.85, bad.value, share(bad))


def held_out_goals(held_out: CaseSet) -> Iterator[Goal]:
    """Yield the goals on our own notes whose story the model has not seen."""
    error = calibration_error(reliability(statements(held_out.judged, held_out.kinds)))
    yield at_most(
        "held-out notes, expected calibration error, every kind",
        0.06,
        error,
        number(error),
    )
    # Ordinary mail is of no kind, so unsure is what it should be.
    of_a_kind = [each for each in held_out.judged if each.truth is not None]
    for name, judged in (
        ("held-out notes, unsure", held_out.judged),
        ("held-out notes that are of a kind, unsure", of_a_kind),
    ):
        found = unsure(judged)
        yield at_most(name, 0.20, found.value, share(found))
