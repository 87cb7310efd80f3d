"""How values are written by the quick way: as SQLAlchemy would write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Date
from sqlalchemy.dialects.sqlite import dialect

from vorzimmer.store.access import _form_of
from vorzimmer.store.tables import UtcDateTime, later_message, tie

# Hypothesis wants its bounds without a zone, and in UTC they still are dates.
_FIRST = datetime(1, 1, 3)  # noqa: DTZ001
_LAST = datetime(9999, 12, 30)  # noqa: DTZ001
_ZONES = st.sampled_from((UTC, timezone(timedelta(hours=5, minutes=30))))


@given(st.datetimes(_FIRST, _LAST, timezones=_ZONES))
def test_moments_are_kept_as_sqlalchemy_keeps_them(moment: datetime) -> None:
    quick = _form_of(later_message.c.sent_at, dialect())
    slow = UtcDateTime().dialect_impl(dialect()).bind_processor(dialect())
    assert quick
    assert slow
    assert quick(moment) == slow(moment)
    assert quick(None) is slow(None) is None


@given(st.dates())
def test_days_are_kept_as_sqlalchemy_keeps_them(day: date) -> None:
    quick = _form_of(tie.c.since, dialect())
    slow = Date().dialect_impl(dialect()).bind_processor(dialect())
    assert quick
    assert slow
    assert quick(day) == slow(day)
    assert quick(None) is slow(None) is None


def test_a_moment_without_a_zone_is_refused() -> None:
    quick = _form_of(later_message.c.sent_at, dialect())
    assert quick
    with pytest.raises(ValueError, match="without a time zone"):
        quick(datetime(2026, 1, 1))  # noqa: DTZ001 - what is refused
