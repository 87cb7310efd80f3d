"""What ``vorzimmer afterwards`` prints: what came after accepting."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated, Literal, TypedDict

import msgspec
from msgspec import Meta
from rich.console import Console
from rich.text import Text

from vorzimmer.afterwards import Afterwards, Alarm
from vorzimmer.cli.commands import console
from vorzimmer.cli.tables import harmless, print_rows
from vorzimmer.desk import Desk
from vorzimmer.mails.addresses import without_tokens
from vorzimmer.model import Person
from vorzimmer.sequels import Followed, Sequel, Unlike
from vorzimmer.settings import Settings
from vorzimmer.translation import Translator

_LONGEST_SHOWN = 120


class AfterAnswer(TypedDict):
    """One thing that came after accepting."""

    what: Annotated[
        Literal["unlike", "alarm", "proposal", "removed", "kept"],
        Meta(description="Possibly hacked, an alarm, a proposal to remove, or settled"),
    ]
    request: Annotated[
        str | None, Meta(description="Id of the accepted request; null: a contact")
    ]
    name: str | None
    profile_url: str | None
    decided_at: Annotated[
        str | None, Meta(description="When the decision that stands was taken")
    ]
    sent_at: Annotated[
        str | None, Meta(description="When the message came that it is about")
    ]
    days: Annotated[int | None, Meta(description="Days from accepting to it")]
    kind: Annotated[str | None, Meta(description="What the message is")]
    probability: float | None
    text: str | None
    evidence: Annotated[list[str], Meta(description="In words, in English")]
    points: Annotated[list[str], Meta(description="Official places to turn to")]


def run_afterwards(settings: Settings, _: Translator, *, as_json: bool) -> None:
    """Print what came after accepting; as a table, or as JSON lines."""
    with Desk.open(settings) as desk:
        view = desk.after.view()
    if as_json:
        encode = msgspec.json.Encoder().encode
        sys.stdout.writelines(f"{encode(each).decode()}\n" for each in answers(view))
        sys.stdout.flush()
        return
    _print(view, console(), _)


def answers(view: Afterwards) -> Iterator[AfterAnswer]:
    """Yield everything in the form for programs."""
    for unlike in view.unlike:
        yield _of_unlike(unlike, [each.reach for each in view.hacked_points])
    for alarm in view.alarms:
        yield _of_alarm(alarm)
    for proposal in view.proposals:
        yield _of_sequel("proposal", proposal)
    for removed in view.removed:
        yield _of_sequel("removed", removed)
    for kept in view.kept:
        yield _of_sequel("kept", kept)


def _of_sequel(
    what: Literal["alarm", "proposal", "removed", "kept"], sequel: Sequel
) -> AfterAnswer:
    found = sequel.unwanted
    answer = _answer(what, sequel.request.sender, found)
    answer["request"] = None if sequel.is_of_contact else sequel.request.id
    answer["decided_at"] = sequel.decision.at.isoformat()
    answer["days"] = sequel.days if what == "proposal" else None
    return answer


def _of_alarm(alarm: Alarm) -> AfterAnswer:
    answer = _of_sequel("alarm", alarm.sequel)
    answer["evidence"] = [
        f"{mark.stage}: {mark.hit.quote}" for mark in alarm.sequel.thread.marks
    ]
    answer["points"] = [each.reach for each in alarm.points]
    return answer


def _of_unlike(unlike: Unlike, points: list[str]) -> AfterAnswer:
    answer = _answer("unlike", unlike.person, unlike.followed)
    answer["evidence"] = [str(each) for each in unlike.differences]
    answer["points"] = points
    return answer


def _answer(
    what: Literal["unlike", "alarm", "proposal", "removed", "kept"],
    person: Person,
    found: Followed | None,
) -> AfterAnswer:
    return {
        "what": what,
        "request": None,
        "name": person.name,
        "profile_url": person.profile_url,
        "decided_at": None,
        "sent_at": found.message.sent_at.isoformat() if found else None,
        "days": None,
        "kind": found.kind.value if found and found.kind else None,
        "probability": round(found.probability, 4) if found else None,
        "text": without_tokens(found.message.text) if found else None,
        "evidence": [str(each.quote) for each in found.evidence] if found else [],
        "points": [],
    }


def _print(view: Afterwards, to: Console, _: Translator) -> None:
    if view.is_quiet:
        to.print(Text(_("Nothing that wants your attention came after accepting.")))
        return
    rows = [
        *(
            (_("possibly hacked"), *_who_and_what(each.person, each.followed, _))
            for each in view.unlike
        ),
        *(
            (_("thread"), *_stages(alarm, _), alarm.sequel.request.id)
            for alarm in view.alarms
        ),
        *(_proposal(each, _) for each in view.proposals),
    ]
    print_rows(rows, console=to)


def _stages(alarm: Alarm, _: Translator) -> tuple[str, str, str]:
    marks = alarm.sequel.thread.marks
    days = [mark.at for mark in marks if mark.at]
    quotes = " … ".join(_.say(mark.hit.quote) for mark in marks)
    name = alarm.sequel.request.sender.name or ""
    day = _.date(days[-1], short=True) if days else ""
    return harmless(name), day, harmless(quotes)[:_LONGEST_SHOWN]


def _who_and_what(
    person: Person, found: Followed, _: Translator
) -> tuple[str, str, str, str]:
    text = " ".join(without_tokens(found.message.text).split())[:_LONGEST_SHOWN]
    day = _.date(found.message.sent_at, short=True)
    return harmless(person.name or ""), day, harmless(text), ""


def _proposal(sequel: Sequel, _: Translator) -> tuple[str, ...]:
    found = sequel.unwanted
    if found is None or found.kind is None:
        return ()
    name, day, text, _none = _who_and_what(sequel.request.sender, found, _)
    return _("to remove?"), name, day, text, sequel.request.id
