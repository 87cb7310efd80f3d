"""Who asks again after having been turned away: found, weighed, asked for, undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import screening
from clocked_desk import START, Clock, clocked_desk
from open_network import OpenNetwork
from vorzimmer.campaigns import group_notes
from vorzimmer.desk import Desk
from vorzimmer.intake import Intake
from vorzimmer.model import Action, Channel, ContactRequest, Decision, Member, Person
from vorzimmer.pasting import Entry
from vorzimmer.policy import Policy
from vorzimmer.policy_file import read_policy
from vorzimmer.repeats import TURNED_AWAY, Repeats, TurnedAway, met_by
from vorzimmer.screened_store import ScreenedStore
from web_client import client_of

URL = "https://www.linkedin.com/in/zoe-lauterbach"
ZOE = Person(name="Zoe Lauterbach", profile_url=URL)
DAY = timedelta(days=1)
# By these nobody is told from others.
NAMELESS = ("LinkedIn Member", "Michael Schmidt")


def asking(name: str, after_days: float | None, sender: Person = ZOE) -> ContactRequest:
    return ContactRequest(
        id=name,
        sender=sender,
        network="linkedin",
        channel=Channel.INVITATION_NOTE,
        note="",
        sent_at=None if after_days is None else START + after_days * DAY,
    )


def made(
    request_id: str, action: Action, after_days: float, actor: str = "member"
) -> Decision:
    number = int(100 * after_days) + 1
    at = START + after_days * DAY
    return Decision(id=number, request_id=request_id, action=action, actor=actor, at=at)


def again(
    requests: list[ContactRequest], *decisions: Decision
) -> dict[str, TurnedAway]:
    record = Repeats(requests).record({each.request_id: each for each in decisions})
    return dict(record.again)


def test_who_was_turned_away_before_is_known_again() -> None:
    requests = [asking("one", 0), asking("two", 30)]
    found = again(requests, made("one", Action.DECLINE, 2))
    assert found == {"two": TurnedAway(action=Action.DECLINE, on=date(2026, 11, 4))}


@pytest.mark.parametrize(
    ("first", "later"),
    [
        (Person(email="Z@Example.org", name="Z"), Person(email="z@example.org ")),
        (Person(name="Zoe Lauterbach"), Person(name="zoe  lauterbach")),
        (
            ZOE,
            Person(
                name="Zoe L.", profile_url="https://de.linkedin.com/in/Zoe-Lauterbach/"
            ),
        ),
    ],
)
def test_somebody_is_met_by_address_or_by_name(first: Person, later: Person) -> None:
    requests = [asking("one", 0, first), asking("two", 30, later)]
    assert "two" in again(requests, made("one", Action.IGNORE, 2))


@pytest.mark.parametrize(
    "later",
    [
        Person(name="Zoe Lauterbach", profile_url="https://www.linkedin.com/in/other"),
        Person(name="LinkedIn Member"),
        Person(name="Michael Schmidt"),
        Person(),
    ],
)
def test_two_people_are_not_taken_for_one(later: Person) -> None:
    for first in (ZOE, *(Person(name=name) for name in NAMELESS), Person()):
        requests = [asking("one", 0, first), asking("two", 30, later)]
        assert again(requests, made("one", Action.IGNORE, 2)) == {}


def test_what_was_decided_after_a_request_was_sent_says_nothing_of_it() -> None:
    requests = [asking("one", 0), asking("two", 1)]
    assert again(requests, made("one", Action.DECLINE, 2)) == {}
    assert again(requests, made("two", Action.DECLINE, 2)) == {}


def test_a_request_is_no_repeat_of_itself() -> None:
    # Clocks differ: this one was decided before it was sent.
    requests = [asking("one", 3), asking("two", 30)]
    decided = made("one", Action.DECLINE, 2)
    assert set(again(requests, decided)) == {"two"}


def test_who_was_let_in_after_a_no_was_not_turned_away() -> None:
    requests = [asking("one", 0), asking("two", 10), asking("three", 20)]
    no, yes = made("one", Action.IGNORE, 1), made("two", Action.ACCEPT, 11, "archive")
    assert set(again(requests, no, yes)) == {"two"}


def test_what_a_source_shows_turns_nobody_away() -> None:
    requests = [asking("one", 0), asking("two", 30)]
    assert again(requests, made("one", Action.IGNORE, 2, "archive")) == {}
    assert again(requests, made("one", Action.ASK, 2)) == {}


def test_without_a_day_or_a_name_nothing_is_said() -> None:
    requests = [asking("one", 0), asking("two", None), asking("x", 9, Person())]
    record = Repeats(requests).record({"one": made("one", Action.IGNORE, 2)})
    assert [record.asked_before(each.id) for each in requests] == [False, None, None]
    alone = Repeats([asking("two", None)]).record({})
    assert alone.asked_before("two") is False
    assert alone.asked_before("nobody") is None


days = st.integers(0, 40)
steps = st.lists(st.tuples(days, st.sampled_from(Action), days), max_size=6)


@given(steps)
def test_the_newest_decision_before_counts_however_many_there_are(
    some: list[tuple[int, Action, int]],
) -> None:
    requests = [asking(str(n), sent) for n, (sent, _, _) in enumerate(some)]
    decided = [
        made(str(n), action, sent + 0.5 + wait)
        for n, (sent, action, wait) in enumerate(some)
    ]
    found = again(requests, *decided)
    for request in requests:
        before = [
            each
            for each in decided
            if each.request_id != request.id
            and request.sent_at is not None
            and each.at <= request.sent_at
            and each.action in {*TURNED_AWAY, Action.ACCEPT}
        ]
        newest = max((each.at for each in before), default=None)
        last = {each.action for each in before if each.at == newest}
        assert (request.id in found) >= bool(last and last <= TURNED_AWAY)
        assert (request.id in found) <= bool(last & TURNED_AWAY)


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_name_is_met_by_at_most_one_way(name: str, network: str) -> None:
    assert len(met_by(Person(name=name), network)) <= 1


# ---- On the desk ---------------------------------------------------------------------


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    with clocked_desk(tmp_path, clock, OpenNetwork()) as opened:
        yield opened


def bring(desk: Desk, *requests: ContactRequest) -> None:
    desk.keep(Intake(member=Member(name="Mia"), requests=requests), "later")


def found_on(desk: Desk, request_id: str) -> list[str]:
    assessment = desk.card(request_id).assessment
    return [
        str(each.quote)
        for score in assessment.kinds.values()
        for each in score.evidence
        if each.signal == "asked_before"
    ]


def clause() -> Policy:
    text = (
        'otherwise = "ask"\n[[clause]]\nname = "not again"\n'
        'when = { asked_before = true }\nthen = "ignore"\n'
    )
    return read_policy("mine", text, file="mine.toml")


def test_a_repeat_is_evidence_and_a_policy_may_ask_for_it(
    desk: Desk, clock: Clock
) -> None:
    bring(desk, asking("zoe", -1))
    decided = desk.decide("zoe", Action.DECLINE)
    assert found_on(desk, "zoe") == []
    clock.sleep(30)
    bring(desk, asking("zoe-2", 29))
    assert found_on(desk, "zoe-2") == ["declined before, in November 2026"]
    assert desk.card("zoe-2").assessment.asked_before is True
    assert desk.card("anja").assessment.asked_before is False
    waiting = desk._waiting()  # noqa: SLF001 - under a policy that is kept nowhere
    proposal = waiting.card("zoe-2", clause()).proposal
    assert (proposal.action, proposal.clause) == (Action.IGNORE, "not again")
    assert waiting.card("anja", clause()).proposal.action is Action.ASK
    page = client_of(desk).enter().get("/?id=zoe-2").text
    assert "This person asked before. In November 2026 it was: Decline" in page
    desk.undo(decided.id)
    assert found_on(desk, "zoe-2") == []
    assert desk.card("zoe-2").assessment.asked_before is False
    desk.decide("zoe", Action.ACCEPT)
    assert found_on(desk, "zoe-2") == []


def test_who_faded_is_known_again(desk: Desk, clock: Clock) -> None:
    bring(desk, asking("zoe", -1))
    desk.decide("zoe", Action.REPORT_SPAM)
    desk.privacy.recommend()
    clock.sleep(900)
    assert desk.privacy.fade().requests == 1
    bring(desk, asking("zoe-2", 899), asking("hidden", 899, Person()))
    assert found_on(desk, "zoe-2") == ["reported as spam before, in November 2026"]
    assert desk.card("zoe-2").assessment.asked_before is True
    assert desk.card("hidden").assessment.asked_before is None
    # What came since counts more than what faded.
    desk.decide("zoe-2", Action.ACCEPT)
    clock.sleep(40)
    bring(desk, asking("zoe-3", 939))
    assert found_on(desk, "zoe-3") == []


def test_what_is_only_pasted_is_known_to_be_a_repeat(desk: Desk, clock: Clock) -> None:
    for name, sender in (("zoe", ZOE), ("yan", Person(name="Yorick Wattenbek"))):
        bring(desk, asking(name, -1, sender))
        desk.decide(name, Action.BLOCK)
    entry = Entry(name="Zoe L.", profile_url=URL, note="", sent_on=date(2026, 12, 24))
    assert desk.pasting.screen(entry).assessment.asked_before is True
    early = replace(entry, sent_on=date(2026, 11, 1))
    assert desk.pasting.screen(early).assessment.asked_before is False
    other = replace(entry, profile_url="https://www.linkedin.com/in/zoe-other")
    assert desk.pasting.screen(other).assessment.asked_before is False
    desk.privacy.recommend()
    clock.sleep(900)
    desk.privacy.fade()
    later = Entry(name="Yorick Wattenbek", network="linkedin", note="")
    assert desk.pasting.screen(later).assessment.asked_before is True


def test_a_rehearsal_knows_only_what_was_known_then(desk: Desk, clock: Clock) -> None:
    bring(desk, asking("zoe", -1))
    desk.decide("zoe", Action.IGNORE)
    clock.sleep(30)
    bring(desk, asking("zoe-2", 29))
    desk.decide("zoe-2", Action.IGNORE)
    rehearsed = desk.rehearsal.rehearse(clause())
    proposed = {
        item.request.id: rehearsed.action(place)
        for place, item in enumerate(rehearsed.past.items)
    }
    assert proposed == {"zoe": Action.ASK, "zoe-2": Action.IGNORE}


def test_while_one_page_screens_another_may_show_what_a_decision_changed() -> None:
    requests = [asking("one", 0), asking("two", 30), asking("three", 40)]
    pages: list[Thread] = []

    class Found(dict[str, Any]):
        """Another page screens while this is gone through."""

        def items(self) -> Any:  # noqa: ANN401 - as that of a dictionary
            for each in super().items():
                page = Thread(target=store.screen, args=(["three"],))
                page.start()
                page.join(0.1)
                pages.append(page)
                yield each

    store = ScreenedStore(
        run=(),
        screening=screening(),
        requests={each.id: each for each in requests},
        groups=group_notes(requests),
        ties=(),
        found=Found(),
        repeats=Repeats(requests),
    )
    store.screen(["one"])
    changed = store.remembering({"one": made("one", Action.DECLINE, 2)})
    (page,) = pages
    page.join()
    assert changed.screening.turned_away.again.keys() == {"two", "three"}
    assert {*store.found} == {"one", "three"}
