"""Whose archives a desk takes in, and what these bring."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archives import write_folder
from clocked_desk import REQUESTS
from vorzimmer.desk import Desk
from vorzimmer.errors import OtherMemberError
from vorzimmer.intake import Intake
from vorzimmer.model import Action, Member, Tie, TieKind
from vorzimmer.settings import Settings


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(Settings(database=str(tmp_path / "desk.db"))) as opened:
        yield opened


def export(folder: Path, address: str, *names: str) -> Path:
    """Write the export of a member who accepted Jonas Berg in 2021."""
    url = "https://www.linkedin.com/in/"
    first, last = names
    invitation = {
        "From": "Jonas Berg",
        "To": f"{first} {last}",
        "Sent At": "5/10/21, 9:41 AM",
        "Direction": "INCOMING",
        "inviterProfileUrl": f"{url}jonas-berg",
        "inviteeProfileUrl": f"{url}{address}",
    }
    contact = {
        "First Name": "Jonas",
        "Last Name": "Berg",
        "URL": f"{url}jonas-berg",
        "Connected On": "11 May 2021",
    }
    files = {
        "Profile.csv": [{"First Name": first, "Last Name": last}],
        "Invitations.csv": [invitation],
        "Connections.csv": [contact],
    }
    return write_folder(folder, files)


def test_decisions_of_the_archive_stand_by_their_date(
    desk: Desk, tmp_path: Path
) -> None:
    lines = tmp_path / "requests.jsonl"
    lines.write_text('{"id": "1"}\n', "utf-8")
    desk.import_from(lines)
    desk.decide("1", Action.ACCEPT)
    desk.import_from(export(tmp_path / "export", "jo-ott", "Jo", "Ott"))
    actors = [card.decision.actor for card in desk.decided() if card.decision]
    assert actors == ["member", "archive"]


def test_somebody_else_s_archive_is_refused_and_leaves_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    desk.import_from(export(tmp_path / "1", "jo-ott", "Jo", "Ott"))
    before = desk.member(), desk.imports(), desk.decided()
    with pytest.raises(OtherMemberError, match=r"to Mia Lang, but .* to Jo Ott"):
        desk.import_from(export(tmp_path / "2", "mia-lang", "Mia", "Lang"))
    assert (desk.member(), desk.imports(), desk.decided()) == before


def test_who_has_a_new_name_or_a_new_address_stays_the_same_member(
    desk: Desk, tmp_path: Path
) -> None:
    desk.import_from(export(tmp_path / "1", "jo-ott", "Jo", "Ott"))
    desk.import_from(export(tmp_path / "2", "jo-ott", "Jo", "Lindner"))
    desk.import_from(export(tmp_path / "3", "jo-lindner", "Jo", "Lindner"))
    member = desk.member()
    assert member is not None
    assert member.name == "Jo Lindner"


def test_a_quiet_reading_without_news_is_still_seen_by_what_was_screened(
    desk: Desk,
) -> None:
    """It is not in the list of imports, which is what says when to screen again."""
    (first, *_) = REQUESTS

    def bring(count: int) -> int | None:
        tie = Tie(person=first.sender, kind=TieKind.WROTE, count=count)
        intake = Intake(member=Member(), requests=REQUESTS, ties=(tie,))
        desk.keep(intake, "LinkedIn", kinds=("portability",), is_quiet=True)
        (known,) = desk.card(first.id).assessment.known_from
        return known.count

    assert [bring(2), bring(5)] == [2, 5]
    assert len(desk.imports()) == 1
