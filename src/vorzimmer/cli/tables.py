"""What the command line prints for people; nothing of it is trusted to be harmless.

Names and notes come from strangers: control characters, which a terminal would obey,
are shown as signs, and rich is only given ``Text``, in which no mark-up is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Console
from rich.console import Group as Stack
from rich.table import Table
from rich.text import Text

from vorzimmer.cards import Card, Session
from vorzimmer.model import Evidence, Kind, Sentence, Skipped
from vorzimmer.policy import KINDS, Clause, Policy, Range
from vorzimmer.signal import Signal
from vorzimmer.translation import Translator

MOST_REASONS = 3
_NARROW = 76
_WHO_WIDTH = 30
_LONGEST_QUOTE = 90
_MOST_SKIPPED_SHOWN = 8
# Control characters, and marks that turn the direction of writing around.
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)


def harmless(text: str) -> str:
    """Return a text that no terminal obeys, on one line."""
    return _CONTROL.sub(_shown, text)


def _shown(control: re.Match[str]) -> str:
    sign = control.group()
    if sign in "\t\n\r\x0b\x0c\x85\u2028\u2029":
        return " "
    return chr(0x2400 + ord(sign)) if sign < "\x20" else "\N{REPLACEMENT CHARACTER}"


def print_session(
    session: Session, signals: Mapping[str, Signal], *, console: Console, _: Translator
) -> None:
    """Print the open requests, grouped by what is proposed."""
    for action, cards in session.groups:
        heading = Text(f"{_.action(action)} · {len(cards)}", style="bold reverse")
        console.print(heading, end="\n\n")
        console.print(_group(cards, session.policy, signals, console=console, _=_))
    title = session.policy.title[_.language]
    count = _.plural("{count} request", "{count} requests", session.open_count)
    console.print(Text(_("{count}, policy: {title}", count=count, title=title)))


def print_leftovers(
    notices: Iterable[Sentence],
    skipped: Sequence[Skipped],
    *,
    console: Console,
    _: Translator,
) -> None:
    """Print what the source said besides, and the rows that could not be read."""
    for notice in notices:
        console.print(Text(harmless(_.say(notice)), style="yellow"))
    if not skipped:
        return
    head = _.plural(
        "{count} row was skipped:", "{count} rows were skipped:", len(skipped)
    )
    console.print(Text(head, style="yellow"))
    counted = Counter((each.file, each.reason) for each in skipped)
    first = {(each.file, each.reason): each.line for each in reversed(skipped)}
    for (file, reason), times in counted.most_common(_MOST_SKIPPED_SHOWN):
        place = f"{file}:{first[file, reason]}" if first[file, reason] else file
        more = _(" (and {more} more like it)", more=times - 1) if times > 1 else ""
        console.print(Text(harmless(f"  {place}: {_.say(reason)}{more}")))
    rest = len(counted) - _MOST_SKIPPED_SHOWN
    if rest > 0:
        console.print(Text(_("  … and {rest} more reasons", rest=rest)))


def strongest_reasons(card: Card, policy: Policy) -> list[Evidence]:
    """Return the evidence that speaks most for the proposal, at most three.

    Evidence of the kinds that the clause asks for comes first, then the strongest.
    """
    asked = _kinds_asked(card.proposal.clause, policy)
    ranked = [
        (kind not in asked, -each.points, each.signal, each)
        for kind, found in card.assessment.kinds.items()
        for each in found.evidence
        if each.points > 0
    ]
    return [each for *_, each in sorted(ranked, key=lambda rank: rank[:3])][
        :MOST_REASONS
    ]


def print_signals(
    signals: Iterable[Signal],
    weights: Mapping[str, float],
    *,
    console: Console,
    _: Translator,
) -> None:
    """Print all signals with the weight that holds."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in (_("Signal"), _("Kind"), _("Weight"), _("It says")):
        table.add_column(heading, overflow="fold")
    for each in signals:
        own = weights.get(each.name)
        weight = _signed(each.weight, _) if own is None else f"{_signed(own, _)} *"
        table.add_row(
            Text(each.name), Text(_.kind(each.kind)), Text(weight), Text(_.title(each))
        )
    console.print(table)
    if weights:
        console.print(Text(_("* your own weight, from the settings")))


def print_signal(
    signal: Signal, own: float | None, *, console: Console, _: Translator
) -> None:
    """Print one signal: its weights, which of them holds, its documentation."""
    console.print(Text(signal.name, style="bold"))
    console.print(Text(_.title(signal)))
    holds = _("default") if own is None else _("own")
    rows = (
        (_("Kind"), _.kind(signal.kind)),
        (_("Default weight"), _signed(signal.weight, _)),
        (_("Learned weight"), "-"),
        (_("Own weight"), "-" if own is None else _signed(own, _)),
        (_("Holds"), holds),
        (_("Since"), signal.since),
    )
    console.print(_rows(rows))
    paragraphs = signal.doc.strip().split("\n", maxsplit=1)[1:]
    for paragraph in paragraphs:
        console.print(Text(_unindented(paragraph)))


def print_policies(
    policies: Mapping[str, Policy], in_use: str, *, console: Console, _: Translator
) -> None:
    """Print all policies; the one in use is marked."""
    for policy in policies.values():
        mark = _(" (by your settings)") if policy.name == in_use else ""
        name = Text(harmless(policy.name), style="bold")
        console.print(name + Text(mark, style="green"))
        console.print(Text(harmless(policy.title[_.language])))
        text = Text(harmless(policy.description[_.language]), style="dim")
        console.print(text, end="\n\n")


def print_policy(policy: Policy, *, console: Console, _: Translator) -> None:
    """Print one policy, clause by clause."""
    console.print(Text(harmless(policy.title[_.language]), style="bold"))
    console.print(Text(harmless(policy.description[_.language])), end="\n\n")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in (_("If"), _("Then"), _("Clause")):
        table.add_column(heading, overflow="fold")
    for clause in policy.clauses:
        table.add_row(
            Text("\n".join(harmless(each) for each in conditions(clause))),
            Text(_.action(clause.action)),
            Text(harmless(_.clause(clause.name))),
        )
    table.add_row("-", Text(_.action(policy.otherwise)), Text(_.clause("otherwise")))
    console.print(table)


def print_rows(rows: Iterable[tuple[str, ...]], *, console: Console) -> None:
    """Print rows of words, in columns as wide as they need to be."""
    console.print(_rows(rows))


def conditions(clause: Clause) -> Iterator[str]:
    """Yield the conditions of a clause in the words of its file."""
    for name, wanted in clause.conditions:
        if isinstance(wanted, Range):
            low = "" if wanted.at_least is None else f" >= {wanted.at_least:g}"
            high = "" if wanted.below is None else f" < {wanted.below:g}"
            yield f"{name}{low}{high}"
        elif isinstance(wanted, bool):
            yield f"{name} = {str(wanted).lower()}"
        else:
            yield f"{name} = {' | '.join(wanted)}"


def _group(
    cards: Iterable[Card],
    policy: Policy,
    signals: Mapping[str, Signal],
    *,
    console: Console,
    _: Translator,
) -> Table:
    is_narrow = console.width < _NARROW
    table = Table(box=None, show_header=False, padding=(0, 2, 1, 0))
    if not is_narrow:
        table.add_column(width=_WHO_WIDTH, overflow="fold")
    table.add_column(overflow="fold")
    for card in cards:
        who, why = _who(card, _), _why(card, policy, signals, _=_)
        if is_narrow:
            table.add_row(Stack(who, why))
        else:
            table.add_row(who, why)
    return table


def _who(card: Card, _: Translator) -> Text:
    sender = card.request.sender
    who = Text(
        harmless(sender.name or sender.company or _("Name not known")), style="bold"
    )
    if sender.headline:
        who.append(f"\n{_cut(harmless(sender.headline))}", style="not bold dim")
    if card.request.sent_at:
        day = _.date(card.request.sent_at, short=True)
        who.append(f"\n{day}", style="not bold dim")
    return who


def _why(
    card: Card, policy: Policy, signals: Mapping[str, Signal], *, _: Translator
) -> Stack:
    clause = Text(harmless(_.clause(card.proposal.clause)), style="italic")
    lines = Table.grid(padding=(0, 1, 0, 0))
    lines.add_column(width=1)
    lines.add_column(overflow="fold")
    for each in strongest_reasons(card, policy):
        points = Text(f"  {_signed(round(each.points, 1), _)}", style="dim")
        lines.add_row("·", Text(_reason(each, signals, _)) + points)
    if card.question:
        asked = _.fact_question(card.question.fact)
        then = _.action(card.question.changes_to)
        words = _("{asked} It may become: {then}", asked=asked, then=then)
        lines.add_row("?", Text(words), style="cyan")
    return Stack(clause, lines)


def _reason(evidence: Evidence, signals: Mapping[str, Signal], _: Translator) -> str:
    quote = _cut(harmless(_.say(evidence.quote)))
    if isinstance(evidence.quote, Sentence):
        return quote
    signal = signals.get(evidence.signal)
    title = _.title(signal) if signal else evidence.signal
    return _("{title}: “{quote}”", title=title, quote=quote)


def _signed(points: float, _: Translator) -> str:
    sign = "−" if points < 0 else "+"
    return f"{sign}{_.number(abs(points))}"


def _kinds_asked(clause: str, policy: Policy) -> set[Kind]:
    return {
        KINDS[name]
        for each in policy.clauses
        if each.name == clause
        for name, wanted in each.conditions
        if name in KINDS and isinstance(wanted, Range) and wanted.at_least is not None
    }


def _rows(rows: Iterable[tuple[str, ...]]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*(Text(harmless(each)) for each in row))
    return table


def _cut(text: str) -> str:
    short = text[:_LONGEST_QUOTE].rstrip()
    return text if len(text) <= _LONGEST_QUOTE else f"{short} …"


def _unindented(text: str) -> str:
    return re.sub(r"^ {4}", "", text, flags=re.MULTILINE).strip("\n")
