"""What ``vorzimmer session`` prints: what waits, as a text, a mail or JSON."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from getpass import getuser
from typing import Annotated, TypedDict

import msgspec
from msgspec import Meta

from vorzimmer.cards import Card
from vorzimmer.cli.tables import harmless
from vorzimmer.desk import Desk
from vorzimmer.model import Person
from vorzimmer.settings import Settings
from vorzimmer.sitting_desk import Notice
from vorzimmer.translation import Translator

_LONGEST_NAME = 60
_LONGEST_WHY = 120
_MOST_SILENT = 10
# Names no machine; nobody can answer to it (RFC 2606).
_DOMAIN = "vorzimmer.invalid"
_ATOM = re.compile(r"[A-Za-z0-9_-]{1,64}(\.[A-Za-z0-9_-]{1,64})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailOptions:
    """How the mail is addressed.

    Attributes:
        to: To whom; ``None`` is the account on this machine.
        sender: From whom; ``None`` is to whom it goes.
        subject: ``None`` is a subject that says how many wait.
    """

    to: str | None = None
    sender: str | None = None
    subject: str | None = None


class LookAnswer(TypedDict):
    """A request that is worth a look first."""

    request: Annotated[str, Meta(description="Its id")]
    name: str | None
    proposed: Annotated[str, Meta(description="The proposed action")]
    why: Annotated[str, Meta(description="In words, in the language asked for")]


class DueAnswer(TypedDict):
    """A question to which no answer came."""

    request: Annotated[str, Meta(description="Its id")]
    name: str | None
    asked_at: str
    due_on: str


class NoticeAnswer(TypedDict):
    """What waits."""

    at: str
    since: Annotated[
        str | None, Meta(description="When your last session was over; null: none was")
    ]
    new: Annotated[int, Meta(description="Waiting requests that came in after that")]
    open: Annotated[int, Meta(description="All that wait")]
    first: list[LookAnswer]
    silent: list[DueAnswer]
    minutes: Annotated[int, Meta(description="About how many minutes it will take")]
    pace_is_measured: bool


def run_session(
    settings: Settings,
    _: Translator,
    *,
    as_json: bool = False,
    mail: MailOptions | None = None,
    only_if_any: bool = False,
) -> None:
    """Print what waits.

    Args:
        settings: Those that hold.
        _: The language.
        as_json: As one object instead.
        mail: As an e-mail instead.
        only_if_any: Whether to print nothing when nothing waits.

    Raises:
        StoreError: The database cannot be read.
    """
    with Desk.open(settings) as desk:
        notice, settings_due = desk.sitting.notice(), desk.advising.due_again()
    if only_if_any and notice.is_empty and not settings_due:
        return
    if mail is not None:
        raw = as_mail(notice, _, mail, settings_due=settings_due)
        sys.stdout.write(raw.decode("ascii").replace("\r\n", "\n"))
    elif as_json:
        sys.stdout.write(f"{msgspec.json.encode(answer(notice, _)).decode()}\n")
    else:
        sys.stdout.write(as_text(notice, _, settings_due=settings_due))
    sys.stdout.flush()


def as_text(notice: Notice, _: Translator, *, settings_due: int = 0) -> str:
    """Return the notice as plain text.

    Args:
        notice: What waits.
        _: The language.
        settings_due: How many settings of networks were seen to a year ago.
    """
    return "\n".join(_lines(notice, _, settings_due)) + "\n"


def _lines(notice: Notice, _: Translator, settings_due: int) -> Iterator[str]:
    if notice.plan.open_count:
        yield from _how_many(notice, _)
    else:
        yield _("No request is waiting.")
    if notice.first:
        yield ""
        yield _("Worth a look first:")
        for card in notice.first:
            yield f"- {name_of(card.request.sender, _)} – {why(card, _)}"
    if notice.silent:
        yield ""
        yield from _silent(notice, _)
    if settings_due:
        yield ""
        yield _.plural(
            "One setting of a network was seen to a year ago; look again",
            "{count} settings of networks were seen to a year ago; look again",
            settings_due,
        )
    if not notice.is_empty:
        yield ""
        yield _("“vorzimmer desk” opens the session.")


def _how_many(notice: Notice, _: Translator) -> Iterator[str]:
    plan = notice.plan
    yield _.plural("One request waits.", "{count} requests wait.", plan.open_count)
    if notice.since is not None:
        yield _.plural(
            "One of them came in since your last session on {day}.",
            "{count} of them came in since your last session on {day}.",
            notice.new_count,
            day=_.date(notice.since),
        )
    yield _.plural(
        "It will take about one minute.",
        "It will take about {count} minutes.",
        plan.minutes_for_all,
    )
    if plan.minutes and plan.fits < plan.open_count:
        yield _(
            "Within {minutes} minutes: about {fits} of {count}, those worth deciding"
            " first.",
            minutes=plan.minutes,
            fits=plan.fits,
            count=plan.open_count,
        )


def _silent(notice: Notice, _: Translator) -> Iterator[str]:
    yield _("Nobody answered to these questions:")
    for each in notice.silent[:_MOST_SILENT]:
        who = name_of(each.request.sender, _)
        yield f"- {who} – " + _(
            "asked on {asked}, due on {due}",
            asked=_.date(each.ask.asked_at),
            due=_.date(each.ask.due_on),
        )
    if (more := len(notice.silent) - _MOST_SILENT) > 0:
        yield _.plural("and one more", "and {count} more", more)


def name_of(person: Person, _: Translator) -> str:
    """Return a name on one line, which no terminal obeys."""
    name = harmless(person.name or person.company or "")[:_LONGEST_NAME].strip()
    return name or _("Name not known")


def why(card: Card, _: Translator) -> str:
    """Return in one line why a request is worth a look."""
    if card.known_from:
        words = _.line(card.known_from[0])
    else:
        words = f"{_.action(card.proposal.action)}: {_.clause(card.proposal.clause)}"
    return harmless(words)[:_LONGEST_WHY]


def as_mail(
    notice: Notice, _: Translator, options: MailOptions, *, settings_due: int = 0
) -> bytes:
    """Return the notice as an e-mail.

    Source: RFC 5322 (form; §3.6 wants *From* and *Date*), RFC 2045 and RFC 2047
    (umlauts in seven bits), RFC 6761 (``localhost`` is this machine).
    """
    mail = EmailMessage(policy=SMTP)
    to = options.to or own_account()
    mail["From"], mail["To"] = options.sender or to, to
    mail["Date"] = format_datetime(notice.at)
    mail["Message-ID"] = make_msgid(domain=_DOMAIN)
    mail["Subject"] = harmless(options.subject or "") or _.plural(
        "Vorzimmer: one request waits",
        "Vorzimmer: {count} requests wait",
        notice.plan.open_count,
    )
    # Says to programs that answer mails that nobody wants an answer (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    text = as_text(notice, _, settings_due=settings_due)
    mail.set_content(text, charset="utf-8", cte="quoted-printable")
    return mail.as_bytes()


def own_account() -> str:
    """Return the address of the account that runs this, as the machine's own mail."""
    try:
        name = getuser()
    except (ImportError, KeyError, OSError):  # a system that knows no accounts
        name = ""
    return f"{name if _ATOM.fullmatch(name) else 'vorzimmer'}@localhost"


def answer(notice: Notice, _: Translator) -> NoticeAnswer:
    """Return the notice in the form for programs."""
    return {
        "at": notice.at.isoformat(),
        "since": notice.since.isoformat() if notice.since else None,
        "new": notice.new_count,
        "open": notice.plan.open_count,
        "first": [
            {
                "request": card.request.id,
                "name": card.request.sender.name,
                "proposed": card.proposal.action.value,
                "why": why(card, _),
            }
            for card in notice.first
        ],
        "silent": [
            {
                "request": each.request.id,
                "name": each.request.sender.name,
                "asked_at": each.ask.asked_at.isoformat(),
                "due_on": each.ask.due_on.isoformat(),
            }
            for each in notice.silent
        ],
        "minutes": notice.plan.minutes_for_all,
        "pace_is_measured": notice.plan.is_measured,
    }
