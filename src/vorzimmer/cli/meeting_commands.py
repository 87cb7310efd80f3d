"""What the commands on meeting people do: introductions, people to meet."""

from __future__ import annotations

import sys
from typing import Any

from rich.console import Console
from rich.text import Text

from vorzimmer.answer import json_line
from vorzimmer.cli.commands import console
from vorzimmer.cli.tables import harmless
from vorzimmer.desk import Desk
from vorzimmer.people_to_meet import MeetingList, ToMeet
from vorzimmer.settings import Settings
from vorzimmer.ties import describe
from vorzimmer.translation import Translator
from vorzimmer.ways import Way, Ways


def run_introductions(
    asked: str, firm: str, settings: Settings, _: Translator, *, as_json: bool
) -> None:
    """Print who could introduce the member."""
    with Desk.open(settings) as desk:
        ways = desk.introducing.ways(asked, firm=firm)
    if as_json:
        sys.stdout.write(json_line(_ways_fields(ways, _)))
        return
    _print_ways(ways, console(), _)


def _print_ways(ways: Ways, to: Console, _: Translator) -> None:
    for way in ways.themselves:
        words = _("You know {name} yourself:", name=way.person.name or "")
        to.print(Text(harmless(f"{words} {_ties(way, _)}")))
    if ways.is_firm_known_from_data:
        firms = ", ".join(ways.firms)
        to.print(
            Text(harmless(_("Your data name {firm} for this person.", firm=firms)))
        )
    if not ways.found:
        to.print(Text(harmless(_nobody(ways, _))))
    for way in ways.found:
        head = way.person.name or ""
        if way.person.company:
            head = f"{head} · {way.person.company}"
        to.print()
        to.print(Text(harmless(head), style="bold"))
        for link in way.links:
            more = "" if link.is_shown else " " + _("(only likely)")
            to.print(Text(harmless(f"  {_.line(link.says)}{more}")))
        known = _("How you know each other:")
        to.print(Text(harmless(f"  {known} {_ties(way, _)}"), style="dim"))
    if ways.hardly:
        to.print()
        to.print(
            Text(
                _.plural(
                    "One more has a link, but you hardly know them; that is no one to"
                    " ask a favour.",
                    "{count} more have a link, but you hardly know them; they are no"
                    " ones to ask a favour.",
                    ways.hardly,
                )
            )
        )


def _nobody(ways: Ways, _: Translator) -> str:
    return _(
        "Nobody in your data: no contact whom you know shows a link to {wanted}. Your"
        " list of contacts says only where people work now, so somebody may know them"
        " all the same.",
        wanted=ways.wanted.name or ways.wanted.firm,
    )


def _ties(way: Way, _: Translator) -> str:
    return "; ".join(_.say(describe(tie)) for tie in way.ties)


def _ways_fields(ways: Ways, _: Translator) -> dict[str, Any]:
    return {
        "name": ways.wanted.name or None,
        "firm": ways.wanted.firm or None,
        "firms": list(ways.firms),
        "you_know_yourself": [_way_fields(each, _) for each in ways.themselves],
        "found": [_way_fields(each, _) for each in ways.found],
        "left_out": ways.left_out,
        "hardly_known": ways.hardly,
    }


def _way_fields(way: Way, _: Translator) -> dict[str, Any]:
    person = way.person
    return {
        "name": person.name,
        "company": person.company,
        "position": person.position,
        "profile_url": person.profile_url,
        "closeness": way.closeness,
        "links": [
            {"text": _.say(link.says), "is_shown": link.is_shown} for link in way.links
        ],
        "known_from": [_.say(describe(tie)) for tie in way.ties],
    }


def run_people(
    settings: Settings, _: Translator, *, only_due: bool, as_json: bool
) -> None:
    """Print the people to meet, or only those for whom something is due."""
    with Desk.open(settings) as desk:
        listed = desk.meeting.listed()
    shown = listed.due if only_due else listed.people
    if as_json:
        for each in shown:
            sys.stdout.write(json_line(_person_fields(each, _)))
        return
    _print_people(shown, listed, console(), _)


def _print_people(
    shown: tuple[ToMeet, ...], listed: MeetingList, to: Console, _: Translator
) -> None:
    if not listed.people:
        to.print(Text(_("Nobody is on the list yet; the desk has a page for it.")))
        return
    if not shown:
        to.print(Text(_("Nothing is due today.")))
    for each in shown:
        person, step = each.entry.person, each.next
        head = person.name or ""
        if person.company:
            head = f"{head} · {person.company}"
        to.print(Text(harmless(head), style="bold"))
        when = ""
        if step.due_on:
            on = _.date(step.due_on)
            when = _("due since {on}", on=on) if each.is_due else ""
            when = when or _("from {on} on", on=on)
        to.print(Text(f"  {_.say(step.says)} {when}".rstrip()))
        to.print(Text(f"  {_.say(step.why)}", style="dim"))


def _person_fields(each: ToMeet, _: Translator) -> dict[str, Any]:
    entry, step = each.entry, each.next
    return {
        "name": entry.person.name,
        "company": entry.person.company,
        "profile_url": entry.person.profile_url,
        "why": entry.why,
        "is_due": each.is_due,
        "next": {
            "step": step.kind.value,
            "due_on": step.due_on.isoformat() if step.due_on else None,
            "text": _.say(step.says),
            "why": _.say(step.why),
        },
        "steps": [
            {
                "kind": done.kind.value,
                "on": done.on.isoformat(),
                "words": done.words,
                "text_name": done.text_name or None,
            }
            for done in entry.steps
        ],
    }
