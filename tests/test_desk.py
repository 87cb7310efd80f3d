"""The member's use cases, on a real store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vorzimmer.desk import Desk, Progress
from vorzimmer.errors import (
    ConfigurationError,
    SourceError,
    UndoError,
    UnknownNameError,
)
from vorzimmer.model import Action, Kind
from vorzimmer.policy_file import preset_policy
from vorzimmer.sample import write_archive
from vorzimmer.settings import Settings, read_settings
from vorzimmer.sources import screen_archive


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_archive(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def shared(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with the sample in it, for tests that leave it as it was."""
    place = tmp_path_factory.mktemp("desk") / "desk.db"
    with Desk.open(Settings(database=str(place))) as desk:
        desk.import_from(archive)
        yield desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(Settings(database=str(tmp_path / "desk.db"))) as opened:
        yield opened


@pytest.mark.parametrize(
    ("line", "nearest"),
    [('policy = "open-dor"', "open-door"), ("weights.blank_not = 1", "blank_note")],
)
def test_a_desk_does_not_open_on_names_that_there_are_not(
    tmp_path: Path, line: str, nearest: str
) -> None:
    file = tmp_path / "vorzimmer.toml"
    file.write_text(f'database = "own.db"\n{line}\n', "utf-8")
    with pytest.raises(ConfigurationError) as told:
        Desk.open(read_settings(file, environment={}))
    assert (told.value.file, told.value.line) == (str(file), 2)
    assert told.value.nearest == nearest
    assert not (tmp_path / "own.db").exists()


REQUESTS = """\
{"id": "1", "network": "linkedin", "kind": "invitation_note", "note": ""}
{"id": "2", "network": "linkedin", "kind": "message", "note": "Idiot!"}
nonsense
"""


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    file = tmp_path / "requests.jsonl"
    file.write_text(REQUESTS, "utf-8")
    return file


def test_a_new_desk_is_empty(desk: Desk) -> None:
    session = desk.session()
    assert (session.open_count, session.decided_count, session.groups) == (0, 0, ())
    assert desk.member() is None
    assert desk.imports() == ()


def test_the_sample_fills_the_desk(shared: Desk) -> None:
    (report,) = shared.imports()
    session = shared.session()
    decided_long_ago = len(shared.decided(limit=1000))
    assert report.new_requests == session.open_count + decided_long_ago
    assert session.open_count > 150
    assert decided_long_ago > 60
    assert session.decided_count == 0
    member = shared.member()
    assert member is not None
    assert member.profile_url is not None


def test_importing_twice_changes_nothing(shared: Desk, archive: Path) -> None:
    before = shared.session()
    report = shared.import_from(archive)
    assert (report.new_requests, report.updated_requests, report.ties) == (0, 0, 0)
    assert shared.session() == before


def test_a_decision_survives_the_next_import(desk: Desk, lines: Path) -> None:
    desk.import_from(lines)
    desk.decide("1", Action.IGNORE, note="kenne ich nicht")
    desk.import_from(lines)
    decision = desk.card("1").decision
    assert decision is not None
    assert (decision.action, decision.note) == (Action.IGNORE, "kenne ich nicht")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 8)), min_size=1, max_size=5)
)
def test_deciding_and_undoing_is_as_before(
    shared: Desk, steps: list[tuple[int, int]]
) -> None:
    session = shared.session()
    ids = [card.request.id for _, cards in session.groups for card in cards]
    taken = 0
    for place, way in steps:
        if possible := shared.card(ids[place]).possible:
            shared.decide(ids[place], possible[way % len(possible)])
            taken += 1
    for _ in range(taken):
        shared.undo()
    assert shared.session() == session


def test_a_named_decision_is_undone_once(desk: Desk, lines: Path) -> None:
    desk.import_from(lines)
    first = desk.decide("1", Action.IGNORE)
    desk.decide("2", Action.BLOCK)
    desk.undo(first.id)
    assert desk.card("1").is_open
    assert not desk.card("2").is_open
    with pytest.raises(UndoError):
        desk.undo(first.id)


def test_what_is_put_off_stays_open(desk: Desk, lines: Path) -> None:
    desk.import_from(lines)
    desk.decide("1", Action.HOLD)
    assert desk.card("1").is_open
    assert desk.session().open_count == 2


def test_a_proposed_action_is_recorded_with_its_clause(desk: Desk, lines: Path) -> None:
    desk.import_from(lines)
    proposal = desk.card("1").proposal
    decision = desk.decide("1", proposal.action)
    assert decision.clause == proposal.clause
    desk.undo()
    other = Action.BLOCK if proposal.action is not Action.BLOCK else Action.IGNORE
    assert desk.decide("1", other).clause == ""


def test_a_given_fact_changes_the_assessment_and_can_be_taken_back(
    desk: Desk, lines: Path
) -> None:
    desk.import_from(lines)
    before = desk.card("1")
    after = desk.give_fact("1", "contacts_count", 9_000)
    assert after.given == {"contacts_count": 9_000}
    raised = after.assessment.probability(Kind.COLLECTOR)
    assert raised > before.assessment.probability(Kind.COLLECTOR)
    assert desk.give_fact("1", "contacts_count", None) == before


def test_a_fact_that_nobody_can_look_up_is_refused(desk: Desk, lines: Path) -> None:
    desk.import_from(lines)
    with pytest.raises(UnknownNameError, match='"contacts_count"'):
        desk.give_fact("1", "contact_count", 3)


def test_an_unknown_request_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownNameError, match="no request"):
        desk.decide("nobody", Action.ACCEPT)


def test_a_policy_is_chosen_and_kept(tmp_path: Path, lines: Path) -> None:
    settings = Settings(database=str(tmp_path / "desk.db"))
    with Desk.open(settings) as desk:
        desk.import_from(lines)
        desk.use_policy("open-door")
    with Desk.open(settings) as again:
        assert again.policy().name == "open-door"
        assert again.card("1").proposal.action is Action.ACCEPT
        with pytest.raises(UnknownNameError, match="open-door"):
            again.use_policy("open-dor")


def test_own_policies_stand_beside_the_presets(tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "mine.toml").write_text('otherwise = "decline"\n', "utf-8")
    settings = Settings(database=str(tmp_path / "desk.db"), policies_folder=folder)
    with Desk.open(settings) as desk:
        assert desk.use_policy("mine").otherwise is Action.DECLINE
        assert len(desk.policies().good) == 6


def test_a_broken_policy_stops_only_who_uses_it(tmp_path: Path, lines: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text('otherwise = "decline"\n', "utf-8")
    settings = Settings(database=str(tmp_path / "desk.db"), policies_folder=tmp_path)
    with Desk.open(settings) as desk:
        desk.import_from(lines)
        desk.use_policy("mine")
        mine.write_text('otherwise = "acept"\n', "utf-8")
        with pytest.raises(ConfigurationError, match="accept"):
            desk.session()
        assert desk.use_policy("ask-back").name == "ask-back"
        assert desk.session().open_count == 2
        with pytest.raises(ConfigurationError, match="accept"):
            desk.use_policy("mine")


def test_a_broken_file_hides_the_preset_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "open-door.toml").write_text("otherwise = 1\n", "utf-8")
    settings = Settings(database=str(tmp_path / "desk.db"), policies_folder=tmp_path)
    with Desk.open(settings) as desk:
        policies = desk.policies()
        assert "open-door" not in policies.good
        assert set(policies.mistakes) == {"open-door"}


def test_an_import_says_what_became_of_its_requests(desk: Desk, lines: Path) -> None:
    desk.import_from(lines)
    desk.decide("1", Action.IGNORE)
    desk.decide("2", Action.HOLD)
    assert str(desk.import_from(lines).found) == (
        "Requests in it: 2. Answered long ago, as your archive shows: 0."
        " Decided by you: 1. Waiting: 1."
    )


def test_the_numbers_of_the_sample_add_up(desk: Desk, archive: Path) -> None:
    report = desk.import_from(archive)
    decided, waiting = len(desk.decided(1000)), desk.session().open_count
    assert str(report.found) == (
        f"Requests in it: {report.new_requests}. Answered long ago, as your archive"
        f" shows: {decided}. Decided by you: 0. Waiting: {waiting}."
    )
    assert report.new_requests == decided + waiting


def test_what_is_said_of_a_file_is_no_skipped_row(desk: Desk, tmp_path: Path) -> None:
    text = "First Name,Last Name,Connected On\nJ\u00f6rg,Holz,12 Jan 2023\n"
    (tmp_path / "Connections.csv").write_text(text, "latin-1")
    report = desk.import_from(tmp_path / "Connections.csv")
    assert (report.skipped, len(report.about_files)) == ((), 1)


def test_a_bad_line_costs_a_line(desk: Desk, lines: Path) -> None:
    report = desk.import_from(lines)
    assert (report.new_requests, len(report.skipped)) == (2, 1)
    assert report.skipped[0].line == 3


def test_progress_is_told_up_to_the_end(desk: Desk, archive: Path) -> None:
    news: list[Progress] = []
    desk.import_from(archive, progress=news.append)
    assert [each.stage for each in news[-2:]] == ["storing", "done"]
    assert [each.rows for each in news] == sorted(each.rows for each in news)


def test_an_interrupted_import_leaves_nothing(desk: Desk, archive: Path) -> None:
    def stop(progress: Progress) -> None:
        if progress.rows > 1000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.import_from(archive, progress=stop)
    assert desk.imports() == ()
    assert desk.session().open_count == 0


def test_a_missing_source_is_told(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"nowhere\.zip"):
        desk.import_from(tmp_path / "nowhere.zip")


def test_a_file_that_breaks_off_while_it_is_read_is_told(
    desk: Desk, tmp_path: Path
) -> None:
    broken = tmp_path / "requests.jsonl"
    broken.symlink_to("/proc/self/mem")  # can be opened, but nothing stands at byte 0
    with pytest.raises(SourceError, match="the system says"):
        desk.import_from(broken)


def test_what_another_program_writes_is_seen(tmp_path: Path, lines: Path) -> None:
    settings = Settings(database=str(tmp_path / "desk.db"))
    with Desk.open(settings) as desk, Desk.open(settings) as other:
        assert (desk.is_new(), desk.session().open_count) == (True, 0)
        other.import_from(lines)
        assert (desk.is_new(), desk.session().open_count) == (False, 2)
        other.decide("1", Action.ACCEPT)
        other.give_fact("2", "contacts_count", 9_000)
        assert not desk.card("1").is_open
        assert desk.card("2").given == {"contacts_count": 9_000}


def test_an_archive_is_screened_without_a_store(shared: Desk, archive: Path) -> None:
    cards, intake = screen_archive(archive, preset_policy("ask-back"))
    stored = {
        card.request.id: card.proposal
        for _, group in shared.session().groups
        for card in group
    }
    assert {card.request.id: card.proposal for card in cards} == stored
    assert intake.requests


def test_the_clock_is_an_argument(tmp_path: Path, lines: Path) -> None:
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    parts = Desk.open(Settings(database=str(tmp_path / "desk.db")))
    desk = Desk(parts.settings, parts._store, now=lambda: noon)  # noqa: SLF001 - the parts are not public
    desk.import_from(lines)
    assert desk.decide("1", Action.ACCEPT).at == noon
    desk.close()


def test_decided_requests_come_newest_first(desk: Desk, lines: Path) -> None:
    desk.import_from(lines)
    desk.decide("1", Action.ACCEPT)
    desk.decide("2", Action.BLOCK)
    assert [card.request.id for card in desk.decided()] == ["2", "1"]
    assert [card.request.id for card in desk.decided(1)] == ["2"]


OLD_ROWS = (
    'From,To,Sent At,Message,Direction\n{},Jo Ott,"5/10/21, 9:41 AM",Hi Jo,INCOMING\n'
)
NEW_ROWS = (
    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    '{},Jo Ott,"5/10/21, 9:41 AM",Hi Jo,INCOMING,'
    "https://www.linkedin.com/in/jonas-berg,https://www.linkedin.com/in/jo-ott\n"
)


@pytest.mark.parametrize("rows", [(OLD_ROWS, NEW_ROWS), (NEW_ROWS, OLD_ROWS)])
def test_a_request_in_exports_of_two_eras_is_one_request(
    desk: Desk, tmp_path: Path, rows: tuple[str, str]
) -> None:
    for number, text in enumerate([*rows, *rows]):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "Invitations.csv").write_text(text.format("Jonas Berg"), "utf-8")
        desk.import_from(folder)
        if number == 0:
            ((_, (card,)),) = desk.session().groups
            desk.decide(card.request.id, Action.ASK)
    session = desk.session()
    assert (session.open_count, session.decided_count) == (0, 1)
    assert desk.decided()[0].request.sender.profile_url is not None
