"""Each draft rule does on its cases what its cases say."""

from __future__ import annotations

import string
from collections import Counter

import pytest

from drafts.draft_cases import CASES, build, cases
from vorzimmer.drafts.draft import Finding
from vorzimmer.drafts.rule import Rule
from vorzimmer.drafts.rules import all_rules
from vorzimmer.translation import translator

# What only German has, and what has no language; all others have both.
GERMAN = ("first_name_with_sie", "greeting_does_not_agree", "mixes_sie_and_du")
LANGUAGES = {
    **{(name, "hit"): ("de",) for name in GERMAN},
    **{("blank", side): ("",) for side in ("hit", "miss")},
}
SECTIONS = ("Why it matters:", "How to mend it:", "Source:")


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("rule", all_rules(), ids=lambda each: each.name)
class TestRule:
    """What holds for every rule."""

    def test_hits(self, rule: Rule) -> None:
        for case in cases(rule.name)["hit"]:
            found = list(rule.findings(build(case)))
            assert found, case
            assert found[0].quote == case["quote"], case
            if "suggestion" in case:
                assert found[0].suggestion == case["suggestion"], case

    def test_quotes_what_stands_there(self, rule: Rule) -> None:
        for case in cases(rule.name)["hit"]:
            for found in rule.findings(build(case)):
                start, end = found.span or (0, 0)
                assert case["text"][start:end] == found.quote
                assert (found.span is None) == (not found.quote)

    def test_misses(self, rule: Rule) -> None:
        for case in cases(rule.name)["miss"]:
            assert list(rule.findings(build(case))) == [], case["why"]

    def test_has_five_cases_a_side_in_each_of_its_languages(self, rule: Rule) -> None:
        for side in ("hit", "miss"):
            counted = Counter(case.get("lang", "") for case in cases(rule.name)[side])
            languages = LANGUAGES.get((rule.name, side), ("de", "en"))
            assert all(counted[lang] >= 5 for lang in languages), (side, counted)

    def test_is_documented_and_speaks_german(self, rule: Rule) -> None:
        assert all(section in rule.doc for section in SECTIONS)
        _ = translator("de")
        for text in (rule.title, rule.why, rule.mend):
            german = _.messages[("", text)][0]
            assert slots(german) == slots(text)
            assert text.endswith("."), text

    def test_its_sentences_can_be_said(self, rule: Rule) -> None:
        for case in cases(rule.name)["hit"]:
            for found in rule.findings(build(case)):
                assert all("{" not in text for text in said(found))


def said(found: Finding) -> list[str]:
    _ = translator("de")
    return [_.say(each) for each in (found.says, found.why, found.mend)]


def test_there_are_enough_rules_and_each_has_its_cases() -> None:
    names = {path.stem for path in CASES.glob("*.toml")}
    assert names == {rule.name for rule in all_rules()}
    assert len(names) >= 25
