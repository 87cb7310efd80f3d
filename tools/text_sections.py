"""Sections of the quality page about public texts and accounts: bad or good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from judging import Scored
from markdown_parts import NOTHING, number, share, table
from measures import area, area_interval, caught
from public_data import LANGUAGES, Comparison, PublicProfile, PublicText, comparisons
from vorzimmer.model import Kind
from vorzimmer.quality import Share

_WORST = 10  # of each sort

Scores = Sequence[float]


def sides(scored: Iterable[Scored], asked: Comparison) -> tuple[Scores, Scores]:
    """Return the scores of the bad and of the good texts of a comparison."""
    own = [each for each in scored if each.text.lang == asked.lang]
    return (
        [e.score for e in own if e.text.source == asked.bad and e.text.is_bad is True],
        [
            e.score
            for e in own
            if e.text.source in asked.good and e.text.is_bad is False
        ],
    )


def called_bad(scored: Iterable[Scored], lang: str, source: str, *, bad: bool) -> Share:
    """Return how many texts of a source are led by a bad kind."""
    own = [
        each.is_called_bad
        for each in scored
        if (each.text.lang, each.text.source, each.text.is_bad) == (lang, source, bad)
    ]
    return Share(sum(own), len(own))


def area_cell(bad: Scores, good: Scores) -> str:
    """Return the area under the curve with its interval."""
    value = area(bad, good)
    if value is None:
        return NOTHING
    low, high = area_interval(value, bad=len(bad), good=len(good))
    return f"{number(value)} [{number(low)}–{number(high)}]"


def texts_section(scored: Sequence[Scored], others: Sequence[PublicText]) -> str:
    """Return how well bad public texts are told from good ones.

    Args:
        scored: Those in a language that is measured.
        others: Those in other languages, which are only counted.
    """
    rows = [
        (
            LANGUAGES[each.lang],
            each.name,
            len(bad),
            len(good),
            area_cell(bad, good),
            share(caught(bad, good)),
        )
        for each in comparisons([one.text for one in scored])
        for bad, good in [sides(scored, each)]
    ]
    head = ("language", "bad texts of", "bad", "good", "AUC", "caught at 2 %")
    return "\n\n".join(
        (
            "## Public texts: bad or good",
            _WORDS,
            table(head, rows),
            "### Called bad",
            "Texts that *danger* or *solicitation* leads, as the desk would show it.",
            _called(scored),
            "### The worst mistakes: public texts",
            _mistakes(scored),
            "### Not measured",
            _not_measured(others),
        )
    )


_WORDS = """\
Short texts from eight public sources, none of them contact requests, read as the
note of a sender of whom nothing is known. Bad is what *danger* or *solicitation*
leads; the score is `solicitation_or_danger`, how likely it is one of the two, of
whichever, as `vorzimmer screen` tells it. *Caught at 2 %*: the share of bad texts with
more score than all but 2 % of the good ones."""


def _called(scored: Sequence[Scored]) -> str:
    keys = sorted(
        {(e.text.lang, e.text.source, e.text.is_bad) for e in scored}, key=str
    )
    rows = []
    for lang, source, is_bad in keys:
        own = [e for e in scored if (e.text.lang, e.text.source) == (lang, source)]
        own = [each for each in own if each.text.is_bad is is_bad]
        led = Counter(each.found or "unsure" for each in own)
        word = {True: "bad", False: "good", None: "outreach template"}[is_bad]
        rows.append(
            (
                LANGUAGES[lang],
                source,
                word,
                len(own),
                share(Share(sum(each.is_called_bad for each in own), len(own))),
                ", ".join(f"{kind} {count}" for kind, count in _most_common(led)),
            )
        )
    head = ("language", "source", "is", "n", "called bad", "what leads")
    return table(head, rows)


def _most_common(counted: Counter[Kind | str]) -> list[tuple[str, int]]:
    return sorted(
        ((str(kind), count) for kind, count in counted.items()),
        key=lambda each: (-each[1], each[0]),
    )


def _mistakes(scored: Sequence[Scored]) -> str:
    alarms = [e for e in scored if e.text.is_bad is False and e.is_called_bad]
    missed = [e for e in scored if e.text.is_bad is True and not e.is_called_bad]
    alarms.sort(key=lambda each: (-each.score, each.text.id))
    missed.sort(key=lambda each: (each.score, each.text.id))
    rows = [
        (
            f"`{each.text.id}`",
            each.text.source,
            LANGUAGES[each.text.lang],
            "bad" if each.text.is_bad else "good",
            each.found or "unsure",
            number(each.score, 2),
            ", ".join(f"`{name}`" for name in each.signals) or NOTHING,
        )
        for each in [*alarms[:_WORST], *missed[:_WORST]]
    ]
    head = ("id", "source", "language", "is", "found", "score", "what spoke for bad")
    return (
        f"The {_WORST} good texts with the highest score that are called bad, and the"
        f" {_WORST} bad ones with the lowest that are not.\n\n{table(head, rows)}"
    )


def _not_measured(others: Sequence[PublicText]) -> str:
    if not others:
        return "Nothing was left out."
    counted = Counter((text.lang, text.source) for text in others)
    rows = [(lang, source, count) for (lang, source), count in sorted(counted.items())]
    return (
        "Texts in other languages than German and English: the text model does not read"
        f" them.\n\n{table(('language', 'source', 'n'), rows)}"
    )


ProfileScores = dict[str, list[tuple[float, bool]]]


def profiles_section(profiles: Sequence[PublicProfile], found: ProfileScores) -> str:
    """Return how well invented accounts are told from real ones by their facts.

    Args:
        profiles: The accounts.
        found: Score of *unverifiable* of each, and whether it leads, in the same order;
            by which facts were known.
    """
    rows = []
    for source in sorted({each.source for each in profiles}):
        for facts, scores in found.items():
            own = [
                (score, leads, each.is_invented)
                for (score, leads), each in zip(scores, profiles, strict=True)
                if each.source == source
            ]
            bad = [score for score, _, is_invented in own if is_invented]
            good = [score for score, _, is_invented in own if not is_invented]
            rows.append(
                (
                    source,
                    facts,
                    len(bad),
                    len(good),
                    area_cell(bad, good),
                    share(Share(sum(e[1] for e in own if e[2]), len(bad))),
                    share(Share(sum(e[1] for e in own if not e[2]), len(good))),
                )
            )
    head = (
        "source",
        "facts known",
        "invented",
        "real",
        "AUC",
        "invented: unverifiable leads",
        "real: unverifiable leads",
    )
    return "\n\n".join(("## Accounts of another network", _ACCOUNTS, table(head, rows)))


_ACCOUNTS = """\
What a profile shows: a picture, digits in its address, words about its owner. The
network is another one, where people go by made-up names and say less about
themselves; its counters of followers mean nothing here, and the age of an account is
in none of the files. Of *instagram* only the share of digits is known, so its names
are taken to be 11 signs long. No account is called invented by us: it is
*unverifiable*."""
