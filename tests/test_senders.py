"""Who is the same sender, and who only has the same name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repeated_advertising import REX, asked
from vorzimmer.model import ContactRequest, Person
from vorzimmer.senders import Senders

NAMED = Person(name="Rex Vertriebner")
FREQUENT = Person(name="Thomas Müller")


def ids(requests: list[ContactRequest], request_id: str) -> list[str]:
    return [each.id for each in Senders(requests).together(request_id)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            REX,
            Person(
                name="R. V.", profile_url="https://linkedin.com/in/Rex-Vertriebner/"
            ),
        ),
        (Person(name="A", email="rex@firm.example"), Person(email="REX@firm.example")),
        (NAMED, NAMED),
        (REX, NAMED),
    ],
)
def test_the_same_sender_is_one_under_profile_mail_or_a_rare_name(
    one: Person, other: Person
) -> None:
    requests = [asked("a", sender=one), asked("b", sender=other, days=3)]
    assert ids(requests, "a") == ids(requests, "b") == ["a", "b"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (REX, Person(name=REX.name, profile_url="https://www.linkedin.com/in/rex-2")),
        (FREQUENT, FREQUENT),
        (Person(), Person()),
        (Person(name="LinkedIn Member"), Person(name="LinkedIn Member")),
    ],
)
def test_a_name_alone_makes_nobody_the_same(one: Person, other: Person) -> None:
    requests = [asked("a", sender=one), asked("b", sender=other)]
    assert ids(requests, "a") in (["a"], [])


def test_a_name_on_another_network_is_somebody_else() -> None:
    requests = [asked("a", sender=NAMED), asked("b", sender=NAMED, network="xing")]
    assert ids(requests, "a") == ["a"]


def test_a_name_that_two_profiles_have_says_nothing() -> None:
    double = Person(name=REX.name, profile_url="https://www.linkedin.com/in/rex-2")
    requests = [asked("a"), asked("b", sender=double), asked("c", sender=NAMED)]
    assert ids(requests, "c") == ["c"]


def test_the_mail_address_of_a_department_joins_nobody() -> None:
    first = Person(profile_url="https://www.linkedin.com/in/one", email="i@f.example")
    second = Person(profile_url="https://www.linkedin.com/in/two", email="i@f.example")
    requests = [asked("a", sender=first), asked("b", sender=second)]
    assert ids(requests, "a") == ["a"]


def test_one_person_is_followed_from_mail_to_profile() -> None:
    both = Person(profile_url=REX.profile_url, email="rex@firm.example")
    mail = Person(email="rex@firm.example")
    requests = [asked("a", days=2), asked("b", sender=both), asked("c", sender=mail)]
    assert set(ids(requests, "c")) == {"a", "b", "c"}


people = st.builds(
    Person,
    name=st.sampled_from([None, "Rex Vertriebner", "Ida Sollmann"]),
    email=st.sampled_from([None, "", "a@b.example", "c@b.example"]),
    profile_url=st.sampled_from(
        [None, "", "https://www.linkedin.com/in/x", "https://www.linkedin.com/in/y"]
    ),
)


@given(st.lists(people, max_size=8))
def test_everybody_is_in_one_group_at_most_and_the_order_does_not_matter(
    some: list[Person],
) -> None:
    requests = [asked(str(place), sender=each) for place, each in enumerate(some)]
    there, back = Senders(requests), Senders(requests[::-1])
    for each in requests:
        group = there.together(each.id)
        assert group == back.together(each.id)
        assert all(there.together(other.id) == group for other in group)
        assert not group or each in group
