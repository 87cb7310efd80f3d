"""Own templates of letters: what may stand in them, and what is wrong with others."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vorzimmer.errors import ConfigurationError
from vorzimmer.form_of_address import Manner
from vorzimmer.model import Channel
from vorzimmer.replies import Facts, Template, read_template, render
from vorzimmer.replies.sample import sample_facts


def text_of(template: Template, facts: Facts) -> str:
    return render(
        template.body, facts, instead=template.instead, slots=template.slots
    ).text


def read(body: str, head: str = "", name: str = "own.de-sie.txt") -> Template:
    top = 'title = "Eigene"\naction = "ask"\n'
    return read_template(name, f"+++\n{top}{head}+++\n{body}", file="own.txt")


def mistake(body: str, head: str = "", name: str = "own.de-sie.txt") -> str:
    with pytest.raises(ConfigurationError) as told:
        read(body, head, name)
    return str(told.value)


def test_an_own_template_renders() -> None:
    own = read(
        "{{ salutation }},\n\nes grüßt {{ company }}.\n\n{{ closing }}",
        '[fallback]\ncompany = "die Firma"\n',
    )
    assert own.slots == ("salutation", "closing", "company")
    facts = {"salutation": "Guten Tag", "closing": "Gruß"}
    assert text_of(own, facts) == "Guten Tag,\n\nes grüßt die Firma.\n\nGruß"
    assert "es grüßt Nord AG." in text_of(own, {**facts, "company": "Nord AG"})


@pytest.mark.parametrize(
    ("body", "head", "told"),
    [
        (
            "a\n{{ salutaion }}",
            "",
            'line 6: There is no slot "salutaion". Did you mean',
        ),
        ("{{ company }}", "", 'line 5: "company" may be unknown.'),
        ("{% if quote %}{{ company }}{% endif %}", "", '"company" may be unknown.'),
        ("{% if not company %}{{ company }}{% endif %}", "", "may be unknown"),
        ("{% if company or quote %}{{ quote }}{% endif %}", "", "may be unknown"),
        ("{{ never_visited }}", "", "can only be asked for: {% if never_visited %}"),
        ("Hallo [Vorname]", "", "line 5: A bracket in the text"),
        ("{{ closing", "", "line 5: This cannot be read."),
        ("{% if quote %}", "", "This cannot be read."),
        ("{{ closing.__class__ }}", "", "Only {{ slot }} and {% if slot %}"),
        ("{{ closing|upper }}", "", "Only {{ slot }}"),
        ("{{ closing() }}", "", "Only {{ slot }}"),
        ("{{ 9**9**9 }}", "", "Only {{ slot }}"),
        ("{% for a in closing %}x{% endfor %}", "", "Only {{ slot }}"),
        ('{% include "x" %}', "", "Only {{ slot }}"),
        ("{% if quote == closing %}x{% endif %}", "", "A condition can only ask"),
        ("{% if quote %}x{% endif %}", "", "has no text while little is known"),
        ("{{ closing }}", 'kinds = ["colector"]\n', 'line 4: "kinds" cannot be'),
        ("{{ closing }}", "kinds = 3\n", 'line 4: "kinds" has to be a list'),
        ("{{ closing }}", 'tittle = "x"\n', 'line 4: "tittle" is no part'),
        ("{{ closing }}", 'note = "present"\n', 'line 4: "note" cannot be "present"'),
        ("{{ closing }}", '[fallback]\ncompony = "x"\n', 'There is no slot "compony"'),
        ("{{ closing }}", '[fallback]\ncompany = " "\n', "is empty"),
        ("{{ closing }}", '[fallback]\ncompany = "[x]"\n', "line 5: A bracket"),
        ("{{ closing }}", "fallback = 1\n", "is a table: write [fallback]"),
        ("x" * 150, 'channel = "invitation_note"\n', ""),
    ],
)
def test_a_mistake_is_told_with_its_line(body: str, head: str, told: str) -> None:
    if told:
        assert told in mistake(body, head)
    else:
        assert read(body, head).channel is Channel.INVITATION_NOTE


def test_a_text_too_long_for_its_place_is_told() -> None:
    told = mistake("x" * 210, 'channel = "invitation_note"\n')
    assert "10 characters longer than fits there (200)" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("no head", "begins with a head"),
        ('+++\naction = "ask"\n+++\nx', "needs a title"),
        ('+++\ntitle = "x"\n+++\nx', '"action" is missing'),
        ('+++\ntitle = "x"\naction = "aks"\n+++\nx', 'Did you mean "ask"?'),
        ("+++\ntitle = \n+++\nx", "line 2: This is no valid TOML"),
        ("+++\n" + "x" * 20_001, "longer than 20000"),
    ],
)
def test_a_head_with_a_mistake_is_told(text: str, told: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(told)):
        read_template("own.en.txt", text, file="own.en.txt")


def test_the_name_of_a_file_says_how_it_speaks() -> None:
    assert ".de-sie.txt, .de-du.txt or .en.txt" in mistake("x", name="own.txt")


@pytest.mark.parametrize(
    "body",
    [
        "{% if quote %}" * 1_000 + "{% endif %}" * 600,
        "{% if quote %}" * 700 + "x" + "{% endif %}" * 700,
        "{{ " + "(" * 15_000 + "closing",
        "{% if " + "not " * 4_000 + "quote %}x{% endif %}y",
    ],
)
def test_a_template_nested_deeply_is_refused(body: str) -> None:
    assert mistake(body)


@settings(deadline=None)
@given(body=st.text(st.sampled_from("{}%ifendclosg quote.|()[]'\"\n#-"), max_size=80))
def test_whatever_is_written_is_read_or_told(body: str) -> None:
    try:
        made = read(body)
    except ConfigurationError as error:
        told = str(error)
    else:
        told = text_of(made, sample_facts(Manner.SIE))
    assert 0 < len(told) < 10_000
