"""Policies that ask for the language of a note."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builders import request
from rehearsal_cases import Said, item, one_by_one
from vorzimmer.columns import ACTIONS, proposals
from vorzimmer.errors import ConfigurationError
from vorzimmer.intake import Intake
from vorzimmer.languages import LANGUAGES
from vorzimmer.model import Action, Member
from vorzimmer.past import Past
from vorzimmer.policy import Policy, propose, read_by
from vorzimmer.policy_file import preset_policies, read_policy
from vorzimmer.sources import screen_intake
from vorzimmer.translation import conditions, translator
from vorzimmer.web.clause_forms import clause_of, default_of, shape_of
from web_client import client_of, line, open_desk

GERMAN = "Ich habe Ihren Vortrag über leichte Kisten gehört und eine Frage dazu."
TURKISH = "Merhaba, profilinizi gördüm ve sizinle tanışmak isterim, teşekkür ederim."
NOTES = (GERMAN, TURKISH, "Moin", "", None)
SAID = Said({})


def policy(when: str, *reads: str) -> Policy:
    text = (
        f'otherwise = "hold"\n[[clause]]\nname = "a"\nwhen = {{ {when} }}\n'
        'then = "ignore"\n'
    )
    read = read_policy("p", text, file="p.toml")
    return read_by(read, lambda: frozenset(reads))


def held_by(asked: Policy) -> list[bool]:
    found = [propose(asked, request(note), SAID).action for note in NOTES]
    return [action is Action.IGNORE for action in found]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (policy('language = "tr"'), [False, True, False, False, False]),
        (policy('language = ["de", "tr"]'), [True, True, False, False, False]),
        (policy("is_in_my_language = true", "de"), [True, False, False, False, False]),
        (policy("is_in_my_language = false", "de"), [False, True, False, False, False]),
        (policy("is_in_my_language = false"), [False] * 5),
        (policy("is_in_my_language = true"), [False] * 5),
    ],
)
def test_what_is_not_sure_never_holds(asked: Policy, expected: list[bool]) -> None:
    assert held_by(asked) == expected
    past = Past(tuple(item(request(note)) for note in NOTES), (SAID,) * len(NOTES))
    at_once = [ACTIONS[int(action)] for action in proposals(past.columns, asked)[0]]
    assert at_once == [action for action, _ in one_by_one(past, asked)]


def test_one_past_serves_members_of_different_languages() -> None:
    past = Past(tuple(item(request(note)) for note in NOTES), (SAID,) * len(NOTES))
    german, turkish = (
        past.columns.mask("is_in_my_language", wanted=True, reads=frozenset({code}))
        for code in ("de", "tr")
    )
    assert german.tolist() == [True, False, False, False, False]
    assert turkish.tolist() == [False, True, False, False, False]
    assert not past.columns.mask("is_in_my_language", wanted=False).any()


@pytest.mark.parametrize(
    ("when", "problem"),
    [
        ('language = "deutsch"', '"language" cannot be "deutsch"'),
        ("language = []", "can never hold"),
        ('is_in_my_language = "yes"', "has to be true or false"),
    ],
)
def test_a_mistake_is_told(when: str, problem: str) -> None:
    with pytest.raises(ConfigurationError, match=problem):
        policy(when)


def test_the_languages_of_the_member_make_another_policy_only_where_it_asks() -> None:
    asking, other = policy("is_in_my_language = true", "de"), policy('network = "xing"')
    assert hash(asking) != hash(replace(asking, reads=frozenset({"en"})))
    assert read_by(other, lambda: pytest.fail("not asked for")) is other


def test_no_language_is_looked_for_before_a_policy_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("vorzimmer.policy.language_of", lambda _: pytest.fail("asked"))
    for preset in preset_policies().values():
        assert propose(preset, request(GERMAN), SAID).action in Action


def test_the_profile_of_an_archive_says_what_its_member_reads() -> None:
    asked = read_policy(
        "p",
        'otherwise = "hold"\n[[clause]]\nname = "a"\n'
        'when = { is_in_my_language = false }\nthen = "ignore"\n',
        file="p.toml",
    )
    member = Member(name="Mia", languages=("Deutsch (Muttersprache)",))
    cards = screen_intake(
        Intake(member=member, requests=(request(TURKISH), request(GERMAN))), asked
    )
    found = [card.proposal.action for card in cards]
    assert found == [Action.IGNORE, Action.HOLD]


def test_it_is_said_in_words() -> None:
    (clause,) = policy('language = ["de", "tr"], is_in_my_language = false').clauses
    assert list(conditions(clause, translator("de"))) == [
        "Sprache: Deutsch oder Türkisch",
        "In einer Sprache, die Sie lesen: nein",
    ]


def test_forms_know_both() -> None:
    assert shape_of("language") == "words"
    assert default_of("language") == (LANGUAGES[0],)
    form = {
        "then": ["ignore"],
        "c0": ["language"],
        "c0_value": ["tr", "ru"],
        "c1": ["is_in_my_language"],
        "c1_value": ["no"],
    }
    assert clause_of(form).conditions == (
        ("language", ("tr", "ru")),
        ("is_in_my_language", False),
    )


def test_the_desk_proposes_by_the_languages_that_the_member_reads(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    text = (
        'otherwise = "hold"\n[[clause]]\nname = "others"\n'
        'when = { is_in_my_language = false }\nthen = "decline"\n'
    )
    (folder / "mine.toml").write_text(text, "utf-8")
    with open_desk(tmp_path, [line("de", GERMAN), line("tr", TURKISH)]) as desk:
        desk.settings = desk.rules.settings = replace(
            desk.settings, policies_folder=folder, policy="mine", languages="de, en"
        )
        assert desk.card("tr").proposal.action is Action.DECLINE
        assert desk.card("de").proposal.action is Action.HOLD
        assert desk.rules.unsaved("mine", text).reads == {"de", "en"}
        page = client_of(desk).enter().get("/policies/mine").text
        assert "In a language that you read" in page
