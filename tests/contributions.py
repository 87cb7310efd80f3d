"""Sources that say something of requests, and Hypothesis strategies for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from vorzimmer.intake.joining import Contribution, joined
from vorzimmer.model import Channel, ContactRequest, Person

MARCH_3 = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
ARCHIVE, MAIL, PASTE = 1, 2, 3
NOTE = "Guten Tag, wir standen beim Hafenfest am selben Stand und sprachen über Kräne."
MIRA = "https://www.linkedin.com/in/mira-sondermann"


def part(  # noqa: PLR0913 - each is a thing that may differ
    own_id: str,
    *,
    source: int = MAIL,
    run: int = 1,
    day: int | None = 0,
    said_day: int = 0,
    note: str | None = None,
    name: str | None = "Mira Sondermann",
    url: str | None = None,
    channel: Channel | None = Channel.INVITATION_NOTE,
    **sender: Any,  # noqa: ANN401 - facts of any type
) -> Contribution:
    """Return what a source says of one request; days count from 3 March."""
    return Contribution(
        source=source,
        run=run,
        request=ContactRequest(
            id=own_id,
            sender=Person(name=name, profile_url=url, **sender),
            network="linkedin",
            channel=channel,
            note=note,
            sent_at=None if day is None else MARCH_3 + timedelta(days=day),
        ),
        said_at=MARCH_3 + timedelta(days=said_day),
        has_own_ids=source == ARCHIVE,
    )


def ids(*parts: Contribution) -> list[list[str]]:
    """Return which ids are joined."""
    return [sorted({each.request.id for each in group}) for group in joined(parts)]


parts = st.builds(
    part,
    st.sampled_from("abcdefgh"),
    source=st.sampled_from([ARCHIVE, MAIL, PASTE]),
    run=st.integers(1, 2),
    day=st.none() | st.sampled_from([0, 1, 2, 15, 40]),
    said_day=st.integers(0, 5),
    note=st.sampled_from(
        [None, "", NOTE, NOTE[:40] + "…", "Darf ich Sie etwas fragen"]
    ),
    name=st.sampled_from([None, "Mira Sondermann", "Thomas Müller", "Ole Kruse-Tietz"]),
    url=st.sampled_from([None, MIRA, f"{MIRA}-2"]),
    channel=st.sampled_from([None, Channel.INVITATION_NOTE, Channel.MESSAGE]),
    headline=st.sampled_from([None, "", "Kranführerin", "Einkauf"]),
)
