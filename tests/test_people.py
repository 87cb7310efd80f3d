"""Who is who."""

from __future__ import annotations

import pytest

from vorzimmer.model import Member
from vorzimmer.people import is_other_member

IN = "https://www.linkedin.com/in/"
KATRIN = Member(
    name="Katrin Brandt", profile_url=f"{IN}katrin-brandt", emails=("kb@example.org",)
)


@pytest.mark.parametrize(
    ("other", "is_other"),
    [
        (Member(), False),
        (Member(profile_url=f"{IN}katrin-brandt"), False),
        (Member(profile_url=f"{IN}mia-lang"), True),
        (Member(name="Mia Lang"), True),
        (Member(name="Mia Lang", profile_url=f"{IN}mia-lang"), True),
        (Member(name="Mia Lang", emails=("ml@example.org",)), True),
        # A new name, a new address, an address that says nothing.
        (Member(name="Katrin Lang", profile_url=f"{IN}Katrin-Brandt/"), False),
        (Member(name="Katrin Lang", emails=("KB@example.org",)), False),
        (Member(profile_url=f"{IN}katrin-b", emails=("kb@example.org",)), False),
        (Member(name="Katrin Brandt", profile_url=f"{IN}katrin-b"), False),
        (Member(name="katrin  brandt", emails=("other@example.org",)), False),
        (Member(profile_url=f"{IN}ACoAAB12"), False),
        (Member(name="Mia Lang", profile_url=f"{IN}ACoAAB12"), True),
        (Member(profile_url="https://www.xing.com/profile/Mia_Lang"), False),
    ],
)
def test_only_who_is_surely_somebody_else_is(other: Member, *, is_other: bool) -> None:
    assert is_other_member(KATRIN, other) is is_other
    assert is_other_member(other, KATRIN) is is_other
    assert not is_other_member(other, other)
