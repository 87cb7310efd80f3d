"""Threads that add up: stages with dates, and never a word on who somebody is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from vorzimmer.compiled_phrases import shipped_phrasebook
from vorzimmer.note import read_notes
from vorzimmer.threads import ALARM, Stage, Thread, read_thread

START = datetime(2026, 2, 1, 9, tzinfo=UTC)
PRAISE = "I am really impressed by your experience in spare parts."
REPORT = "For a client we need a paid report on your trade, four pages."
CHANNEL = "Please write to me on WhatsApp, I am rarely on LinkedIn."
JOURNEY = "They will arrange flights and hotel for you."
LOB = "Ich bin begeistert von deinem Werdegang."
TELEGRAM = "Schreib mir doch lieber auf Telegram, da bin ich jeden Abend."
GELD = "Eine Plattform mit garantierter Rendite von 8 % im Monat."


def thread(texts: Sequence[str], *, days: int = 10) -> Thread:
    notes = read_notes(list(texts), shipped_phrasebook())
    return read_thread(
        (f"m{at}", START + timedelta(days=days * at), note)
        for at, note in enumerate(notes)
    )


def test_praise_a_paid_report_and_another_channel_add_up() -> None:
    found = thread([PRAISE, REPORT, CHANNEL])
    assert [mark.stage for mark in found.marks] == [
        Stage.PRAISE,
        Stage.REPORT,
        Stage.CHANNEL,
    ]
    assert found.marks[1].at == START + timedelta(days=10)
    assert str(found.marks[1].hit.quote) == "paid report"
    assert found.is_alarming
    assert found.is_about_knowledge


def test_money_in_german_adds_up_too_and_is_another_matter() -> None:
    found = thread([LOB, TELEGRAM, GELD])
    assert found.is_alarming
    assert not found.is_about_knowledge


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        ([PRAISE, CHANNEL], "two stages are what any talk has"),
        ([PRAISE, CHANNEL, JOURNEY], "nothing that somebody could be after"),
        ([f"{PRAISE} {REPORT} {CHANNEL}"], "one message is judged by the signals"),
        ([REPORT, REPORT, REPORT], "the same again says nothing more"),
        (["Bis morgen!", "Danke dir.", "Gern."], "nothing at all"),
        ([], "nobody wrote"),
    ],
)
def test_what_does_not_add_up_is_left_alone(texts: list[str], why: str) -> None:
    assert not thread(texts).is_alarming, why


def test_patience_counts() -> None:
    slow, quick = (thread([PRAISE, REPORT, CHANNEL], days=days) for days in (10, 0))
    assert slow.score == quick.score + 0.5
    assert slow.score >= ALARM


def test_the_order_in_which_messages_are_read_does_not_matter() -> None:
    notes = read_notes([PRAISE, REPORT, CHANNEL], shipped_phrasebook())
    told = [
        (f"m{at}", START + timedelta(days=at), note) for at, note in enumerate(notes)
    ]
    assert read_thread(told[::-1]) == read_thread(told)


def test_messages_without_a_date_count_but_show_no_patience() -> None:
    notes = read_notes([PRAISE, REPORT, CHANNEL], shipped_phrasebook())
    found = read_thread((f"m{at}", None, note) for at, note in enumerate(notes))
    assert len(found.marks) == 3
    assert found.score < thread([PRAISE, REPORT, CHANNEL]).score
