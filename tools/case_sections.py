"""Sections of the quality page about requests of known kinds: confusion to mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from judging import Case
from markdown_parts import NOTHING, number, percent, plain, share, table
from measures import f1, kinds_of, macro_f1
from public_data import LANGUAGES
from training_text import KINDS
from vorzimmer.model import Kind
from vorzimmer.quality import (
    Bin,
    Judged,
    Share,
    brier_score,
    calibration_error,
    confusion,
    figures,
    reliability,
    right,
    unsure,
    worst,
)

UNSURE = "unsure"
NONE = "none"
_MOST_WORDS = 160  # characters of a text of ours
_MOST_QUOTE = 60
# A kind with fewer requests moves the mean by chance alone.
FEWEST = 10


@dataclass(frozen=True, slots=True)
class CaseSet:
    """Requests that are reported together.

    Attributes:
        title: Heading of the section.
        words: What they are, and what the figures are worth.
        kinds: Of which kinds it is known whether they hold; the reliability is theirs.
    """

    title: str
    words: str
    cases: Sequence[Case]
    kinds: Sequence[Kind] = KINDS

    @property
    def judged(self) -> list[Judged]:
        """What is true and what was found, without the rest."""
        return [case.judged for case in self.cases]

    def of(self, lang: str) -> list[Judged]:
        """Return those in one language."""
        return [case.judged for case in self.cases if case.lang == lang]

    @property
    def languages(self) -> dict[str, str]:
        """Names of the languages that are told apart here, by code."""
        found = {case.lang for case in self.cases}
        return {code: name for code, name in LANGUAGES.items() if code in found}


def statements(
    judged: Sequence[Judged], kinds: Sequence[Kind]
) -> list[tuple[float, bool]]:
    """Return what was said of each of some kinds, and whether it is so."""
    return [
        (each.probabilities[kind], each.holds(kind))
        for each in judged
        for kind in kinds
    ]


def leading_statements(judged: Sequence[Judged]) -> list[tuple[float, bool]]:
    """Return the probability of each likeliest kind, and whether it is so."""
    found = []
    for each in judged:
        kind = max(each.probabilities, key=lambda one: each.probabilities[one])
        found.append((each.probabilities[kind], each.holds(kind)))
    return found


def section(cases: CaseSet) -> str:
    """Return all that is told of one set."""
    judged = cases.judged
    parts = [
        f"## {cases.title}",
        cases.words,
        summary(cases),
        "### Who is taken for what: " + cases.title.lower(),
        _confusion(judged),
    ]
    for code, name in cases.languages.items():
        parts += [f"#### {name}: {cases.title.lower()}", _confusion(cases.of(code))]
    parts += [
        "### Precision and recall: " + cases.title.lower(),
        _by_kind(cases),
        "### Does it mean what it says: " + cases.title.lower(),
        _reliability(cases),
        "### The worst mistakes: " + cases.title.lower(),
        _mistakes(cases),
    ]
    return "\n\n".join(parts)


def summary(cases: CaseSet) -> str:
    """Return the figures of a set in a table: all, and by language."""
    parts = {"all": cases.judged}
    parts |= {name: cases.of(code) for code, name in cases.languages.items()}
    rows = [
        (
            name,
            len(judged),
            share(Share(sum(each.is_right for each in judged), len(judged))),
            share(unsure(judged)),
            share(right(judged)),
            number(macro_f1(judged)),
            number(macro_f1(judged, fewest=FEWEST)),
        )
        for name, judged in parts.items()
    ]
    head = (
        "of",
        "n",
        "right",
        "unsure",
        "right, where sure",
        "macro-F1",
        f"the same, kinds with {FEWEST} or more",
    )
    return table(head, rows)


def _confusion(judged: Sequence[Judged]) -> str:
    counted = confusion(judged)
    truths = [*kinds_of(judged), None]
    columns = [*Kind, None]
    rows = [
        (
            truth or NONE,
            sum(counted[truth, found] for found in columns),
            *(counted[truth, found] or "·" for found in columns),
        )
        for truth in truths
    ]
    head = ("is", "n", *(kind.value for kind in Kind), UNSURE)
    return table(head, [row for row in rows if row[1]])


def _by_kind(cases: CaseSet) -> str:
    parts = {"all": cases.judged}
    parts |= {name: cases.of(code) for code, name in cases.languages.items()}
    rows = []
    for kind in kinds_of(cases.judged):
        for name, judged in parts.items():
            found = figures(judged, kind)
            rows.append(
                (
                    kind,
                    name,
                    found.recall.count,
                    share(found.precision),
                    share(found.recall),
                    number(f1(found)) if found.recall.count else NOTHING,
                )
            )
    return table(("kind", "of", "n", "precision", "recall", "F1"), rows)


def curves(cases: CaseSet) -> dict[str, list[Bin]]:
    """Return the points of the reliability curves, by what they are of."""
    return {
        "every kind": reliability(statements(cases.judged, cases.kinds)),
        "the likeliest kind": reliability(leading_statements(cases.judged)),
    }


def _reliability(cases: CaseSet) -> str:
    said = {
        "every kind": statements(cases.judged, cases.kinds),
        "the likeliest kind": leading_statements(cases.judged),
    }
    found = curves(cases)
    errors = table(
        ("statements about", "n", "expected calibration error", "Brier score"),
        [
            (
                name,
                len(said[name]),
                number(calibration_error(curve)),
                number(brier_score(said[name])),
            )
            for name, curve in found.items()
        ],
    )
    bins = table(
        ("statements about", "n", "said", "held"),
        [
            (name, each.true.count, number(each.said, 2), share(each.true))
            for name, curve in found.items()
            for each in curve
        ],
    )
    kinds = table(
        ("kind", "expected calibration error", "Brier score"),
        [
            (
                kind,
                number(calibration_error(reliability(of_kind))),
                number(brier_score(of_kind)),
            )
            for kind in cases.kinds
            if (of_kind := statements(cases.judged, [kind]))
        ],
    )
    return f"{errors}\n\n{bins}\n\n{kinds}"


def _mistakes(cases: CaseSet) -> str:
    by_id = {case.judged.id: case for case in cases.cases}
    rows = [
        (
            plain(each.id.rpartition("/")[2], most=_MOST_QUOTE),
            each.truth or NONE,
            f"{each.found} {percent(each.probabilities[each.found])}",
            _evidence(by_id[each.id]),
            *_quoted(by_id[each.id]),
        )
        for each in worst(cases.judged)
        if each.found is not None
    ]
    if not rows:
        return "None."
    head = ("id", "is", "found", "what spoke for it")
    is_ours = any(case.text is not None for case in cases.cases)
    return table((*head, "begins") if is_ours else head, rows)


def _evidence(case: Case) -> str:
    """Return what spoke for what was found; quoted only where the words are ours."""
    return "; ".join(
        f"`{each.signal}` {each.points:+.1f}"
        + (f" “{plain(str(each.quote), most=_MOST_QUOTE)}”" if case.text else "")
        for each in case.judged.evidence
    )


def _quoted(case: Case) -> tuple[str, ...]:
    if case.text is None:
        return ()
    return (plain(case.text, most=_MOST_WORDS) or "*blank*",)


def groups_section(title: str, cases: CaseSet) -> str:
    """Return how the parts of a set do, by the group of each request."""
    names = sorted({case.group for case in cases.cases})
    rows = []
    for name in names:
        judged = [case.judged for case in cases.cases if case.group == name]
        rows.append(
            (
                name.replace("_", " "),
                len(judged),
                share(Share(sum(each.is_right for each in judged), len(judged))),
                share(unsure(judged)),
                share(right(judged)),
            )
        )
    head = ("from", "n", "right", "unsure", "right, where sure")
    return f"### {title}\n\n{table(head, rows)}"
