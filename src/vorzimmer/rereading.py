"""Reads again what needs nothing handed over: mailboxes, LinkedIn's interface."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from vorzimmer.desk import Desk, ImportReport, Progress
from vorzimmer.errors import UnknownNameError
from vorzimmer.passwords import password_of
from vorzimmer.portability_intake import LABEL
from vorzimmer.settings import Settings
from vorzimmer.sources import silent
from vorzimmer.watch import (
    fetch,
    fetch_sent,
    label_of,
    mailbox_of,
    sent_label_of,
)


@dataclass(frozen=True, slots=True)
class Remote:
    """A place that can be read again.

    Attributes:
        kind: The name of its importer.
        name: Of the mailbox in the settings; ``""`` where there is only one place.
        label: As in the list of imports.
    """

    kind: str
    name: str
    label: str


def remotes(settings: Settings) -> tuple[Remote, ...]:
    """Return the places that can be read again."""
    boxes = (
        Remote("imap", each.name, label_of(each))
        for each in settings.mailboxes.values()
    )
    sent = (
        Remote("imap_sent", each.name, sent_label_of(each))
        for each in settings.mailboxes.values()
        if each.sent
    )
    return (Remote("portability", "", LABEL), *boxes, *sent)


def remote_named(settings: Settings, kind: str, name: str) -> Remote:
    """Return one of the places.

    Raises:
        UnknownNameError: There is no such place.
    """
    for each in remotes(settings):
        if (each.kind, each.name) == (kind, name):
            return each
    raise UnknownNameError(name or kind, what="source")


def read_remote(
    desk: Desk, remote: Remote, *, progress: Callable[[Progress], None] = silent
) -> ImportReport | None:
    """Read a place again; return what came, ``None`` where nothing new did.

    Raises:
        SourceError: It cannot be read, or not to its end; what came before is kept.
        OtherMemberError: It belongs to somebody else than the desk.
        StoreError: It cannot be stored.
    """
    if remote.kind == "portability":
        return desk.import_portability(progress=progress)
    mailbox = mailbox_of(remote.name, desk.settings)
    password = password_of(mailbox)
    if remote.kind == "imap_sent":
        reports = fetch_sent(desk, mailbox, password=password, progress=progress)
    else:
        reports, _ = fetch(desk, mailbox, password=password, progress=progress)
    return _together(reports) if reports else None


def _together(reports: Sequence[ImportReport]) -> ImportReport:
    counts: Counter[str] = Counter()
    for each in reports:
        counts.update(each.counts)
    return replace(
        reports[-1],
        started_at=reports[0].started_at,
        counts=dict(counts),
        new_requests=sum(each.new_requests for each in reports),
        updated_requests=sum(each.updated_requests for each in reports),
        ties=sum(each.ties for each in reports),
        skipped=tuple(row for each in reports for row in each.skipped),
        about_files=tuple(row for each in reports for row in each.about_files),
        notices=tuple(dict.fromkeys(row for each in reports for row in each.notices)),
        found=reports[-1].found if len(reports) == 1 else None,
    )
