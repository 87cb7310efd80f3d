"""Sources are joined, read again and forgotten, on a real store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contributions import MARCH_3, MIRA, NOTE
from handed_in import (
    APRIL_3,
    NOW,
    OLE,
    keep_mail,
    mailed,
    number_of,
    open_desk,
    open_requests,
    write_archive,
)
from vorzimmer.desk import Desk
from vorzimmer.errors import UndoError, UnknownNameError
from vorzimmer.importers import all_sources, source_named
from vorzimmer.intake import Intake
from vorzimmer.model import (
    Action,
    ContactRequest,
    Kind,
    Member,
    Person,
    Skipped,
    Tie,
    TieKind,
    say,
)
from vorzimmer.source_desk import Losses

MIRAS = "Mira Sondermann"
OLES = "Ole Kruse-Tietz"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return write_archive(tmp_path / "archive", note=NOTE)


@pytest.mark.parametrize("mail_first", [True, False])
def test_a_mail_and_the_archive_make_one_request_with_all_facts(
    desk: Desk, archive: Path, *, mail_first: bool
) -> None:
    if mail_first:
        keep_mail(desk, mailed())
    desk.import_from(archive)
    if not mail_first:
        report = keep_mail(desk, mailed())
        assert (report.new_requests, report.updated_requests) == (0, 1)
    found = open_requests(desk)
    assert sorted(found) == [MIRAS, OLES]
    mira = found[MIRAS]
    assert (mira.note, mira.sender.profile_url) == (NOTE, MIRA)
    assert mira.sender.headline == "Kranführerin"


def test_what_is_handed_in_without_a_file_is_joined_too(
    desk: Desk, archive: Path
) -> None:
    desk.import_from(archive)
    sender = Person(name=MIRAS, profile_url=MIRA, contacts_count=312)
    request = ContactRequest(id="p1", sender=sender, network="linkedin")
    desk.keep(Intake(member=Member(), requests=(request,)), "pasted")
    mira = open_requests(desk)[MIRAS]
    assert (mira.sender.contacts_count, mira.note) == (312, NOTE)
    assert desk.session().open_count == 2


def test_every_fact_tells_where_it_is_from(desk: Desk, archive: Path) -> None:
    keep_mail(desk, mailed(location="Kiel"))
    desk.import_from(archive)
    credited = desk.sources.credits(open_requests(desk)[MIRAS].id)
    (place,) = credited["location"]
    assert (place.value, place.label, place.on) == (
        "Kiel",
        "home (INBOX)",
        MARCH_3.date(),
    )
    assert [(each.holds, str(each.title), each.label) for each in credited["note"]] == [
        (True, "LinkedIn: your data archive", "archive"),
        (True, "Notification mails: your mailbox (IMAP)", "home (INBOX)"),
    ]


def test_of_two_values_the_fresher_holds_and_both_are_kept(desk: Desk) -> None:
    newer = mailed("m2", headline="Hafenlotsin", profile_url=MIRA, said_at=NOW)
    keep_mail(desk, newer, "work")
    keep_mail(desk, mailed(headline="Azubi", profile_url=MIRA))
    mira = open_requests(desk)[MIRAS]
    assert mira.sender.headline == "Hafenlotsin"
    said = desk.sources.credits(mira.id)["headline"]
    assert [each.value for each in said] == ["Hafenlotsin", "Azubi"]


def test_a_forged_mail_is_joined_with_nothing(desk: Desk, archive: Path) -> None:
    desk.import_from(archive)
    (request,) = mailed(profile_url=MIRA).requests
    request = replace(request, leads_to="phish.example", is_origin_proven=False)
    keep_mail(desk, Intake(member=Member(), requests=(request,)))
    assert desk.session().open_count == 3
    assert desk.card("m1").request.leads_to == "phish.example"


def test_reading_everything_twice_changes_nothing(desk: Desk, archive: Path) -> None:
    keep_mail(desk, mailed())
    desk.import_from(archive)
    before = desk.session()
    for report in (keep_mail(desk, mailed()), desk.import_from(archive)):
        brought = (report.new_requests, report.updated_requests, report.ties)
        assert brought == (0, 0, 0)
    assert desk.session() == before
    read = {each.kinds[0]: each for each in desk.sources.read()}
    assert (read["linkedin_archive"].requests, read["imap"].requests) == (2, 1)
    assert [len(each.reports) for each in read.values()] == [2, 2]


PARTS = (
    mailed("m1"),
    mailed("m2", said_at=NOW, headline="Hafenlotsin", profile_url=MIRA, note=None),
    mailed("m3", name=OLES, note=None, location="Kiel", sent_at=APRIL_3),
    mailed("m4", name="Ole K.", note=NOTE),
)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.permutations([*range(len(PARTS)), "archive", 0, "archive"]))
def test_neither_order_nor_repetition_of_sources_matters(
    tmp_path_factory: pytest.TempPathFactory, order: list[int | str]
) -> None:
    folder = tmp_path_factory.mktemp("order")
    path = write_archive(folder / "archive", note=NOTE)
    with open_desk(folder) as desk:
        for each in order:
            if isinstance(each, int):
                keep_mail(desk, PARTS[each], f"box {each}")
            else:
                desk.import_from(path)
        found = [replace(each, id="") for each in open_requests(desk).values()]
        shown = sorted(found, key=lambda each: each.sender.name or "")
    assert [each.sender.name for each in shown] == [MIRAS, "Ole K.", OLES]
    assert [each.sender.headline for each in shown] == [
        "Hafenlotsin",
        "Kranführerin",
        "Kranführerin",
    ]
    assert [each.note for each in shown] == [NOTE, NOTE, ""]
    assert shown[2].sender.location == "Kiel"
    assert shown[0].sender.profile_url == MIRA


def test_a_decision_stays_with_the_request_when_sources_join(
    desk: Desk, archive: Path
) -> None:
    keep_mail(desk, mailed())
    desk.decide("m1", Action.IGNORE)
    desk.import_from(archive)
    assert sorted(open_requests(desk)) == [OLES]
    assert desk.card("m1").request.sender.profile_url == MIRA


def test_two_decided_requests_that_become_one_keep_the_later_decision(
    desk: Desk, archive: Path
) -> None:
    keep_mail(desk, mailed(name="M. S."))
    desk.import_from(archive)
    of_archive = open_requests(desk)[MIRAS].id
    desk.decide(of_archive, Action.ACCEPT)
    desk.give_fact(of_archive, "contacts_count", 7)
    desk.teaching.correct(of_archive, Kind.PERSONAL)
    desk.decide("m1", Action.BLOCK)
    keep_mail(desk, mailed())
    (mira,) = desk.decided()
    assert (mira.request.id, mira.request.sender.profile_url) == ("m1", MIRA)
    assert mira.decision
    assert mira.decision.action is Action.BLOCK
    assert mira.request.sender.contacts_count == 7
    said = desk.teaching.said("m1")
    assert said
    assert said.kind is Kind.PERSONAL
    desk.undo()
    assert sorted(open_requests(desk)) == [MIRAS, OLES]
    with pytest.raises(UndoError):
        desk.undo()


def test_forgetting_removes_what_only_this_source_brought(
    desk: Desk, archive: Path
) -> None:
    keep_mail(desk, mailed())
    desk.import_from(archive)
    number = number_of(desk, "linkedin_archive")
    losses = desk.sources.losses(number)
    assert losses == Losses(requests=1, kept=0, shared=1, answers=0, ties=1)
    desk.sources.forget(number)
    (mira,) = open_requests(desk).values()
    assert (mira.sender.headline, mira.note) == ("Kranführerin", NOTE[:40] + "…")
    assert mira.sender.profile_url is None
    assert desk.member() is None
    assert [each.label for each in desk.sources.read()] == ["home (INBOX)"]
    assert [each.source for each in desk.imports()] == ["home (INBOX)"]
    desk.sources.forget(number_of(desk, "imap"))
    assert (open_requests(desk), desk.sources.read(), desk.imports()) == ({}, (), ())
    with desk._store.reading() as store:  # noqa: SLF001 - what the pages do not show
        assert (store.ties(), store.aliases(), store.links()) == ([], {}, [])


def test_forgetting_and_reading_again_is_as_if_nothing_had_happened(
    desk: Desk, archive: Path
) -> None:
    keep_mail(desk, mailed())
    desk.import_from(archive)
    before = desk.session(), desk.member()
    desk.sources.forget(number_of(desk, "linkedin_archive"))
    desk.import_from(archive)
    assert (desk.session(), desk.member()) == before


def test_a_decided_request_outlives_its_forgotten_source(
    desk: Desk, archive: Path
) -> None:
    desk.import_from(archive)
    decided = open_requests(desk)[MIRAS].id
    desk.decide(decided, Action.ACCEPT)
    losses = desk.sources.losses(number_of(desk, "linkedin_archive"))
    assert (losses.requests, losses.kept) == (1, 1)
    desk.sources.forget(number_of(desk, "linkedin_archive"))
    (card,) = desk.decided()
    assert (card.request.id, card.request.note) == (decided, NOTE)
    (kept,) = desk.sources.read()
    assert (kept.is_kept, kept.requests) == (True, 1)
    with pytest.raises(UnknownNameError):
        desk.sources.forget(kept.id)
    # The mail still finds it, and so does the archive when it comes back.
    keep_mail(desk, mailed(location="Kiel"))
    desk.import_from(archive)
    assert sorted(open_requests(desk)) == [OLES]
    assert desk.card(decided).request.sender.location == "Kiel"


@pytest.mark.parametrize("said", ["fact", "correction"])
def test_what_was_said_of_a_request_outlives_its_forgotten_source(
    desk: Desk, archive: Path, said: str
) -> None:
    desk.import_from(archive)
    mira = open_requests(desk)[MIRAS].id
    if said == "fact":
        desk.give_fact(mira, "contacts_count", 3)
    else:
        desk.teaching.correct(mira, Kind.COLLECTOR)
    desk.sources.forget(number_of(desk, "linkedin_archive"))
    assert sorted(open_requests(desk)) == [MIRAS]
    assert desk.card(mira).request.note == NOTE


def test_what_only_the_archive_shows_as_answered_goes_with_it(
    desk: Desk, tmp_path: Path
) -> None:
    path = write_archive(tmp_path / "archive", accepted=True)
    desk.import_from(path)
    assert sorted(open_requests(desk)) == [MIRAS]
    keep_mail(desk, mailed("m2", name=OLES, profile_url=OLE, sent_at=APRIL_3))
    number = number_of(desk, "linkedin_archive")
    losses = desk.sources.losses(number)
    assert (losses.answers, losses.requests, losses.shared) == (1, 1, 1)
    desk.sources.forget(number)
    assert sorted(open_requests(desk)) == [OLES]


def test_an_answer_that_two_archives_show_stays_with_the_other(
    desk: Desk, tmp_path: Path
) -> None:
    path = write_archive(tmp_path / "archive", accepted=True)
    desk.import_from(path)
    desk.import_from(path, label="older")
    second = next(each for each in desk.sources.read() if each.label == "older")
    losses = desk.sources.losses(second.id)
    assert (losses.answers, losses.requests, losses.ties) == (0, 0, 0)
    desk.sources.forget(second.id)
    assert sorted(open_requests(desk)) == [MIRAS]


def test_a_tie_that_two_sources_know_stays_as_the_other_knows_it(desk: Desk) -> None:
    anna = Person(name="Anna Feddersen", email="anna@example.org")
    one = Tie(person=anna, kind=TieKind.WROTE, since=MARCH_3.date(), count=3)
    other = replace(one, since=date(2019, 1, 1), count=2)
    other = replace(other, person=replace(anna, company="Nordlicht"))
    assert desk.keep(Intake(member=Member(), ties=(one,)), "a").ties == 1
    assert desk.keep(Intake(member=Member(), ties=(other,)), "b").ties == 0
    with desk._store.reading() as store:  # noqa: SLF001 - ties are not shown by themselves
        (tie,) = store.ties()
    assert (tie.since, tie.count, tie.person.company) == (
        date(2019, 1, 1),
        3,
        "Nordlicht",
    )
    second = next(each for each in desk.sources.read() if each.label == "b")
    assert desk.sources.losses(second.id).ties == 0
    desk.sources.forget(second.id)
    with desk._store.reading() as store:  # noqa: SLF001 - see above
        assert store.ties() == [one]


def test_what_a_source_says_of_the_member_goes_with_it(
    desk: Desk, archive: Path
) -> None:
    desk.import_from(archive)
    keep_mail(desk, Intake(member=Member(name="Ida Roth", headline="Hafen")))
    member = desk.member()
    assert member
    assert member.headline == "Hafen"
    desk.sources.forget(number_of(desk, "imap"))
    member = desk.member()
    assert member
    assert (member.headline, member.name) == ("", "Ida Roth")


def test_how_far_a_source_was_read_is_forgotten_with_it(desk: Desk) -> None:
    desk.keep(mailed(), "home", kinds=("imap",), mark=("cursor imap", "17"))
    assert desk.mark("cursor imap") == "17"
    desk.sources.forget(number_of(desk, "imap"))
    assert desk.mark("cursor imap") == ""


def test_a_reading_without_news_is_written_down(desk: Desk) -> None:
    desk.sources.was_read("imap", "home")
    assert desk.sources.read() == ()
    keep_mail(desk, mailed(), "home")
    later = datetime(2026, 11, 21, tzinfo=UTC)
    desk.sources._now = lambda: later  # noqa: SLF001 - the clock is read at the edge
    desk.sources.was_read("imap", "home")
    (source,) = desk.sources.read()
    assert (source.read_at, len(source.reports)) == (later, 1)


def test_what_a_source_skipped_is_told_with_it(desk: Desk) -> None:
    row = Skipped("m", 3, say("The line is longer than {most} bytes.", most=9))
    keep_mail(desk, replace(mailed(), skipped=(row,)))
    ((report,),) = (each.reports for each in desk.sources.read())
    assert report.skipped == (row,)


def test_what_there_is_not_cannot_be_forgotten(desk: Desk) -> None:
    for use in (desk.sources.one, desk.sources.losses, desk.sources.forget):
        with pytest.raises(UnknownNameError, match='no source "7"'):
            use(7)


def test_all_sources_say_what_they_bring_and_how_they_are_got() -> None:
    for name, source in all_sources().items():
        assert source.name == name
        assert source.brings
        assert len(source.steps) > 1
        assert source.takes
        assert source.is_remote == (name in {"imap", "imap_sent", "portability"})
    assert next(iter(all_sources())) == "linkedin_archive"
    assert source_named("nothing") is None
