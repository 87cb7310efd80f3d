"""What ``vorzimmer campaigns`` does and prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, TypedDict

import msgspec
from msgspec import Meta
from rich.console import Console
from rich.table import Table
from rich.text import Text

from vorzimmer.campaigns import SLOT, Campaign, Part
from vorzimmer.cli.commands import console, is_stream, print_leftovers, speak_utf_8
from vorzimmer.cli.progress import shown_progress
from vorzimmer.cli.stopping import stops_as_by_ctrl_c
from vorzimmer.cli.tables import harmless
from vorzimmer.model import ContactRequest, Sentence, Skipped, say
from vorzimmer.passed_over import PassedOver
from vorzimmer.row_files import no_rows
from vorzimmer.sources import Progress, find_campaigns, take_in
from vorzimmer.streams import open_rows, read_chunk
from vorzimmer.translation import Translator

# What a terminal shows; the JSON form has them all, in full.
_MOST_SHOWN, _LONGEST_SHOWN = 50, 600


class PartAnswer(TypedDict):
    """Some words of the common text."""

    text: Annotated[str, Meta(description="As written in one of the notes")]
    is_slot: Annotated[bool, Meta(description="Whether the notes differ here")]


class CampaignAnswer(TypedDict):
    """Requests whose notes are near-duplicates of each other."""

    id: Annotated[str, Meta(description="Stays when later notes come")]
    notes: Annotated[int, Meta(description="How many requests")]
    senders: Annotated[int, Meta(description="How many different people")]
    since: Annotated[str | None, Meta(description="Time of the first, ISO 8601")]
    until: Annotated[str | None, Meta(description="Time of the last, ISO 8601")]
    text: Annotated[list[PartAnswer], Meta(description="What they have in common")]
    requests: Annotated[list[str], Meta(description="Their ids, the earliest first")]


def run_campaigns(source: str, *, as_json: bool, _: Translator) -> None:
    """Find the campaigns of a source; print a table, or JSON lines.

    Raises:
        SourceError: It cannot be read as a whole.
    """
    with stops_as_by_ctrl_c(), shown_progress(_) as progress:
        requests, notices, skipped = _read(source, progress, _)
        found = find_campaigns(requests, jobs=os.cpu_count() or 1)
    if as_json:
        speak_utf_8()
        encode = msgspec.json.Encoder().encode
        sys.stdout.writelines(f"{encode(answer(each)).decode()}\n" for each in found)
    else:
        print_campaigns(found, len(requests), console=console(), _=_)
    sys.stdout.flush()
    rest = say("To see them all, run “vorzimmer screen” with --all-skipped.")
    print_leftovers(notices, skipped, _, rest=rest)


def _read(
    source: str, progress: Callable[[Progress], None], _: Translator
) -> tuple[Sequence[ContactRequest], Sequence[Sentence], Sequence[Skipped]]:
    """Return the requests of a source, what is to be told, and which rows failed."""
    if not is_stream(source):
        intake = take_in(Path(source), progress)
        return intake.requests, intake.notices, intake.skipped
    requests: list[ContactRequest] = []
    skipped: list[Skipped] = []
    name = _("standard input") if source == "-" else Path(source).name or source
    stream = sys.stdin.buffer if source == "-" else Path(source)
    passed_over = PassedOver()
    with open_rows(stream, name) as rows:
        for chunk in rows.chunks:
            for each in read_chunk(chunk, passed_over=passed_over):
                if isinstance(each, ContactRequest):
                    requests.append(each)
                else:
                    skipped.append(each)
            passed_over.check(name)
            progress(Progress(name, len(requests) + len(skipped), "reading"))
    notices = [*passed_over.notices(), *rows.passed_over.notices()]
    if not requests and not skipped:
        notices.append(no_rows(name))
    return requests, notices, skipped


def answer(campaign: Campaign) -> CampaignAnswer:
    """Return a campaign in the form for programs."""
    return {
        "id": campaign.id,
        "notes": len(campaign.requests),
        "senders": campaign.senders,
        "since": campaign.since.isoformat() if campaign.since else None,
        "until": campaign.until.isoformat() if campaign.until else None,
        "text": [
            {"text": each.text, "is_slot": each.is_slot} for each in campaign.text
        ],
        "requests": [each.id for each in campaign.requests],
    }


def print_campaigns(
    found: Sequence[Campaign], requests: int, *, console: Console, _: Translator
) -> None:
    """Print campaigns, the largest first.

    Args:
        found: The campaigns.
        requests: How many requests were looked at.
        console: Where to print.
        _: The language.
    """
    table = Table(box=None, padding=(0, 2, 1, 0), header_style="bold")
    table.add_column(_("Notes"), justify="right")
    table.add_column(_("Senders"), justify="right")
    table.add_column(_("Since"), no_wrap=True)
    table.add_column(_("What they have in common"), overflow="fold")
    for each in found[:_MOST_SHOWN]:
        since = _.date(each.since, short=True) if each.since else "-"
        text = _text(each.text)
        text.append(f"\n{each.id}", style="dim")
        table.add_row(
            Text(_.number(len(each.requests))),
            Text(_.number(each.senders)),
            Text(since),
            text,
        )
    if found:
        console.print(table)
    if len(found) > _MOST_SHOWN:
        more = len(found) - _MOST_SHOWN
        console.print(
            Text(
                _.plural(
                    "and one more; --json prints them all",
                    "and {count} more; --json prints them all",
                    more,
                )
            )
        )
    count = _.plural("{count} request", "{count} requests", requests)
    campaigns = _.plural("{count} campaign", "{count} campaigns", len(found))
    console.print(
        Text(_("{campaigns} among {count}", campaigns=campaigns, count=count))
    )


def _text(parts: Sequence[Part]) -> Text:
    text = Text()
    for part in parts:
        if len(text) > _LONGEST_SHOWN:
            text.append(" …")
            break
        words = SLOT if part.is_slot else harmless(part.text)
        text.append(
            f"{' ' if len(text) else ''}{words[:_LONGEST_SHOWN]}",
            style="cyan" if part.is_slot else "",
        )
    return text
