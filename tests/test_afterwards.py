"""After accepting, on the sample member: what is proposed, settled, undone, learned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest

from builders import request, screening
from vorzimmer.afterwards import Afterwards
from vorzimmer.contact_points import contact_points, points_for
from vorzimmer.desk import Desk
from vorzimmer.errors import UndoError, UnknownNameError
from vorzimmer.lessons import Taught
from vorzimmer.model import Action, Kind
from vorzimmer.past import Fate
from vorzimmer.policy import Policy
from vorzimmer.sample import write_archive
from vorzimmer.sequels import Reader, Sequel
from vorzimmer.settings import Settings


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("after")
    settings = Settings(database=str(folder / "desk.db"))
    with Desk.open(settings) as desk:
        desk.import_from(write_archive(folder))
        yield desk


@pytest.fixture
def desk(shared: Desk) -> Iterator[Desk]:
    yield shared
    view = shared.after.view()
    for each in (*view.removed, *view.kept):
        shared.after.take_back(each.request.id)
    for trusted in view.trusted:
        shared.after.distrust(trusted.followed.message.writer)


def proposal(view: Afterwards, name: str) -> Sequel:
    return next(each for each in view.proposals if each.request.sender.name == name)


def names(sequels: tuple[Sequel, ...]) -> set[str | None]:
    return {each.request.sender.name for each in sequels}


def test_who_advertised_a_day_after_is_proposed_with_the_evidence(desk: Desk) -> None:
    found = proposal(desk.after.view(), "Ralf Hüsing")
    assert found.decision.at.date() == date(2025, 11, 28)
    assert found.days == 1
    assert found.unwanted is not None
    assert found.unwanted.kind is Kind.SOLICITATION
    assert found.unwanted.message.sent_at.date() == date(2025, 11, 29)
    assert found.unwanted.evidence
    assert all(each.points > 0 for each in found.unwanted.evidence)
    assert found.last is found.followed[-1]


def test_who_wrote_kindly_afterwards_is_not_proposed(desk: Desk) -> None:
    asked = names(desk.after.view().proposals)
    assert "Birgit Lührs" not in asked
    assert asked >= {"Ralf Hüsing", "Jessica Lammert", "Henning Ropers"}


def test_slow_threads_raise_an_alarm_with_places_to_turn_to(desk: Desk) -> None:
    alarms = {
        each.sequel.request.sender.name: each for each in desk.after.view().alarms
    }
    assert set(alarms) == {"Simon Ackerley", "Birte Sievers"}
    assert "Soziale_Netzwerke@bfv.bund.de" in alarms["Simon Ackerley"].points[0].reach
    assert all("money" in each.when for each in alarms["Birte Sievers"].points)
    assert not names(desk.after.view().proposals) & set(alarms)


def test_a_contact_who_writes_unlike_himself_is_possibly_hacked(desk: Desk) -> None:
    (found,) = desk.after.view().unlike
    assert found.person.name == "Hendrik Oltmanns"
    assert len(found.differences) == 3
    assert found.probability > 0.9


def test_it_was_really_him_and_that_can_be_taken_back(desk: Desk) -> None:
    (found,) = desk.after.view().unlike
    desk.after.trust(found.followed.message.writer)
    view = desk.after.view()
    assert (view.unlike, len(view.trusted)) == ((), 1)
    desk.after.distrust(found.followed.message.writer)
    assert len(desk.after.view().unlike) == 1
    with pytest.raises(UndoError):
        desk.after.distrust(found.followed.message.writer)


def test_a_removal_is_a_decision_a_lesson_and_can_be_undone(desk: Desk) -> None:
    request_id = proposal(desk.after.view(), "Ralf Hüsing").request.id
    decision = desk.after.remove(request_id)
    assert (decision.action, decision.actor) == (Action.REMOVE, "member")
    assert "Ralf Hüsing" in names(desk.after.view().removed)
    (taught,) = [
        each
        for each, _ in desk.teaching.report().taught
        if each.request_id == request_id
    ]
    assert (taught.by, taught.later) == (Taught.LATER, Kind.SOLICITATION)
    assert {(each.kind, each.holds) for each in taught.labels} == {
        (Kind.PERSONAL, False),
        (Kind.SOLICITATION, True),
    }
    desk.after.take_back(request_id)
    assert proposal(desk.after.view(), "Ralf Hüsing").days == 1
    assert desk.teaching.report().taught == ()


def test_whom_a_source_shows_as_accepted_does_not_count_as_decided(desk: Desk) -> None:
    def counts() -> tuple[int, int]:
        session = desk.session()
        return session.decided_count, session.open_count

    before = counts()
    desk.after.remove(proposal(desk.after.view(), "Ralf Hüsing").request.id)
    assert counts() == before
    waiting = desk.session().groups[0][1][0].request.id
    desk.decide(waiting, Action.ACCEPT)
    assert counts() == (before[0] + 1, before[1] - 1)
    desk.decide(waiting, Action.REMOVE)
    assert counts() == (before[0] + 1, before[1] - 1)
    desk.undo()
    desk.undo()
    assert counts() == before


def test_what_was_begun_on_the_network_ends_with_a_removal(desk: Desk) -> None:
    request_id = proposal(desk.after.view(), "Ralf Hüsing").request.id
    desk.reactions.acting.begin(request_id, Action.REMOVE)
    desk.after.remove(request_id)
    assert desk.reactions.acting.all() == []
    desk.after.take_back(request_id)


def test_a_rehearsal_knows_who_turned_out_unwanted(desk: Desk) -> None:
    def fates() -> dict[str, Fate]:
        return {each.request.id: each.fate for each in desk.rehearsal.past().items}

    chosen = desk.after.view().proposals[0].request.id
    assert fates()[chosen] is Fate.UNWANTED
    strict = desk.rehearsal.rehearse(Policy("shut", {}, {}, (), Action.IGNORE))
    assert chosen in {each.request.id for each in strict.unwanted}
    assert chosen not in {each.request.id for each in strict.missed}
    desk.after.remove(chosen)
    assert fates()[chosen] is Fate.UNWANTED
    desk.after.take_back(chosen)
    desk.after.keep(chosen)
    assert fates()[chosen] is not Fate.UNWANTED


def test_the_general_undo_takes_a_removal_back_too(desk: Desk) -> None:
    request_id = proposal(desk.after.view(), "Ralf Hüsing").request.id
    desk.after.remove(request_id)
    assert desk.undo().request_id == request_id
    assert "Ralf Hüsing" in names(desk.after.view().proposals)


def test_nothing_is_learned_before_the_member_has_said_something(desk: Desk) -> None:
    assert desk.teaching.report().taught == ()


def test_all_is_well_until_the_next_unwanted_message(desk: Desk) -> None:
    request_id = proposal(desk.after.view(), "Ralf Hüsing").request.id
    desk.after.keep(request_id)
    view = desk.after.view()
    assert "Ralf Hüsing" in names(view.kept)
    assert "Ralf Hüsing" not in names(view.proposals)
    desk.after.take_back(request_id)
    with pytest.raises(UndoError):
        desk.after.take_back(request_id)


def test_what_nothing_came_after_can_be_neither_removed_nor_kept(desk: Desk) -> None:
    for act in (desk.after.remove, desk.after.keep, desk.after.trust):
        with pytest.raises(UnknownNameError):
            act("nobody")
    assert not desk.after.about("nobody").is_worth_saying


def test_a_request_tells_what_came_after_it(desk: Desk) -> None:
    view = desk.after.view()
    about = desk.after.about(proposal(view, "Ralf Hüsing").request.id)
    assert about.is_worth_saying
    assert about.sequel is not None
    alarmed = desk.after.about(view.alarms[0].sequel.request.id)
    assert alarmed.alarm is not None


def test_a_second_import_of_the_same_archive_adds_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    before = desk.after.view()
    desk.import_from(write_archive(tmp_path))
    after = desk.after.view()
    assert [each.request.id for each in after.proposals] == [
        each.request.id for each in before.proposals
    ]
    assert len(after.unlike) == 1


def test_days_before_accepting_are_not_counted(desk: Desk) -> None:
    found = proposal(desk.after.view(), "Ralf Hüsing")
    later = replace(found.decision, at=found.decision.at + timedelta(days=30))
    assert replace(found, decision=later).days is None


def test_every_place_to_turn_to_names_its_source() -> None:
    assert all(each.source and each.reach for each in contact_points())
    for when in ("knowledge", "money", "hacked"):
        assert points_for(when)


def test_one_page_reads_messages_while_another_weighs_them_anew() -> None:
    asked, hers, his = (request("Guten Tag", name=name) for name in ("A", "B", "C"))
    reader, usual = Reader(screening()), screening()
    reader.read([(hers, asked), (asked, asked)])
    pages: list[Thread] = []

    def weighed_again(screened: Any, kinds: Any) -> Any:  # noqa: ANN401 - as it is
        pages.append(Thread(target=reader.read, args=([(his, asked)],)))
        pages[-1].start()
        pages[-1].join(0.1)
        return usual.weighed_again(screened, kinds)

    other: Any = SimpleNamespace(
        weighed_again=weighed_again,
        contexts=usual.contexts,
        screen_in=usual.screen_in,
    )
    reader.weighed_by(other)
    for page in pages:
        page.join()
    read = [reader.screened(each.id).request for each in (asked, hers, his)]
    assert read == [asked, hers, his]
