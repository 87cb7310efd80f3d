"""Run policies over the member's past, and print what they would have done."""

from __future__ import annotations

import json
import sys
from typing import Any

from rich.table import Table
from rich.text import Text

from vorzimmer.cli.commands import console, find_policy
from vorzimmer.cli.tables import harmless
from vorzimmer.desk import Desk
from vorzimmer.past import Earlier
from vorzimmer.rehearsal import (
    USUAL_PACE_S,
    Door,
    Rehearsal,
    caveats,
    differences,
    rehearse,
    slid,
)
from vorzimmer.settings import Settings
from vorzimmer.translation import Translator

_MOST_SHOWN = 20


def run_rehearse(
    name: str | None,
    *,
    against: str | None,
    openness: float,
    as_json: bool,
    settings: Settings,
    _: Translator,
) -> None:
    """Print what a policy would have done about the past.

    Args:
        name: Of the policy, or its file; ``None`` is the one in use.
        against: Another to compare with; ``None`` compares a slid one with itself.
        openness: How far it is slid, in nats.
        as_json: Whether to print one JSON object.
        settings: Those that hold.
        _: The language.

    Raises:
        UnknownNameError: There is no such policy.
        ConfigurationError: It has a mistake.
    """
    with Desk.open(settings) as desk:
        policy = (
            find_policy(name, settings, reads=desk.reads) if name else desk.policy()
        )
        compared = find_policy(against, settings, reads=desk.reads) if against else None
        past = desk.rehearsal.past()
    one = rehearse(slid(policy, openness), past)
    other = None
    if compared:
        other = rehearse(compared, past)
    elif openness:
        other = rehearse(policy, past)
    if as_json:
        print_json(one, other)
    else:
        _print(one, other, _, openness=openness)


def print_json(one: Rehearsal, other: Rehearsal | None) -> None:
    """Print a rehearsal as one JSON object; everything of it, nothing cut."""
    said: dict[str, Any] = {
        **_as_json(one),
        "past": {
            "requests": sum(not each.is_contact for each in one.past.items),
            "contacts": sum(each.is_contact for each in one.past.items),
            "decided_by_you": sum(each.actor == "member" for each in one.past.items),
        },
        "caveats": [str(each) for each in caveats(one.past)],
        "seconds_each": one.past.pace_s or USUAL_PACE_S,
        "is_measured": one.past.pace_s is not None,
    }
    if other is not None:
        said["against"] = _as_json(other)
        said["differences"] = [
            {
                **_person(each.item),
                "action": each.one,
                "clause": each.one_clause,
                "other_action": each.other,
                "other_clause": each.other_clause,
            }
            for each in differences(one, other)[1]
        ]
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")


def _as_json(one: Rehearsal) -> dict[str, Any]:
    return {
        "policy": one.policy.name,
        "counts": one.counts,
        "actions": one.action_counts,
        "missed": [_person(each) for each in one.missed],
        "spared": [_person(each) for each in one.spared],
        "unwanted": [_person(each) for each in one.unwanted],
        "kept_out": one.kept_out,
        "minutes": round(one.minutes, 1),
    }


def _person(item: Earlier) -> dict[str, Any]:
    sent_at = item.request.sent_at
    return {
        "id": None if item.is_contact else item.request.id,
        "name": item.request.sender.name,
        "on": sent_at.date().isoformat() if sent_at else None,
        "done": item.done,
        "fate": item.fate,
    }


def _print(
    one: Rehearsal, other: Rehearsal | None, _: Translator, *, openness: float
) -> None:
    to = console()
    for each in caveats(one.past):
        console(stderr=True).print(Text(_.say(each), style="yellow"))
    doors = {
        Door.ACCEPTED: _("Accepted"),
        Door.ASKED: _("Asked or answered"),
        Door.HELD: _("Left to you"),
        Door.IGNORED: _("Ignored or declined"),
        Door.REPORTED: _("Reported or blocked"),
    }
    shown = [one] if other is None else [one, other]
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    titles = [each.policy.title[_.language] for each in shown]
    if openness:
        by = f"{'+' if openness > 0 else ''}{_.number(openness)}"
        titles[0] = _("{policy}, moved by {by}", policy=titles[0], by=by)
    for heading in ("", *titles):
        table.add_column(Text(harmless(heading)), overflow="fold")
    for door, words in doors.items():
        table.add_row(words, *(_.number(each.counts[door]) for each in shown))
    missed = [_.number(len(each.missed)) for each in shown]
    table.add_row(_("Missed: people you wrote with later"), *missed)
    spared = [_.number(len(each.spared)) for each in shown]
    table.add_row(_("Saved: contacts of whom nothing came"), *spared)
    unwanted = [_.number(len(each.unwanted)) for each in shown]
    table.add_row(_("Saved: contacts who advertised, or were removed"), *unwanted)
    minutes = [_.number(round(each.minutes)) for each in shown]
    table.add_row(_("Minutes saved"), *minutes)
    to.print(table)
    _print_people(_("Whom you would have missed"), one.missed, _)
    if other is not None:
        _print_differences(one, other, _)


def _print_people(heading: str, items: tuple[Earlier, ...], _: Translator) -> None:
    if not items:
        return
    to = console()
    to.print()
    to.print(Text(heading, style="bold"))
    for each in items[:_MOST_SHOWN]:
        to.print(Text(f"  {_named(each, _)}"))
    _print_rest(len(items) - _MOST_SHOWN, _)


def _print_differences(one: Rehearsal, other: Rehearsal, _: Translator) -> None:
    to = console()
    count, found = differences(one, other, most=_MOST_SHOWN)
    to.print()
    words = _.plural(
        "The two differ in one request.", "The two differ in {count} requests.", count
    )
    to.print(Text(words, style="bold"))
    for each in found:
        change = f"{_.action(each.one)} / {_.action(each.other)}"
        to.print(Text(f"  {_named(each.item, _)}: {change}"))
    _print_rest(count - len(found), _)


def _print_rest(rest: int, _: Translator) -> None:
    if rest > 0:
        words = _.plural("and one more", "and {count} more", rest)
        console().print(Text(f"  {words}"))


def _named(item: Earlier, _: Translator) -> str:
    sender, sent_at = item.request.sender, item.request.sent_at
    name = harmless(sender.name or sender.company or _("Name not known"))
    return f"{name}, {_.date(sent_at, short=True)}" if sent_at else name
