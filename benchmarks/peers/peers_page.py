"""Writes what the peers answered as a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markdown_parts import NOTHING, number, percent, table
from measures import area, area_interval, caught
from peers.asked_texts import Trial
from peers.asking import Answers, Asked

# At least so many times as fast on the same contact notes: the goals.
GOALS = {"rspamd": 10, "SpamAssassin": 300}

_HEAD = """\
# Beside others, on the same texts

<!-- Made by benchmarks/bench_peers.py: make bench-peers -->

Each learned from exactly our training text ({lessons:,} notes; bad is what is
*danger* or *solicitation*, {bad:,} of them), then was asked about the same {texts:,}
public texts in one run, offline:
{words}.
Nothing was tuned on them. Speed was measured on {notes:,} contact notes besides.
Mail filters
read each text as a small mail, the same but for the text; their rules about headers
and servers have nothing to read there, so their Bayes filters are shown by themselves
too. How to repeat it: [Measure quality](../howto/measure-quality.md).

Command: `{command}`"""
_AREAS = """\
How likely a bad text has more score than a good one (AUC). **Bold**: the best of the
row. *Ours* is the whole screening, with all signals. Bad texts that come without good
ones are held against all good texts of their language, and against each source of
them."""
_CAUGHT = """\
The share of bad texts above all but 2 % of the good ones, the limit read from these
same good texts."""
_SPEED = """\
Texts that are read in a second of one core, learning and starting not counted; for
rspamd without the work of its Redis. Ours is timed as it screens a file for scores,
since a score is what the others give: all signals, nine kinds, policy and action, in
batches of 2,000, without evidence in words. A mail filter does other work besides: it
takes a mail apart. Where the machine had other work meanwhile, all figures are lower,
so compare within a table only.

Two tables, since how many times as fast depends on what is read. The **goals** are set
for contact notes, which is what the program is made for; the public texts show how far
they hold elsewhere. A mail filter spends much of its time on a mail as such, however
short its text is; ours spends its own on the letters.
Each text and note was met once, in one pass, texts before notes, with its words only:
no sender, no profile."""
_TEXTS = "The texts of the tables above: whole mails, SMS, comments and notes."
_NOTES = """\
The first notes that `make bench` screens, without blank ones. They are put together of
our training text, with new words in them. All have learned from much the same words, so
these notes tell of speed only."""


@dataclass(frozen=True, slots=True)
class Run:
    """All of one run.

    Attributes:
        trials: What was told from what.
        answers: By the name of who was asked, ours first.
        left_out: Why others were not asked, by name.
        asked: What each was asked about.
        lessons: How many texts each learned from, and how many of them are bad.
        most: Of one source at most so many.
    """

    trials: Sequence[Trial]
    answers: Mapping[str, Answers]
    left_out: Mapping[str, str]
    asked: Asked
    lessons: tuple[int, int]
    most: int
    command: str


def peers_page(run: Run) -> str:
    """Return the page."""
    lessons, bad = run.lessons
    words = f"at most {run.most:,} of a source and label, drawn by a fixed seed"
    head = _HEAD.format(
        lessons=lessons,
        bad=bad,
        texts=len(run.asked.texts),
        notes=len(run.asked.notes),
        words=words,
        command=run.command,
    )
    parts = [
        head,
        "## Telling bad from good",
        _AREAS,
        _areas(run),
        _verdict(run),
        "## Caught at 2 % false alarms",
        _CAUGHT,
        _caught(run),
        "## Speed",
        _SPEED,
        "### Public texts",
        _TEXTS,
        _speed(run, run.asked.texts, lambda told: told.seconds),
        "### Contact notes",
        _NOTES,
        _speed(run, run.asked.notes, lambda told: told.seconds_of_notes),
    ]
    if run.left_out:
        why = [f"- {name}: {reason}." for name, reason in run.left_out.items()]
        parts += ["## Left out", "\n".join(why)]
    return "\n\n".join(parts) + "\n"


def columns(run: Run) -> dict[str, Sequence[float]]:
    """Return the scores by who gave them and how."""
    return {
        f"{name}: {way}" if len(told.scores) > 1 else name: scores
        for name, told in run.answers.items()
        for way, scores in told.scores.items()
    }


def _sides(trial: Trial, scores: Sequence[float]) -> tuple[list[float], list[float]]:
    return [scores[at] for at in trial.bad], [scores[at] for at in trial.good]


def _areas(run: Run) -> str:
    named = columns(run)
    rows = []
    for trial in run.trials:
        found = [area(*_sides(trial, scores)) for scores in named.values()]
        best = max((value for value in found if value is not None), default=None)
        cells = [
            f"**{number(value)}**" if value == best else number(value)
            for value in found
        ]
        rows.append((*_names(trial), *cells, _reach(trial, found[0])))
    head = ("language", "bad texts of", "bad", "good", *named, "ours, 95 of 100")
    return table(head, rows)


def _reach(trial: Trial, value: float | None) -> str:
    if value is None:
        return NOTHING
    low, high = area_interval(value, bad=len(trial.bad), good=len(trial.good))
    return f"{number(low)}–{number(high)}"


def _names(trial: Trial) -> tuple[object, ...]:
    return trial.lang, trial.name, len(trial.bad), len(trial.good)


def ahead(run: Run, trials: Sequence[Trial]) -> dict[str, int]:
    """Return in how many of these rows ours has more area than each other one."""
    ours, *others = columns(run).items()
    won = dict.fromkeys((name for name, _ in others), 0)
    for trial in trials:
        own = area(*_sides(trial, ours[1]))
        for name, scores in others:
            value = area(*_sides(trial, scores))
            won[name] += own is not None and value is not None and own > value
    return won


def _verdict(run: Run) -> str:
    if len(run.answers) == 1:
        return "Nobody else was asked."
    sources = [trial for trial in run.trials if not trial.is_part]
    return (
        f"Sources of bad texts in which ours is ahead, of {len(sources)}:"
        f" {_wins(run, sources)}. With the rows of each source of good texts, of"
        f" {len(run.trials)}: {_wins(run, run.trials)}."
    )


def _wins(run: Run, trials: Sequence[Trial]) -> str:
    return ", ".join(f"{name} {won}" for name, won in ahead(run, trials).items())


def _caught(run: Run) -> str:
    named = columns(run)
    rows = [
        (
            *_names(trial),
            *(percent(caught(*_sides(trial, each)).value) for each in named.values()),
        )
        for trial in run.trials
    ]
    return table(("language", "bad texts of", "bad", "good", *named), rows)


def _speed(
    run: Run, texts: Sequence[str], seconds_of: Callable[[Answers], float]
) -> str:
    rates = {
        name: len(texts) / seconds if (seconds := seconds_of(told)) else None
        for name, told in run.answers.items()
    }
    (own, *_) = rates.values()
    rows = []
    for name, rate in rates.items():
        times = own / rate if own and rate else None
        goal = GOALS.get(name)
        held = NOTHING
        if goal is not None and times is not None:
            held = f"{goal}: {'held' if times >= goal else '**not held**'}"
        rows.append(
            (
                name,
                run.answers[name].version or NOTHING,
                f"{rate:,.0f}" if rate else NOTHING,
                f"{times:,.2f}" if times else NOTHING,
                held,
            )
        )
    head = ("", "version", "a second", "ours is so many times as fast", "goal")
    letters = sum(map(len, texts)) / len(texts)
    words = f"{len(texts):,} of them, {letters:,.0f} characters each on average."
    return f"{words}\n\n{table(head, rows)}"
