"""Changing the text of a policy: comments stay, and what comes out is always valid."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearsal_cases import clauses
from vorzimmer.errors import ConfigurationError
from vorzimmer.model import Action
from vorzimmer.policy import Clause, Policy, Range
from vorzimmer.policy_file import preset_policies, read_policy
from vorzimmer.policy_text import PolicyText, policy_text

MINE = """\
# My own rules, since May.
otherwise = "hold"  # look yourself
title = "Mine"

# Nobody gets past this one.
[[clause]]
name = "danger"
when = { danger = { at_least = 0.7 } }  # was 0.8
then = "report_spam"

# Two lines
# about friends.
[[clause]]
name = "friends"
then = "accept"
[clause.when]
known = { at_least = 0.8 }
tie = [
  "wrote",  # not only endorsed
  "met",
]

[[clause]]
name = "blank"
when = { note = "blank" }
then = "ask"
"""
LOOK = Clause("look", Action.HOLD, (("has_picture", False), ("network", ("xing",))))


def mine(text: str = MINE) -> PolicyText:
    return PolicyText("mine", text, "mine.toml")


def names(made: PolicyText) -> list[str]:
    return [each.name for each in made.policy.clauses]


def comments(text: str) -> list[str]:
    return sorted(line.partition("#")[2] for line in text.splitlines() if "#" in line)


def test_a_clause_moves_with_the_comments_right_above_it() -> None:
    made = mine().with_moved_clause(1, 0)
    assert names(made) == ["friends", "danger", "blank"]
    assert '# Two lines\n# about friends.\n[[clause]]\nname = "friends"' in made.text
    assert made.text.startswith("# My own rules, since May.")
    assert comments(made.text) == comments(MINE)
    assert made.with_moved_clause(0, 1).policy == mine().policy


def test_a_clause_goes_with_its_comments_and_leaves_those_of_others() -> None:
    made = mine().without_clause(0)
    assert names(made) == ["friends", "blank"]
    assert "Nobody gets past" not in made.text
    assert "# about friends." in made.text
    assert "# look yourself" in made.text


def test_a_changed_clause_keeps_its_comments() -> None:
    old = mine().policy.clauses[0]
    wanted = (("danger", Range(at_least=0.6)),)
    made = mine().with_clause(0, Clause(old.name, Action.BLOCK, wanted))
    assert made.policy.clauses[0].action is Action.BLOCK
    assert "danger = {at_least = 0.6}" in made.text
    assert comments(MINE) == comments(made.text)
    untouched = MINE[MINE.index("# Two lines") :].strip()
    assert untouched in made.text


def test_a_clause_in_a_table_of_its_own_can_be_changed() -> None:
    friends = mine().policy.clauses[1]
    made = mine().with_clause(1, Clause("pals", friends.action, friends.conditions))
    assert names(made) == ["danger", "pals", "blank"]
    assert "# not only endorsed" in made.text
    narrower = (("known", Range(at_least=0.9)),)
    made = mine().with_clause(1, Clause("friends", Action.ACCEPT, narrower))
    assert made.policy.clauses[1].conditions == narrower


def test_a_new_clause_stands_where_it_should() -> None:
    assert names(mine().with_new_clause(0, LOOK))[0] == "look"
    made = mine().with_new_clause(99, LOOK)
    assert names(made)[-1] == "look"
    assert made.policy.clauses[-1] == LOOK
    assert comments(made.text) == comments(MINE)


def test_title_and_last_resort_can_be_changed() -> None:
    made = mine().with_head(
        title={"de": 'Mein "Neues"', "en": "New\nline"},
        description={"de": "", "en": ""},
        otherwise=Action.IGNORE,
    )
    assert made.policy.title == {"de": 'Mein "Neues"', "en": "New\nline"}
    assert made.policy.otherwise is Action.IGNORE
    assert comments(made.text) == comments(MINE)
    assert made.policy.clauses == mine().policy.clauses


def test_nothing_is_lost_where_nothing_is_changed() -> None:
    policy = mine().policy
    made = mine().with_head(
        title=policy.title, description=policy.description, otherwise=policy.otherwise
    )
    assert made.text == MINE


@pytest.mark.parametrize("place", [-1, 3, 999])
def test_a_clause_that_is_not_there_cannot_be_changed(place: int) -> None:
    with pytest.raises(ConfigurationError, match="no such clause"):
        mine().without_clause(place)
    with pytest.raises(ConfigurationError, match="no such clause"):
        mine().with_moved_clause(place, 0)
    with pytest.raises(ConfigurationError, match="no such clause"):
        mine().with_clause(place, LOOK)


ODD = [
    """otherwise = "hold"
clause = [{ name = "a", then = "ask", when = { note = "blank" } }]
""",
    """otherwise = "hold"
[[clause]]
name = "a"
then = "ask"
when = { note = "blank" }
[title]
en = "Behind"
""",
]


@pytest.mark.parametrize("text", ODD)
def test_what_forms_cannot_change_without_loss_is_left_alone(text: str) -> None:
    with pytest.raises(ConfigurationError, match="Change its text instead"):
        mine(text).without_clause(0)


def test_strings_that_look_like_clauses_are_none() -> None:
    text = MINE.replace('"blank"\nwhen', "'''\n[[clause]]\n# no'''\nwhen")
    assert len(mine(text).policy.clauses) == 3
    made = mine(text).with_moved_clause(2, 0)
    assert made.policy.clauses[0] == mine(text).policy.clauses[2]


def test_a_wrong_change_is_refused_with_its_line() -> None:
    wrong = Clause("x", Action.HOLD, (("danger", Range(at_least=7)),))
    with pytest.raises(ConfigurationError, match="between 0 and 1"):
        mine().with_new_clause(0, wrong)
    with pytest.raises(ConfigurationError, match="line 2"):
        mine().with_text(MINE.replace('"hold"', '"hodl"'))


def test_windows_line_breaks_do_no_harm() -> None:
    text = MINE.replace("\n", "\r\n")
    made = mine(text).with_moved_clause(0, 2).with_new_clause(0, LOOK)
    assert names(made) == ["look", "friends", "blank", "danger"]


@pytest.mark.parametrize("name", list(preset_policies()))
def test_a_policy_written_and_read_again_is_the_same(name: str) -> None:
    policy = preset_policies()[name]
    assert read_policy(name, policy_text(policy), file="x") == policy


@settings(max_examples=30)
@given(st.lists(clauses, max_size=4), st.text(max_size=20))
def test_what_is_written_is_valid_or_refused(some: list[Clause], title: str) -> None:
    words = {"de": title, "en": title}
    # A file has each condition once.
    some = [
        Clause(each.name, each.action, tuple(dict(each.conditions).items()))
        for each in some
    ]
    policy = Policy("p", words, words, tuple(some), Action.HOLD)
    text = policy_text(policy)
    try:
        assert read_policy("p", text, file="x") == policy
    except ConfigurationError:
        assert some  # bounds that never hold, names without a letter


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=5))
def test_any_order_of_changes_leaves_a_valid_policy(
    steps: list[tuple[int, int]],
) -> None:
    made = mine()
    expected = list(made.policy.clauses)
    for what, place in steps:
        if what == 0:
            made = made.with_new_clause(place, LOOK)
            expected.insert(min(place, len(expected)), LOOK)
        elif place < len(expected):
            if what == 1:
                made = made.without_clause(place)
                del expected[place]
            else:
                made = made.with_moved_clause(place, 0)
                expected.insert(0, expected.pop(place))
    assert list(made.policy.clauses) == expected
