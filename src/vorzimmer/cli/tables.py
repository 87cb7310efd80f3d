"""What the command line prints for people; nothing of it is trusted to be harmless.

Names and notes come from strangers: control characters, which a terminal would obey,
are shown as signs, and rich is only given ``Text``, in which no mark-up is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from inspect import cleandoc

from rich.console import Console
from rich.console import Group as Stack
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from vorzimmer.cards import Card, Session
from vorzimmer.model import Evidence, Kind, Sentence, Skipped
from vorzimmer.policy import KINDS, Policy, Range
from vorzimmer.policy_folder import Policies
from vorzimmer.signal import Signal
from vorzimmer.translation import Translator, conditions

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
    rest: Sentence | None,
    each_row: bool = False,
    console: Console,
    _: Translator,
) -> None:
    """Print what the source said besides, and the rows that could not be read.

    Args:
        notices: On the source as a whole.
        skipped: Rows, and with line 0 notices on files.
        rest: Where to see the rest, if only some are printed; ``None`` prints all.
        each_row: Whether to print every row, not every reason with its first row.
        console: Where to print.
        _: The language.
    """
    for notice in notices:
        console.print(Text(harmless(_.say(notice)), style="yellow"))
    for each in skipped:
        if not each.line:
            words = harmless(f"{each.file}: {_.say(each.reason)}")
            console.print(Text(words, style="yellow"))
    rows = [each for each in skipped if each.line]
    if rows and each_row:
        for each in rows:
            words = f"{each.file}:{each.line}: {_.say(each.reason)}"
            console.print(Text(harmless(words)))
    elif rows:
        _print_rows_skipped(rows, rest, console=console, _=_)


def _print_rows_skipped(
    rows: Sequence[Skipped], rest: Sentence | None, *, console: Console, _: Translator
) -> None:
    head = _.plural("{count} row was skipped:", "{count} rows were skipped:", len(rows))
    console.print(Text(head, style="yellow"))
    counted = Counter((each.file, each.reason) for each in rows)
    first = {(each.file, each.reason): each.line for each in reversed(rows)}
    shown = len(counted) if rest is None else _MOST_SKIPPED_SHOWN
    for (file, reason), times in counted.most_common(shown):
        more = _(" (and {more} more like it)", more=times - 1) if times > 1 else ""
        place = f"{file}:{first[file, reason]}"
        console.print(Text(harmless(f"  {place}: {_.say(reason)}{more}")))
    if rest is not None and len(counted) > shown:
        words = _.plural(
            "  … and {count} more reason.",
            "  … and {count} more reasons.",
            len(counted) - shown,
        )
        console.print(Text(f"{words} {_.say(rest)}"))


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
    learned: Mapping[str, float],
    *,
    console: Console,
    _: Translator,
) -> None:
    """Print all signals with the weight that holds."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in (_("Signal"), _("Kind"), _("Weight"), _("It says")):
        table.add_column(heading, overflow="fold")
    for each in signals:
        weight = signed(each.weight, _)
        if each.name in weights:
            weight = f"{signed(weights[each.name], _)} *"
        elif each.name in learned:
            weight = f"{signed(learned[each.name], _)} +"
        table.add_row(
            Text(each.name), Text(_.kind(each.kind)), Text(weight), Text(_.title(each))
        )
    console.print(table)
    if weights:
        console.print(Text(_("* your own weight, from the settings")))
    if learned:
        console.print(Text(_("+ learned from you; “vorzimmer learned” says from what")))


def print_signal(
    signal: Signal,
    *,
    own: float | None,
    learned: float | None,
    console: Console,
    _: Translator,
) -> None:
    """Print one signal: its weights, which of them holds, its documentation."""
    console.print(Text(signal.name, style="bold"))
    console.print(Text(_.title(signal)))
    holds = _("default") if learned is None else _("learned")
    holds = holds if own is None else _("own")
    rows = (
        (_("Kind"), _.kind(signal.kind)),
        (_("Default weight"), signed(signal.weight, _)),
        (_("Learned weight"), "-" if learned is None else signed(learned, _)),
        (_("Own weight"), "-" if own is None else signed(own, _)),
        (_("Holds"), holds),
        (_("Since"), signal.since),
    )
    console.print(_rows(rows))
    for line in _documentation(signal, _).split("\n"):
        # Of a line that is wrapped, the rest stands below its beginning.
        text = line.lstrip()
        indent = len(line) - len(text)
        padded = Padding(Text(text), (0, 0, 0, indent), expand=False)
        console.print(padded if text else "")


def print_policies(
    policies: Policies, in_use: str, *, console: Console, _: Translator
) -> None:
    """Print all policies; the one in use is marked, and those with a mistake."""
    for policy in policies.good.values():
        mark = _(" (by your settings)") if policy.name == in_use else ""
        name = Text(harmless(policy.name), style="bold")
        console.print(name + Text(mark, style="green"))
        console.print(Text(harmless(policy.title[_.language])))
        text = Text(harmless(policy.description[_.language]), style="dim")
        console.print(text, end="\n\n")
    for own, mistake in policies.mistakes.items():
        note = Text(_(" (cannot be used)"), style="yellow")
        console.print(Text(harmless(own), style="bold") + note)
        console.print(Text(harmless(_.error(mistake))), end="\n\n")


def print_policy(policy: Policy, *, console: Console, _: Translator) -> None:
    """Print one policy, clause by clause."""
    console.print(Text(harmless(policy.title[_.language]), style="bold"))
    console.print(Text(harmless(policy.description[_.language])), end="\n\n")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in (_("If"), _("Then"), _("Clause")):
        table.add_column(heading, overflow="fold")
    for clause in policy.clauses:
        table.add_row(
            Text("\n".join(harmless(each) for each in conditions(clause, _))),
            Text(_.action(clause.action)),
            Text(harmless(_.clause(clause.name))),
        )
    table.add_row("-", Text(_.action(policy.otherwise)), Text(_.clause("otherwise")))
    console.print(table)


def print_rows(rows: Iterable[tuple[str, ...]], *, console: Console) -> None:
    """Print rows of words, in columns as wide as they need to be."""
    console.print(_rows(rows))


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
        points = Text(f"  {signed(round(each.points, 1), _)}", style="dim")
        lines.add_row("·", Text(_reason(each, signals, _)) + points)
    if card.question:
        asked = _.fact_question(card.question.fact)
        then = _.action(card.question.changes_to)
        words = _("{asked} It may become: {then}", asked=asked, then=then)
        lines.add_row("?", Text(words), style="cyan")
    # An empty grid is as wide as there is room: very wide where nobody looks.
    return Stack(clause, lines) if lines.row_count else Stack(clause)


def _reason(evidence: Evidence, signals: Mapping[str, Signal], _: Translator) -> str:
    if isinstance(evidence.quote, Sentence):
        return _cut(harmless(_.line(evidence.quote)))
    quote = _cut(harmless(evidence.quote))
    signal = signals.get(evidence.signal)
    title = _.title(signal) if signal else evidence.signal
    return _("{title}: “{quote}”", title=title, quote=quote)


def signed(points: float, _: Translator) -> str:
    """Return points with their sign."""
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


def _documentation(signal: Signal, _: Translator) -> str:
    """Return what is written about a signal, its headings in the member's language."""
    headings = {
        "Why it matters:": _("Why it matters:"),
        "Known errors:": _("Known errors:"),
        "Source:": _("Source:"),
    }
    text = cleandoc(signal.doc).partition("\n")[2].strip("\n")
    lines = [headings.get(line, line) for line in text.split("\n")]
    if _.language != "en":
        lines[:0] = [_("What follows is written in English only."), ""]
    return "\n".join(lines)
