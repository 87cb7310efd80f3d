"""Writes docs/reference/draft-quality.md: how often the coach is right, or too strict.

Of public data it says counts, never words.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
if str(ROOT / "tests") not in sys.path:
    sys.path.append(str(ROOT / "tests"))

from drafts.draft_cases import CASES, build  # noqa: E402 - tests lie elsewhere
from markdown_parts import share, table  # noqa: E402 - the same
from public_data import (  # noqa: E402 - the same
    LANGUAGES,
    MISSING,
    PublicNote,
    read_public_notes,
)
from vorzimmer.drafts.checking import check_draft  # noqa: E402 - the same
from vorzimmer.drafts.draft import Advice, Checked, Draft  # noqa: E402 - the same
from vorzimmer.drafts.rule import Rule  # noqa: E402 - the same
from vorzimmer.drafts.rules import all_rules  # noqa: E402 - the same
from vorzimmer.model import Channel, Kind  # noqa: E402 - the same
from vorzimmer.quality import Share  # noqa: E402 - the same

PAGE = ROOT / "docs" / "reference" / "draft-quality.md"
_BAD = (Kind.SOLICITATION, Kind.STANDARD)
# These say what anybody can see in the text; the others judge.
_SEEN = {
    "all_caps",
    "attachment_in_first_contact",
    "calendar_link",
    "call_at_once",
    "default_text",
    "emoji_row",
    "link_in_first_contact",
    "long_first_contact",
    "longer_than_allowed",
    "marks_in_a_row",
    "more_i_than_you",
    "nameless_salutation",
    "no_salutation",
    "several_asks",
    "unreadable_sentence",
    "visit_as_reason",
}
_HEAD = """\
# How often the coach is right

<!-- Made by tools/draft_quality.py; change rules or tool, then: make quality -->

The coach checks a text before it is sent ([Check a draft](../howto/check-a-draft.md)).
Behind a share stands, in brackets, where the true one lies in 95 of 100 cases (Wilson's
interval)."""
_CASES = """\
## Each rule on its own cases

Our own text, at least five texts to be found and five to be left alone, in German and
in English each (three rules are about German only, one about no text at all), written
with the rule: **tests hold every rule to all of them, so these figures flatter.** They
say that a rule does what is said of it, not how often it is right outside. *Elsewhere*
counts texts of other rules' cases in which it hits besides, rightly or not."""
_NOTES = """\
## Notes of others

Public notes that nobody here wrote, mostly templates with masked places. Nothing is
known of their recipients, and masked names count as names. A finding that judges (*no
reason*, *flattery*, *hype* …) counts as wrong on every note labelled personal. One that
only says what anybody can see there (a file comes along, a call is asked for, nobody is
greeted, emojis before each line) is no mistake; *all findings* counts both."""


@dataclass(frozen=True, slots=True)
class CheckedNote:
    """A public note with what the coach says of it."""

    note: PublicNote
    checked: Checked


def check_notes(notes: Iterable[PublicNote]) -> list[CheckedNote]:
    """Check public notes as drafts."""
    return [
        CheckedNote(
            each,
            check_draft(
                Draft(
                    text=each.text[:20_000],
                    channel=each.channel or Channel.MESSAGE,
                    account="premium",
                )
            ),
        )
        for each in notes
    ]


def cases_section() -> str:
    """Return precision and recall of each rule on our own cases."""
    elsewhere = _elsewhere()
    rows = []
    for rule in all_rules():
        held = [_held(rule, lang) for lang in ("", *LANGUAGES)]
        rows.append(
            (
                f"[{rule.name}](draft-rules.md#{rule.name})",
                rule.severity.value,
                share(Share(held[0].found, held[0].found + held[0].wrong)),
                share(Share(held[0].found, held[0].hits)),
                *(each.words for each in held[1:]),
                elsewhere[rule.name],
            )
        )
    head = (
        *("rule", "severity", "precision", "recall"),
        *(f"{name}: found, left alone" for name in LANGUAGES.values()),
        "elsewhere",
    )
    return f"{_CASES}\n\n{table(head, rows)}"


@dataclass(frozen=True, slots=True)
class Held:
    """How a rule did on its own cases.

    Attributes:
        found: Texts that it has to find, and does; of ``hits``.
        wrong: Texts that it has to leave alone, and does not; of ``misses``.
    """

    found: int
    hits: int
    wrong: int
    misses: int

    @property
    def words(self) -> str:
        """The same in short; a dash where there are no cases."""
        alone = f"{self.misses - self.wrong} of {self.misses}"
        found = f"{self.found} of {self.hits}"
        return f"{found if self.hits else '–'}, {alone if self.misses else '–'}"


def _held(rule: Rule, lang: str) -> Held:
    read = tomllib.loads((CASES / f"{rule.name}.toml").read_text("utf-8"))
    sides = [
        [
            any(True for _ in rule.findings(build(case)))
            for case in read[side]
            if not lang or case.get("lang") == lang
        ]
        for side in ("hit", "miss")
    ]
    hits, misses = sides
    return Held(sum(hits), len(hits), sum(misses), len(misses))


def _elsewhere() -> Counter[str]:
    counted: Counter[str] = Counter()
    for path in sorted(CASES.glob("*.toml")):
        read = tomllib.loads(path.read_text("utf-8"))
        for case in (*read["hit"], *read["miss"]):
            facts = build(case)
            counted.update(
                rule.name
                for rule in all_rules()
                if rule.name != path.stem and any(True for _ in rule.findings(facts))
            )
    return counted


def notes_section(checked: Sequence[CheckedNote]) -> str:
    """Return what the coach says of public notes, by language, beside its goals."""
    if not checked:
        return f"## Notes of others\n\n{MISSING}"
    parts = [_NOTES]
    rows = []
    for lang, name in (*LANGUAGES.items(), ("", "both")):
        own = [each for each in checked if lang in {"", each.note.lang}]
        personal = [each for each in own if each.note.truth is Kind.PERSONAL]
        bad = [each for each in own if each.note.truth in _BAD]
        not_sent = sum(_is(each, Advice.BETTER_NOT_SEND) for each in personal)
        found = [one.rule for each in personal for one in each.checked.findings]
        wrong = [rule for rule in found if rule not in _SEEN]
        stopped = sum(not _is(each, Advice.SEND) for each in bad)
        rows.append(
            (
                name,
                share(Share(not_sent, len(personal))),
                f"{len(wrong) / len(personal):.2f}" if personal else "–",
                f"{len(found) / len(personal):.2f}" if personal else "–",
                share(Share(stopped, len(bad))),
            )
        )
    head = (
        "language",
        "personal: better not send (goal ≤ 10 %)",
        "personal: wrong findings a text (goal ≤ 0.33)",
        "personal: all findings a text",
        "advertising and default texts: at least mend first (goal ≥ 90 %)",
    )
    parts += [table(head, rows), _by_rule(checked), _by_kind(checked)]
    return "\n\n".join(parts)


def _is(each: CheckedNote, advice: Advice) -> bool:
    return each.checked.advice is advice


def _by_rule(checked: Sequence[CheckedNote]) -> str:
    def count(kinds: Iterable[Kind]) -> Counter[str]:
        return Counter(
            name
            for each in checked
            if each.note.truth in kinds
            for name in {found.rule for found in each.checked.findings}
        )

    personal, bad = count((Kind.PERSONAL,)), count(_BAD)
    rows = [
        (rule.name, personal[rule.name], bad[rule.name])
        for rule in all_rules()
        if personal[rule.name] or bad[rule.name]
    ]
    rows.sort(key=lambda row: (-row[1], -row[2], row[0]))
    head = ("rule", "personal notes", "advertising and default texts")
    return f"In how many notes each rule hits:\n\n{table(head, rows)}"


def _by_kind(checked: Sequence[CheckedNote]) -> str:
    rows = []
    for kind in Kind:
        own = [each for each in checked if each.note.truth is kind]
        if own:
            counts = [sum(_is(each, advice) for each in own) for advice in Advice]
            rows.append((kind.value, len(own), *counts))
    head = ("what it is", "notes", "send", "mend first", "better not send")
    return f"What it advises:\n\n{table(head, rows)}"


def page() -> str:
    """Return the page."""
    notes = notes_section(check_notes(read_public_notes()))
    return f"{_HEAD}\n\n{notes}\n\n{cases_section()}\n"


def main() -> int:
    """Measure, write and print; return the exit status."""
    words = page()
    PAGE.write_text(words, "utf-8")
    print(words)
    print(f"Written: {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
