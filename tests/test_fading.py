"""Who withdrew fades as well, and what stays of it says no more than that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from clocked_desk import Clock
from people_samples import (
    MIA,
    OLUF,
    ZORA,
    ZORAS_NOTE,
    asking,
    declined,
    desk_in,
    everything_of,
    raw_bytes,
    shown_in,
)
from vorzimmer.intake import Intake
from vorzimmer.model import Action

OF_ZORA = ("Zora Quistgård", "zora.quist@example.org", "zora-quistg", "Klappbrücken")


def test_who_withdrew_fades_though_nothing_was_decided(tmp_path: Path) -> None:
    clock = Clock()
    with desk_in(tmp_path, clock) as desk:
        intake = everything_of(ZORA, ZORAS_NOTE)
        alone = replace(
            intake, requests=intake.requests[:1], ties=intake.ties[:1], skipped=()
        )
        archive = replace(alone, occasions=())
        desk.keep(archive, "archive")
        desk.reactions.withdrawn("z1")
        desk.privacy.choose({"ignored": 3})
        clock.sleep(80)
        assert not desk.privacy.fade()
        clock.sleep(20)
        gone = desk.privacy.fade()
        assert (gone.requests, gone.decided, gone.is_swept) == (1, 0, True)
        desk.keep(archive, "archive")
        assert [each for each in OF_ZORA if shown_in(raw_bytes(desk), each)] == []
        # Nobody turned her away, so nothing is held against her, nor her words.
        assert desk.privacy.asked_before(asking(ZORA, "Neu", name="z2")) is None
        assert desk.privacy.asked_before(asking(OLUF, ZORAS_NOTE, name="o")) is None
        anew = Intake(member=MIA, requests=(asking(ZORA, "Und nun?", name="z9"),))
        desk.keep(anew, "archive")
        assert desk.card("z9").assessment.asked_before is not True


def test_a_withdrawal_counts_from_its_day_and_not_from_the_question(
    tmp_path: Path,
) -> None:
    clock = Clock()
    with desk_in(tmp_path, clock) as desk:
        desk.keep(Intake(member=MIA, requests=(asking(ZORA, "", name="z1"),)), "a")
        desk.decide("z1", Action.ASK)
        clock.sleep(80)
        desk.reactions.withdrawn("z1")
        desk.privacy.choose({"ignored": 3})
        clock.sleep(20)
        assert not desk.privacy.fade()
        clock.sleep(80)
        assert desk.privacy.fade().requests == 1
        later = asking(ZORA, "Neu", name="z2", sent_at=clock.now)
        desk.keep(Intake(member=MIA, requests=(later,)), "b")
        # Who was asked back was not turned away.
        assert desk.reactions.turned_away("z2") is None


def test_a_no_is_remembered_though_she_withdrew_later(tmp_path: Path) -> None:
    clock = Clock()
    with desk_in(tmp_path, clock) as desk:
        desk.keep(declined(ZORA, ZORAS_NOTE, name="z1"), "archive")
        desk.privacy.choose({"declined": 3, "ignored": 3})
        assert desk.privacy.fade().requests == 1
        again = asking(ZORA, "Nochmal", name="z2", sent_at=clock.now)
        desk.keep(Intake(member=MIA, requests=(again,)), "b")
        desk.reactions.withdrawn("z2")
        clock.sleep(100)
        assert desk.privacy.fade().requests == 1
        met = desk.privacy.asked_before(asking(ZORA, "Und?", name="z3"))
        assert met is not None
        assert met.action is Action.DECLINE
