"""Numbers of mails that are through, kept as ranges."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vorzimmer.mail_numbers import LARGEST, MailNumbers

NUMBERS = st.lists(st.integers(1, 40), max_size=30)


@given(NUMBERS, NUMBERS, st.integers(0, 12))
def test_they_are_the_set_that_they_stand_for(
    first: list[int], then: list[int], last: int
) -> None:
    numbers = MailNumbers()
    numbers.add(first)
    numbers.add_all_to(last)
    again = MailNumbers(str(numbers))
    again.add(then)
    expected = {*first, *then, *range(1, last + 1)}
    assert {each for each in range(50) if each in again} == expected
    assert again.first_missing() == min({*range(1, 50)} - expected)


def test_a_server_that_counts_to_thousands_of_millions_costs_nothing() -> None:
    numbers = MailNumbers()
    numbers.add_all_to(LARGEST)
    numbers.add([LARGEST])
    assert (str(numbers), LARGEST in numbers) == (f"1:{LARGEST}", True)
    assert LARGEST + 1 not in numbers


@given(st.text("0123456789:,x\u0663-", max_size=40))
def test_a_text_of_another_form_counts_for_nothing(text: str) -> None:
    numbers = MailNumbers(text)
    assert str(MailNumbers(str(numbers))) == str(numbers)
    assert 0 not in numbers
