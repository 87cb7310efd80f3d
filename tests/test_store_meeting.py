"""What the store promises about people to meet and introductions, on every database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from stores import KINDS, LENA, NOON, stores
from vorzimmer.errors import MeetingError
from vorzimmer.introducing import IntroducingDesk
from vorzimmer.meeting import MOST_PEOPLE, MOST_STEPS, Next, StepKind
from vorzimmer.model import Person
from vorzimmer.people_to_meet import PeopleToMeetDesk
from vorzimmer.store import Store
from vorzimmer.waiting import Waiting
from vorzimmer.ways import AskReply, Wanted

OCKE = Person(name="Ocke Bruhns", company="Heidekrug Waagenbau")


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield from stores(request.param, tmp_path)


@pytest.fixture
def people(store: Store) -> PeopleToMeetDesk:
    return PeopleToMeetDesk(store, now=lambda: NOON)


@pytest.fixture
def introducing(store: Store) -> IntroducingDesk:
    def nothing() -> Waiting:
        raise AssertionError

    return IntroducingDesk(store, now=lambda: NOON, waiting=nothing)


def test_what_is_noted_is_kept_in_order_and_taken_back(
    store: Store, people: PeopleToMeetDesk
) -> None:
    number = people.add(OCKE, why=" Baut Waagen ")
    people.note(number, StepKind.WROTE, text_name="Messe", words="Gruß")
    step = people.note(number, StepKind.SAW, on=NOON.date() - timedelta(days=4))
    with store.reading() as reading:
        (entry,) = reading.people_to_meet()
    assert (entry.person, entry.why, entry.added_at) == (OCKE, "Baut Waagen", NOON)
    assert [each.kind for each in entry.steps] == [StepKind.SAW, StepKind.WROTE]
    assert entry.steps[1].text_name == "Messe"
    people.take_back(step)
    (listed,) = people.listed().people
    assert len(listed.entry.steps) == 1
    assert people.listed().names_of_texts == ("Messe",)


def test_due_ones_come_first_and_can_be_put_off(people: PeopleToMeetDesk) -> None:
    first = people.add(OCKE, why="Waagen")
    people.note(first, StepKind.WROTE)
    second = people.add(Person(name="Jonna Ahlers"), why="Einkauf")
    listed = people.listed()
    assert [each.entry.id for each in listed.people] == [second, first]
    assert [each.entry.id for each in listed.due] == [second]
    people.remind(second, NOON.date() + timedelta(days=3))
    assert people.listed().due == ()
    people.remind(second, None)
    assert len(people.listed().due) == 1


def test_removing_somebody_removes_all_that_was_noted(
    store: Store, people: PeopleToMeetDesk
) -> None:
    number = people.add(OCKE, why="Waagen")
    people.note(number, StepKind.SAW)
    people.remove(number)
    with store.reading() as reading:
        assert reading.people_to_meet() == ()
    again = people.add(OCKE, why="Waagen")
    assert people.listed().people[0].entry.id == again
    assert people.listed().people[0].entry.steps == ()


def test_the_list_stays_small(people: PeopleToMeetDesk) -> None:
    for number in range(MOST_PEOPLE):
        people.add(
            Person(name="Enno", profile_url=f"https://network.example/in/{number}"),
            why="a",
        )
    with pytest.raises(MeetingError, match="50 people are on your list"):
        people.add(OCKE, why="Waagen")
    assert people.listed().room == 0


@pytest.mark.parametrize(
    ("person", "why", "words"),
    [
        (Person(name=" "), "a", "Give a name"),
        (OCKE, " ", "Without a reason"),
        (LENA, "a", "stands on your list"),
        (Person(name="Lena Østergård 李"), "a", "stands on your list"),
    ],
)
def test_whom_one_cannot_put_on_the_list(
    people: PeopleToMeetDesk, person: Person, why: str, words: str
) -> None:
    people.add(LENA, why="Kiel")
    with pytest.raises(MeetingError, match=words):
        people.add(person, why=why)


def test_days_that_have_not_been_and_strangers_are_refused(
    people: PeopleToMeetDesk,
) -> None:
    number = people.add(OCKE, why="Waagen")
    tomorrow = NOON.date() + timedelta(days=1)
    for day in (tomorrow, date(1900, 1, 1)):
        with pytest.raises(MeetingError, match="a day that has been"):
            people.note(number, StepKind.MET, on=day)
    with pytest.raises(MeetingError, match="within the next year"):
        people.remind(number, NOON.date() - timedelta(days=1))
    for wrong in (
        lambda: people.note(number + 1, StepKind.MET),
        lambda: people.remind(number + 1, None),
        lambda: people.take_back(99),
        lambda: people.remove(number + 1),
    ):
        with pytest.raises(MeetingError, match="not on your list any more"):
            wrong()


def test_notes_on_one_person_end_somewhere(
    store: Store, people: PeopleToMeetDesk
) -> None:
    number = people.add(OCKE, why="Waagen")
    with store.transaction() as t:
        for _ in range(MOST_STEPS):
            t.add_meeting_step(
                number, StepKind.SAW, on=NOON.date(), words="", text_name=""
            )
    with pytest.raises(MeetingError, match="200 notes"):
        people.note(number, StepKind.SAW)


def test_an_introduction_is_asked_for_once_answered_and_taken_back(
    introducing: IntroducingDesk,
) -> None:
    wanted = Wanted("Ocke Bruhns", "Heidekrug")
    ask = introducing.record(LENA, wanted, text="Hallo\r\nLena", text_id="a.en")
    assert (ask.text, ask.due_on) == ("Hallo\nLena", date(2026, 3, 18))
    assert (ask.via.name, ask.via.profile_url) == (LENA.name, LENA.profile_url)
    with pytest.raises(MeetingError, match="asked this already"):
        introducing.record(LENA, wanted)
    introducing.answer(ask.id, AskReply.REFUSED)
    asks = introducing.asks()
    assert (asks.open, asks.answered[0].outcome) == ((), AskReply.REFUSED)
    assert asks.answered[0].answered_at == NOON
    introducing.answer(ask.id, None)
    assert len(introducing.asks().open) == 1
    introducing.remove(ask.id)
    assert introducing.asks().open == ()
    with pytest.raises(MeetingError, match="no such request"):
        introducing.answer(ask.id, None)
    with pytest.raises(MeetingError, match="no such request"):
        introducing.remove(ask.id)


def test_silence_shows_once_the_day_has_come(introducing: IntroducingDesk) -> None:
    introducing.record(LENA, Wanted(firm="Heidekrug"), due_on=NOON.date())
    asks = introducing.asks()
    assert (len(asks.silent), asks.open) == (1, ())
    ((_, share),) = asks.rates
    assert (share.hits, share.count) == (0, 1)


def test_an_introduction_asked_for_holds_the_writing_back(
    introducing: IntroducingDesk, people: PeopleToMeetDesk
) -> None:
    people.add(OCKE, why="Waagen")
    introducing.record(LENA, Wanted("Ocke Bruhns"))
    assert people.listed().people[0].next.kind is Next.WAIT


def test_forgetting_a_person_leaves_nothing(
    store: Store, introducing: IntroducingDesk, people: PeopleToMeetDesk
) -> None:
    for person in (OCKE, LENA):
        people.note(people.add(person, why="a"), StepKind.SAW)
    introducing.record(LENA, Wanted("Ocke Bruhns"))
    introducing.record(LENA, Wanted(firm="Moorlicht"))
    assert people.forget(OCKE) == 2
    assert people.forget(LENA) == 2
    with store.reading() as reading:
        assert reading.people_to_meet() == ()
        assert reading.introduction_asks() == ()
