"""Policies: what they propose, and what is said of a mistake in one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import request, requests, screening
from rehearsal_cases import Said
from vorzimmer.errors import ConfigurationError, UnknownNameError
from vorzimmer.model import Action, Channel, ContactRequest, Kind, Proposal
from vorzimmer.policy import Policy, Range, propose
from vorzimmer.policy_file import preset_policies, preset_policy, read_policy

GOOD = """\
otherwise = "hold"
title = "Meine"

[[clause]]
name = "many contacts, not known"
when = { contacts_count = { at_least = 500 }, known = { below = 0.5 } }
then = "ignore"

[[clause]]
name = "blank on XING"
when = { note = "blank", network = ["xing"] }
then = "ask"
"""


def proposal(policy: Policy, asked: ContactRequest) -> Proposal:
    (screened,) = screening().screen([asked])
    return propose(policy, screened.request, screened.assessment)


def test_the_first_clause_that_holds_decides() -> None:
    policy = read_policy("mine", GOOD, file="mine.toml")
    asked = request("", contacts_count=900)
    assert proposal(policy, asked) == Proposal(
        Action.IGNORE, "many contacts, not known"
    )


def test_what_no_clause_holds_for_is_done_otherwise() -> None:
    policy = read_policy("mine", GOOD, file="mine.toml")
    assert proposal(policy, request("Hallo")) == Proposal(Action.HOLD, "otherwise")


def test_an_unknown_number_holds_for_no_clause() -> None:
    policy = read_policy("mine", GOOD, file="mine.toml")
    assert proposal(policy, request("Hallo", contacts_count=None)).action is Action.HOLD


@given(st.floats(0, 1) | st.none(), st.floats(0, 1) | st.none(), st.floats(0, 1))
def test_a_range_holds_from_its_lower_bound_to_before_its_upper(
    low: float | None, high: float | None, value: float
) -> None:
    holds = Range(low, high).holds(value)
    assert holds == ((low is None or low <= value) and (high is None or value < high))
    assert not Range(low, high).holds(None)


@given(requests)
def test_every_preset_proposes_something_for_every_request(
    asked: ContactRequest,
) -> None:
    for policy in preset_policies().values():
        clause = proposal(policy, asked).clause
        assert clause in {"otherwise", *(each.name for each in policy.clauses)}


def test_presets_speak_german_and_english() -> None:
    presets = preset_policies()
    assert set(presets) == {
        "answer-collectors",
        "ask-back",
        "open-door",
        "three-reasons",
        "worked-together",
    }
    for policy in presets.values():
        assert set(policy.title) == set(policy.description) == {"de", "en"}
        assert policy.title["de"] != policy.title["en"]


WORDS = "Guten Tag, ich habe eine Frage zu Ihren Mehrwegkisten."
SEEN = {"contacts_count": 180, "has_picture": True}


@pytest.mark.parametrize("name", sorted(preset_policies()))
@pytest.mark.parametrize(
    ("kind", "action"),
    [
        (Kind.DANGER, Action.REPORT_SPAM),
        (Kind.ABUSE, Action.BLOCK),
        (Kind.KNOWN, Action.ACCEPT),
    ],
)
def test_each_preset_is_clear_about_danger_insults_and_whom_one_knows(
    name: str, kind: Kind, action: Action
) -> None:
    asked = request(WORDS, **SEEN)
    assert propose(preset_policy(name), asked, Said({kind: 0.9})).action is action


# Of each sort of request, what the presets do, in the order of their names.
EFFECTS: dict[str, tuple[dict[Kind, float], str]] = {
    "collects contacts": (
        {Kind.COLLECTOR: 0.9},
        "answer ask accept ignore ignore",
    ),
    "a default text": ({Kind.STANDARD: 0.9}, "answer ask accept ignore ignore"),
    "advertises": (
        {Kind.SOLICITATION: 0.9},
        "decline decline decline decline report_unknown",
    ),
    "says why": ({Kind.PERSONAL: 0.9}, "accept accept accept accept hold"),
    "cannot be verified": (
        {Kind.UNVERIFIABLE: 0.9},
        "hold ask hold ignore hold",
    ),
    "is perhaps known": ({Kind.KNOWN: 0.5}, "hold hold accept hold hold"),
}


@pytest.mark.parametrize("sort", EFFECTS)
def test_presets_do_what_they_are_named_for(sort: str) -> None:
    likely, wanted = EFFECTS[sort]
    asked = request(WORDS, **SEEN)
    made = [
        propose(policy, asked, Said(likely)).action.value
        for _, policy in sorted(preset_policies().items())
    ]
    assert made == wanted.split()


@pytest.mark.parametrize("name", sorted(preset_policies()))
def test_paid_advertising_is_ignored_since_nobody_can_be_declined(name: str) -> None:
    asked = replace(request(WORDS, **SEEN), is_sponsored=True)
    likely = {Kind.SOLICITATION: 0.95, Kind.STANDARD: 0.9}
    assert propose(preset_policy(name), asked, Said(likely)).action is Action.IGNORE


def test_only_a_request_for_contact_is_reported_as_unknown() -> None:
    policy, likely = preset_policy("worked-together"), Said({Kind.SOLICITATION: 0.95})
    asked = request(WORDS, **SEEN)
    assert propose(policy, asked, likely).action is Action.REPORT_UNKNOWN
    for channel in (Channel.MESSAGE, Channel.INMAIL):
        written = replace(asked, channel=channel)
        assert propose(policy, written, likely).action is Action.IGNORE


def test_presets_differ_in_what_they_do_with_a_blank_request() -> None:
    asked = request("")
    actions = {
        name: proposal(policy, asked).action
        for name, policy in preset_policies().items()
    }
    assert actions == {
        "answer-collectors": Action.ASK,
        "ask-back": Action.ASK,
        "open-door": Action.ACCEPT,
        "three-reasons": Action.ASK,
        "worked-together": Action.IGNORE,
    }


def test_a_misspelt_preset_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(UnknownNameError, match='Did you mean "ask-back"'):
        preset_policy("ask-bak")


@pytest.mark.parametrize(
    ("wrong", "right", "line", "sentence"),
    [
        ('otherwise = "hodl"', "hold", 1, '"hodl" is no action.'),
        ('then = "ignor"', "ignore", 7, '"ignor" is no action.'),
        (
            "when = { contact_count = { at_least = 500 } }",
            "contacts_count",
            6,
            '"contact_count" is no condition.',
        ),
        (
            "when = { contacts_count = { at_leest = 500 } }",
            "at_least",
            6,
            '"at_leest" is no bound.',
        ),
        ("when = { known = { below = 7 } }", None, 6, "between 0 and 1"),
        ("when = { known = true }", None, 6, "at_least"),
        ('when = { note = "blnk" }', "blank", 6, '"note" cannot be "blnk".'),
        ('when = { tie = ["conection"] }', "connection", 6, '"tie" cannot be'),
        ('when = { has_picture = "no" }', None, 6, "true or false"),
        ("when = {}", None, 4, "needs conditions"),
        ("when = { tie = [] }", None, 6, "so this can never hold"),
        (
            "when = { known = { at_least = 0.5, below = 0.5 } }",
            None,
            6,
            "can never hold",
        ),
    ],
)
def test_a_mistake_is_told_with_line_and_nearest_word(
    wrong: str, right: str | None, line: int, sentence: str
) -> None:
    key = wrong.partition(" =")[0]
    lines = GOOD.splitlines()
    place = next(n for n, each in enumerate(lines) if each.startswith(key))
    lines[place] = wrong
    text = "\n".join(lines)
    with pytest.raises(ConfigurationError) as caught:
        read_policy("mine", text, file="mine.toml")
    assert str(caught.value).startswith(f"mine.toml, line {line}: ")
    assert sentence in str(caught.value)
    assert caught.value.nearest == right


def test_broken_toml_is_told_with_its_line() -> None:
    with pytest.raises(
        ConfigurationError, match=r"mine\.toml, line 2: This is no valid TOML"
    ):
        read_policy("mine", 'otherwise = "hold"\ntitle = "x', file="mine.toml")


@pytest.mark.parametrize("clauses", ["[1]", '["danger"]', "{}", "true"])
def test_what_is_no_clause_is_told(clauses: str) -> None:
    text = f'otherwise = "hold"\nclause = {clauses}'
    with pytest.raises(ConfigurationError, match=r"line 2: .*\[\[clause\]\]"):
        read_policy("mine", text, file="mine.toml")


def test_a_missing_action_or_name_is_told() -> None:
    with pytest.raises(ConfigurationError, match='"otherwise" is missing'):
        read_policy("mine", "", file="mine.toml")
    with pytest.raises(ConfigurationError, match="needs a name"):
        read_policy("m", 'otherwise = "hold"\n[[clause]]\nthen = "ask"', file="m.toml")


@given(st.text(max_size=200))
def test_any_text_is_a_policy_or_a_clear_mistake(text: str) -> None:
    try:
        policy = read_policy("mine", text, file="mine.toml")
    except ConfigurationError as error:
        told = str(error)
        assert told.startswith("mine.toml, line ")
    else:
        assert policy.otherwise in Action
