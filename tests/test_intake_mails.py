"""What notification mails become, together with archives and with what is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archives import write_zip
from network_mails import SERVER, TOKEN, raw, samples
from vorzimmer.desk import Desk
from vorzimmer.intake import gather
from vorzimmer.items import MailNotice, NoticeKind
from vorzimmer.model import Channel, Kind, Person
from vorzimmer.settings import MailSettings, Settings

SAMPLES = samples()
NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
JO = MailNotice(
    network="linkedin",
    kind=NoticeKind.INVITATION,
    sender=Person(name="Jo Lind", profile_url="https://www.linkedin.com/in/jo-lind"),
    sent_at=NOON,
    mailed_at=NOON,
    is_origin_proven=True,
    leads_to="",
)


def desk_at(folder: Path) -> Desk:
    mail = MailSettings(trusted_servers=SERVER)
    return Desk.open(Settings(database=str(folder / "own.db"), mail=mail))


def write(path: Path, *names: str) -> Path:
    path.mkdir(exist_ok=True)
    for name in names:
        (path / f"{name}.eml").write_bytes(raw(SAMPLES[name]))
    return path


def test_a_reminder_finds_its_request_by_name_later(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        first = write(tmp_path / "a", "linkedin-invitation_default_en")
        assert desk.import_from(first).new_requests == 1
        second = write(tmp_path / "b", "linkedin-reminder_en")
        assert desk.import_from(second).new_requests == 0


def test_the_archive_brings_no_second_request(tmp_path: Path) -> None:
    (notice,) = gather([JO]).requests
    rows = (
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
        'Jo Lind,Katrin Brandt,"11/3/26, 12:00 PM",,INCOMING,'
        "https://www.linkedin.com/in/jo-lind,https://www.linkedin.com/in/katrin-brandt\n"
    )
    with desk_at(tmp_path) as desk:
        source = write_zip(tmp_path / "a.zip", {"Invitations.csv": rows})
        assert desk.import_from(source).new_requests == 1
        (card,) = [c for _, cards in desk.session().groups for c in cards]
        assert card.request.id == notice.id


def test_two_invitations_of_one_person_are_two() -> None:
    later = replace(JO, sent_at=NOON + timedelta(days=90))
    assert len(gather([JO, later]).requests) == 2


def test_a_forged_mail_changes_nothing_of_the_genuine_one() -> None:
    forged = replace(
        JO, is_origin_proven=False, leads_to="trap.example", note="Klick hier"
    )
    requests = gather([JO, forged]).requests
    assert len({each.id for each in requests}) == 2
    assert {each.note for each in requests} == {None, "Klick hier"}


def test_of_messages_only_the_first_is_a_request() -> None:
    def message(text: str, hours: int) -> MailNotice:
        at = NOON + timedelta(hours=hours)
        return replace(JO, kind=NoticeKind.MESSAGE, note=text, sent_at=at, mailed_at=at)

    (request,) = gather([message("Noch da?", 30), message("Hallo!", 1)]).requests
    assert (request.note, request.channel) == ("Hallo!", Channel.MESSAGE)


def test_messages_of_contacts_ask_for_nothing(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        rows = "First Name,Last Name,URL,Connected On\nNils,Aa,,01 Feb 2020\n"
        desk.import_from(write_zip(tmp_path / "a.zip", {"Connections.csv": rows}))
        mails = write(tmp_path / "m", "linkedin-message_en", "linkedin-message_de")
        assert desk.import_from(mails).new_requests == 1


def test_a_forged_mail_is_dangerous_on_the_desk_a_genuine_one_is_not(
    tmp_path: Path,
) -> None:
    names = [name for name in SAMPLES if "forged" in name or "xing" in name]
    with desk_at(tmp_path) as desk:
        desk.import_from(write(tmp_path / "m", *names))
        cards = [each for _, cards in desk.session().groups for each in cards]
    danger = {
        (each.request.sender.name, each.request.leads_to)
        for each in cards
        if each.assessment.probability(Kind.DANGER) > 0.5
    }
    assert danger == {
        ("Clara Stein", "linkedln-login.example"),
        ("Uwe Boll", "192.0.2.17"),
        ("Anke Lorenz", "newsletter.example"),
        ("Dr. Eva Stern", "kontakt-portal.example"),
    }


def test_no_token_of_any_mail_reaches_the_database(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        report = desk.import_from(write(tmp_path / "m", *SAMPLES))
        assert report.new_requests > 35
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("own.db*"))
    assert b"Mira Beispiel" in stored
    assert TOKEN.encode() not in stored
