"""Fields that are not ours are told, with the one that was most likely meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.errors import SourceError
from vorzimmer.passed_over import OURS, PassedOver, meant_by


def told(passed_over: PassedOver) -> list[str]:
    return [str(each) for each in passed_over.notices()]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("text", "note"),
        ("Nachricht", "note"),
        ("sentAt", "sent_at"),
        ("name", "sender.name"),
        ("sender_name", "sender.name"),
        ("sender.Headline", "sender.headline"),
        ("sender.connections", "sender.contacts_count"),
        ("mutual_contacts", "sender.mutual_contacts_count"),
        ("request_id", "id"),
        ("from", "sender"),
        ("campaign", None),
        ("crm_owner", None),
    ],
)
def test_another_word_leads_to_ours(name: str, meant: str | None) -> None:
    assert meant_by(name) == meant


def test_what_a_row_has_was_not_meant_by_another_field() -> None:
    assert meant_by("text", {"text", "note"}) is None
    passed_over = PassedOver()
    passed_over.add(["id", "note", "text"], line=1)
    assert told(passed_over) == ['Passed over, as none of our fields: "text".']


def test_each_field_is_told_once_with_its_count_and_first_line() -> None:
    one, two = PassedOver(), PassedOver()
    one.add(["id", "note"], line=1)
    one.add(["id", "note", "name"], line=2)
    two.add(["id", "name", "crm"], line=9)
    one.join(two)
    name, rest = told(one)
    assert name.startswith('The field "name" is not known (rows: 2, first in line 2).')
    assert name.endswith('Did you mean "sender": {"name": …}?')
    assert rest == 'Passed over, as none of our fields: "crm".'


def test_columns_of_the_sender_are_told_flat() -> None:
    passed_over = PassedOver(is_flat=True)
    passed_over.add(["id", "note", "name"], line=1, rows=70)
    (name,) = told(passed_over)
    assert name.startswith('The field "name" is not known (rows: 70, first in line 1).')
    assert name.endswith('Did you mean "sender.name"?')


def test_rows_without_any_field_of_ours_are_refused() -> None:
    passed_over = PassedOver()
    passed_over.add(["id", "text"], line=3)
    with pytest.raises(SourceError) as caught:
        passed_over.check("a.jsonl")
    assert str(caught.value) == (
        "a.jsonl: From line 3 on, no field is known except for the id."
        ' There are: "text". Rename them: "text" → "note".'
    )


@pytest.mark.parametrize("names", [["id"], ["id", "note", "x"], ["id", "sender.name"]])
def test_one_row_that_says_something_is_enough(names: list[str]) -> None:
    passed_over = PassedOver()
    passed_over.add(["id", "text"], line=1)
    passed_over.add(names, line=2)
    passed_over.check("a.jsonl")
    assert passed_over.saying == 1


@given(st.lists(st.text(), max_size=5))
def test_whatever_a_field_is_called_the_hint_is_one_of_ours(names: list[str]) -> None:
    passed_over = PassedOver()
    passed_over.add(names, line=1)
    assert {meant_by(name) for name in names} <= OURS | {None}
    assert bool(passed_over.notices()) == bool(set(names) - OURS)


def test_any_number_of_names_takes_little_memory_and_few_lines() -> None:
    passed_over = PassedOver()
    for number in range(300):
        passed_over.add(["id", f"{number}" * 50], line=number)
    (line,) = told(passed_over)
    assert len(line) < 700
    assert line.endswith(", ….")
